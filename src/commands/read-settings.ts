/** Options of `/upr settings` and `/upr mute`, read. Null where one was left out. */

import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import { foldName } from '../domain/calendar/state.ts';
import { addDays, type ClockTime, dayOf, type Instant, type Zone } from '../domain/time.ts';
import type { Ask } from './asked.ts';
import { oneLine, quoted } from './quote.ts';
import { readClock, readSpan } from './read-clock.ts';
import { read, textOf, unread } from './read-options.ts';
import { readUntil } from './read-until.ts';
import { CLEARABLE, clearableIn, digestDaysIn, laddersIn, languagesIn, muteEnd, noQuiet, switchIn, untilPlace } from './setting-things.ts';
import { UserError } from './user-error.ts';
import { zoneNamed } from './zones.ts';

const LONGEST_MUTE_DAYS = 180;
const LONGEST_REASON = 200;
const LONGEST_KEEP_DAYS = 1_830;
/** `<@&123>`, `<!subteam^S123|x>`, `<@U123>`. */
const MENTION = /^<(?:@[&!]?|!subteam\^)([^|>]*)(?:\|[^>]*)?>$/;
/** Platforms make no id without a digit; a name that was written instead is not taken for one. */
const ROLE_ID = /^(?=.*\d)[A-Z0-9]{1,32}$/i;

export function zoneOf(ask: Ask, name = 'zone'): Zone | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const found = zoneNamed(typed);
  if (typeof found === 'string') return found;
  const labels = found.map(({ label }) => label);
  throw new UserError(unread('zone', typed, labels, ask));
}

export function languageOf(ask: Ask, name = 'language'): string | null {
  return read(ask, name, 'language', languagesIn(ask.deps.locales, ask.words));
}

export function clockOf(ask: Ask, name: string): ClockTime | null {
  return readAs(ask, name, 'clock', readClock);
}

export function quietOf(ask: Ask, name = 'quiet-hours'): QuietHours | 'none' | null {
  return readAs(ask, name, 'quiet-hours', (typed) => (noQuiet(ask.words).spellings.includes(foldName(typed)) ? 'none' : readSpan(typed)));
}

export function ladderOf(ask: Ask, name = 'ladder'): string | null {
  return read(ask, name, 'ladder', laddersIn(ask));
}

/** 1 to 7. */
export function digestDayOf(ask: Ask, name = 'digest-day'): number | 'off' | null {
  const value = read(ask, name, 'weekday', digestDaysIn(ask.words));
  return value === null || value === 'off' ? value : Number(value);
}

export function switchOf(ask: Ask, name: string): boolean | null {
  const value = read(ask, name, 'switch', switchIn(ask.words));
  return value === null ? null : value === 'on';
}

export function clearOf(ask: Ask, name = 'clear'): (typeof CLEARABLE)[number] | null {
  const value = read(ask, name, 'clear', clearableIn(ask.words));
  return CLEARABLE.find((clearable) => clearable === value) ?? null;
}

/** The platform's id of a role or a person. Everybody of a server is a role to Discord, named as the server is. */
export function roleOf(ask: Ask, name: string): string | null {
  const id = readAs(ask, name, 'role', (typed) => {
    const bare = MENTION.exec(typed)?.[1] ?? typed;
    return ROLE_ID.test(bare) ? bare : null;
  });
  if (id === ask.target.installation) throw new UserError(ask.words('option-error.role.everybody'));
  return id;
}

/** How long plans are kept, in days. */
export function keepOf(ask: Ask, name = 'keep-plans'): number | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const days = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (days < 1 || days > LONGEST_KEEP_DAYS) throw new UserError(ask.words('option-error.keep', { typed: quoted(typed), most: LONGEST_KEEP_DAYS }));
  return days;
}

/** @throws UserError for a time that is not ahead, or too far. */
export function untilOf(ask: Ask, name = 'until'): Instant | 'end' | null {
  const { words, now } = ask;
  const typed = textOf(ask, name);
  if (typed === null) return null;
  if (muteEnd(words).spellings.includes(foldName(typed))) return 'end';
  const place = untilPlace(ask);
  const until = readUntil(typed, place);
  if (until === null) throw new UserError(words('option-error.until.unknown', { typed: quoted(typed) }));
  if (until <= now) throw new UserError(words('option-error.until.passed', { typed: quoted(typed) }));
  const last = addDays(dayOf(now, place.zone), LONGEST_MUTE_DAYS);
  if (dayOf(until, place.zone) > last) throw new UserError(words('option-error.until.far', { most: LONGEST_MUTE_DAYS }));
  return until;
}

/** Free text, on one line and without anything unseen. */
export function reasonOf(ask: Ask, name = 'reason'): string | null {
  const reason = oneLine((Object.hasOwn(ask.options, name) ? ask.options[name] : undefined) ?? '');
  const count = [...reason].length;
  if (count > LONGEST_REASON) throw new UserError(ask.words('option-error.reason', { count, most: LONGEST_REASON }));
  return reason === '' ? null : reason;
}

function readAs<T>(ask: Ask, name: string, kind: 'clock' | 'quiet-hours' | 'role', readText: (typed: string) => T | null): T | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const value = readText(typed);
  if (value === null) throw new UserError(ask.words(`option-error.${kind}.unknown`, { typed: quoted(typed), name }));
  return value;
}
