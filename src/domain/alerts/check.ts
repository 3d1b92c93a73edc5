import type { Deadline } from '../calendar/deadline.ts';
import type { EventKind } from '../calendar/facts.ts';
import type { DeadlineKind } from '../calendar/kinds.ts';
import { hasFlag, type Review } from '../calendar/review.ts';

/**
 * What a check finds: the thing was `seen`; a sourced look after the due day did `not-seen` it; or nobody is known to
 * have looked (`nobody-looked`), which is the operator's business and never a channel's (design.md §6).
 */
export type CheckResult = 'seen' | 'not-seen' | 'nobody-looked';

/** The event that says that the thing due came. */
const CAME: Partial<Record<DeadlineKind, EventKind>> = { national_report: 'national-report-submitted', documents_published: 'documents-published' };

export function checkResult(deadline: Deadline, review: Review | null): CheckResult {
  const due = deadline.when.to ?? '';
  const came = CAME[deadline.kind];
  if (came !== undefined && review?.events.some((event) => event.what === came)) return 'seen';
  if (deadline.looks.some((look) => look.seen)) return 'seen';
  return deadline.looks.some((look) => !look.seen && look.from > due) ? 'not-seen' : 'nobody-looked';
}

/**
 * Whether the stage of its review lets a lead of this deadline be said. Recommendations are spoken of only once a
 * source says that the review was held: otherwise there may be none (domain.md B.2).
 */
export function stageAllows(deadline: Deadline, review: Review | null): boolean {
  if (deadline.standing !== 'standing') return false;
  if (deadline.kind !== 'recommendations_circulated' && deadline.kind !== 'wg_report_adopted') return true;
  return review !== null && review.stage !== 'not-held-state-absent' && (deadline.kind === 'wg_report_adopted' || hasBeenHeld(review));
}

function hasBeenHeld(review: Review): boolean {
  return review.stage === 'held' || review.events.some((event) => event.what === 'held') || hasBeenAdopted(review);
}

function hasBeenAdopted(review: Review): boolean {
  return (
    ['wg-report-adopted', 'awaiting-responses', 'adoption-scheduled', 'adoption-postponed', 'outcome-adopted'].includes(review.stage) &&
    !hasFlag(review, 'state-absent')
  );
}
