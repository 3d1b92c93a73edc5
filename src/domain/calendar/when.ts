import {
  addDays,
  atWallClock,
  type ClockTime,
  clockTimeOf,
  type Day,
  dayOf,
  endOfDay,
  type Instant,
  isRealDay,
  startOfDay,
  toIso,
  type Zone,
} from '../time.ts';

/** How finely a date is known. `month` is anything coarser than a day: a month, a week, an estimated range. */
export type Precision = 'minute' | 'day' | 'month' | 'unknown';

/**
 * A date as it is known. `from` and `to` are the first and last day it can fall on (the same day when the day is
 * known, both null when nothing is known); `time` only with precision `minute`. The zone is that of the authority.
 */
export interface When {
  readonly precision: Precision;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly time: ClockTime | null;
  readonly zone: Zone;
}

export function unknownWhen(zone: Zone): When {
  return { precision: 'unknown', from: null, to: null, time: null, zone };
}

export function dayWhen(day: Day, zone: Zone): When {
  return { precision: 'day', from: day, to: day, time: null, zone };
}

export function minuteWhen(day: Day, time: ClockTime, zone: Zone): When {
  return { precision: 'minute', from: day, to: day, time, zone };
}

export function rangeWhen(from: Day, to: Day, zone: Zone): When {
  return { precision: 'month', from, to, time: null, zone };
}

/** True when at least the day is known, so that leads can be counted from it. */
export function hasDay(when: When): when is When & { from: Day; to: Day } {
  return when.precision === 'day' || when.precision === 'minute';
}

/**
 * The moment it is over: the instant itself when the minute is known, else the end of its last possible day in its
 * zone (design.md §6). `null` when nothing is known.
 */
export function passesAt(when: When): Instant | null {
  if (when.to === null) return null;
  if (when.time !== null) return atWallClock(when.to, when.time, when.zone);
  return endOfDay(when.to, when.zone);
}

/** The moment it is over; something that lasts several days is over at the end of its last day. */
export function isOverAt({ when, until = null }: { readonly when: When; readonly until?: Day | null }): Instant | null {
  return until === null ? passesAt(when) : endOfDay(until, when.zone);
}

/** Where it stands in a list: the instant, or the start of its day or range. Unknown dates come last. */
export function sortsAt(when: When): Instant {
  if (when.from === null) return Number.MAX_SAFE_INTEGER;
  return when.time === null ? startOfDay(when.from, when.zone) : atWallClock(when.from, when.time, when.zone);
}

/** The same text for the same day or instant. Two versions of a date with the same key are the same thing to say. */
export function whenKey(when: When): string {
  if (when.from === null) return 'unknown';
  if (when.time !== null) return toIso(atWallClock(when.from, when.time, when.zone));
  return when.from === when.to && when.precision === 'day' ? `${when.from}@${when.zone}` : `${when.from}..${when.to}`;
}

/** The date that has this {@link whenKey}, where it is known to the day; null for any other. An instant is told in `zone`. */
export function whenOfKey(key: string, zone: Zone): When | null {
  const [day = '', place] = key.split('@');
  if (place !== undefined) return isRealDay(day) ? dayWhen(day, place) : null;
  const at = Date.parse(key);
  return Number.isNaN(at) ? null : minuteWhen(dayOf(at, zone), clockTimeOf(at, zone), zone);
}

/** Both ends moved by whole days; a known minute becomes a day, since rules of days say nothing of the hour. */
export function shiftDays(when: When, days: number): When {
  if (when.from === null || when.to === null) return when;
  const [from, to] = [addDays(when.from, days), addDays(when.to, days)];
  return hasDay(when) ? dayWhen(from, when.zone) : rangeWhen(from, to, when.zone);
}
