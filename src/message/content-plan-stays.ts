import type { Change } from '../domain/calendar/diff.ts';
import type { WholeResponse } from '../domain/team/response.ts';
import type { Seen } from './content-team.ts';

/** Something happened to the review that a plan is for, and its date stands: the plan stays as it is. */
export interface PlanStaysContent {
  readonly type: 'plan-stays';
  readonly whole: WholeResponse;
  readonly change: Change;
  readonly seen: Seen;
}
