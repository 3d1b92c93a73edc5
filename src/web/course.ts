/** What became of each date so far: how often it changed, when last, and as what it was last counted on. */
import type { Deadline, DeadlineId } from '../domain/calendar/deadline.ts';
import { hasDay } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { StoredChange } from '../store/store.ts';

export interface Course {
  /** Changes recorded of it; only ever more. */
  readonly changes: number;
  readonly last: Instant;
  /** As it was when it last ceased to be a day that people keep free; null where it never did. */
  readonly endedAsDay: Ended | null;
  /** As it was when it last ceased to be a day or a range. */
  readonly ended: Ended | null;
}

interface Ended {
  readonly deadline: Deadline;
  readonly at: Instant;
}

/** @param changes in the order in which they became known */
export function coursesOf(changes: readonly Pick<StoredChange, 'at' | 'change'>[]): ReadonlyMap<DeadlineId, Course> {
  const courses = new Map<DeadlineId, Course>();
  for (const { at, change } of changes) {
    if (change.about === 'review') continue;
    const { before, after } = change;
    const id = (after ?? before)?.id ?? '';
    const so = courses.get(id);
    const endOf = (is: (deadline: Deadline) => boolean) => (before !== null && is(before) && (after === null || !is(after)) ? { deadline: before, at } : null);
    courses.set(id, {
      changes: (so?.changes ?? 0) + 1,
      last: at,
      endedAsDay: endOf(isKeptDay) ?? so?.endedAsDay ?? null,
      ended: endOf(isKept) ?? so?.ended ?? null,
    });
  }
  return courses;
}

/** True for a day or a range of a review that is still to be, also where it rests for now. */
export function isKept({ when, standing }: Deadline): boolean {
  return when.from !== null && (standing === 'standing' || standing === 'suspended');
}

/** True for one that is known to the day, so that people keep it free. */
export function isKeptDay(deadline: Deadline): boolean {
  return hasDay(deadline.when) && isKept(deadline);
}
