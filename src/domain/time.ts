/** The only room that knows luxon. Days are `YYYY-MM-DD`, instants are epoch milliseconds, zones are IANA names. */
import { DateTime, IANAZone, Settings } from 'luxon';

declare module 'luxon' {
  interface TSSettings {
    throwOnInvalid: true;
  }
}
Settings.throwOnInvalid = true;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** Milliseconds since the epoch. */
export type Instant = number;
/** A wall-clock time, `HH:MM`, 24 hours. */
export type ClockTime = string;
/** An IANA zone name. */
export type Zone = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The zone of the Palais des Nations, where every UPR date is kept. */
export const GENEVA: Zone = 'Europe/Zurich';

/** True for a day that the calendar has, such as 2026-07-17; not for 2026-02-30. */
export function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function addDays(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Months later, clamped to the end of the month (31 January + 1 month = 28 February). */
export function addMonths(day: Day, months: number): Day {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate();
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function lastDayOfMonth(month: string): Day {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function dayOf(at: Instant, zone: Zone): Day {
  return DateTime.fromMillis(at, { zone }).toISODate();
}

export function clockTimeOf(at: Instant, zone: Zone): ClockTime {
  return DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
}

const wallCache = new Map<string, Instant>();

/**
 * The instant at which a wall clock in `zone` shows `time` on `day`. A time that the clock skips in spring counts as
 * the first instant after the gap; a time that it shows twice in autumn counts as the first of the two. The answer
 * does not depend on the present (luxon alone would choose by the current offset, platforms.md 3.2).
 */
export function atWallClock(day: Day, time: ClockTime, zone: Zone): Instant {
  const key = `${day}T${time}@${zone}`;
  const known = wallCache.get(key);
  if (known !== undefined) return known;
  const at = resolveWallClock(day, time, zone);
  if (wallCache.size > 200_000) wallCache.clear();
  wallCache.set(key, at);
  return at;
}

function resolveWallClock(day: Day, time: ClockTime, zone: Zone): Instant {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offsets = [asUtc - DAY, asUtc + DAY].map((at) => DateTime.fromMillis(at, { zone }).offset);
  const candidates = [...new Set(offsets)].map((offset) => asUtc - offset * MINUTE).sort((a, b) => a - b);
  const shown = candidates.filter((at) => dayOf(at, zone) === day && clockTimeOf(at, zone) === time);
  return shown[0] ?? firstAfterGap(candidates[0] ?? asUtc, zone);
}

/** `before` lies just ahead of a skipped hour; walks to the first minute with the new offset. */
function firstAfterGap(before: Instant, zone: Zone): Instant {
  const offsetAt = (at: Instant) => DateTime.fromMillis(at, { zone }).offset;
  let low = before - DAY;
  let high = before + DAY;
  const old = offsetAt(low);
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** The first instant of a day in a zone (midnight, or the end of the gap where midnight is skipped, as in Cairo). */
export function startOfDay(day: Day, zone: Zone): Instant {
  return atWallClock(day, '00:00', zone);
}

/** The instant at which a day is over in a zone. */
export function endOfDay(day: Day, zone: Zone): Instant {
  return startOfDay(addDays(day, 1), zone);
}

export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}
