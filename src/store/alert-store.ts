/** What the house asks of a database for alerts: planning them, taking them for a message, and what became of it. */
import type { Instant } from '../domain/time.ts';
import type { Place } from './store.ts';
import type { AlertState, AlertType } from './tables.ts';

/** One thing to say once in one channel. */
export interface NewAlert {
  readonly channel: string;
  readonly lane: string;
  /** Unique in the channel for ever: what is said once. */
  readonly onceKey: string;
  readonly type: AlertType;
  readonly deadline: string | null;
  readonly version: number;
  readonly whenKey: string;
  readonly lead: string;
  readonly revision: number | null;
  readonly seq: number | null;
  /** What it needs beside the calendar, as JSON: what a notice says, since when a digest tells, what is amended. */
  readonly body: string | null;
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
  readonly type: AlertType;
  readonly deadline: string | null;
  readonly lead: string;
  readonly dueAt: Instant;
  readonly state: AlertState;
  readonly reason: string | null;
  readonly repeats: number;
  /** When the platform took the message that says it; null while it did not. */
  readonly saidAt: Instant | null;
  /** What the platform calls that message. */
  readonly reference: string | null;
}

export interface SaidLately {
  readonly deadlines: ReadonlySet<string>;
  readonly changes: ReadonlySet<string>;
}

