/**
 * The lanes over a real SQLite file and a fake platform over real HTTP, all on one virtual clock. Time passes only when
 * nothing moves: no request is on its way but those that the platform leaves hanging, and no lane has work.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter, Pace } from '../../src/adapters/adapter.ts';
import { createLanes } from '../../src/alerts/delivery/lanes.ts';
import { LANE_TIMES } from '../../src/alerts/delivery/letter.ts';
import { createTally } from '../../src/alerts/delivery/tally.ts';
import { syncOwned } from '../../src/alerts/follow.ts';
import { createRecall } from '../../src/alerts/memory.ts';
import { writeNotice } from '../../src/alerts/notice-body.ts';
import { runTick } from '../../src/alerts/tick.ts';
import { revise } from '../../src/calendar/revise.ts';
import { EVERYTHING } from '../../src/domain/alerts/subscription.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { GENEVA, type Instant } from '../../src/domain/time.ts';
import { CLAIM_TIMES } from '../../src/lib/claim.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { formatAlert } from '../../src/message/format-alert.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { NewChannel } from '../../src/store/store.ts';
import { type LadderPlan, laddersOf } from './a-bot.ts';
import { aClock } from './a-clock.ts';
import { at, aVoice } from './a-voice.ts';
import { createFakeAdapter } from './fake-platform/adapter.ts';
import type { Flavour } from './fake-platform/dialect.ts';
import type { LimitPlan } from './fake-platform/limits.ts';
import { type Platform, startPlatform } from './fake-platform/server.ts';
import { calendarOf } from './some-dates.ts';

export interface PostPlan {
  readonly flavour: Flavour;
  /** Names; on Slack `team/name`, where each team has a token and so a lane of its own. All follow everything. */
  readonly channels: readonly string[];
  readonly limits?: LimitPlan;
  readonly pace?: Pace;
  readonly repeatSafeMs?: number;
  /** Nothing when left out: what is said then comes from `add`. */
  readonly facts?: CalendarFacts;
  readonly ladders?: LadderPlan;
  readonly at?: Instant;
  /** `operator:…`, a channel that follows nothing; the log when left out. */
  readonly operator?: string;
  readonly format?: typeof formatAlert;
  /** How often the lanes are told to look, in virtual milliseconds; each second when left out. */
  readonly lookEveryMs?: number;
}

export type Post = Awaited<ReturnType<typeof aPost>>;

/** Runs `use` with the lanes and clears everything away. */
export async function withPost<T>(plan: PostPlan, use: (post: Post) => Promise<T>): Promise<T> {
  const post = await aPost(plan);
  try {
    return await use(post);
  } finally {
    await post.clear();
  }
}

const DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Turns of the loop without anything on its way, after which nothing moves: an answer needs few to become a new request. */
const CALM = 10;

