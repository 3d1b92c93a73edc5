/** The pages as a browser shows them: a real Chromium on the running server. */
import axe from 'axe-core';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, aPage } from '../support/a-browser.ts';
import { aServedSite, type ServedSite } from '../support/a-site.ts';

const PATHS = [
  '/?session=54',
  '/sessions',
  '/states',
  '/states/USA',
  '/sessions/54',
  '/deadlines/53-USA-review',
  '/participation',
  '/preview',
  '/feeds?state=KEN',
];
const PHONE = { viewport: { width: 320, height: 700 } };

let browser: Browser;
let site: ServedSite;
let turned: ServedSite;

beforeAll(async () => {
  [browser, site, turned] = await Promise.all([aBrowser(), aServedSite(), aServedSite({ locale: 'ar' })]);
});
afterAll(async () => {
  await Promise.all([browser.close(), site.close(), turned.close()]);
});

async function opened(path: string, options: BrowserContextOptions = {}, where = site) {
  const watched = await aPage(browser, where.url, options);
  await watched.page.goto(`${where.url}${path}`);
  return watched;
}

/** Faults that axe names, each with the first element that has it. The options of a list are the browser's own. */
const axeOn = (rules: string) => `axe.run({ exclude: ['option'] }, { resultTypes: ['violations'], runOnly: ${rules} })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`;
const ALL_RULES = axeOn(`['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`);
/** What another screen and other colours can change. */
const LOOKS = axeOn(`{ type: 'rule', values: ['color-contrast', 'target-size', 'link-in-text-block'] }`);
/** How much wider the page is than the window. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

test('Every page can be used by everybody and asks nobody else for anything', async () => {
  const { page, wrong } = await aPage(browser, site.url);
  for (const path of PATHS) {
    await page.goto(`${site.url}${path}`);
    await page.evaluate(axe.source);

    expect([path, await page.evaluate(ALL_RULES)]).toEqual([path, []]);
  }
  expect(wrong).toEqual([]);
  await page.context().close();
});

test('Every page fits a window of 320 pixels, and its dark colours can be read', async () => {
  const { page, wrong } = await aPage(browser, site.url, { ...PHONE, colorScheme: 'dark' });
  for (const path of PATHS) {
    await page.goto(`${site.url}${path}`);
    expect([path, await page.evaluate(OVERFLOW)]).toEqual([path, 0]);
  }
  // The second time, what the browser kept is shown.
  for (const path of ['/?session=54&kind=review', '/deadlines/53-USA-review', '/preview']) {
    await page.goto(`${site.url}${path}`);
    await page.evaluate(axe.source);
    expect([path, await page.evaluate(LOOKS)]).toEqual([path, []]);
  }
  expect(wrong).toEqual([]);
  await page.context().close();
});

test('A page that is turned round is as wide as the window too, and begins at the right', async () => {
  const { page, wrong } = await opened('/', PHONE, turned);

  expect(await page.evaluate(OVERFLOW)).toBe(0);
  const [title, today] = [await page.locator('h1').boundingBox(), await page.locator('text.today').boundingBox()];
  expect((title?.x ?? 0) + (title?.width ?? 0)).toBeGreaterThan(290);
  expect(today?.x).toBeLessThan(100);
  expect(wrong).toEqual([]);
  await page.context().close();
});

test('A choice is made, followed to a date, its State and its session, and gone back from', async () => {
  const { page, wrong } = await opened('/');
  await page.getByLabel('Session', { exact: true }).selectOption('54');
  await page.getByLabel('Kind of date').selectOption('review');
  await page.getByLabel('Your time zone').selectOption('America/Bogota');
  await page.getByRole('button', { name: 'Show' }).click();

  await page.getByText('1 date, in time order').waitFor();
  await page.locator('.who summary').click();
  await page.getByRole('link', { name: 'Haiti' }).click();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/deadlines/54-HTI-review?zone=America/Bogota');
  await page.getByRole('link', { name: 'All about Haiti' }).click();
  expect(await page.locator('h1').innerText()).toBe('Haiti');
  await page.getByRole('link', { name: 'Session 54' }).first().click();
  expect(await page.locator('tbody tr').count()).toBe(14);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  expect(await page.getByLabel('Session', { exact: true }).inputValue()).toBe('54');
  expect(wrong).toEqual([]);
  await page.context().close();
});

test('Everything is reached by the keyboard alone, and one sees where one is', async () => {
  const { page } = await opened('/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#main');

  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.tagName + getComputedStyle(document.activeElement).outlineStyle')).toBe('SUMMARYsolid');
  await page.keyboard.press('Enter');
  expect(await page.locator('.in-words').isVisible()).toBe(true);
  while ((await page.evaluate('document.activeElement.id')) !== 'state') await page.keyboard.press('Tab');
  await page.keyboard.type('Keny');
  await page.keyboard.press('Enter');
  if (!page.url().includes('state=KEN')) {
    while ((await page.evaluate('document.activeElement.tagName')) !== 'BUTTON') await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await page.waitForURL(/state=KEN/);
  expect(await page.getByRole('link', { name: 'All about Kenya' }).count()).toBe(1);
  await page.context().close();
});
