/** What the formatter is handed of plans of teams. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Step } from '../domain/team/nag.ts';
import type { Unplannable } from '../domain/team/plan.ts';
import type { Redating } from '../domain/team/redate.ts';
import type { Shows, TeamEvent, WholeResponse } from '../domain/team/response.ts';
import type { Side, Task } from '../domain/team/task.ts';
import type { Day } from '../domain/time.ts';

/** By whom a plan is read. Ids of one side are shown to that side alone. */
export interface Seen {
  readonly by: 'owner' | 'partner';
  /** The side that reads. */
  readonly side: Side;
  /** What the owner lets a partner see; an owner sees titles. */
  readonly shows: Shows;
  /** False where a name would ping: in what is posted anew. */
  readonly names: boolean;
}

/** The living message of a response, as it is to look now. */
export interface CardContent {
  readonly type: 'card';
  readonly whole: WholeResponse;
  /** As the installation sees it now; null where it is not there any more. */
  readonly deadline: Deadline | null;
  /** The day of the channel. */
  readonly today: Day;
  readonly seen: Seen;
}

/** What was done since, for the thread of the card. */
export interface HistoryContent {
  readonly type: 'history';
  readonly whole: WholeResponse;
  /** The oldest first. */
  readonly events: readonly TeamEvent[];
  readonly seen: Seen;
}

/** What tasks ask for today, of one response. */
export interface NagContent {
  readonly type: 'nag';
  readonly whole: WholeResponse;
  readonly items: readonly { readonly step: Step; readonly task: Task }[];
  readonly today: Day;
  readonly seen: Seen;
}

/** The official date of a plan moved, or does not stand any more. */
export interface PlanMovedContent {
  readonly type: 'plan-moved';
  readonly whole: WholeResponse;
  /** Null where it is not there any more. */
  readonly deadline: Deadline | null;
  /** The proposal, or why there is none. */
  readonly proposal: Redating | { readonly refused: Unplannable };
  readonly seen: Seen;
}

export type TeamContent = CardContent | HistoryContent | NagContent | PlanMovedContent;

/** Tasks that a digest names: nobody has them, and their day is near or over. */
export interface HandsWanted {
  readonly whole: WholeResponse;
  readonly tasks: readonly Task[];
}
