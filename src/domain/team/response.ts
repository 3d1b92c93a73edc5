/** What a team does for one deadline. */
import type { DeadlineId } from '../calendar/deadline.ts';
import type { When } from '../calendar/when.ts';
import type { Day, Instant } from '../time.ts';
import type { Side, Task } from './task.ts';

/** A closing date, a count and a link to the team's own list. The names of organisations are kept nowhere here. */
export interface SignOn {
  readonly closesOn: Day;
  readonly count: number;
  readonly link: string | null;
}

export type ResponseStatus = 'open' | 'closed';

export interface Response {
  /** Eight letters and digits, unguessable; also the name by which people call it. */
  readonly id: string;
  readonly side: Side;
  /** The channel in the store where its card lives. */
  readonly channel: string;
  readonly deadline: DeadlineId;
  readonly template: string;
  readonly title: string;
  /** The date that the plan was made for, or was last moved to. */
  readonly plannedFor: When;
  /** The team's own deadline before the official one. */
  readonly internal: Day;
  readonly status: ResponseStatus;
  /** Of a closed one: the receipt, or why there is none. */
  readonly reference: string | null;
  readonly reason: string | null;
  readonly signOn: SignOn | null;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly version: number;
}

/** A response with its tasks in the order of the plan. */
export interface WholeResponse {
  readonly response: Response;
  readonly tasks: readonly Task[];
}

/** What two sides that share a response let each other see: what is to be done, or only how it stands. Never ids, notes or names. */
export type Shows = 'titles' | 'states';

export interface Bridge {
  readonly id: string;
  readonly response: string;
  /** The side that the response belongs to. */
  readonly owner: Side;
  /** Null until somebody took the code. */
  readonly partner: Side | null;
  /** The channel in the store where the partner's card lives. */
  readonly partnerChannel: string | null;
  readonly ownerShows: Shows;
  readonly partnerShows: Shows;
  readonly status: 'offered' | 'open' | 'ended';
  /** Hash of the one-time code; null after it was used. */
  readonly codeHash: string | null;
  readonly codeUntil: Instant;
  readonly version: number;
}

/** Who changed what: append-only, for the managers of a side. */
export interface TeamEvent {
  readonly id: number;
  readonly response: string;
  /** Null for the whole response. */
  readonly task: number | null;
  readonly at: Instant;
  /** Null where the bot did it by itself. */
  readonly by: { readonly side: Side; readonly id: string } | null;
  readonly what: string;
  /** The task as it was, so that the change can be taken back. */
  readonly before: Task | null;
}
