/** What the options of `/upr settings` and `/upr mute` may hold, with every text by which it is found. */
import { GENEVA, type Zone } from '../domain/time.ts';
import { untilText } from '../message/format-mute.ts';
import { languageName } from '../message/format-settings.ts';
import type { Words } from '../message/words.ts';
import type { Ask } from './asked.ts';
import { muteNow, timingOf } from './channel.ts';
import { type Candidate, candidate } from './match.ts';
import { readClock, readSpan } from './read-clock.ts';
import { readUntil, type UntilPlace } from './read-until.ts';
import { zonesIn } from './zones.ts';

export const CLEARABLE = ['mention-role', 'manage-role', 'team-role', 'mute'] as const;
const HOURS = [9, 8, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 6, 5, 22, 23, 0, 1, 2, 3, 4];
const NIGHTS = ['22:00-07:00', '21:00-08:00', '20:00-08:00', '23:00-06:00', '18:00-09:00'];
const MUTES = [
  { value: '1 hour', unit: 'hours', count: 1 },
  { value: '3 hours', unit: 'hours', count: 3 },
  { value: '1 day', unit: 'days', count: 1 },
  { value: '3 days', unit: 'days', count: 3 },
  { value: '1 week', unit: 'weeks', count: 1 },
  { value: '2 weeks', unit: 'weeks', count: 2 },
] as const;

/** The asker's own zone, the channel's and Geneva's come first. */
export function zonesFor(ask: Ask): readonly Candidate[] {
  return zonesIn([ask.by.zone, timingOf(ask).zone, GENEVA].filter((zone): zone is Zone => zone !== null));
}

export function languagesIn(locales: readonly string[], words: Words): readonly Candidate[] {
  return locales.map((locale) => candidate(locale, languageName(locale, words.locale), [languageName(locale, locale)]));
}

export function laddersIn({ deps }: Pick<Ask, 'deps'>): readonly Candidate[] {
  return [...deps.ladders.keys()].map((name) => candidate(name, name));
}

export function weekdaysIn(words: Words): readonly Candidate[] {
  return ['1', '2', '3', '4', '5', '6', '7'].map((weekday) => candidate(weekday, words('weekday', { weekday })));
}

export function digestDaysIn(words: Words): readonly Candidate[] {
  return [...weekdaysIn(words), candidate('off', words('complete.no-digest'), ['none', 'never'])];
}

export function switchIn(words: Words): readonly Candidate[] {
  return [candidate('on', words('switch.on'), ['yes', 'true']), candidate('off', words('switch.off'), ['no', 'false'])];
}

export function clearableIn(words: Words): readonly Candidate[] {
  return CLEARABLE.map((name) => candidate(name, words(`clear.${name}`)));
}

/** What was typed so far, where it is a time; then every hour. */
export function clocksFor(typed: string): readonly Candidate[] {
  const hours = HOURS.map((hour) => candidate(`${String(hour).padStart(2, '0')}:00`, `${String(hour).padStart(2, '0')}:00`, [`${hour}:00`]));
  const read = readClock(typed);
  return withTyped(read === null ? null : candidate(read, read, [typed]), hours);
}

export function noQuiet(words: Words): Candidate {
  return candidate('none', words('complete.no-quiet'), ['off', 'no', 'never']);
}

export function spansFor({ words }: Ask, typed: string): readonly Candidate[] {
  const read = readSpan(typed);
  const value = read === null ? '' : `${read.from}-${read.to}`;
  return withTyped(read === null ? null : candidate(value, value, [typed]), [noQuiet(words), ...NIGHTS.map((night) => candidate(night, night))]);
}

export function untilPlace(ask: Ask): UntilPlace {
  const { zone, hour } = timingOf(ask);
  return { now: ask.now, zone, hour, weekdays: weekdaysIn(ask.words) };
}

export function muteEnd(words: Words): Candidate {
  return candidate('off', words('complete.mute-end'), ['end', 'stop', 'over', 'none']);
}

export function untilsFor(ask: Ask, typed: string): readonly Candidate[] {
  const { words, now } = ask;
  const place = untilPlace(ask);
  const lasting = MUTES.map(({ value, unit, count }) => {
    const until = untilText(readUntil(value, place) ?? now, place.zone, words);
    return candidate(value, words('complete.mute', { unit, count, until }));
  });
  const read = readUntil(typed, place);
  const isOffered = MUTES.some(({ value }) => value === typed.trim());
  const until = read === null || read <= now || isOffered ? null : untilText(read, place.zone, words);
  const own = until === null ? null : candidate(typed.trim(), words('complete.mute-until', { until }));
  return withTyped(own, [...lasting, ...(muteNow(ask.channel, now) === null ? [] : [muteEnd(words)])]);
}

/** What was typed comes first, and once. */
function withTyped(typed: Candidate | null, offered: readonly Candidate[]): readonly Candidate[] {
  return typed === null ? offered : [typed, ...offered.filter(({ value }) => value !== typed.value)];
}
