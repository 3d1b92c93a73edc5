/** Instants in a channel's own zone, and how late something is. */
import { clockTimeOf, DAY, dayOf, HOUR, type Instant, MINUTE, type Zone } from '../domain/time.ts';
import { dayInline } from './dates.ts';
import { zoneName } from './days.ts';
import type { Line } from './message.ts';
import type { LineValues, Words } from './words.ts';

/** The values `day`, `time` and `zone` of a sentence about an instant. */
export function momentValues(at: Instant, zone: Zone, words: Words): LineValues {
  return { day: dayInline(dayOf(at, zone), 'full', words), time: clockTimeOf(at, zone), zone: zoneName(zone, at, words) };
}

/** `10 July 2026, 09:00`, where the zone is said once for a whole list. */
export function momentLine(at: Instant, zone: Zone, words: Words): Line {
  return words.line('moment.in-list', { day: dayInline(dayOf(at, zone), 'short', words), time: clockTimeOf(at, zone) });
}

/** When the next digest comes, or that none does. */
export function digestLine(next: Instant | null, zone: Zone, words: Words): Line {
  return next === null ? words.line('digest.none-set') : words.line('digest.next', momentValues(next, zone, words));
}

/** How late something is, as a person says it. */
export function inUnits(late: number): { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number } {
  if (late >= 2 * DAY) return { unit: 'days', count: Math.round(late / DAY) };
  if (late >= 1.5 * HOUR) return { unit: 'hours', count: Math.round(late / HOUR) };
  return { unit: 'minutes', count: Math.max(1, Math.round(late / MINUTE)) };
}
