/** The dates of a calendar as events of a calendar programme (RFC 5545), without the text of any. Pure. */
import { fires } from '../domain/calendar/certainty.ts';
import type { Deadline, DeadlineId } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import { hasDay, isOverAt, sortsAt } from '../domain/calendar/when.ts';
import { addDays, atWallClock, DAY, type Day, endOfDay, type Instant } from '../domain/time.ts';
import { type Course, isKept, isKeptDay } from './course.ts';

export interface CalendarEvent {
  readonly deadline: Deadline;
  /** Rises with every change of the date, its certainty and its standing, also where a team's own date gives way to that of all. */
  readonly sequence: number;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly span: Span;
  /** When the date last changed; null while it is as the first calendar had it. */
  readonly changed: Instant | null;
}

/** Whole days in the official zone, the end being the first day that is not part of it; or instants. */
export type Span =
  | { readonly by: 'day'; readonly from: Day; readonly to: Day }
  | { readonly by: 'instant'; readonly from: Instant; readonly to: Instant | null };

export interface Events {
  readonly picture: Pick<Picture, 'deadlines'>;
  readonly courses: ReadonlyMap<DeadlineId, Course>;
  readonly wanted: (deadline: Deadline) => boolean;
  /** Dates that are not known to the day too, as ranges. */
  readonly estimated: boolean;
}

/** What is cancelled stays for as long as a calendar programme may not have come by. */
export const CANCELLED_FOR = 90 * DAY;
/** What is over stays for a year. */
export const OVER_FOR = 366 * DAY;

/** In time order. */
export function eventsOf({ picture, courses, wanted, estimated }: Events, now: Instant): readonly CalendarEvent[] {
  const ids = new Set([...picture.deadlines.keys(), ...courses.keys()]);
  const events = [...ids].flatMap((id) => eventOf(picture.deadlines.get(id) ?? null, courses.get(id), { estimated, now }) ?? []);
  return events
    .filter(({ deadline }) => wanted(deadline) && (isOverAt(deadline) ?? 0) > now - OVER_FOR)
    .sort((a, b) => sortsAt(a.deadline.when) - sortsAt(b.deadline.when) || a.deadline.id.localeCompare(b.deadline.id));
}

function eventOf(deadline: Deadline | null, course: Course | undefined, { estimated, now }: { estimated: boolean; now: Instant }): CalendarEvent | null {
  const made = { sequence: course?.changes ?? 0, changed: course?.last ?? null };
  if (deadline !== null && (estimated ? isKept(deadline) : isKeptDay(deadline))) {
    const span = spanOf(deadline);
    return span === null ? null : { ...made, deadline, status: statusOf(deadline), span };
  }
  const ended = (estimated ? course?.ended : course?.endedAsDay) ?? null;
  if (ended === null || ended.at <= now - CANCELLED_FOR) return null;
  const span = spanOf(ended.deadline);
  // A standing that made it end is told with the day that was.
  const told = deadline === null ? ended.deadline : { ...ended.deadline, standing: deadline.standing };
  return span === null ? null : { ...made, deadline: told, status: 'CANCELLED', span };
}

/** Confirmed is what may be counted on; what a source put off for now is not taken out, since it may come all the same. */
function statusOf({ when, certainty, standing, holidaysUnknown }: Deadline): CalendarEvent['status'] {
  const sure = fires(certainty) && certainty !== 'tentative' && hasDay(when) && standing === 'standing' && holidaysUnknown.length === 0;
  return sure ? 'CONFIRMED' : 'TENTATIVE';
}

function spanOf({ when, until }: Deadline): Span | null {
  if (when.from === null || when.to === null) return null;
  if (when.time === null) return { by: 'day', from: when.from, to: addDays(until ?? when.to, 1) };
  const from = atWallClock(when.from, when.time, when.zone);
  return { by: 'instant', from, to: until === null ? null : endOfDay(until, when.zone) };
}
