/**
 * Processes that share one database, as several bots of a team do: a store with a calendar, channels and things that are
 * due, and workers (`a-worker.ts`) that a test starts, kills, freezes and starts again. The test looks on through a
 * handle of its own on the same database.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { syncOwned } from '../../src/alerts/follow.ts';
import { createRecall } from '../../src/alerts/memory.ts';
import { revise } from '../../src/calendar/revise.ts';
import { EVERYTHING } from '../../src/domain/alerts/subscription.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { minuteWhen, type When } from '../../src/domain/calendar/when.ts';
import { GENEVA, HOUR, type Instant, MINUTE } from '../../src/domain/time.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type ChannelPlan, laddersOf } from './a-bot.ts';
import type { Asked, WorkerPlan } from './a-worker.ts';
import { type ADate, calendarOf } from './some-dates.ts';

export interface FleetChannel extends ChannelPlan {
  readonly platform: string;
  /** `slack:T1` posts with the token of installation `T1`; `discord` with the only one there is. */
  readonly lane: string;
}

export interface FleetPlan extends WorkerPlan {
  readonly channels: readonly FleetChannel[];
  /** The dates as they were an hour ago, when everyone began to follow; what differs from `dates` is news to tell. */
  readonly before?: readonly ADate[];
  /** What fell due since then is said; five minutes ago when left out. */
  readonly since?: Instant;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type Fleet = Awaited<ReturnType<typeof aFleet>>;
export type Worker = ReturnType<typeof aWorker>;

/** Long enough for a slow machine, short enough to notice what never comes. */
const PATIENCE = 30_000;

/** Half of what a start costs is compiling; a worker that ended well leaves it to the next. */
const COMPILED = join(tmpdir(), 'node-compile-cache');

/** The minute that is so far from now; a lead of as many minutes before it is due. */
export function minuteFromNow(ms: number, now: Instant = Date.now()): When {
  const text = new Date(now + ms).toISOString();
  return minuteWhen(text.slice(0, 10), text.slice(11, 16), 'UTC');
}

/** Fills an empty database: calendar, channels, subscriptions, and a planner that looked last at `since`. */
export async function stock(plan: Omit<FleetPlan, 'platforms'>, now: Instant = Date.now()): Promise<void> {
  const store = await openStore(plan.database);
  const ladders = laddersOf(plan.ladders);
  const facts = calendarOf(plan.before ?? plan.dates);
  const calendar = { facts: () => facts, refresh: async () => {} };
  await revise(store, facts, { now: now - HOUR, reason: 'the first calendar' });
  const memory = await createRecall({ store, ladders, calendar }).recall(now - HOUR);
  await syncOwned({ store, facts, ladders, memory }, ownedBy(plan.channels), now - HOUR);
  if (plan.before !== undefined) await revise(store, calendarOf(plan.dates), { now, reason: 'dates moved' });
  await store.setMark('watermark', plan.since ?? now - 5 * MINUTE);
  await store.close();
}

/** A fleet without a worker yet. The database is {@link stock}ed first, unless it was. */
export async function aFleet(plan: FleetPlan, { stocked = false }: { readonly stocked?: boolean } = {}) {
  if (!stocked) await stock(plan);
  const store = await openStore(plan.database);
  const lookedAt = (await store.mark('watermark')) ?? 0;
  const workers: Worker[] = [];

  const { channels: _channels, before: _before, since: _since, ...own } = plan;

  return {
    /** The test's own handle on the database. */
    store,
    /** A new process on the database; `more` goes over the plan of the fleet. */
    start: (more: Partial<WorkerPlan> = {}, env: Readonly<Record<string, string>> = {}): Worker => {
      const worker = aWorker({ ...own, ...more }, env);
      workers.push(worker);
      return worker;
    },
    /** A process that another fleet {@link dismiss}ed stops there and begins anew here: a start is what costs. */
    take: (worker: Worker, more: Partial<WorkerPlan> = {}): void => {
      worker.moveTo({ ...own, ...more });
      workers.push(worker);
    },
    /** The process is no more of this fleet, which leaves it alive. */
    dismiss: (worker: Worker): void => void workers.splice(workers.indexOf(worker), 1),
    /** Everyone who was started, in that order. */
    workers: workers as readonly Worker[],
    /** The workers that run, frozen ones included. */
    alive: () => workers.filter((worker) => !worker.hasEnded()),
    /** Other facts become the calendar, as when an operator applies a file. */
    reviseTo: (facts: CalendarFacts) => revise(store, facts, { now: Date.now(), reason: 'a test' }),
    /**
     * Resolves when what was due is planned, at least `alerts` alerts exist and none of them waits or is being said.
     * Rejects, with what is left and what the workers logged, when that takes longer than `patienceMs`.
     */
    settled: async ({ alerts = 0, patienceMs = PATIENCE }: { readonly alerts?: number; readonly patienceMs?: number } = {}): Promise<void> => {
      await until(
        () => isSettled(store, { alerts, lookedAt }),
        patienceMs,
        async () => ({
          counts: await store.alerts.counts(),
          loads: await store.alerts.loads(),
          fanouts: (await store.alerts.openFanouts()).length,
          leases: await store.leases.all(),
          workers: workers.map((worker) => ({ pid: worker.pid, ended: worker.hasEnded(), log: worker.log() })),
        }),
      );
    },
    /** Kills whoever runs and closes the handle. */
    close: async (): Promise<void> => {
      await Promise.all(workers.map((worker) => worker.kill()));
      await store.close();
    },
  };
}

async function isSettled(store: Store, { alerts, lookedAt }: { readonly alerts: number; readonly lookedAt: Instant }): Promise<boolean> {
  const counts = await store.alerts.counts();
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (counts.pending + counts.sending > 0 || all < alerts) return false;
  if (((await store.mark('watermark')) ?? 0) <= lookedAt || (await store.alerts.openFanouts()).length > 0) return false;
  return ((await store.mark('event-cursor')) ?? 0) >= ((await store.calendar.latest())?.id ?? 0);
}

/** Looks until it is so. Rejects with what `left` tells when it takes too long. */
export async function until(isSo: () => Promise<boolean>, patienceMs: number, left: () => Promise<unknown> = async () => null): Promise<void> {
  const gaveUp = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > gaveUp) throw new Error(`It waited ${patienceMs} ms in vain: ${JSON.stringify(await left(), null, 1)}`);
    await sleep(40);
  }
}

