/** A stretch of time lived through in memory: the same tick, formatter and store, leaping from due to due. */

import type { Adapter } from '../adapters/adapter.ts';
import { createLanes, type Lanes } from '../alerts/delivery/lanes.ts';
import { LANE_TIMES } from '../alerts/delivery/letter.ts';
import { syncOwned } from '../alerts/follow.ts';
import { type Memory, remember } from '../alerts/memory.ts';
import { runTick, type TickDeps } from '../alerts/tick.ts';
import { nextWakeup } from '../alerts/wakeups.ts';
import { revise } from '../calendar/revise.ts';
import { stateNamed } from '../commands/state.ts';
import type { Ladder } from '../domain/alerts/ladder.ts';
import { EVERYTHING, type Selector, selectedStates } from '../domain/alerts/subscription.ts';
import { asOf, knownDays } from '../domain/calendar/as-of.ts';
import type { Change } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { addDays, atWallClock, DAY, dayOf, GENEVA, type Instant } from '../domain/time.ts';
import { createLog } from '../lib/log.ts';
import type { AlertContent, LeadItem } from '../message/content.ts';
import { formatAlert } from '../message/format-alert.ts';
import type { Message } from '../message/message.ts';
import type { Words } from '../message/words.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { NewChannel, Store } from '../store/store.ts';

export interface SimulationInput {
  /** Called with the days that are over, and all of them. */
  readonly progress?: (done: number, total: number) => void;
  readonly facts: CalendarFacts;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly channel: NewChannel;
  readonly selector: Selector;
  readonly words: Words;
  readonly from: Instant;
  readonly to: Instant;
}

export interface SimulatedMessage {
  readonly at: Instant;
  readonly type: AlertContent['type'];
  readonly message: Message;
  readonly about: readonly { readonly deadline: string | null; readonly review: string | null; readonly what: string }[];
}

export interface Simulation {
  readonly messages: readonly SimulatedMessage[];
  readonly revisions: number;
}

/** A day's knowledge arrives at noon in Geneva: nobody knows at midnight what happens that day. */
const KNOWLEDGE_ARRIVES = '12:00';

/** Every message one subscription would have received in `(from, to]`, the calendar read as of each instant. */
export async function simulate(input: SimulationInput): Promise<Simulation> {
  const facts = onlyWhatMatters(input.facts, input.selector);
  const store = await openSqlite({ file: ':memory:' });
  try {
    return await live(store, { ...input, facts });
  } finally {
    await store.close();
  }
}

async function live(store: Store, input: SimulationInput): Promise<Simulation> {
  const { ladders, selector, from, to } = input;
  // Whatever lane it has elsewhere: here is one adapter, and its lane is called like it.
  const channel = { ...input.channel, lane: input.channel.platform };
  const said: SimulatedMessage[] = [];
  let now = from;
  let knowledge = asOf(input.facts, knownBy(from));
  await revise(store, knowledge, { now: from, reason: 'the calendar as it was known' });
  let memory = await remember(store, knowledge, ladders, from);
  const owned = { owner: 'simulation', channels: [channel], subscriptions: [{ id: 'simulation', channel: channel.id, selector }] };
  await syncOwned({ store, facts: knowledge, ladders, memory }, owned, from);
  await store.setMark('watermark', from);
  memory = await remember(store, knowledge, ladders, from);
  const revisions = arrivals(input.facts, from, to);
  const deps = tickDeps(store, input, { recall: async () => memory, facts: () => knowledge, now: () => now, said });
  for (let index = 0; ; ) {
    const arrives = revisions[index] ?? Number.POSITIVE_INFINITY;
    const due = [memory.horizon.next(now), await store.alerts.nextReady(), await nextWakeup(store)].map((at) => at ?? Number.POSITIVE_INFINITY);
    const next = Math.min(arrives, ...due);
    if (next > to) break;
    now = next;
    input.progress?.(Math.floor((now - from) / DAY), Math.ceil((to - from) / DAY));
    if (arrives === now) {
      index += 1;
      knowledge = asOf(input.facts, knownBy(now));
      if ((await revise(store, knowledge, { now, reason: 'something became known' })) !== null) memory = await remember(store, knowledge, ladders, now);
    }
    await runTick(deps, now);
    await deps.lanes.settled();
  }
  await deps.lanes.stop();
  said.sort((a, b) => a.at - b.at);
  return { messages: said, revisions: revisions.length };
}

/** The last day whose knowledge has arrived. */
function knownBy(at: Instant): string {
  const day = dayOf(at, GENEVA);
  return at >= atWallClock(day, KNOWLEDGE_ARRIVES, GENEVA) ? day : addDays(day, -1);
}

