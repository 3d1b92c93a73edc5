/** Until when, as people write it: how long, a day with or without an hour, or that it ends now. */
import { nextDigest } from '../domain/alerts/digest.ts';
import { foldName } from '../domain/calendar/state.ts';
import {
  addDays,
  addMonths,
  atWallClock,
  type ClockTime,
  clockTimeOf,
  type Day,
  dayOf,
  HOUR,
  type Instant,
  isRealDay,
  MINUTE,
  type Zone,
} from '../domain/time.ts';
import { type Candidate, meant } from './match.ts';
import { readClock } from './read-clock.ts';

export interface UntilPlace {
  readonly now: Instant;
  readonly zone: Zone;
  /** Of a day that is named without one. */
  readonly hour: ClockTime;
  /** Monday to Sunday with the values 1 to 7. */
  readonly weekdays: readonly Candidate[];
}

const AMOUNT = /^(?:for|in)?\s*(\d{1,4}|an?|one)\s*(min(?:ute)?s?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?|months?)$/;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:t|\s|,)\s*(?:at\s+)?(.+))?$/;
const NAMED_DAY = /^(?:on\s+|next\s+)?(\p{L}+)(?:(?:\s|,)\s*(?:at\s+)?(.+))?$/u;

/** The end of what is to be: days and weeks keep the wall clock, hours are counted. Null for what cannot be read. */
export function readUntil(typed: string, place: UntilPlace): Instant | null {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  return afterAmount(text, place) ?? onDate(text, place) ?? onNamedDay(text, place);
}

function afterAmount(text: string, { now, zone }: UntilPlace): Instant | null {
  const [, amount = '', unit] = AMOUNT.exec(text) ?? [];
  if (unit === undefined) return null;
  const count = /^\d/.test(amount) ? Number(amount) : 1;
  const today = dayOf(now, zone);
  const sameHour = (day: Day) => atWallClock(day, clockTimeOf(now, zone), zone);
  if (unit.startsWith('mo')) return sameHour(addMonths(today, count));
  if (unit.startsWith('m')) return now + count * MINUTE;
  if (unit.startsWith('h')) return now + count * HOUR;
  return sameHour(addDays(today, count * (unit.startsWith('w') ? 7 : 1)));
}

function onDate(text: string, { zone, hour }: UntilPlace): Instant | null {
  const [, year = '', month = '', day = '', at] = DATE.exec(text) ?? [];
  const date = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const time = at === undefined ? hour : readClock(at);
  return isRealDay(date) && time !== null ? atWallClock(date, time, zone) : null;
}

/** The next such day whose hour is ahead. */
function onNamedDay(text: string, { now, zone, hour, weekdays }: UntilPlace): Instant | null {
  const [, name, at] = NAMED_DAY.exec(text) ?? [];
  const time = at === undefined ? hour : readClock(at);
  if (name === undefined || time === null) return null;
  if (foldName(name) === 'tomorrow') return atWallClock(addDays(dayOf(now, zone), 1), time, zone);
  const found = meant(name, weekdays);
  return 'value' in found ? nextDigest({ day: Number(found.value), hour: time }, zone, now) : null;
}
