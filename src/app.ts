/** The composition root: one straight line. Each line that opens something pushes its own close. */
import { join } from 'node:path';
import type { Adapter } from './adapters/adapter.ts';
import { makeAdapter, PLATFORM_NAMES } from './adapters/adapters.ts';
import { syncOwned } from './alerts/follow.ts';
import { createRecall } from './alerts/memory.ts';
import { isPaused } from './alerts/pause.ts';
import { createScheduler } from './alerts/scheduler.ts';
import { runTick, type TickDeps } from './alerts/tick.ts';
import { createTrustedTime } from './alerts/trusted-time.ts';
import { createTurn } from './alerts/turn.ts';
import { createLiveCalendar } from './calendar/live.ts';
import { nextAnswer } from './commands/next.ts';
import type { Config } from './config.ts';
import { channelsOf, subscriptionsOf } from './config-follows.ts';
import { GENEVA } from './domain/time.ts';
import type { Clock } from './lib/clock.ts';
import { createHeartbeat } from './lib/heartbeat.ts';
import { isGone, ownName } from './lib/identity.ts';
import type { Logger } from './lib/log.ts';
import { createStopper, type Stopper } from './lib/stop.ts';
import type { Voice } from './message/content.ts';
import { formatAlert } from './message/format-alert.ts';
import { formatStart } from './message/format-start.ts';
import type { Message } from './message/message.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { loadWords } from './words-file.ts';

export interface AppDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where the console channel writes. */
  readonly output: Output;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

export interface App {
  readonly store: Store;
  /** What the operator is told when everything stands. */
  readonly greeting: Message;
  /** The first tick runs at once. */
  start(): void;
  /** One tick by hand, for those who have their own clock. */
  tick(): Promise<void>;
  /** Reads the calendar files again. A broken file keeps the calendar as it is and says so in the log. */
  reload(): Promise<void>;
  /** Within five seconds, nothing half-done. Names what did not close in time. */
  stop(): Promise<readonly string[]>;
}

const STOP_WITHIN = 5_000;

/**
 * Opens everything. When a step fails, what was opened is closed again and the error goes up.
 *
 * @throws StoreError, CalendarError or ConfigError, each with what to do.
 */
export async function buildApp(deps: AppDeps): Promise<App> {
  const stopper = createStopper();
  try {
    return await open(deps, stopper);
  } catch (cause) {
    await stopper.stop(STOP_WITHIN);
    throw cause;
  }
}

async function open({ config, clock, log, output }: AppDeps, stopper: Stopper): Promise<App> {
  const words = await loadWords(join(config.folder, 'locales'));
  const store = await openStore(config.database, { verify: true });
  stopper.push('store', () => store.close());

  const calendar = await createLiveCalendar({ home: { folder: join(config.folder, 'calendar'), data: config.data }, store, log }, clock.now());
  const facts = calendar.facts();
  const owned = { owner: 'file', channels: channelsOf(config), subscriptions: subscriptionsOf(config, facts) };
  const memory = createRecall({ store, ladders: config.ladders, calendar });
  await syncOwned({ store, facts, ladders: config.ladders, memory: await memory.recall(clock.now()) }, owned, clock.now());
  memory.forget();
  const turn = createTurn({ store, clock, log, name: ownName(), isGone });
  stopper.push('turn', () => turn.release());

  const adapters = await openAdapters({ config, clock, output }, stopper);
  const voice = ({ zone, locale, discreet, mentionRole }: Omit<Voice['reader'], 'now' | 'facts'>, now: number): Voice => ({
    reader: { now, zone, locale, discreet, mentionRole, facts: calendar.facts() },
    words: words(locale),
  });
  const stopping = new AbortController();
  const deps: TickDeps = {
    store,
    recall: memory.recall,
    clock,
    log,
    adapters,
    ladders: config.ladders,
    states: facts.states,
    format: (content, marks, channel, now) => formatAlert(content, marks, voice({ ...channel, zone: channel.profile.zone }, now)),
    mayPost: turn.holds,
    signal: stopping.signal,
  };
  const time = createTrustedTime(clock, []);
  const heartbeat = createHeartbeat(config.heartbeat, { clock, log });
  stopper.push('heartbeat', () => heartbeat.stop());
  const tick = async (now: number): Promise<void> => {
    if (await turn.mine()) await runTick(deps, now);
    heartbeat.well();
  };
  const scheduler = createScheduler({ clock, time, log, tick });
  stopper.push('scheduler', () => scheduler.stop());
  stopper.push('sending', () => stopping.abort());

  const now = clock.now();
  const { picture } = await memory.recall(now);
  const [first] = owned.channels;
  const operator = voice({ zone: first?.timing.zone ?? GENEVA, locale: first?.locale ?? 'en', discreet: false, mentionRole: null }, now);
  const next = nextAnswer(picture, { states: null, sessions: null, kinds: null, limit: 8 }, now);
  const greeting = {
    next,
    channels: owned.channels.length,
    subscriptions: owned.subscriptions.length,
    paused: await isPaused(store),
    standsBy: !(await turn.mine()),
    ...platformsOf(adapters),
  };
  return {
    store,
    greeting: formatStart(greeting, operator),
    start: () => scheduler.start(),
    tick: () => tick(time.now()),
    reload: () => calendar.reload(clock.now()),
    stop: () => stopper.stop(STOP_WITHIN),
  };
}

async function openAdapters({ config, clock, output }: Omit<AppDeps, 'log'>, stopper: Stopper): Promise<ReadonlyMap<string, Adapter>> {
  const wanted = new Set(config.channels.map((channel) => channel.platform));
  const tools = { write: output.write, now: clock.now, isTerminal: output.isTerminal };
  const settings = { width: Math.min(100, Math.max(40, output.columns)) };
  const adapters = new Map<string, Adapter>();
  for (const name of PLATFORM_NAMES.filter((platform) => wanted.has(platform))) {
    const adapter = await makeAdapter(name, settings, tools);
    await adapter.start(() => Promise.reject(new Error('commands are taken by chat platforms only')));
    stopper.push(`${name} adapter`, () => adapter.stop());
    adapters.set(name, adapter);
  }
  return adapters;
}

/** Platforms that this version does not build are named, so that nobody waits for them. */
const NOT_BUILT = ['discord', 'slack'];

function platformsOf(adapters: ReadonlyMap<string, Adapter>) {
  const unused = PLATFORM_NAMES.filter((platform) => !adapters.has(platform)).map((platform) => ({ platform, reason: 'no-channel' as const }));
  const notBuilt = NOT_BUILT.map((platform) => ({ platform, reason: 'not-built' as const }));
  return { running: [...adapters.keys()], idle: [...unused, ...notBuilt] };
}
