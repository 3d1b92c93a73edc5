/** Days, months and zones in the words of a locale. Names come from the catalogue, so they are the same on every machine. */
import { type Day, GENEVA, type Instant, lastDayOfMonth, weekday, type Zone } from '../domain/time.ts';
import type { Words } from './words.ts';

interface DayParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

function partsOf(day: Day): DayParts {
  const [year = '', month = '', number = ''] = day.split('-');
  return { year, month: String(Number(month)), day: String(Number(number)) };
}

/** `Friday, 17 July 2026` or `17 July 2026`. */
export function dayText(day: Day, style: 'full' | 'short' | 'no-year', words: Words): string {
  const { year, month, day: number } = partsOf(day);
  const values = { day: number, month: words('month.in-date', { month }), year };
  if (style !== 'full') return words(`day.${style}`, values);
  return words('day.full', { ...values, weekday: words('weekday', { weekday: String(weekday(day)) }) });
}

/** `November 2026`, `January–February 2027`, else `between 20 November and 12 December 2026`; one day that is not certain is `around` it. */
export function rangeText(from: Day, to: Day, words: Words): string {
  if (from === to) return words('range.around', { day: dayText(from, 'short', words) });
  const wholeMonths = from.endsWith('-01') && to === lastDayOfMonth(to.slice(0, 7));
  return wholeMonths ? monthsText(from, to, words) : betweenText(from, to, words);
}

function monthsText(from: Day, to: Day, words: Words): string {
  const [first, last] = [partsOf(from), partsOf(to)];
  const name = ({ month }: DayParts) => words('month.alone', { month });
  if (first.year !== last.year) return words('range.years', { first: name(first), year: first.year, last: name(last), lastYear: last.year });
  if (first.month !== last.month) return words('range.months', { first: name(first), last: name(last), year: last.year });
  return words('range.month', { month: name(last), year: last.year });
}

/** Says the month and the year once where both ends share them. */
export function betweenText(from: Day, to: Day, words: Words): string {
  const last = dayText(to, 'short', words);
  if (from.slice(0, 7) === to.slice(0, 7)) return words('range.between', { first: partsOf(from).day, last });
  return words('range.between', { first: dayText(from, from.slice(0, 4) === to.slice(0, 4) ? 'no-year' : 'short', words), last });
}

/** Where a date is kept, for a day: `Geneva`. */
export function placeName(zone: Zone, words: Words): string {
  return zone === GENEVA ? words('place.geneva') : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The clock that a time is told by: `Geneva time`, `Eastern Time`. */
export function zoneName(zone: Zone, at: Instant, words: Words): string {
  if (zone === GENEVA) return words('zone.geneva');
  const parts = new Intl.DateTimeFormat(words.locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}
