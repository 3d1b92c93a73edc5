/**
 * The door for calendar files: zod schemas of what a person writes in `config/calendar/`. `npm run schema` turns them
 * into the JSON Schema that editors use. `file-facts.ts` turns what they accept into facts.
 */
import { z } from 'zod';
import { CERTAINTIES, SOURCE_CLASSES } from '../domain/calendar/certainty.ts';
import { EVENT_KINDS, REGIONS } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import { isClockTime, isRealDay, isZone } from '../domain/time.ts';

const DATE_FORMS = '`2026-07-17`, `2026-11` (month), `2027-01..2027-02` (months), `2025-08-25..2025-08-29` (somewhere in these days) or `unknown`';

export const day = z.string().refine(isRealDay, 'is not a day of the calendar; write it as 2026-07-17').meta({ description: 'A day, YYYY-MM-DD.' });

export const dateText = z
  .string()
  .refine((text) => readDateText(text) !== null, `is not a date; write ${DATE_FORMS}`)
  .meta({ description: `A date as finely as it is known: ${DATE_FORMS}.` });

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
const code = z.string().regex(/^[A-Z]{3}$/, 'is not a State code; write the ISO 3166-1 alpha-3 code such as KEN');
const sourceId = z.string().regex(/^[a-z0-9_]+$/, 'is not a source id; write the key of an entry in sources.yaml');
const sources = z.array(sourceId).min(1, 'needs at least one source; a fact without a source is not shipped');
const certainty = z.enum(CERTAINTIES);
const kind = z.enum(DEADLINE_KINDS as [string, ...string[]]);
const note = z.string().min(1);

const provenance = {
  certainty,
  source: sources,
  checked: day.optional().meta({ description: 'When a person last looked; the `checked` of the file if left out.' }),
  known: day.optional().meta({ description: 'The day from which this was known. Left out: it counts as always known.' }),
  note: note.optional(),
};

const look = z
  .strictObject({ date: dateText, source: sourceId, seen: z.boolean(), note: note.optional() })
  .refine((value) => value.date !== 'unknown', 'needs a date; a look that cannot be dated at all proves nothing');

const claim = z.strictObject({ date: dateText, time: clockTime.optional(), source: sources, known: day.optional(), why: note.optional() });

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

const valueFact = <T extends z.ZodType>(value: T) => z.strictObject({ value, ...provenance });

const event = z.strictObject({
  on: z.union([z.literal('unknown'), day]).meta({ description: 'The day it happened, or `unknown`.' }),
  what: z.enum(EVENT_KINDS),
  to: z.number().int().optional().meta({ description: 'Working Group session a review is moved to.' }),
  council: z.number().int().optional().meta({ description: 'Council session concerned.' }),
  condition: note.optional().meta({ description: 'A condition that the decision attached, in neutral words.' }),
  symbol: z.string().optional().meta({ description: 'Symbol of the decision.' }),
  ...provenance,
});

const deadlines = z.partialRecord(kind, dateFact);

const review = z.strictObject({
  state: code,
  from: z.number().int().optional().meta({ description: 'Session from which this review was moved here.' }),
  known: provenance.known,
  listing: z.strictObject(provenance).optional().meta({ description: 'Who lists this State, where the list of the session does not.' }),
  review: dateFact.optional(),
  deadlines: deadlines.optional().meta({ description: 'Dates of this State that differ from those of the session.' }),
  events: z.array(event).optional(),
  troika: valueFact(z.array(code)).optional(),
  documents: valueFact(z.array(z.string())).optional(),
  report: valueFact(z.string()).optional(),
  recommendations: valueFact(z.number().int().nonnegative()).optional(),
  supported: valueFact(z.number().int().nonnegative()).optional(),
  note: note.optional(),
});

const header = {
  version: z.number().int().positive().meta({ description: 'Raise it with every change; an older file never replaces a newer one.' }),
  checked: day,
};

/** `config/calendar/sessions/50.yaml`; an operator's file for `calendar apply` has the same shape and may leave parts out. */
export const sessionFile = z.strictObject({
  session: z.number().int().positive(),
  cycle: z.number().int().positive(),
  ...header,
  dates: dateFact,
  held: z.strictObject(provenance).optional(),
  list: z.strictObject({ order: z.string(), ...provenance }).optional(),
  council: z.strictObject({ session: z.number().int().positive(), adopted: z.boolean().optional(), ...provenance }).optional(),
  deadlines: deadlines.optional(),
  states: z.array(review).optional(),
  notes: z.array(note).optional(),
});

const source = z.strictObject({
  url: z.string().min(1),
  name: z.string().min(1).optional().meta({ description: 'What people call it, where its address does not say.' }),
  class: z.enum(SOURCE_CLASSES),
  not_before: day.optional().meta({ description: 'The page cannot be older than this day. As of an earlier day it is not named.' }),
  says: z.string().min(1),
});

/** A file for `calendar apply`: the parts of a session that an operator sets over the shipped calendar, and the sources they rest on. */
export const operatorFile = sessionFile
  .partial()
  .required({ session: true, version: true, checked: true })
  .extend({
    sources: z.record(sourceId, source).optional(),
  });

export const councilFile = z.strictObject({
  ...header,
  sessions: z.array(
    z.strictObject({
      session: z.number().int().positive(),
      dates: dateFact,
      adoptions: dateFact.optional().meta({ description: 'Days on which outcomes are adopted.' }),
      deadlines: deadlines.optional(),
      note: note.optional(),
    }),
  ),
});

const UN_LANGUAGES = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const;

export const statesFile = z.strictObject({
  ...header,
  names_source: sources,
  states: z.array(
    z.strictObject({
      code,
      iso2: z.string().regex(/^[A-Z]{2}$/, 'is not an ISO 3166-1 alpha-2 code'),
      member: z.boolean().optional().meta({ description: 'False for the two observer States; true if left out.' }),
      region: z.enum(REGIONS).optional(),
      names: z.record(z.enum(UN_LANGUAGES), z.string().min(1)),
      aliases: z.array(z.string().min(1)).optional(),
    }),
  ),
});

export const holidaysFile = z.strictObject({
  ...header,
  years: z.array(
    z.strictObject({
      year: z.number().int(),
      days: z.union([z.literal('unknown'), z.array(day)]),
      source: z.array(sourceId),
      checked: day.optional(),
      note: note.optional(),
    }),
  ),
});

export const rulesFile = z.strictObject({
  ...header,
  rules: z.record(
    z.string(),
    z
      .strictObject({
        what: z.string(),
        certainty,
        source: sources,
        checked: day.optional(),
        note: note.optional(),
        exactly: z.number().optional(),
        between: z.tuple([z.number(), z.number()]).optional(),
      })
      .refine((rule) => (rule.exactly === undefined) !== (rule.between === undefined), 'needs either `exactly: 10` or `between: [21, 54]`'),
  ),
});

export const sourcesFile = z.strictObject({
  ...header,
  sources: z.record(sourceId, source),
  places: z
    .record(z.string(), z.strictObject({ url: z.url(), publishes: z.string().min(1) }))
    .meta({ description: 'Where a maintainer looks for what is not known yet.' }),
});

export type OperatorFile = z.infer<typeof operatorFile>;
export type CouncilFile = z.infer<typeof councilFile>;
export type StatesFile = z.infer<typeof statesFile>;
export type HolidaysFile = z.infer<typeof holidaysFile>;
export type RulesFile = z.infer<typeof rulesFile>;
export type SourcesFile = z.infer<typeof sourcesFile>;
export type DateFactInput = z.infer<typeof dateFact>;