function arrivals(facts: CalendarFacts, from: Instant, to: Instant): readonly Instant[] {
  return knownDays(facts)
    .map((day) => atWallClock(day, KNOWLEDGE_ARRIVES, GENEVA))
    .filter((at) => at > from && at <= to);
}

/** Leaves out States that nobody asked for, so that a year of one State is a year of one State. */
function onlyWhatMatters(facts: CalendarFacts, selector: Selector): CalendarFacts {
  const states = selectedStates(selector, facts.states);
  if (states === null) return facts;
  const sessions = [...facts.sessions].map(
    ([number, session]) => [number, { ...session, reviews: session.reviews.filter(({ state }) => states.includes(state)) }] as const,
  );
  return { ...facts, sessions: new Map(sessions.filter(([, session]) => session.reviews.length > 0)) };
}

interface Witness {
  readonly recall: () => Promise<Memory>;
  readonly facts: () => CalendarFacts;
  readonly now: () => Instant;
  readonly said: SimulatedMessage[];
}

function tickDeps(store: Store, input: SimulationInput, { recall, facts, now, said }: Witness): TickDeps & { readonly lanes: Lanes } {
  const contents = new Map<Message, AlertContent>();
  const { channel, words } = input;
  const recorder: Adapter = {
    platform: channel.platform,
    pace: { tokenMs: 0, channelMs: 0 },
    routes: [],
    start: async () => {},
    stop: async () => {},
    verify: async () => ({ identity: 'simulation', serverTime: now() }),
    check: async () => ({ missing: [], everyoneReads: null }),
    repeatSafeMs: () => 0,
    post: async (target, message, { key }) => {
      const content = contents.get(message);
      if (content !== undefined) said.push({ at: now(), type: content.type, message, about: aboutOf(content) });
      return { ref: { target, id: key }, room: null };
    },
    edit: async () => {},
    threadOf: async ({ target }) => target,
  };
  const log = createLog('silent');
  const lanes = createLanes({
    ...{ store, log, recall, ladders: input.ladders, states: input.facts.states, time: now },
    clock: { now, monotonic: now, sleep: untilAborted },
    adapters: new Map([[channel.platform, recorder]]),
    format: (content, marks, { profile, locale, discreet, mentionRole }, at) => {
      const message = formatAlert(content, marks, { reader: { now: at, zone: profile.zone, locale, discreet, mentionRole, facts: facts() }, words });
      contents.set(message, content);
      return message;
    },
    worker: 'simulation',
    isGone: () => false,
    operator: null,
    tally: { settled: () => {}, delivered: () => {}, late: () => {} },
    // Nobody else is there: the lane is taken once, for all of the time that is leapt over.
    times: { ...LANE_TIMES, idleMs: Number.POSITIVE_INFINITY },
    claimTimes: { lastsMs: YEARS, renewEveryMs: Number.POSITIVE_INFINITY, lookEveryMs: 0 },
    random: () => 0.5,
  });
  return { store, recall, log, mayPlan: async () => true, lanes };
}

const YEARS = 1e12;

/** No time passes by itself: what sleeps wakes when it is not needed any more. */
function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}

function aboutOf(content: AlertContent): SimulatedMessage['about'] {
  switch (content.type) {
    case 'changes':
      return content.changes.map(aboutChange);
    case 'leads':
    case 'amendment':
      return content.items.map(aboutLead);
    case 'catch-up':
      return [...content.ahead, ...content.passed].map(aboutLead);
    case 'digest':
      return [...content.digest.ahead.map(({ id }) => ({ deadline: id, review: null, what: 'ahead' })), ...content.digest.changed.map(aboutChange)];
    case 'notice':
    case 'silence':
    case 'card':
    case 'history':
    case 'nag':
    case 'plan-moved':
    case 'plan-stays':
      return [];
  }
}

type About = SimulatedMessage['about'][number];

function aboutChange(change: Change): About {
  if (change.about === 'review')
    return { deadline: null, review: change.review.id, what: `${change.event.what}${change.what === 'taken-back' ? ' taken back' : ''}` };
  return { deadline: (change.after ?? change.before)?.id ?? null, review: null, what: change.what };
}

function aboutLead({ deadline, review, lead }: LeadItem): About {
  return { deadline: deadline.id, review: review?.id ?? null, what: lead.key };
}

/** A wish for some States, or for all when none is named. */
export function selectorFor(states: readonly string[] | undefined, facts: CalendarFacts): Selector {
  return { ...EVERYTHING, states: states?.map((typed) => stateNamed(typed, facts).code) ?? null };
}
