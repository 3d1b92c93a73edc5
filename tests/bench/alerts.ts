/** Ticks at the size of a large operator: many subscriptions with nothing due, and one moment for many channels. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Adapter } from '../../src/adapters/adapter.ts';
import { remember } from '../../src/alerts/memory.ts';
import { plan } from '../../src/alerts/plan.ts';
import { runTick, type TickDeps } from '../../src/alerts/tick.ts';
import { loadCalendar, readCalendarFolder } from '../../src/calendar/load.ts';
import { revise } from '../../src/calendar/revise.ts';
import { readLead } from '../../src/domain/alerts/ladder.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { createLog } from '../../src/lib/log.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import type { Figure } from './measure.ts';
import { timed } from './measure.ts';

const LADDERS = new Map([['default', { stakeholder_submission: [readLead('7d!'), readLead('1d!')].filter((lead) => lead !== null) }]]);

async function shippedFacts(): Promise<CalendarFacts> {
  return loadCalendar(await readCalendarFolder(join(import.meta.dirname, '../../config/calendar'))).facts;
}

/** Fills the store behind the contract's back: a million rows one call at a time would measure the filling. */
function fill(file: string, channels: number, states: readonly string[]): void {
  const raw = new DatabaseSync(file);
  raw.exec('pragma synchronous = off; begin');
  raw.exec("insert into profiles (id, zone, hour, ladder) values (1, 'Europe/Zurich', '09:00', 'default')");
  const channel = raw.prepare("insert into channels values (?, 'bench', 'bench', ?, 1, null, 'en', 0, null)");
  const subscription = raw.prepare("insert into subscriptions values (?, ?, 'bench', ?, 0, 'active', null)");
  const follow = raw.prepare('insert into follows values (1, ?, ?, ?)');
  for (let index = 0; index < channels; index += 1) {
    const id = `channel-${String(index).padStart(7, '0')}`;
    const state = states[index % states.length] ?? '*';
    const selector = JSON.stringify({ states: state === '*' ? null : [state], regions: null, sessions: null, kinds: null, audiences: null });
    channel.run(id, JSON.stringify({ installation: 'bench', channel: id }));
    subscription.run(id, id, selector);
    follow.run(state, id, id);
  }
  raw.exec('commit; analyze');
  raw.close();
}

interface Bench {
  readonly store: Store;
  readonly facts: CalendarFacts;
  close(): Promise<void>;
}

async function bench(channels: number, states: readonly string[], now: number): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'upr-bench-'));
  const file = join(folder, 'upr-watch.db');
  const facts = await shippedFacts();
  const first = await openSqlite({ file });
  await revise(first, facts, { now, reason: 'bench' });
  await first.setMark('watermark', now);
  await first.close();
  fill(file, channels, states);
  const store = await openSqlite({ file });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, facts, close };
}

/** A tick with nothing due while a million subscriptions wait; also counts the bytes it writes. */
export async function idleTick(subscriptions: number): Promise<readonly Figure[]> {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const { store, facts, close } = await bench(subscriptions, [...(await shippedFacts()).states.keys()], now);
  const memory = await remember(store, facts, LADDERS, now);
  const silent: Adapter = {
    platform: 'bench',
    start: async () => {},
    stop: async () => {},
    verify: async () => ({ identity: 'bench', serverTime: null }),
    check: async () => [],
    repeatSafeMs: () => 0,
    post: async (target, _message, { key }) => ({ target, id: key }),
    edit: async () => {},
  };
  const deps: TickDeps = {
    store,
    recall: async () => memory,
    clock: { now: () => now, monotonic: () => performance.now(), sleep: async () => {} },
    log: createLog('silent'),
    adapters: new Map([['bench', silent]]),
    ladders: LADDERS,
    states: facts.states,
    format: () => {
      throw new Error('nothing is due');
    },
    mayPost: async () => true,
    signal: new AbortController().signal,
  };
  const written = await store.mark('watermark');
  const values: number[] = [];
  for (let run = 0; run < 200; run += 1) values.push(await timed(() => runTick(deps, now + 250 * (run + 1))));
  const note = (await store.mark('watermark')) === written ? 'no write' : 'WROTE';
  await close();
  return [{ name: `idle tick, ${subscriptions.toLocaleString('en')} subscriptions`, target: '≤ 5 ms, no write', unit: 'ms', values: values.slice(20), note }];
}

/** One moment that 50,000 channels follow, from recording it to the last alert; and the longest hold of the process. */
export async function fanOut(channels: number): Promise<readonly Figure[]> {
  const due = Date.parse('2026-07-10T07:00:00Z');
  const totals: number[] = [];
  const holds: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const { store, facts, close } = await bench(channels, ['TGO'], due - 60_000);
    const memory = await remember(store, facts, LADDERS, due - 60_000);
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    totals.push(await timed(() => plan({ store, memory, log: createLog('silent') }, due)));
    clearInterval(watch);
    holds.push(longest);
    const { pending } = await store.alerts.counts();
    if (pending !== channels) throw new Error(`${pending} alerts for ${channels} channels`);
    await close();
  }
  return [
    { name: `one moment to ${channels.toLocaleString('en')} channels`, target: '≤ 5 s', unit: 'ms', values: totals },
    { name: 'longest hold of the process meanwhile', target: '≤ 100 ms', unit: 'ms', values: holds },
  ];
}
