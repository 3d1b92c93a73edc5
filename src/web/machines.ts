/** What machines ask: `/readyz`, whether this process does its work, and `/metrics`, in numbers. Nothing of anybody is in either. */
import type { Hono } from 'hono';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';

export interface Check {
  readonly what: string;
  /** Rejects, or says why not; null where all is well. */
  readonly look: () => Promise<string | null> | string | null;
}

export interface MachineDeps {
  readonly checks: readonly Check[];
  /** All numbers in Prometheus' text format. */
  readonly metrics: () => Promise<string>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Logger;
}

/** A probe gives up after some seconds; what does not answer by then is not well. */
const WITHIN = 2_000;
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

export function addMachines(app: Hono, { checks, metrics, clock, log }: MachineDeps): void {
  app.get('/readyz', async (context) => {
    const looked = await Promise.all(checks.map(async ({ what, look }) => ({ what, fault: await inTime(look, clock, log) })));
    const isReady = looked.every(({ fault }) => fault === null);
    return context.text(looked.map(({ what, fault }) => `${what}: ${fault ?? 'ok'}\n`).join(''), isReady ? 200 : 503);
  });
  app.get('/metrics', async (context) => context.body(await metrics(), 200, { 'content-type': PROMETHEUS }));
}

/** What went wrong is for the log; whoever asks hears that it did. */
async function inTime(look: Check['look'], clock: MachineDeps['clock'], log: Logger): Promise<string | null> {
  const done = new AbortController();
  const late = clock.sleep(WITHIN, done.signal).then(() => 'no answer within two seconds');
  const looked = Promise.resolve()
    .then(look)
    .catch((cause: unknown) => {
      log.warn({ err: cause }, 'A look whether this process is ready failed');
      return 'fails';
    });
  const fault = await Promise.race([looked, late]);
  done.abort();
  return fault;
}
