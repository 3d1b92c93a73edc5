/**
 * The door for calendar files: zod schemas of what a person writes in `config/calendar/`. `npm run schema` turns them
 * into the JSON Schema that editors use. `file-facts.ts` turns what they accept into facts.
 */
import { z } from 'zod';
import { SOURCE_CLASSES } from '../domain/calendar/certainty.ts';
import { EVENT_KINDS, REGIONS } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import { certainty, claim, dateFact, day, note, provenance, sourceId, sources } from './date-schema.ts';

export const code = z.string().regex(/^[A-Z]{3}$/, 'is not a State code; write the ISO 3166-1 alpha-3 code such as KEN');
const kind = z.enum(DEADLINE_KINDS as [string, ...string[]]);
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

export const header = {
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
    also: z
      .array(claim.extend({ kind: z.enum(['session', ...DEADLINE_KINDS]), state: code.optional() }))
      .optional()
      .meta({ description: 'Other values that were read: shown beside the date that drives, whatever it is by then.' }),
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
