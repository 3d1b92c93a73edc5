/** Options of `/upr correct`, read strictly: a date that is misread would be heard by many. Null where one was left out. */
import { dayWhen, minuteWhen, type When } from '../domain/calendar/when.ts';
import { isClockTime, isRealDay, type Zone } from '../domain/time.ts';
import type { Ask } from './asked.ts';
import { oneLine, quoted } from './quote.ts';
import { read, textOf } from './read-options.ts';
import { CORRECTABLE, certaintiesIn } from './things.ts';
import { UserError } from './user-error.ts';

const LONGEST_LINK = 500;
const LONGEST_NOTE = 300;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/;
const [FIRST_YEAR, LAST_YEAR] = ['1990', '2100'];

/** A day, or a minute of it, in the official zone. */
export function dateOf(ask: Ask, zone: Zone, name = 'date'): When | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const [, day = '', time] = DATE.exec(oneLine(typed)) ?? [];
  const isSound = isRealDay(day) && day >= FIRST_YEAR && day <= LAST_YEAR && (time === undefined || isClockTime(time));
  if (!isSound) throw new UserError(ask.words('option-error.date.unknown', { typed: quoted(typed), zone }));
  return time === undefined ? dayWhen(day, zone) : minuteWhen(day, time, zone);
}

export function certaintyOf(ask: Ask, name = 'certainty'): (typeof CORRECTABLE)[number] | null {
  const value = read(ask, name, 'certainty', certaintiesIn(ask.words));
  return CORRECTABLE.find((certainty) => certainty === value) ?? null;
}

/** Slack writes an address as `<https://…|shown>`. */
const WRAPPED = /^<([^|>]+)(?:\|[^>]*)?>$/;

/** The address of a page that everybody can open. */
export function linkOf(ask: Ask, name = 'source'): string | null {
  const typed = oneLine(wholeOf(ask, name));
  if (typed === '') return null;
  const text = WRAPPED.exec(typed)?.[1] ?? typed;
  const url = text.length <= LONGEST_LINK && URL.canParse(text) ? new URL(text) : null;
  const isOpen = url !== null && url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.');
  if (!isOpen || url.href.length > LONGEST_LINK) throw new UserError(ask.words('option-error.link.unknown', { typed: quoted(typed), most: LONGEST_LINK }));
  return url.href;
}

/** Free text, on one line and without anything unseen. */
export function noteOf(ask: Ask, name = 'note'): string | null {
  const note = oneLine(wholeOf(ask, name));
  const count = [...note].length;
  if (count > LONGEST_NOTE) throw new UserError(ask.words('option-error.note', { count, most: LONGEST_NOTE }));
  return note === '' ? null : note;
}

function wholeOf({ options }: Ask, name: string): string {
  return Object.hasOwn(options, name) ? (options[name] ?? '') : '';
}
