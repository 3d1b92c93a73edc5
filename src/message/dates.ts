/**
 * Dates in words. The official date and zone always come first. A date is never said more finely than it is known, and
 * nothing is counted down unless the domain lets it alert.
 */
import { alerts, type Basis, type Deadline } from '../domain/calendar/deadline.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import { hasDay, isOverAt, passesAt, type When } from '../domain/calendar/when.ts';
import { atWallClock, clockTimeOf, DAY, type Day, dayOf, daysBetween, GENEVA, HOUR, type Instant, MINUTE, type Zone } from '../domain/time.ts';
import type { Voice } from './content.ts';
import { dayText, placeName, rangeText, zoneName } from './days.ts';
import type { Inline, Line } from './message.ts';
import type { Words } from './words.ts';

/** What a date is told from. A {@link Deadline} is one; so is a value that another source gives. */
export interface Dated {
  readonly when: When;
  readonly until?: Day | null;
  readonly kind?: DeadlineKind;
  readonly basis?: Basis;
  readonly holidaysUnknown?: readonly number[];
}

/** A day as an inline, in full (`Friday, 17 July 2026`) or short (`17 July 2026`). */
export function dayInline(day: Day, style: 'full' | 'short', words: Words): Inline {
  return { type: 'day', day, zone: GENEVA, text: dayText(day, style, words) };
}

/** The official date as finely as it is known, with its zone, and the reader's own time where the hour is known. */
export function officialDate(dated: Dated, voice: Voice): Line {
  const { words } = voice;
  const { when, until = null } = dated;
  if (when.from === null || when.to === null) return words.line('date.unknown');
  const unchecked = (dated.holidaysUnknown ?? []).length > 0;
  if (!hasDay(when)) {
    const date: Inline = { type: 'range', from: when.from, to: when.to, text: rangeText(when.from, when.to, words) };
    return unchecked ? words.line('date.not-checked', { date }) : [date];
  }
  const place = placeName(when.zone, words);
  if (until !== null && until !== when.to) {
    const span = words('range.span', { first: dayText(when.from, 'full', words), last: dayText(until, 'full', words) });
    return words.line('date.span', { range: { type: 'range', from: when.from, to: until, text: span }, place });
  }
  const day: Inline = { type: 'day', day: when.from, zone: when.zone, text: dayText(when.from, 'full', words) };
  if (unchecked) return words.line('date.at-latest', { date: words.line('date.day', { day, place }) });
  if (when.time !== null) return toTheMinute(day, { ...when, time: when.time }, voice);
  if (dated.basis?.by === 'rule') return words.line('date.day', { day, place });
  return words.line(dated.kind === 'stakeholder_submission' ? 'date.day-noon' : 'date.day-no-hour', { day, place });
}

/** An instant by Geneva's clock first, then by the reader's. */
export function instantLine(at: Instant, voice: Voice): Line {
  const from = dayOf(at, GENEVA);
  return inBothClocks(dayInline(from, 'full', voice.words), { at, from, time: clockTimeOf(at, GENEVA), zone: GENEVA }, voice);
}

function toTheMinute(day: Inline, when: { from: Day; time: string; zone: Zone }, voice: Voice): Line {
  return inBothClocks(day, { ...when, at: atWallClock(when.from, when.time, when.zone) }, voice);
}

function inBothClocks(day: Inline, when: { at: Instant; from: Day; time: string; zone: Zone }, voice: Voice): Line {
  const { words, reader } = voice;
  const { at } = when;
  const official = words.line('date.minute', { day, time: when.time, zone: zoneName(when.zone, at, words) });
  const [localDay, time] = [dayOf(at, reader.zone), clockTimeOf(at, reader.zone)];
  if (localDay === when.from && time === when.time) return official;
  const zone = zoneName(reader.zone, at, words);
  const local =
    localDay === when.from ? words('local.same-day', { time, zone }) : words('local.other-day', { day: dayText(localDay, 'full', words), time, zone });
  return words.line('date.with-local', { official, local: { type: 'instant', at, text: local } });
}

/** The date in few words, for what is over: `17 July 2026`, `November 2026`. */
export function briefDate(when: When, words: Words): Line {
  if (when.from === null || when.to === null) return words.line('date.unknown');
  if (hasDay(when)) return [{ type: 'day', day: when.from, zone: when.zone, text: dayText(when.from, 'short', words) }];
  return [{ type: 'range', from: when.from, to: when.to, text: rangeText(when.from, when.to, words) }];
}

/**
 * How long is left, counted in the official zone: `in 7 days`, `tomorrow (Geneva)`, `in 3 hours`, `passed`. Null for a
 * date that may not alert: an estimate, a month, a date that does not stand.
 */
export function timeLeft(deadline: Deadline, now: Instant, words: Words): string | null {
  const { when } = deadline;
  if (!alerts(deadline) || !hasDay(when)) return null;
  const left = (passesAt(when) ?? now) - now;
  if (left <= 0) return pastWords(deadline, now, words);
  if (when.time !== null && left <= DAY / 2) return unitsLeft(left, words);
  const days = daysBetween(dayOf(now, when.zone), when.from);
  const place = placeName(when.zone, words);
  if (days === 0) return words('left.today', { place });
  return days === 1 ? words('left.tomorrow', { place }) : words('left.days', { count: days });
}

function unitsLeft(left: number, words: Words): string {
  if (left >= 1.5 * HOUR) return words('left.hours', { count: Math.round(left / HOUR) });
  return words('left.minutes', { count: Math.max(1, Math.round(left / MINUTE)) });
}

/** `now` in the first two minutes after a known minute; `under way` until something of several days ends. */
function pastWords(deadline: Deadline, now: Instant, words: Words): string {
  const ago = now - (passesAt(deadline.when) ?? now);
  if (deadline.when.time !== null && ago < 2 * MINUTE) return words('left.now');
  return now < (isOverAt(deadline) ?? 0) ? words('left.under-way') : words('left.passed');
}