async function aPost(plan: PostPlan) {
  const { flavour, facts = calendarOf([]), ladders = {}, lookEveryMs = 1_000, operator, format = formatAlert } = plan;
  const folder = await mkdtemp(join(DISK, 'upr-post-'));
  const clock = aSteppedClock(plan.at ?? at('2026-07-09', '12:00'));
  const began = clock.now();
  const platform = await startPlatform({ flavour, now: clock.now, ...(plan.limits === undefined ? {} : { limits: plan.limits }) });
  const traffic = watched(createFakeAdapter({ ...plan, url: platform.url }), platform, clock);
  const store = await openSqlite({ file: join(folder, 'post.db') });
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const read = laddersOf(ladders);
  const { recall, forget } = createRecall({ store, ladders: read, calendar: { facts: () => facts, refresh: async () => {} } });
  const metrics = createMetrics();
  const channels = new Map([...plan.channels, ...(operator === undefined ? [] : [operator])].map((name) => [name, aChannel(flavour, name)]));
  const lanes = createLanes({
    ...{ store, clock, log, recall, states: facts.states, ladders: read, operator: operator ?? null },
    adapters: new Map([[flavour, traffic.adapter]]),
    format: (content, marks, channel, now) => format(content, marks, aVoice({ now, zone: channel.profile.zone, facts })),
    time: clock.now,
    worker: 'post/1',
    isGone: () => false,
    tally: createTally(metrics),
    times: LANE_TIMES,
    claimTimes: CLAIM_TIMES,
    random: () => 0.5,
  });
  await revise(store, facts, { now: began, reason: 'a start' });
  await syncOwned({ store, facts, ladders: read, memory: await recall(began) }, ownedBy(plan.channels, channels), began);
  forget();
  if (operator !== undefined) await store.subscriptions.putChannel(channels.get(operator) ?? aChannel(flavour, operator));
  const tick = () => runTick({ store, recall, log, mayPlan: async () => true, lanes }, clock.now());
  let [looks, added] = [0, 0];
  await tick();

  /** Time passes from one thing that happens to the next, until it is over or `enough`. */
  async function pass(ms: number, enough: () => boolean = () => false): Promise<void> {
    const end = clock.monotonic() + ms;
    for (;;) {
      await traffic.calm();
      if (clock.monotonic() >= end || enough()) return;
      const nextLook = looks * lookEveryMs;
      clock.pass(Math.max(0, Math.min(end, nextLook, clock.nextWake()) - clock.monotonic()));
      if (clock.monotonic() < nextLook) continue;
      looks = Math.floor(clock.monotonic() / lookEveryMs) + 1;
      await tick();
    }
  }

  return {
    clock,
    platform,
    store,
    metrics,
    /** Milliseconds since the beginning. */
    passed: () => clock.now() - began,
    pass,
    /** So many messages a channel, due now, that never merge. */
    add: async (count: number, names: readonly string[] = plan.channels) => {
      const now = clock.now();
      const alerts = names.flatMap((name) =>
        Array.from({ length: count }, () => {
          added += 1;
          const body = writeNotice({ about: 'token', platform: flavour, lane: `number ${added}` });
          return { ...NOTICE, channel: name, lane: channels.get(name)?.lane ?? '', onceKey: `test|${added}`, body, dueAt: now, notBefore: now };
        }),
      );
      for (let from = 0; from < alerts.length; from += 500) await store.alerts.add(alerts.slice(from, from + 500), now);
    },
    /** The platform gives no answer in this channel from now on; returns what ends that for new requests. */
    hang: traffic.hang,
    /** Requests that ended, refused connections too. */
    requests: traffic.ended,
    logged: (text: string) => lines.filter((line) => line.includes(text)).length,
    clear: async () => {
      const stopping = lanes.stop();
      clock.pass(20_000);
      await platform.close();
      await stopping;
      await traffic.adapter.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const NOTICE = { type: 'notice', deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, grace: Number.MAX_SAFE_INTEGER } as const;

/** Knows when the next sleeper wakes; whole milliseconds, as a wall clock has. */
function aSteppedClock(start: Instant) {
  const clock = aClock(start);
  const wakes = new Set<{ readonly at: number }>();
  return {
    ...clock,
    sleep: async (ms: number, signal?: AbortSignal) => {
      const wake = { at: Math.ceil(clock.monotonic() + ms) };
      wakes.add(wake);
      await clock.sleep(wake.at - clock.monotonic(), signal);
      wakes.delete(wake);
    },
    nextWake: () => Math.min(Number.POSITIVE_INFINITY, ...[...wakes].map(({ at: when }) => when)),
  };
}

interface Ended {
  readonly channel: string;
  readonly key: string;
  /** Milliseconds since the beginning. */
  readonly at: number;
}

interface Request {
  readonly channel: string;
  moving: boolean;
}

/** The adapter, and whether anything is on its way that will come without time passing. */
function watched(adapter: Adapter, platform: Platform, clock: Pick<Clock, 'monotonic'>) {
  const underWay = new Set<Request>();
  const hanging = new Set<string>();
  const ended: Ended[] = [];
  platform.rule(({ channel }) => (hanging.has(channel) ? { kind: 'hang' } : null));
  platform.onRequest(({ channel }) => {
    for (const request of underWay) if (hanging.has(channel) && request.channel === channel) request.moving = false;
  });
  const post: Adapter['post'] = async (target, message, options) => {
    const request: Request = { channel: target.channel, moving: true };
    underWay.add(request);
    options.signal.addEventListener('abort', () => {
      request.moving = true;
    });
    try {
      return await adapter.post(target, message, options);
    } finally {
      underWay.delete(request);
      ended.push({ channel: target.channel, key: options.key, at: clock.monotonic() });
    }
  };
  return {
    adapter: { ...adapter, post },
    ended: () => ended as readonly Ended[],
    hang: (channel: string) => {
      hanging.add(channel);
      return () => void hanging.delete(channel);
    },
    calm: async () => {
      for (let calm = 0; calm < CALM; calm += 1) {
        const moving = [...underWay].filter((request) => request.moving);
        if (moving.length > 0) calm = 0;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function aChannel(flavour: Flavour, id: string): NewChannel {
  const [team] = flavour === 'slack' && id.includes('/') ? id.split('/') : ['team'];
  const installation = team ?? 'team';
  return {
    ...{ id, installation, platform: flavour, lane: flavour === 'slack' ? `slack:${installation}` : flavour },
    ...{ target: { installation, channel: id }, timing: { zone: GENEVA, hour: '09:00', ladder: 'default' } },
    ...{ quiet: null, locale: 'en', discreet: false, mentionRole: null, digest: null, mute: null, managers: [], teamRole: null, keepDays: 180 },
  };
}

function ownedBy(names: readonly string[], channels: ReadonlyMap<string, NewChannel>) {
  return {
    owner: 'file',
    channels: names.map((name) => channels.get(name)).filter((channel) => channel !== undefined),
    subscriptions: names.map((name) => ({ id: `all of ${name}`, channel: name, selector: EVERYTHING })),
  };
}
