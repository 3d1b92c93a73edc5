/** What the house asks of a database. Both stores keep these promises; `tests/contract/store.ts` says so. */

import type { Timing } from '../domain/alerts/moment.ts';
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Change, Picture } from '../domain/calendar/diff.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { AlertState } from './tables.ts';

export type StoreFault = 'folder' | 'unreachable' | 'full' | 'read-only' | 'corrupt' | 'newer-schema' | 'locked';

/** The database cannot be used. `reason` decides the exit code; the message says what to do. */
export class StoreError extends Error {
  readonly reason: StoreFault;

  constructor(reason: StoreFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.reason = reason;
  }
}

/** A deadline with its date version, which rises only when the date or its precision changes. */
export interface VersionedDeadline {
  readonly deadline: Deadline;
  readonly version: number;
  /** When this version became the calendar's; 0 for the first calendar. Leads that lay before it are not said. */
  readonly since: Instant;
}

export interface StoredRevision {
  readonly id: number;
  readonly at: Instant;
  readonly reason: string;
}

export interface StoredChange {
  readonly revision: number;
  readonly seq: number;
  readonly at: Instant;
  readonly posted: boolean;
  readonly known: Day | null;
  readonly change: Change;
}

export interface StoredFile {
  readonly layer: 'shipped' | 'operator';
  readonly file: string;
  readonly version: number;
  readonly body: string;
}

export interface CalendarStore {
  files(layer: StoredFile['layer']): Promise<readonly StoredFile[]>;
  putFiles(files: readonly StoredFile[], now: Instant): Promise<void>;
  latest(): Promise<StoredRevision | null>;
  revisionsAfter(id: number): Promise<readonly StoredRevision[]>;
  /** The picture of the latest revision with date versions; null before the first. */
  picture(): Promise<{ readonly picture: Picture; readonly versions: ReadonlyMap<string, VersionedDeadline> } | null>;
  /** Makes `picture` the latest revision and records its changes. The first revision has none. */
  revise(input: { picture: Picture; changes: readonly RecordedChange[]; now: Instant; reason: string }): Promise<StoredRevision>;
  changesOf(revision: number): Promise<readonly StoredChange[]>;
  change(revision: number, seq: number): Promise<StoredChange | null>;
}

export interface RecordedChange {
  readonly change: Change;
  readonly posted: boolean;
  readonly known: Day | null;
}

/** Distinct alert timings in use; the planner keeps the next moment of each in memory. */
export interface Profile extends Timing {
  readonly id: number;
  readonly ladder: string;
}

export interface Channel {
  readonly id: string;
  readonly installation: string;
  readonly platform: string;
  readonly target: { readonly installation: string; readonly channel: string; readonly thread?: string };
  readonly profile: Profile;
  readonly quiet: QuietHours | null;
  readonly locale: string;
  readonly discreet: boolean;
  readonly mentionRole: string | null;
}

export type NewChannel = Omit<Channel, 'profile'> & { readonly timing: Timing & { readonly ladder: string } };

export interface Subscription {
  readonly id: string;
  readonly channel: string;
  /** `file` for those of upr-watch.yaml. */
  readonly owner: string;
  readonly selector: Selector;
  readonly activeFrom: Instant;
  readonly status: 'active' | 'paused';
  readonly reason: string | null;
}

/** A follower found by a fan-out. */
export interface Follower {
  readonly channel: string;
  readonly selector: Selector;
  readonly activeFrom: Instant;
  readonly quiet: QuietHours | null;
  readonly zone: string;
}

export interface SubscriptionStore {
  profiles(): Promise<readonly Profile[]>;
  channels(): Promise<readonly Channel[]>;
  channel(id: string): Promise<Channel | null>;
  putChannel(channel: NewChannel): Promise<void>;
  list(owner?: string): Promise<readonly Subscription[]>;
  ofChannel(channel: string): Promise<readonly Subscription[]>;
  /** Stores a subscription and the States it follows (`*` = all). */
  put(subscription: Subscription, states: readonly string[] | null): Promise<void>;
  pause(id: string, reason: string): Promise<void>;
  /**
   * Active followers of one State (or `*`), by channel: at most `limit` rows after `cursor`, a row a subscription.
   * `cursor` is the last row's `channel|subscription`, empty at first; null when there are no more.
   */
  followers(query: { profile: number | null; state: string; cursor: string; limit: number }): Promise<{ rows: readonly Follower[]; cursor: string | null }>;
}

/** One thing to say once in one channel. */
export interface NewAlert {
  readonly channel: string;
  /** Unique in the channel for ever: what is said once. */
  readonly onceKey: string;
  readonly type: 'lead' | 'check' | 'change';
  readonly deadline: string | null;
  readonly version: number;
  readonly whenKey: string;
  readonly lead: string;
  readonly revision: number | null;
  readonly seq: number | null;
  readonly dueAt: Instant;
  readonly grace: number;
  readonly notBefore: Instant;
}

