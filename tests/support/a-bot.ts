/** A bot inside the test: the real planner, deliverer, formatter and SQLite file, a clock that the test turns, and a chat that remembers. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adapter, ChatError } from '../../src/adapters/adapter.ts';
import { createLanes, type Lanes } from '../../src/alerts/delivery/lanes.ts';
import { LANE_TIMES } from '../../src/alerts/delivery/letter.ts';
import { createTally } from '../../src/alerts/delivery/tally.ts';
import { syncOwned } from '../../src/alerts/follow.ts';
import { createRecall, type Recall } from '../../src/alerts/memory.ts';
import { createTeamwork } from '../../src/alerts/team/teamwork.ts';
import { runTick, type TickReport } from '../../src/alerts/tick.ts';
import { revise } from '../../src/calendar/revise.ts';
import { correct } from '../../src/calendar/team.ts';
import type { DigestTime } from '../../src/domain/alerts/digest.ts';
import { type Ladder, type Lead, readLead } from '../../src/domain/alerts/ladder.ts';
import type { Mute } from '../../src/domain/alerts/mute.ts';
import type { QuietHours } from '../../src/domain/alerts/quiet-hours.ts';
import { EVERYTHING, type Selector } from '../../src/domain/alerts/subscription.ts';
import type { Change } from '../../src/domain/calendar/diff.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import type { DeadlineKind } from '../../src/domain/calendar/kinds.ts';
import { type Correction, type OwnSources, withSources } from '../../src/domain/calendar/team.ts';
import type { Teamwork } from '../../src/domain/team/teamwork.ts';
import type { Template } from '../../src/domain/team/template.ts';
import { GENEVA, type Instant } from '../../src/domain/time.ts';
import { CLAIM_TIMES } from '../../src/lib/claim.ts';
import { createLog } from '../../src/lib/log.ts';
import { createMetrics, type Metrics } from '../../src/lib/metrics.ts';
import type { AlertContent, Marks } from '../../src/message/content.ts';
import { formatAlert } from '../../src/message/format-alert.ts';
import type { Message } from '../../src/message/message.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { aClock } from './a-clock.ts';
import { aVoice } from './a-voice.ts';
import { Crash, crashPoints } from './crash-points.ts';

export interface ChannelPlan {
  readonly id: string;
  /** `test` when left out. */
  readonly installation?: string;
  readonly zone?: string;
  readonly hour?: string;
  readonly ladder?: string;
  readonly quiet?: QuietHours | null;
  /** None when left out. */
  readonly digest?: DigestTime | null;
  readonly mute?: Mute | null;
  /** What it follows; everything when left out. */
  readonly follows?: readonly Partial<Selector>[];
}

/** Leads as an operator writes them, by kind, by name of the ladder. */
export type LadderPlan = Readonly<Record<string, Partial<Record<DeadlineKind, readonly string[]>>>>;

export interface BotPlan {
  readonly at: Instant;
  readonly facts: CalendarFacts;
  readonly ladders: LadderPlan;
  readonly channels: readonly ChannelPlan[];
  /** Pages its file may grow to; no limit when left out. */
  readonly maxPages?: number;
  /** Lives on this database in place of a file. */
  readonly postgres?: { readonly url: string };
  /** The operator's channel; the log when left out. */
  readonly operator?: string;
  /** A channel in which the chat forbids every post. */
  readonly forbids?: string;
  /** A channel in which the bot may open no thread. */
  readonly threadless?: string;
  /** Templates of plans, by name; none when left out. */
  readonly templates?: ReadonlyMap<string, Template>;
  /** How a start takes up the calendar; the facts of the plan are made the calendar when left out. */
  readonly takeUp?: (store: Store, now: Instant) => Promise<CalendarFacts>;
}

/** One lead or check that a message spoke of. */
export interface SaidLead {
  readonly deadline: string;
  readonly lead: string;
  readonly whenKey: string;
  /** True when another line of the same message stood for it. */
  readonly folded: boolean;
}

/** One message that arrived. */
export interface Said {
  readonly at: Instant;
  readonly channel: string;
  readonly type: AlertContent['type'];
  readonly content: AlertContent;
  readonly leads: readonly SaidLead[];
  readonly changes: readonly Change[];
  readonly marks: Marks;
  readonly message: Message;
  readonly key: string;
  /** The message below which it was posted; left out in the channel itself. */
  readonly thread?: string;
}

/** One message that was changed after it was posted; `id` is the key it was posted under. */
export interface Edited extends Pick<Said, 'at' | 'channel' | 'content' | 'message'> {
  readonly id: string;
}

/** What the chat does with the next posts, in order; afterwards it takes everything. `lost-answer` shows the message and then fails. */
export type Answer = ChatError | 'take' | 'lost-answer' | 'explode';

export type Bot = Awaited<ReturnType<typeof aBot>>;

/** Runs `use` with a bot and clears it away. */
export async function withBot<T>(plan: BotPlan, use: (bot: Bot) => Promise<T>): Promise<T> {
  const bot = await aBot(plan);
  try {
    return await use(bot);
  } finally {
    await bot.clear();
  }
}

