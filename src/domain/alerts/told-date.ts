import type { Deadline } from '../calendar/deadline.ts';
import type { DateChange } from '../calendar/diff.ts';
import { hasDay, passesAt, type When, whenKey } from '../calendar/when.ts';
import type { Instant } from '../time.ts';

/** A date that a message told and that is not any more as it was told. */
export interface ToldDate {
  /** As it is now; one that is in no calendar any more, as it was last. */
  readonly deadline: Deadline;
  /** As the message told it. */
  readonly was: When;
  readonly became: Became;
}

/**
 * - `moved`: another day or instant
 * - `withdrawn`: it has no day any more
 * - `standing`: it does not run: suspended, fallen, or gone with its review to another session
 */
export type Became = 'moved' | 'withdrawn' | 'standing';

/** What became of a date since a message told it under that {@link whenKey}; null where it is as it was told. `deadline` is null where no calendar has it. */
export function becameOf(told: string, deadline: Deadline | null): Became | null {
  if (deadline === null || !hasDay(deadline.when)) return 'withdrawn';
  if (deadline.standing !== 'standing') return 'standing';
  return told === whenKey(deadline.when) ? null : 'moved';
}

/** True when messages that told of the date may not be true any more as they stand, or are true again. */
export function touchesTold({ before, after }: DateChange): boolean {
  if (before === null) return false;
  return after === null || whenKey(before.when) !== whenKey(after.when) || before.standing !== after.standing;
}

/** How far back messages that told of dates behind us are worded anew, in days. */
export const TOLD_LATELY_DAYS = 45;

/** True when a change is of a date ahead: one that was to come, or comes now. */
export function isAhead({ before, after }: DateChange, now: Instant): boolean {
  return [before, after].some((deadline) => deadline !== null && (passesAt(deadline.when) ?? 0) > now);
}
