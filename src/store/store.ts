/** What the house asks of a database. Both stores keep these promises; `tests/contract/store.ts` says so. */

import type { DigestTime } from '../domain/alerts/digest.ts';
import type { Timing } from '../domain/alerts/moment.ts';
import type { Mute } from '../domain/alerts/mute.ts';
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import type { Deadline, DeadlineId } from '../domain/calendar/deadline.ts';
import type { Change, Picture } from '../domain/calendar/diff.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { AlertStore } from './alert-store.ts';
import type { FeedLinkStore } from './feed-link-store.ts';
import type { LeaseStore } from './lease-store.ts';
import type { OwnDateStore, TeamRevision } from './own-date-store.ts';
import type { TeamStore } from './team-store.ts';
import type { WakeupStore } from './wakeup-store.ts';

export type * from './alert-store.ts';
export { TakenError } from './alert-store.ts';
export type * from './lease-store.ts';
export type * from './own-date-store.ts';
export type * from './team-store.ts';
export type * from './wakeup-store.ts';

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
  /** The installation that alone sees the date so; left out for what all see. */
  readonly team?: Place;
}

export interface StoredRevision {
  readonly id: number;
  readonly at: Instant;
  readonly reason: string;
  /** Only what installations see of their own changed. */
  readonly ofTeams: boolean;
}

export interface StoredChange {
  readonly revision: number;
  readonly seq: number;
  readonly at: Instant;
  readonly posted: boolean;
  readonly known: Day | null;
  readonly change: Change;
  /** The installation that alone hears of it; left out for what all hear. */
  readonly team?: Place;
}

export interface StoredFile {
  /**
   * From the lowest layer to the one that drives. The file of a feed is named for its address; an empty one is no longer
   * followed. `kept` is no layer: sources that were shipped once and that a file of the operator still rests on.
   */
  readonly layer: 'shipped' | 'feed' | 'operator' | 'kept';
  readonly file: string;
  readonly version: number;
  readonly body: string;
}

export interface CalendarStore {
  files(layer: StoredFile['layer']): Promise<readonly StoredFile[]>;
  putFiles(files: readonly StoredFile[], now: Instant): Promise<void>;
  latest(): Promise<StoredRevision | null>;
  /** The last that changed what all see. */
  latestOfAll(): Promise<StoredRevision | null>;
  revisionsAfter(id: number): Promise<readonly StoredRevision[]>;
  /** The picture of the latest revision with date versions; null before the first. */
  picture(): Promise<{ readonly picture: Picture; readonly versions: ReadonlyMap<string, VersionedDeadline> } | null>;
  /**
   * Makes `picture` the latest revision and records its changes; null leaves what all see as it is. The first revision
   * has no changes. `teams`: what becomes of the views of installations with it; others stay as they are.
   */
  revise(input: {
    picture: Picture | null;
    changes: readonly RecordedChange[];
    teams?: readonly TeamRevision[];
    now: Instant;
    reason: string;
  }): Promise<StoredRevision>;
  /** Changes that became known after the one and up to the other time, in their order: those that all hear, or those that one installation does. */
  changesBetween(after: Instant, until: Instant, place?: Place): Promise<readonly StoredChange[]>;
  /** Those that all hear. */
  changesOf(revision: number): Promise<readonly StoredChange[]>;
  /** Those that one installation alone hears, whichever it is. */
  teamChangesOf(revision: number): Promise<readonly StoredChange[]>;
  change(revision: number, seq: number): Promise<StoredChange | null>;
  /** What became of one date, the latest first, at most so many; with what an installation alone heard, where one is named. */
  historyOf(deadline: DeadlineId, limit: number, place?: Place): Promise<readonly StoredChange[]>;
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
  /** The bot token that posts there; what a platform paces as one. */
  readonly lane: string;
  readonly target: { readonly installation: string; readonly channel: string; readonly thread?: string };
  readonly profile: Profile;
  readonly quiet: QuietHours | null;
  readonly locale: string;
  readonly discreet: boolean;
  readonly mentionRole: string | null;
  /** Null = no digest. */
  readonly digest: DigestTime | null;
  /** Kept until somebody sets another; over when its time is. */
  readonly mute: Mute | null;
  /** Platform ids of roles or people who may change what the channel hears, beside those whom the platform lets. */
  readonly managers: readonly string[];
  /** Platform id of the role whose people may see and change plans of the channel; null = whoever may ask in it. */
  readonly teamRole: string | null;
  /** How long plans are kept after their date, in days. */
  readonly keepDays: number;
}