export interface Alert extends NewAlert {
  readonly id: number;
  readonly attempts: number;
  /** How often it is being said again because the outcome of a send was unknown. */
  readonly repeats: number;
  readonly retryAt: Instant;
  readonly state: AlertState;
  readonly reason: string | null;
}

/** What became of one alert. */
export interface ProofRow {
  readonly channel: string;
  readonly onceKey: string;
  readonly dueAt: Instant;
  readonly state: AlertState;
  readonly reason: string | null;
  readonly repeats: number;
  /** When the platform took the message that says it; null while it did not. */
  readonly saidAt: Instant | null;
  /** What the platform calls that message. */
  readonly reference: string | null;
}

/** A piece of planned work: one moment, or one change, to be turned into alerts for everyone who follows it. */
export interface Fanout {
  readonly id: number;
  readonly onceKey: string;
  readonly work: string;
  readonly profile: number | null;
  readonly stateIndex: number;
  readonly cursor: string;
}

export interface Delivery {
  readonly id: number;
  readonly channel: string;
}

export interface AlertStore {
  /** Records planned work; what was recorded before is left alone. */
  plan(fanouts: readonly Omit<Fanout, 'id' | 'stateIndex' | 'cursor'>[]): Promise<void>;
  openFanouts(): Promise<readonly Fanout[]>;
  advance(fanout: number, to: { stateIndex: number; cursor: string; done: boolean }): Promise<void>;
  /** Adds what was not said in the channel before: by once-key, or the same lead of the same day or instant of the same deadline. */
  add(alerts: readonly NewAlert[], now: Instant): Promise<void>;
  /** Channels that have something to say now, longest waiting first. A channel waiting for a retry is left out. */
  readyChannels(now: Instant, limit: number): Promise<readonly string[]>;
  ready(channel: string, now: Instant): Promise<readonly Alert[]>;
  /** The next instant at which something pending may be said; null when nothing is pending. */
  nextReady(): Promise<Instant | null>;
  supersede(ids: readonly number[], reason: string, now: Instant): Promise<void>;
  /** Marks alerts as being said by a new delivery; null, and nothing changed, when any of them is not waiting any more. */
  begin(input: {
    channel: string;
    onceKey: string;
    type: string;
    title: string;
    alerts: readonly number[];
    folded: readonly number[];
    now: Instant;
  }): Promise<Delivery | null>;
  sent(delivery: number, ref: unknown, now: Instant): Promise<void>;
  /** Known not to have been sent: its alerts wait until `retryAt`. */
  postpone(delivery: number, reason: string, retryAt: Instant, now: Instant): Promise<void>;
  fail(delivery: number, reason: string, now: Instant): Promise<void>;
  /** Outcome unknown. Alerts named in `again` are said once more, marked; the others stay in doubt. */
  doubt(delivery: number, again: readonly number[], now: Instant): Promise<void>;
  /** Deliveries that a dead process left in the act, with their alerts. */
  interrupted(): Promise<readonly { readonly delivery: Delivery; readonly alerts: readonly Alert[] }[]>;
  counts(): Promise<Readonly<Record<AlertState, number>>>;
  /** Everything due at or after `since`, in the order it fell due, with the delivery that said it. */
  proof(since: Instant): Promise<readonly ProofRow[]>;
}

export interface Wakeup {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: Instant;
  readonly body: string;
}

export interface WakeupStore {
  put(wakeup: Wakeup): Promise<void>;
  of(kind: string): Promise<readonly Wakeup[]>;
  remove(kind: string, subject: string): Promise<void>;
}

/** Claims that expire: what only one process may do at a time, by the database's clock where it has one. */
export interface LeaseStore {
  /** Takes the lease, or renews it, for so long; false when another owner holds it. */
  take(name: string, owner: string, forMs: number): Promise<boolean>;
  /** Whether the owner holds it at this moment. */
  holds(name: string, owner: string): Promise<boolean>;
  /** Who holds it, or held it last; null when nobody did. */
  owner(name: string): Promise<string | null>;
  /** Gives it back at once; nothing when somebody else has it. */
  release(name: string, owner: string): Promise<void>;
}

/** Work that only one process does at a time: planning what is due, revising the calendar. */
export type Alone = 'planning' | 'calendar';

export interface Store {
  readonly calendar: CalendarStore;
  readonly subscriptions: SubscriptionStore;
  readonly alerts: AlertStore;
  readonly wakeups: WakeupStore;
  readonly leases: LeaseStore;
  /** Marks that survive a restart: `watermark`, `event-cursor`. */
  mark(name: string): Promise<number | null>;
  setMark(name: string, value: number): Promise<void>;
  /**
   * All or nothing. Inside, only the store handed in may be used. No network waits belong in here. Two transactions with
   * the same `alone` wait for each other, also across processes; where there is one writer every transaction does.
   */
  transaction<T>(work: (store: Store) => Promise<T>, alone?: Alone): Promise<T>;
  close(): Promise<void>;
}
