/** The composition root: one straight line. Each line that opens something pushes its own close. */
import { join } from 'node:path';
import { type Adapter, ChatError } from './adapters/adapter.ts';
import { type AdapterTools, makeAdapter, PLATFORM_NAMES } from './adapters/adapters.ts';
import { createContestTeller } from './alerts/contests.ts';
import { createLanes } from './alerts/delivery/lanes.ts';
import { LANE_TIMES } from './alerts/delivery/letter.ts';
import { createTally } from './alerts/delivery/tally.ts';
import { syncOwned } from './alerts/follow.ts';
import { listWeekly } from './alerts/look-ups.ts';
import { createRecall } from './alerts/memory.ts';
import { isPaused } from './alerts/pause.ts';
import { createScheduler } from './alerts/scheduler.ts';
import { runTick } from './alerts/tick.ts';
import { createTrustedTime } from './alerts/trusted-time.ts';
import { openChat } from './app-chat.ts';
import { addGauges, createPulse, readyChecks } from './app-machines.ts';
import { originOf } from './app-site.ts';
import { openFeed, openWeb } from './app-web.ts';
import { unfollowFeed } from './calendar/feed/unfollow.ts';
import { createLiveCalendar } from './calendar/live.ts';
import { nextAnswer } from './commands/next.ts';
import { type Config, ConfigError } from './config.ts';
import { channelsOf, operatorChannel, subscriptionsOf } from './config-follows.ts';
import { type OwnSources, withSources } from './domain/calendar/team.ts';
import { GENEVA } from './domain/time.ts';
import { CLAIM_TIMES, createClaim } from './lib/claim.ts';
import type { Clock } from './lib/clock.ts';
import { createHeartbeat } from './lib/heartbeat.ts';
import { isGone, ownName } from './lib/identity.ts';
import type { Logger } from './lib/log.ts';
import { createMetrics, type Metrics } from './lib/metrics.ts';
import { createSeal, derivedSecret } from './lib/seal.ts';
import { createStopper, type Stopper } from './lib/stop.ts';
import type { Voice } from './message/content.ts';
import { formatAlert } from './message/format-alert.ts';
import { formatStart } from './message/format-start.ts';
import type { Message } from './message/message.ts';
import { dutiesOf, type Role } from './roles.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { loadTeamFiles } from './team-files.ts';
import { createVault, NO_VAULT, proveVault } from './vault.ts';
import { loadWords } from './words-file.ts';