/** A message that was posted and told of a date. */
export interface Told {
  readonly channel: string;
  readonly place: Place;
  readonly lane: string;
  readonly delivery: number;
  /** As its platform names it. */
  readonly ref: unknown;
  readonly deadlines: readonly string[];
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

/** One message about to be posted. */
export interface NewDelivery {
  readonly channel: string;
  readonly lane: string;
  readonly onceKey: string;
  readonly type: string;
  readonly title: string;
  /** The whole message as JSON, kept until its outcome is known; null where nobody would post it again as it is. */
  readonly message: string | null;
  readonly alerts: readonly number[];
  readonly folded: readonly number[];
}

export interface Delivery {
  readonly id: number;
  readonly channel: string;
  /** Rises each time it is begun again; a result counts only with the number it was begun with. */
  readonly fence: number;
}

/** A delivery that was begun and has no result. */
export interface Interrupted extends Delivery {
  readonly worker: string;
  readonly type: string;
  readonly onceKey: string;
  readonly message: string | null;
  /** When it was first begun. */
  readonly begunAt: Instant;
  readonly alerts: readonly Alert[];
}

/** What became of a delivery that was begun. */
export type DeliveryResult = Pick<Delivery, 'id' | 'fence'> &
  (
    | { readonly outcome: 'sent'; readonly ref: unknown }
    /** Known not to have been sent: its alerts wait until `retryAt`. */
    | { readonly outcome: 'postponed'; readonly reason: string; readonly retryAt: Instant }
    | { readonly outcome: 'failed'; readonly reason: string }
    /** Outcome unknown. Alerts named in `again` are said once more, marked, not before `retryAt`; the others stay in doubt. */
    | { readonly outcome: 'in-doubt'; readonly again: readonly number[]; readonly retryAt: Instant }
    /** Never handed to the platform: as if it had not begun. */
    | { readonly outcome: 'unsent' }
  );

/** An alert was taken or given up in between; the transaction is undone and may be tried anew. */
export class TakenError extends Error {
  constructor() {
    super('an alert was taken by another process');
    this.name = 'TakenError';
  }
}

/** A lead of which nobody knows whether it was said. */
export type AbandonedLead = Pick<NewAlert, 'channel' | 'lead' | 'dueAt'> & { readonly deadline: string };

/** What waits in a lane. */
export interface LaneLoad {
  readonly lane: string;
  readonly waiting: number;
  /** When the longest waiting fell due. */
  readonly since: Instant;
}

export interface AlertStore {
  /** Records planned work; what was recorded before is left alone. */
  plan(fanouts: readonly Omit<Fanout, 'id' | 'stateIndex' | 'cursor'>[]): Promise<void>;
  openFanouts(): Promise<readonly Fanout[]>;
  advance(fanout: number, to: { stateIndex: number; cursor: string; done: boolean }): Promise<void>;
  /** Adds what was not said in the channel before: by once-key, or the same lead of the same day or instant of the same deadline. */
  add(alerts: readonly NewAlert[], now: Instant): Promise<void>;
  /** Lanes that have something to say now, or a delivery without a result. */
  readyLanes(now: Instant): Promise<readonly string[]>;
  /** Channels of a lane that have something to say now, longest waiting first. A channel waiting for a retry is left out. */
  readyChannels(lane: string, now: Instant, limit: number): Promise<readonly string[]>;
  /** What channels have to say now, in the order it fell due; nothing of a channel that waits for a retry. */
  ready(channels: readonly string[], now: Instant): Promise<readonly Alert[]>;
  /** The next instant at which something pending may be said; null when nothing is pending. */
  nextReady(): Promise<Instant | null>;
  /** Keeps waiting alerts back until then. */
  hold(ids: readonly number[], until: Instant): Promise<void>;
  /** Lets everything that waits in a channel be looked at again at once; a retry is still waited for. */
  release(channel: string, now: Instant): Promise<void>;
  /** Says no more of waiting alerts, for a reason. */
  giveUp(ids: readonly number[], to: { readonly state: 'superseded' | 'failed'; readonly reason: string }, now: Instant): Promise<void>;
  /**
   * Marks alerts as being said by new deliveries of one process; at most one delivery a channel.
   *
   * @throws TakenError when any of them is not waiting any more.
   */
  begin(deliveries: readonly NewDelivery[], worker: string, now: Instant): Promise<readonly Delivery[]>;
  /** Begins an interrupted delivery again, as it is, by another process or for another try. */
  again(delivery: Pick<Delivery, 'id' | 'fence'>, worker: string): Promise<Delivery | null>;
  /** Records results; answers the ids of those that counted. A delivery that was begun again since is left alone. */
  record(results: readonly DeliveryResult[], now: Instant): Promise<readonly number[]>;
  /** Deliveries of a lane without a result, oldest first, with their alerts. */
  interrupted(lane: string): Promise<readonly Interrupted[]>;
  /** When a channel was last told anything; null when it never was. */
  lastSaid(channel: string): Promise<Instant | null>;
  /** What a channel was told since then: ids of deadlines, and changes as `revision|seq`. */
  saidSince(channel: string, since: Instant): Promise<SaidLately>;
  /** The last message in each channel that told a lead of this deadline, by channel: at most `limit` after `cursor`. */
  toldOf(query: { deadline: string; cursor: string; limit: number }): Promise<readonly Told[]>;
  /**
   * The last message for each channel and day or instant that it told of this deadline, of those that arrived at or after
   * `since`: at most `limit`, by delivery, after the delivery `cursor`.
   */
  toldDates(query: { deadline: string; since: Instant; cursor: number; limit: number }): Promise<readonly Told[]>;
  /** Messages of a channel with leads since then, the latest first, each with the deadlines it told of. */
  toldIn(channel: string, since: Instant): Promise<readonly Told[]>;
  /** What a posted message told, for whoever words it anew. */
  ofDelivery(delivery: number): Promise<readonly Alert[]>;
  /**
   * Closes whatever was planned, waits or is being said, since what became of it is not in here: what waited is given up,
   * what was being said is in doubt, and neither is said again. Answers the leads among it, in the order they fell due.
   */
  abandon(reason: string, now: Instant): Promise<readonly AbandonedLead[]>;
  counts(): Promise<Readonly<Record<AlertState, number>>>;
  loads(): Promise<readonly LaneLoad[]>;
  /** Everything due at or after `since`, in the order it fell due, with the delivery that said it; of one channel where one is named. */
  proof(since: Instant, channel?: string): Promise<readonly ProofRow[]>;
}
