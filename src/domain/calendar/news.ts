/** Whether a change is still worth telling a channel. */
import { DAY, dayOf, daysBetween, GENEVA, type Instant } from '../time.ts';
import { type Change, knownFrom, type Picture } from './diff.ts';
import type { EventKind } from './facts.ts';
import type { DeadlineKind } from './kinds.ts';
import { passesAt } from './when.ts';

const STALE_AFTER_DAYS = 30;

/** News that became known over thirty days ago and from which nothing follows any more: for the log, not for a channel (design.md §5). */
export function isOldNews(change: Change, picture: Picture, now: Instant): boolean {
  const known = knownFrom(change);
  if (known === null || daysBetween(known, dayOf(now, GENEVA)) <= STALE_AFTER_DAYS) return false;
  return !hasConsequenceAhead(change, picture, now);
}

function hasConsequenceAhead(change: Change, picture: Picture, now: Instant): boolean {
  if (change.about === 'date') return change.after !== null && (passesAt(change.after.when) ?? now + DAY) > now;
  const { review } = change;
  return [...picture.deadlines.values()].some(
    ({ state, session, standing, when }) =>
      state === review.state &&
      (session === review.session || session === review.movedTo) &&
      standing === 'standing' &&
      when.from !== null &&
      (passesAt(when) ?? 0) > now,
  );
}

const KIND_OF_EVENT: Partial<Record<EventKind, DeadlineKind>> = {
  'contributions-suspended': 'stakeholder_submission',
  'contributions-resumed': 'stakeholder_submission',
  'national-report-submitted': 'national_report',
  'documents-published': 'documents_published',
  'wg-report-adopted': 'wg_report_adopted',
  'responses-received': 'addendum',
  'adoption-scheduled': 'outcome_adoption',
  'absent-at-adoption': 'outcome_adoption',
  'adoption-postponed': 'outcome_adoption',
  'outcome-adopted': 'outcome_adoption',
};

/** The kind of date that a follower must ask for to hear of a change; what happens to a review counts as the review. */
export function kindOfChange(change: Change): { readonly kind: DeadlineKind; readonly session: number | null } {
  if (change.about === 'review') return { kind: KIND_OF_EVENT[change.event.what] ?? 'review', session: change.review.session };
  const deadline = change.after ?? change.before;
  return { kind: deadline?.kind ?? 'review', session: deadline?.session ?? null };
}

/** The States whose followers a change concerns. */
export function statesOfChange(change: Change): readonly string[] {
  return change.about === 'review' ? [change.review.state] : ((change.after ?? change.before)?.concerns ?? []);
}
