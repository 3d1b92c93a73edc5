/** Makes the pictures of the README from the product itself: `npm run pictures`. */
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { aBrowser, aPage } from '../support/a-browser.ts';
import { aServedSite } from '../support/a-site.ts';
import { at } from '../support/a-voice.ts';

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly options?: BrowserContextOptions;
  /** Only this part of the page; else what the window shows. */
  readonly part?: string;
}

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const PICTURES: readonly Picture[] = [
  { name: 'page-light', path: '/' },
  { name: 'page-dark', path: '/', options: { colorScheme: 'dark' } },
  { name: 'phone', path: '/?session=54#dates', options: PHONE },
  { name: 'date', path: '/deadlines/53-USA-review' },
  { name: 'alert', path: '/preview?date=hrc64-hrc_written_statement', part: '.mocks' },
];
const FOLDER = join(import.meta.dirname, '../../docs/pictures');

/** The day that the pictures are of, so that they do not change from one making to the next. */
const [site, browser] = await Promise.all([aServedSite({ now: at('2026-11-24') }), aBrowser()]);
for (const { name, path, options, part } of PICTURES) {
  const { page } = await aPage(browser, site.url, options);
  await page.goto(`${site.url}${path}`);
  const file = join(FOLDER, `${name}.png`);
  await (part === undefined ? page.screenshot({ path: file }) : page.locator(part).screenshot({ path: file }));
  process.stdout.write(`docs/pictures/${name}.png\n`);
  await page.context().close();
}
await Promise.all([browser.close(), site.close()]);