export interface AppDeps {
  readonly config: Config;
  /** What this process does of the whole. */
  readonly role: Role;
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
  readonly metrics: Metrics;
  /** What the operator is told when everything stands. */
  readonly greeting: Message;
  /** The first tick runs at once. */
  start(): void;
  /** Resolves when a platform refuses its token at the start; nobody should start the same again. */
  readonly refused: Promise<ConfigError>;
  /** One tick by hand, for those who have their own clock; ends when nothing more can go out. */
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

async function open({ config, role, clock, log, output }: AppDeps, stopper: Stopper): Promise<App> {
  const words = await loadWords(join(config.folder, 'locales'));
  const duties = dutiesOf(role);
  const shared = 'url' in config.database;
  const store = await openStore(config.database, { verify: true });
  stopper.push('store', () => store.close());

  const home = { folder: join(config.folder, 'calendar'), data: config.data };
  if (duties.plans && config.feed === null) await unfollowFeed({ home, store, log }, clock.now());
  const operator = await openOperator(store, config);
  const taken = createContestTeller({ store, log, operator });
  const calendar = await createLiveCalendar({ home, store, log, taken }, clock.now());
  const facts = calendar.facts();
  const team = await loadTeamFiles(config.folder, facts);
  const owned = { owner: 'file', channels: channelsOf(config), subscriptions: subscriptionsOf(config, facts) };
  const memory = createRecall({ store, ladders: config.ladders, calendar });
  await syncOwned({ store, facts, ladders: config.ladders, memory: await memory.recall(clock.now()) }, owned, clock.now());
  await listWeekly(store, clock.now());
  memory.forget();

  const worker = ownName();
  const claimOf = (name: string) => createClaim({ leases: store.leases, clock, owner: worker, isGone, times: CLAIM_TIMES }, name);
  // One process does everything on a file; on a server each has its part.
  const turn = claimOf(shared ? 'planning' : 'file');
  stopper.push('turn', () => turn.release());
  const metrics = createMetrics();
  const pulse = createPulse(clock);
  addGauges({ metrics, store, pulse, now: clock.now });
  const adapters = await openAdapters({ config, output, log, words, metrics, store });
  const receiving = openChat({ config, store, log, metrics, clock, adapters, facts: calendar.facts, memory, words, claimOf, team, now: () => time.read() });
  stopper.push('receiving', () => receiving.stop());

  const voice = ({ zone, locale, discreet, mentionRole, sources }: Omit<Voice['reader'], 'now' | 'facts'> & { sources?: OwnSources }, now: number): Voice => ({
    reader: { now, zone, locale, discreet, mentionRole, facts: withSources(calendar.facts(), sources ?? new Map()) },
    words: words(locale),
  });
  const time = createTrustedTime(clock, [() => store.time(), ...[...adapters.values()].map((adapter) => async () => (await adapter.verify()).serverTime)]);
  const lanes = createLanes({
    ...{ store, clock, log, adapters, ladders: config.ladders, states: facts.states, recall: memory.recall, worker, isGone, operator, templates: team.plans },
    format: (content, marks, channel, now) => formatAlert(content, marks, voice({ ...channel, zone: channel.profile.zone }, now)),
    time: time.read,
    tally: createTally(metrics),
    times: LANE_TIMES,
    claimTimes: CLAIM_TIMES,
    random: Math.random,
  });
  stopper.push('lanes', () => lanes.stop());
  const mayPlan = () => (duties.plans ? turn.mine() : Promise.resolve(false));
  const feed = openFeed({ config, home, store, calendar, clock, log, operator, now: time.read, mayAsk: mayPlan });
  stopper.push('feed', async () => feed?.stop());
  const heartbeat = createHeartbeat(config.heartbeat, { clock, log });
  stopper.push('heartbeat', () => heartbeat.stop());

  const checks = readyChecks({ store, adapters, pulse, clock });
  const web = duties.receives
    ? openWeb({ config, store, calendar, clock, log, adapters, words, metrics, recall: memory.recall, now: time.read, checks })
    : null;
  stopper.push('web', () => web?.stop());

  const refused = Promise.withResolvers<ConfigError>();
  // A platform that does not answer now is waited for; only a token that is wrong from the start is the operator's to mend first.
  const refusal = (cause: unknown) => {
    if (cause instanceof ChatError && cause.reason === 'fatal') refused.resolve(new ConfigError([cause.message.replace(/^fatal: /, '')]));
  };

  let told = false;
  const standsBy = async (): Promise<boolean> => {
    const waits = !shared && !(await turn.mine());
    if (waits && !told) log.warn('Another process posts from this database; this one stands by');
    told = waits;
    return waits;
  };
  const tick = async (now: number): Promise<void> => {
    if (!(await standsBy())) {
      await runTick({ store, recall: memory.recall, log, mayPlan, lanes: duties.posts ? lanes : null, keeper: { operator, facts: calendar.facts } }, now);
      if (duties.receives) await receiving.look();
    }
    heartbeat.well();
    pulse.ticked();
  };
  const scheduler = createScheduler({ clock, time, log, tick });
  stopper.push('scheduler', () => scheduler.stop());

  const now = clock.now();
  const { picture } = await memory.recall(now);
  const [first] = owned.channels;
  const reader = voice({ zone: first?.timing.zone ?? GENEVA, locale: first?.locale ?? 'en', discreet: false, mentionRole: null }, now);
  const greeting = {
    next: nextAnswer(picture, { states: null, sessions: null, kinds: null, limit: 8 }, now),
    channels: owned.channels.length,
    subscriptions: owned.subscriptions.length,
    paused: await isPaused(store),
    standsBy: await standsBy(),
    page: duties.receives && config.web.isOn ? originOf(config.web) : null,
    ...platformsOf(adapters),
  };
  return {
    store,
    metrics,
    greeting: formatStart(greeting, reader),
    start: () => {
      scheduler.start();
      web?.start();
      feed?.start();
      if (duties.posts || duties.receives) for (const adapter of adapters.values()) void adapter.verify().catch(refusal);
    },
    refused: refused.promise,
    tick: async () => {
      await tick(time.now());
      await lanes.settled();
    },
    reload: () => calendar.reload(clock.now()),
    stop: () => stopper.stop(STOP_WITHIN),
  };
}

type Opening = Pick<AppDeps, 'config' | 'output' | 'log'> & Pick<AdapterTools, 'words'> & { readonly metrics: Metrics; readonly store: Store };

/** Those that a channel is on, and those that have their token: people may ask there, and follow from there. */
async function openAdapters({ config, output, log, words, metrics, store }: Opening): Promise<ReadonlyMap<string, Adapter>> {
  const wanted = new Set(config.channels.map((channel) => channel.platform));
  if (config.operator !== null) wanted.add(config.operator.platform);
  if (config.discord !== null) wanted.add('discord');
  if (config.slack !== null) wanted.add('slack');
  const invalid = metrics.counter('invalid_requests_total', 'Requests that a platform refused for their token, their rights or their pace.', ['platform']);
  const refused = (platform: string) => invalid(1, { platform });
  const tools = { write: output.write, isTerminal: output.isTerminal, log, words, refused, ...vaultOf(config, store) };
  if (config.slack !== null) await proveVault(tools.vault, log);
  const settings = { console: { width: Math.min(100, Math.max(40, output.columns)) }, discord: config.discord, slack: config.slack };
  const names = PLATFORM_NAMES.filter((platform) => wanted.has(platform));
  return new Map(await Promise.all(names.map(async (name) => [name, await makeAdapter(name, settings[name], tools)] as const)));
}

/** Where Slack keeps the tokens of its workspaces, and what signs their installations. */
function vaultOf({ encryptionKeys }: Config, store: Store): Pick<AdapterTools, 'vault' | 'stateSecret'> {
  const [key] = encryptionKeys;
  if (key === undefined) return { vault: NO_VAULT, stateSecret: null };
  return { vault: createVault(store, createSeal(encryptionKeys), 'slack'), stateSecret: derivedSecret(key, 'slack install state') };
}

/** The channel that hears what no other can be told; null = the log. */
async function openOperator(store: Store, config: Config): Promise<string | null> {
  const channel = operatorChannel(config);
  if (channel === null) return null;
  await store.subscriptions.putChannel(channel);
  return channel.id;
}

/** What opens a platform that has none of our own channels. */
const OPENED_BY: Readonly<Record<string, string>> = { discord: 'DISCORD_TOKEN', slack: 'SLACK_BOT_TOKEN' };

function platformsOf(adapters: ReadonlyMap<string, Adapter>) {
  const idle = PLATFORM_NAMES.filter((platform) => !adapters.has(platform));
  return { running: [...adapters.keys()], idle: idle.map((platform) => ({ platform, needs: OPENED_BY[platform] ?? null })) };
}
