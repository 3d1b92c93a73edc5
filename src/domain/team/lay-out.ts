/** Puts tasks on days: none in the past, none out of order, none on a day off where there is another. */
import { type Holidays, isWorkingDay } from '../calendar/working-days.ts';
import { addDays, type Day, daysBetween } from '../time.ts';

export interface Laid {
  readonly dueOn: Day;
  /** Its own day was over, so it was moved to fit. */
  readonly compressed: boolean;
}

export interface Room {
  /** No task is laid before this day. */
  readonly start: Day;
  /** Tasks whose own day is over are done by this day; not before `start`. */
  readonly end: Day;
  readonly holidays: Holidays;
}

/**
 * Days for tasks in their order, from the days that they should have. No task is later than the one that follows it.
 * Those whose day is over share the time from now to the first that can keep its own (or to the end) in proportion to
 * the time that they would have had.
 */
export function layOut(wished: readonly Day[], room: Room): readonly Laid[] {
  const own = wished.map((_day, index) => wished.slice(index).reduce(earlier));
  const late = own.filter((day) => day < room.start);
  const kept = own[late.length];
  const fit = squeeze(late, kept ?? late.at(-1) ?? room.end, { ...room, end: kept === undefined ? room.end : earlier(kept, room.end) });
  return own.map((day, index) => ({ dueOn: fit[index] ?? day, compressed: index < fit.length }));
}

/** Puts days of the past between `start` and `end`, as they lie between an average step before the first and `until`. */
function squeeze(late: readonly Day[], until: Day, { start, end, holidays }: Room): readonly Day[] {
  const [first] = late;
  if (first === undefined) return [];
  const span = daysBetween(first, until);
  const step = Math.max(1, span / new Set(late).size);
  return late.map((day) => {
    const share = (daysBetween(first, day) + step) / (span + step);
    return settle(addDays(start, Math.floor(share * daysBetween(start, end))), { start, end, holidays });
  });
}

/** The working day on it or before it, not before `start`; else the first after it up to `end`; else the day itself. */
export function settle(day: Day, { start, end, holidays }: Room): Day {
  for (let at = day; at >= start; at = addDays(at, -1)) if (isWorkingDay(at, holidays)) return at;
  for (let at = day; at <= end; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) return at;
  return day;
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
