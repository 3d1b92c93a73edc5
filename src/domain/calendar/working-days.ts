import { addDays, type Day, weekday } from '../time.ts';
import type { HolidayYear } from './facts.ts';

export type Holidays = ReadonlyMap<number, HolidayYear>;

export interface WorkingDay {
  readonly day: Day;
  /** Years crossed whose list of holidays is not known. The true day is then this one or earlier. */
  readonly unchecked: readonly number[];
}

/**
 * The day that lies `count` working days of the UN Office at Geneva before `day`, counted as PRST/8/1 does for advance
 * questions: Saturdays, Sundays and the listed official holidays do not count. Holidays of the canton do not matter
 * unless the UN's own list has them.
 */
export function workingDaysBefore(day: Day, count: number, holidays: Holidays): WorkingDay {
  const unchecked = new Set<number>();
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, -1);
    if (weekday(at) >= 6) continue;
    const year = Number(at.slice(0, 4));
    const list = holidays.get(year)?.days ?? null;
    if (list === null) unchecked.add(year);
    if (list?.includes(at) === true) continue;
    left -= 1;
  }
  return { day: at, unchecked: [...unchecked].sort() };
}

/** True on a day that the UN Office at Geneva works; a year without a list of holidays has only its weekends. */
export function isWorkingDay(day: Day, holidays: Holidays): boolean {
  return weekday(day) < 6 && holidays.get(Number(day.slice(0, 4)))?.days?.includes(day) !== true;
}

/** The day that lies `count` working days after `day`. */
export function workingDaysAfter(day: Day, count: number, holidays: Holidays): Day {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

/** How many working days there are from `from` to the day before `to`; 0 where `to` is not later. */
export function workingDaysBetween(from: Day, to: Day, holidays: Holidays): number {
  let count = 0;
  for (let at = from; at < to; at = addDays(at, 1)) if (isWorkingDay(at, holidays)) count += 1;
  return count;
}