/** Of a channel for which nobody set anything. */
export const NOTHING_SET = { quiet: null, discreet: false, mentionRole: null, digest: null, mute: null, managers: [], teamRole: null, keepDays: 180 } as const;

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
  readonly lane: string;
  readonly place: Place;
  readonly selector: Selector;
  readonly activeFrom: Instant;
  readonly quiet: QuietHours | null;
  readonly zone: string;
}

export interface SubscriptionStore {
  profiles(): Promise<readonly Profile[]>;
  channels(): Promise<readonly Channel[]>;
  channelsOf(place: Place): Promise<readonly Channel[]>;
  /** Those of the ids that there are. */
  channelsBy(ids: readonly string[]): Promise<readonly Channel[]>;
  putChannel(channel: NewChannel): Promise<void>;
  list(owner?: string): Promise<readonly Subscription[]>;
  ofChannels(channels: readonly string[]): Promise<readonly Subscription[]>;
  /** Stores a subscription and the States it follows (`*` = all). */
  put(subscription: Subscription, states: readonly string[] | null): Promise<void>;
  pause(id: string, reason: string): Promise<void>;
  /** What a platform took from the bot and gave back is heard of again from now on. */
  resume(place: Place, reason: string, now: Instant): Promise<void>;
  /**
   * Active followers of one State (or `*`), by channel: at most `limit` rows after `cursor`, a row a subscription.
   * `cursor` is the last row's `channel|subscription`, empty at first; null when there are no more. `place`: those of
   * one installation.
   */
  followers(query: {
    profile: number | null;
    state: string;
    cursor: string;
    limit: number;
    place?: Place;
  }): Promise<{ rows: readonly Follower[]; cursor: string | null }>;
}

/** A server, a workspace: where a bot is invited as a whole. */
export interface Place {
  readonly platform: string;
  readonly id: string;
}

export interface Installation extends Place {
  /** Since when the bot is not in it any more; null while it is. */
  readonly goneAt: Instant | null;
}

/** How much is stored. */
export interface StoredCounts {
  readonly channels: number;
  readonly follows: number;
  readonly alerts: number;
  readonly messages: number;
  /** Of an installation as a whole; no channel has its own. */
  readonly corrections: number;
  /** Responses of its own, and the tasks in them; what others share with it is theirs. */
  readonly plans: number;
  readonly tasks: number;
  /** Private links to what channels follow. */
  readonly links: number;
}

export interface InstallationStore {
  /** Those of a platform for which something is stored from a chat. */
  of(platform: string): Promise<readonly Installation[]>;
  /** The bot is not in it any more, since then. */
  leave(place: Place, at: Instant): Promise<void>;
  enter(place: Place): Promise<void>;
  /** What is stored of an installation, or of one of its channels. */
  stored(place: Place, channel?: string): Promise<StoredCounts>;
  /**
   * Deletes all of it and answers how much it was. In responses that others share with it the bridge ends, its cards go,
   * what it held is free (what was done stays done), and nobody of it is named in the log.
   */
  erase(place: Place, channel?: string): Promise<StoredCounts>;
}

/** Secrets as they were sealed; what seals them is no business of the store. */
export interface SecretStore {
  get(place: Place): Promise<string | null>;
  /** In place of the one before. */
  put(place: Place, sealed: string): Promise<void>;
  /** Only where it is still the one that was read. */
  replace(place: Place, change: { readonly was: string; readonly sealed: string }): Promise<void>;
  remove(place: Place): Promise<void>;
  ids(platform: string): Promise<readonly string[]>;
}

/** Work that only one process does at a time: planning what is due, revising the calendar. */
export type Alone = 'planning' | 'calendar';

export interface Store {
  readonly calendar: CalendarStore;
  readonly ownDates: OwnDateStore;
  readonly subscriptions: SubscriptionStore;
  readonly alerts: AlertStore;
  readonly wakeups: WakeupStore;
  readonly installations: InstallationStore;
  readonly secrets: SecretStore;
  readonly feedLinks: FeedLinkStore;
  readonly teams: TeamStore;
  readonly leases: LeaseStore;
  /** The present by the database's own clock; null where that is this machine's. */
  time(): Promise<Instant | null>;
  /** Marks that survive a restart: `watermark`, `event-cursor`. */
  mark(name: string): Promise<number | null>;
  setMark(name: string, value: number): Promise<void>;
  /**
   * All or nothing. Inside, only the store handed in may be used. No network waits belong in here. Two transactions with
   * the same `alone` wait for each other, also across processes; where there is one writer every transaction does.
   */
  transaction<T>(work: (store: Store) => Promise<T>, alone?: Alone): Promise<T>;
  /** After an erasure: nothing of what was deleted stays readable in the files. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