/** A real file all the same; what a test is about is not how fast this machine's disk is. */
const MEMORY_DISK = '/dev/shm';

export function memoryDisk(): string {
  return existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir();
}

async function aBot(plan: BotPlan) {
  const folder = await mkdtemp(join(memoryDisk(), 'upr-bot-'));
  const clock = aClock(plan.at);
  const crashes = crashPoints();
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const said: Said[] = [];
  const edited: Edited[] = [];
  const answers: Answer[] = [];
  const editAnswers: Answer[] = [];
  let onSaid = (): void | Promise<void> => undefined;
  let onAsked = (): void => undefined;
  const formatted = new Map<Message, { content: AlertContent; marks: Marks }>();
  let { facts, channels, ladders } = plan;
  let house: { raw: Store; store: Store; recall: Recall; lanes: Lanes; metrics: Metrics };
  let lives = 0;
  /** The present of the lanes goes on from the tick, whatever the wall clock does. */
  let ticked = { at: plan.at, monotonic: 0 };

  async function open(): Promise<void> {
    const { maxPages, postgres } = plan;
    const raw =
      postgres === undefined
        ? await openSqlite({ file: join(folder, 'bot.db'), ...(maxPages === undefined ? {} : { maxPages }) })
        : await openPostgres(postgres);
    const store = crashes.guard(raw);
    const calendar = { facts: () => facts, refresh: async () => {} };
    const recall = createRecall({ store, ladders: laddersOf(ladders), calendar });
    house = { raw, store, recall, ...lanesOver(store, recall) };
    const now = clock.now();
    if (plan.takeUp !== undefined) facts = await plan.takeUp(store, now);
    else await revise(store, facts, { now, reason: 'a start' });
    await syncOwned({ store, facts, ladders: laddersOf(ladders), memory: await recall.recall(now) }, ownedBy(channels), now);
    recall.forget();
  }

  function lanesOver(store: Store, { recall }: Recall): { lanes: Lanes; metrics: Metrics } {
    const metrics = createMetrics();
    lives += 1;
    const lanes = createLanes({
      ...{
        store,
        clock,
        log,
        recall,
        states: facts.states,
        ladders: laddersOf(ladders),
        time: () => ticked.at + (clock.monotonic() - ticked.monotonic),
        operator: plan.operator ?? null,
        templates: plan.templates ?? new Map(),
      },
      adapters: new Map([['test', chat]]),
      format: (content: AlertContent, marks: Marks, { profile, sources }: { profile: { zone: string }; sources: OwnSources }, now: Instant) => {
        const message = formatAlert(content, marks, aVoice({ now, zone: profile.zone, facts: withSources(facts, sources) }));
        formatted.set(message, { content, marks });
        return message;
      },
      worker: `bot/${lives}`,
      isGone: (name) => name !== `bot/${lives}`,
      tally: createTally(metrics),
      times: LANE_TIMES,
      claimTimes: CLAIM_TIMES,
      random: () => 0.5,
    });
    return { lanes, metrics };
  }

  async function close(): Promise<void> {
    const stopping = house.lanes.stop();
    clock.pass(0);
    await stopping;
    await house.raw.close();
  }

  const chat: Adapter = {
    platform: 'test',
    pace: { tokenMs: 0, channelMs: 0 },
    routes: [],
    start: async () => {},
    stop: async () => {},
    verify: async () => ({ identity: 'test', serverTime: clock.now() }),
    check: async () => ({ missing: [], everyoneReads: null }),
    repeatSafeMs: () => 0,
    post: async (target, message, { key }) => {
      onAsked();
      crashes.pass('post: before');
      if (target.channel === plan.forbids) throw new ChatError('forbidden');
      const answer = answers.shift() ?? 'take';
      if (answer instanceof ChatError) throw answer;
      if (answer === 'explode') throw new TypeError('an adapter has a bug');
      const { content, marks } = formatted.get(message) ?? { content: { type: 'leads', items: [] }, marks: { mayBeRepeat: false, late: null } };
      // What is being sent is read from the store; a store that is away leaves the message without its leads.
      const open = await house.raw.alerts.interrupted('test').catch(() => []);
      const sending = open.filter(({ channel }) => channel === target.channel).flatMap(({ alerts }) => alerts);
      const leads = sending
        .filter(({ type }) => type === 'lead' || type === 'check')
        .map(({ deadline, lead, whenKey, reason }) => ({ deadline: deadline ?? '', lead, whenKey, folded: reason === 'folded' }));
      const changes = content.type === 'changes' ? content.changes : [];
      const below = target.thread === undefined ? {} : { thread: target.thread };
      said.push({ at: clock.now(), channel: target.channel, ...below, type: content.type, content, leads, changes, marks, message, key });
      await onSaid();
      crashes.pass('post: after');
      if (answer === 'lost-answer') throw new ChatError('ambiguous');
      return { ref: { target, id: key }, room: null };
    },
    edit: async ({ target, id }, message) => {
      crashes.pass('edit: before');
      const answer = editAnswers.shift() ?? 'take';
      if (answer instanceof ChatError) throw answer;
      if (answer === 'explode') throw new TypeError('an adapter has a bug');
      const content = formatted.get(message)?.content ?? { type: 'leads', items: [] };
      edited.push({ at: clock.now(), channel: target.channel, id, content, message });
      crashes.pass('edit: after');
      if (answer === 'lost-answer') throw new ChatError('ambiguous');
    },
    threadOf: async ({ target, id }) => {
      if (plan.threadless === target.channel) throw new ChatError('forbidden');
      return { ...target, thread: id };
    },
  };

  /** One tick, and everything that can go out at its instant. */
  async function tick(now: Instant = clock.now()): Promise<TickReport> {
    const { store, recall, lanes } = house;
    ticked = { at: now, monotonic: clock.monotonic() };
    const report = await runTick(
      { store, recall: recall.recall, log, mayPlan: async () => true, lanes, keeper: { operator: plan.operator ?? null, facts: () => facts } },
      now,
    );
    await lanes.settled();
    return { ...report, ...lanes.takeCounts() };
  }

  await open();
  await tick(); // as a start does
  return {
    clock,
    /** Sets the wall clock (monotonic time passes when it goes forward) and runs one tick. */
    tickAt: async (now: Instant): Promise<TickReport> => {
      clock.pass(Math.max(0, now - clock.now()));
      clock.setWall(now);
      return await tick();
    },
    tick,
    /** Another process makes these facts the calendar. */
    reviseTo: async (next: CalendarFacts) => {
      facts = next;
      return await revise(house.store, next, { now: clock.now(), reason: 'a test' });
    },
    /** Somebody of an installation corrects a date, or withdraws the correction. */
    correct: async (installation: string, deadline: string, correction: Correction | null) => {
      const { revision } = await house.recall.recall(clock.now());
      return await correct(house.store, { facts, revision }, { place: { platform: 'test', id: installation }, deadline, correction, now: clock.now() });
    },
    /** A start on the same file, perhaps with other settings; `between` is done while nobody has it open. */
    restart: async (changed: Partial<Pick<BotPlan, 'facts' | 'channels' | 'ladders'>> = {}, between: () => Promise<void> = async () => undefined) => {
      facts = changed.facts ?? facts;
      channels = changed.channels ?? channels;
      ladders = changed.ladders ?? ladders;
      await close();
      crashes.revive();
      await between();
      await open();
    },
    /** Where its database is. */
    file: join(folder, 'bot.db'),
    /** Dies at the n-th step from now; {@link crashPoints} names the steps. */
    dieAt: crashes.arm,
    isDead: crashes.isDead,
    /** Steps gone since the last start, by name. */
    steps: crashes.steps,
    /** Called back whenever a message arrived, before the chat answers. */
    whenSaid: (callback: () => void | Promise<void>) => {
      onSaid = callback;
    },
    /** Called back whenever the chat is asked to post. */
    whenAsked: (callback: () => void) => {
      onAsked = callback;
    },
    answer: (...next: readonly Answer[]) => void answers.push(...next),
    /** The same for the next edits. */
    answerEdit: (...next: readonly Answer[]) => void editAnswers.push(...next),
    said: () => said as readonly Said[],
    /** Every edit that arrived, in order. */
    edited: () => edited as readonly Edited[],
    logged: (text: string) => lines.filter((line) => line.includes(text)).length,
    store: () => house.raw,
    /** What people do with plans, by the clock of the bot. */
    teamwork: (): Teamwork => createTeamwork({ store: house.store, now: clock.now }),
    metrics: () => house.metrics,
    /** Ends as a signal would: what is under way is finished. */
    stop: () => house.lanes.stop(),
    clear: async () => {
      await close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs what may die; true when it died at an armed step. Any other failure goes up. */
export async function dies(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (cause) {
    if (cause instanceof Crash) return true;
    throw cause;
  }
}

export function laddersOf(plan: LadderPlan): ReadonlyMap<string, Ladder> {
  const read = (texts: readonly string[]): Lead[] => texts.map(readLead).filter((lead) => lead !== null);
  return new Map(Object.entries(plan).map(([name, kinds]) => [name, Object.fromEntries(Object.entries(kinds).map(([kind, texts]) => [kind, read(texts)]))]));
}

function ownedBy(channels: readonly ChannelPlan[]) {
  return {
    owner: 'file',
    channels: channels.map(({ id, installation = 'test', zone = GENEVA, hour = '09:00', ladder = 'default', quiet = null, digest = null, mute = null }) => ({
      id,
      installation,
      platform: 'test',
      lane: 'test',
      target: { installation, channel: id },
      timing: { zone, hour, ladder },
      quiet,
      locale: 'en',
      discreet: false,
      mentionRole: null,
      digest,
      mute,
      managers: [],
      teamRole: null,
      keepDays: 180,
    })),
    subscriptions: channels.flatMap(({ id, follows = [{}] }) =>
      follows.map((wish, index) => ({ id: `${id}-${index}`, channel: id, selector: { ...EVERYTHING, ...wish } })),
    ),
  };
}
