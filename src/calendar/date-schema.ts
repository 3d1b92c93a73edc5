/** What every dated fact of a calendar file is made of: a date as finely as it is known, and where it comes from. */
import { z } from 'zod';
import { CERTAINTIES } from '../domain/calendar/certainty.ts';
import { isClockTime, isRealDay, isZone } from '../domain/time.ts';

const DATE_FORMS = '`2026-07-17`, `2026-11` (month), `2027-01..2027-02` (months), `2025-08-25..2025-08-29` (somewhere in these days) or `unknown`';

/** No date of the UPR, and of no page about it, lies outside these years. */
const [FIRST_YEAR, LAST_YEAR] = ['1990', '2100'];
const YEARS = `lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}; look for a wrong year`;

export const day = z
  .string()
  .refine(isRealDay, 'is not a day of the calendar; write it as 2026-07-17')
  .refine((text) => !isRealDay(text) || isNear(text), YEARS)
  .meta({ description: 'A day, YYYY-MM-DD.' });

export const dateText = z
  .string()
  .refine((text) => readDateText(text) !== null, `is not a date; write ${DATE_FORMS}`)
  .refine((text) => text.split('..').every(isNear), YEARS)
  .meta({ description: `A date as finely as it is known: ${DATE_FORMS}.` });

function isNear(text: string): boolean {
  const year = text.slice(0, 4);
  return !/^\d{4}$/.test(year) || (year >= FIRST_YEAR && year <= LAST_YEAR);
}

/** First and last possible day of a written date, and whether the day itself is known; null when it is not one. */
export function readDateText(text: string): { from: string; to: string; day: boolean } | 'unknown' | null {
  if (text === 'unknown') return 'unknown';
  const [first = '', last = first, ...rest] = text.split('..');
  if (rest.length > 0) return null;
  const from = edge(first, 'first');
  const to = edge(last, 'last');
  if (from === null || to === null || from > to) return null;
  return { from, to, day: isRealDay(text) };
}

function edge(text: string, which: 'first' | 'last'): string | null {
  if (isRealDay(text)) return text;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return null;
  if (which === 'first') return `${text}-01`;
  const [year = 0, month = 0] = text.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

const clockTime = z.string().refine(isClockTime, 'is not a time; write it as 15:00').meta({ description: 'A time, HH:MM, 24 hours.' });
const zone = z.string().refine(isZone, 'is not a time zone; write an IANA name such as Europe/Zurich');
export const sourceId = z.string().regex(/^[a-z0-9_]+$/, 'is not a source id; write the key of an entry in sources.yaml');
export const sources = z.array(sourceId).min(1, 'needs at least one source; a fact without a source is not shipped');
export const certainty = z.enum(CERTAINTIES);
/** Free text is shown and never obeyed: every renderer escapes it. */
export const note = z
  .string()
  .min(1)
  .max(4_000)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\n\t]/g, '')), 'holds control characters');

export const provenance = {
  certainty,
  source: sources,
  checked: day.optional().meta({ description: 'When a person last looked; the `checked` of the file if left out.' }),
  known: day.optional().meta({ description: 'The day from which this was known. Left out: it counts as always known.' }),
  note: note.optional(),
};

const look = z
  .strictObject({ date: dateText, source: sourceId, seen: z.boolean(), note: note.optional() })
  .refine((value) => value.date !== 'unknown', 'needs a date; a look that cannot be dated at all proves nothing');

export const claim = z.strictObject({ date: dateText, time: clockTime.optional(), source: sources, known: day.optional(), why: note.optional() });

/** A date with its provenance. `date: unknown` records that somebody looked and found nothing; it needs no source. */
export const dateFact = z
  .strictObject({
    date: dateText,
    until: day.optional().meta({ description: 'Last day of something that lasts several days.' }),
    time: clockTime.optional(),
    zone: zone.optional().meta({ description: 'Zone of the time; Europe/Zurich if left out.' }),
    certainty: certainty.optional(),
    source: z.array(sourceId).optional(),
    checked: provenance.checked,
    known: provenance.known,
    looks: z.array(look).optional().meta({ description: 'Looks at a source, and whether the thing due was there.' }),
    disagrees: z.array(claim).optional().meta({ description: 'Other values that were read; kept, not driven by.' }),
    earlier: z.array(claim).optional().meta({ description: 'Values that stood before, oldest first.' }),
    note: note.optional(),
  })
  .superRefine((fact, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (fact.date === 'unknown') {
      if (fact.certainty !== undefined && fact.certainty !== 'unknown') fault('certainty', 'must be left out where the date is unknown');
      return;
    }
    if (fact.certainty === undefined) fault('certainty', `is missing; write one of ${CERTAINTIES.join(', ')}`);
    if (fact.certainty === 'unknown') fault('certainty', 'cannot be unknown where a date is given');
    if ((fact.source ?? []).length === 0) fault('source', 'is missing; a fact without a source is not shipped');
    if (fact.certainty === 'estimated' && isRealDay(fact.date))
      fault('date', `is an estimate, which is always a range; write ${fact.date}..${fact.date} for "around"`);
    if (fact.time !== undefined && !isRealDay(fact.date)) fault('time', 'needs a day; a month has no hour');
    if (fact.until !== undefined && isRealDay(fact.date) && fact.until < fact.date) fault('until', 'is before the date it ends');
  });

export type DateFactInput = z.infer<typeof dateFact>;
