/** The web server on a free port of this machine, with the pages of the shipped calendar on one day. */
import { Hono } from 'hono';
import { siteOf } from '../../src/app-site.ts';
import { derivePicture } from '../../src/domain/calendar/derive.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { createLog } from '../../src/lib/log.ts';
import type { DeadlineAnswer } from '../../src/message/content.ts';
import { createWords } from '../../src/message/words.ts';
import { createWeb } from '../../src/web/listener.ts';
import { addPages, type SiteDeps } from '../../src/web/site.ts';
import { aClock } from './a-clock.ts';
import { at, ENGLISH } from './a-voice.ts';
import { shippedFacts } from './shipped.ts';

interface Options {
  readonly facts?: CalendarFacts;
  readonly now?: number;
  /** English words, as if they were those of this language. */
  readonly locale?: string;
  readonly history?: DeadlineAnswer['history'];
}

export async function siteDeps({ facts, now = at('2026-11-24'), locale = 'en', history = [] }: Options = {}): Promise<SiteDeps> {
  const inForce = facts ?? (await shippedFacts());
  const picture = derivePicture(inForce);
  return siteOf({
    config: { channels: [], web: { host: '127.0.0.1', port: 3000, publicUrl: 'https://upr.example' } },
    store: { calendar: { historyOf: async () => history.map((entry, seq) => ({ ...entry, seq, revision: 1, posted: true, known: null })) } },
    calendar: { facts: () => inForce },
    words: () => createWords(locale, ENGLISH),
    recall: async () => ({ picture }),
    now: () => now,
  });
}

async function pagesOf(options: Options): Promise<Hono> {
  const app = new Hono();
  addPages(app, await siteDeps(options));
  return app;
}

/** Asks the pages without a server. */
export async function aSite(options: Options = {}): Promise<(path: string, headers?: Record<string, string>) => Promise<Response>> {
  const app = await pagesOf(options);
  return async (path, headers = {}) => app.request(`http://127.0.0.1${path}`, { headers });
}

export interface ServedSite {
  readonly url: string;
  close(): Promise<void>;
}

export async function aServedSite(options: Options = {}): Promise<ServedSite> {
  const log = createLog('silent', { write: () => undefined });
  const web = createWeb({ host: '127.0.0.1', port: 0, routes: [], pages: await pagesOf(options), clock: aClock(0), log });
  web.start();
  for (;;) {
    const address = web.address();
    if (address !== null) return { url: `http://127.0.0.1:${address.port}`, close: () => web.stop() };
    await new Promise((resolve) => setImmediate(resolve));
  }
}