function aWorker(plan: WorkerPlan, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = fork(new URL('a-worker.ts', import.meta.url), {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, WORKER_PLAN: JSON.stringify(plan), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let [log, hasEnded] = ['', false];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log += String(chunk);
    });
  }
  const ended = new Promise<Ended>((resolve) =>
    child.once('exit', (code, signal) => {
      hasEnded = true;
      resolve({ code, signal });
    }),
  );
  const signal = (name: NodeJS.Signals) => async (): Promise<Ended> => {
    if (!hasEnded) child.kill(name);
    return await ended;
  };
  const ask = (asked: Asked) => void child.send(asked);
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => hasEnded,
    /** Everything it wrote: warnings and worse, a line of JSON each. */
    log: () => log,
    /** The named steps it went through since its start; rejects when it ends first. */
    steps: () =>
      new Promise<readonly string[]>((resolve, reject) => {
        child.once('message', (steps) => resolve(steps as readonly string[]));
        void ended.then(() => reject(new Error(`It ended before it said its steps:\n${log}`)));
        ask('steps');
      }),
    moveTo: (next: WorkerPlan) => ask({ moveTo: next }),
    /** `kill -9`; resolves when it is gone. */
    kill: signal('SIGKILL'),
    /** Asks it to finish; resolves when it has. */
    stop: signal('SIGTERM'),
    /** Stops its time. Wakes with everything that it had in its hands. */
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

function ownedBy(channels: readonly FleetChannel[]) {
  return {
    owner: 'file',
    channels: channels.map(({ id, platform, lane, zone = GENEVA, hour = '09:00', ladder = 'default', quiet = null }) => ({
      ...{ id, platform, lane, quiet },
      installation: lane.split(':')[1] ?? platform,
      target: { installation: lane.split(':')[1] ?? platform, channel: id },
      timing: { zone, hour, ladder },
      locale: 'en',
      discreet: false,
      mentionRole: null,
      digest: null,
      mute: null,
      managers: [],
      teamRole: null,
      keepDays: 180,
    })),
    subscriptions: channels.flatMap(({ id, follows = [{}] }) =>
      follows.map((wish, index) => ({ id: `${id}-${index}`, channel: id, selector: { ...EVERYTHING, ...wish } })),
    ),
  };
}
