import type { Day } from '../time.ts';
import { type Certainty, fires } from './certainty.ts';
import type { Claim, Contest, Look, SourceId, StateCode } from './facts.ts';
import type { DeadlineKind } from './kinds.ts';
import { hasDay, type When } from './when.ts';

/** `54-KEN-stakeholder_submission`, or `hrc64-hrc_written_statement` for a date of a Council session. */
export type DeadlineId = string;

/**
 * - `standing`: to be counted on as far as its certainty goes
 * - `suspended`: a source says that it does not run for now
 * - `moved-away`: the review went to another session before it took place
 * - `fallen`: it followed a review that did not take place
 */
export type Standing = 'standing' | 'suspended' | 'moved-away' | 'fallen';

/** Whether the date was read, or computed: by which rule and from which date. */
export type Basis = { readonly by: 'fact' } | { readonly by: 'rule'; readonly rule: string; readonly anchor: Anchor } | { readonly by: 'nothing' };

export type Anchor = 'session' | 'review' | 'presession' | 'council' | 'adoption';

export interface Deadline {
  readonly id: DeadlineId;
  readonly kind: DeadlineKind;
  /** Null for a date of a Council session. */
  readonly session: number | null;
  readonly council: number | null;
  /** Null for a date of a Council session and for a session without a list of States. */
  readonly state: StateCode | null;
  /** The States it is about: its own, or every State whose outcome that Council session takes up. */
  readonly concerns: readonly StateCode[];
  readonly when: When;
  readonly until: Day | null;
  readonly certainty: Certainty;
  readonly standing: Standing;
  readonly basis: Basis;
  readonly source: readonly SourceId[];
  /** Null when nobody has looked for it. */
  readonly checked: Day | null;
  /** The day from which it was known; null = never written down, counts as always known. */
  readonly known: Day | null;
  readonly looks: readonly Look[];
  readonly disagrees: readonly Claim[];
  readonly earlier: readonly Claim[];
  /** Stands where a later source of equal standing says another date; the earlier of both is `when`, the other is in `disagrees`. */
  readonly contested?: Contest;
  readonly note: string | null;
  /** Years whose UN holidays were needed and are not known; the true day is then this one or earlier. */
  readonly holidaysUnknown: readonly number[];
}

/** True when it may alert a channel: known to the day, at least tentative, and standing. */
export function alerts(deadline: Deadline): boolean {
  return fires(deadline.certainty) && hasDay(deadline.when) && deadline.standing === 'standing';
}

export function deadlineId(session: number, state: StateCode | null, kind: DeadlineKind): DeadlineId {
  return state === null ? `${session}-${kind}` : `${session}-${state}-${kind}`;
}

export function councilDeadlineId(council: number, kind: DeadlineKind): DeadlineId {
  return `hrc${council}-${kind}`;
}
