/** What the rooms of a lane hand to each other. */
import type { Adapter, ChatError, Posted, PostedRef } from '../../adapters/adapter.ts';
import type { Ladder } from '../../domain/alerts/ladder.ts';
import type { State, StateCode } from '../../domain/calendar/facts.ts';
import type { OwnSources } from '../../domain/calendar/team.ts';
import type { Template } from '../../domain/team/template.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import type { AlertContent, Marks } from '../../message/content.ts';
import type { Message } from '../../message/message.ts';
import type { Alert, Channel, Delivery, Store } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import type { Draft } from './compose.ts';

/** How long things take in a lane (design.md §5). */
export interface LaneTimes {
  /** A request that has no answer after this long is given up; nobody knows whether it arrived. */
  readonly requestMs: number;
  /** No request starts with less than this left of the lane's lease. */
  readonly marginMs: number;
  /** A lane with nothing to say is given back after this long. */
  readonly idleMs: number;
  /** How long a stop waits for requests under way. */
  readonly drainMs: number;
}

export const LANE_TIMES: LaneTimes = { requestMs: 10_000, marginMs: 15_000, idleMs: 10_000, drainMs: 3_000 };

/** Told of everything that was recorded, for whoever counts. */
export interface Tally {
  /** Alerts that came to rest in a state. */
  settled(state: 'sent' | 'folded' | 'failed' | 'in-doubt' | 'superseded', alerts: number): void;
  delivered(platform: string, outcome: Outcome): void;
  /** How long after it fell due an alert was said. */
  late(ms: number): void;
}

export type Outcome = 'sent' | 'postponed' | 'failed' | 'in-doubt';

export interface DeliveryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly states: ReadonlyMap<StateCode, State>;
  /** Templates of plans, by name; none when left out. */
  readonly templates?: ReadonlyMap<string, Template>;
  readonly format: (content: AlertContent, marks: Marks, to: Hearer, now: Instant) => Message;
  readonly recall: (now: Instant) => Promise<Memory>;
  /** The present as it is trusted; it goes on while a wall clock jumps. */
  readonly time: () => Instant;
  /** Who this process is. */
  readonly worker: string;
  /** The channel that hears what no other can be told; null = the log. */
  readonly operator: string | null;
  readonly tally: Tally;
  readonly times: LaneTimes;
  /** In [0, 1), for times that must not coincide. */
  readonly random: () => number;
}

/** The channel that reads a message, and what its installation named as sources itself. */
export type Hearer = Channel & { readonly sources: OwnSources };

/** A message that is marked as being sent. */
export interface Letter {
  readonly delivery: Delivery;
  readonly channel: Channel;
  /** What kind of message it is: `catch-up`, `leads`, … */
  readonly type: string;
  readonly message: Message;
  /** The message that it changes; null for a new one. */
  readonly edits: PostedRef | null;
  readonly card?: Draft['card'];
  readonly below?: Draft['below'];
  /** The same alerts have the same key, also after a restart. */
  readonly key: string;
  /** Everything it says, what is folded into it too. */
  readonly alerts: readonly Alert[];
  readonly begunAt: Instant;
  /** How often it was tried again under the same key because its outcome was unknown. */
  readonly tries: number;
}

/** What a request came to; times are monotonic. */
export interface Finished {
  readonly letter: Letter;
  readonly startedAt: number;
  readonly at: number;
  readonly answer: Posted | ChatError | 'not-begun';
  /** Rights that are missing, when the platform forbade it. */
  readonly missing: readonly string[];
}
