/** The whole web of a bot on a real port: its pages and feeds over a small calendar in a SQLite file. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { createRecall } from '../../src/alerts/memory.ts';
import { addGauges, createPulse, readyChecks } from '../../src/app-machines.ts';
import { openWeb } from '../../src/app-web.ts';
import { revise } from '../../src/calendar/revise.ts';
import { loadConfig } from '../../src/config.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import type { Instant } from '../../src/domain/time.ts';
import { createLog } from '../../src/lib/log.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { aClock } from './a-clock.ts';
import { aVoice } from './a-voice.ts';

const FOLDER = fileURLToPath(new URL('../../config', import.meta.url));

export interface WebPlan {
  readonly facts: CalendarFacts;
  readonly now: Instant;
  readonly env?: Readonly<Record<string, string>>;
}

export async function aWeb({ facts: first, now, env = {} }: WebPlan) {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'upr-web-'));
  const store = await openSqlite({ file: join(folder, 'web.db') });
  let facts = first;
  await revise(store, facts, { now, reason: 'a start' });
  const clock = aClock(now);
  const lines: string[] = [];
  const calendar = { facts: () => facts, refresh: async () => {}, reload: async () => {} };
  const { recall, forget } = createRecall({ store, ladders: new Map(), calendar });
  const config = loadConfig({ env: { WEB: 'on', PORT: '0', ...env }, folder: FOLDER, platforms: ['console', 'discord', 'slack'] });
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const pulse = createPulse(clock);
  addGauges({ metrics, store, pulse, now: clock.now });
  const checks = readyChecks({ store, adapters: new Map(), pulse, clock });
  const web = openWeb({ config, store, calendar, clock, log, adapters: new Map(), recall, words: () => aVoice().words, now: clock.now, metrics, checks });
  if (web === null) throw new Error('The web is off');
  web.start();
  onTestFinished(async () => {
    await web.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  await expect.poll(web.address).not.toBeNull();
  const port = web.address()?.port ?? 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    store,
    clock,
    pulse,
    metrics,
    logged: () => lines.join(''),
    reviseTo: async (next: CalendarFacts) => {
      facts = next;
      await revise(store, next, { now: clock.now(), reason: 'a test' });
      forget();
    },
  };
}
