/** Whole processes: from `npm start` to the first word, what it holds in memory, and a simulated year. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PLATFORM_NAMES } from '../../src/adapters/adapters.ts';
import { loadCalendar, readCalendarFolder } from '../../src/calendar/load.ts';
import { selectorFor, simulate } from '../../src/cli/simulation.ts';
import { loadConfig } from '../../src/config.ts';
import { channelsOf } from '../../src/config-follows.ts';
import { loadWords } from '../../src/words-file.ts';
import { type Figure, timed } from './measure.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Started {
  readonly ready: number;
  readonly residentMb: number;
}

/** Runs `node bin/upr-watch.js start` as `npm start` does and waits for its greeting. */
async function start(data: string): Promise<Started> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const args = scripts.start.split(' ').slice(1);
  const from = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, UPR_WATCH_DATA: data, LOG_LEVEL: 'silent', PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ready = performance.now() - from;
  await wait(4_000);
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const residentMb = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1000;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
  return { ready, residentMb };
}

export async function starts(): Promise<readonly Figure[]> {
  const firsts: Started[] = [];
  const agains: Started[] = [];
  for (let run = 0; run < 3; run += 1) {
    const data = mkdtempSync(join(tmpdir(), 'upr-bench-'));
    firsts.push(await start(data));
    for (let again = 0; again < 2; again += 1) agains.push(await start(data));
    rmSync(data, { recursive: true, force: true });
  }
  return [
    { name: 'first start to ready (empty data folder)', target: '≤ 2 s', unit: 'ms', values: firsts.map(({ ready }) => ready) },
    { name: 'start to ready', target: '≤ 1 s', unit: 'ms', values: agains.map(({ ready }) => ready) },
    {
      name: 'resident and idle, console only',
      target: '≤ 95 MB',
      unit: 'MB',
      values: agains.map(({ residentMb }) => residentMb),
      note: 'missed: Node alone is 44, zod 21, kysely 14',
    },
  ];
}

export async function simulatedYear(): Promise<readonly Figure[]> {
  const folder = join(ROOT, 'config');
  const config = loadConfig({ env: {}, folder, platforms: PLATFORM_NAMES });
  const { facts } = loadCalendar(await readCalendarFolder(join(folder, 'calendar')));
  const words = (await loadWords(join(folder, 'locales')))('en');
  const [channel] = channelsOf(config);
  if (channel === undefined) throw new Error('upr-watch.yaml has no channel');
  const year = { facts, ladders: config.ladders, channel, words, from: Date.parse('2025-01-01T00:00:00Z'), to: Date.parse('2026-01-01T00:00:00Z') };
  const one: number[] = [];
  for (let run = 0; run < 5; run += 1) one.push(await timed(() => simulate({ ...year, selector: selectorFor(['USA'], facts) })));
  const all: number[] = [];
  for (let run = 0; run < 3; run += 1) all.push(await timed(() => simulate({ ...year, selector: selectorFor(undefined, facts) })));
  return [
    { name: 'a simulated year, one State', target: '≤ 1 s', unit: 'ms', values: one },
    { name: 'a simulated year, every State', target: '–', unit: 'ms', values: all },
  ];
}
