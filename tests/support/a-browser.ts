/** A real Chromium out of npm, without a network of its own. */
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';

const ALONE = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function aBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromium.executablePath(), args: ALONE, headless: true });
}

export interface Watched {
  readonly page: Page;
  /** What the console said in anger, and every request that was not for the site. */
  readonly wrong: string[];
}

/** A page that notes what it should not do. */
export async function aPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, colorScheme: 'light', ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => !request.url().startsWith(url) && wrong.push(request.url()));
  return { page, wrong };
}
