/** Reads the limits of length from disk, and checks that what they rest on is in the calendar. */
import { join } from 'node:path';
import { z } from 'zod';
import { day, note, sourceId } from './calendar/date-schema.ts';
import { readText } from './calendar/text-file.ts';
import { type Fault, parseYamlFile } from './calendar/yaml-file.ts';
import type { CalendarFacts } from './domain/calendar/facts.ts';
import { LENGTH_KINDS, type LengthLimit, type LengthLimits } from './domain/team/length.ts';

const FILE = 'length-limits.yaml';

const limit = z
  .strictObject({
    words: z.number().int().positive(),
    confirmed_for: z
      .union([z.literal('any'), z.array(z.number().int().positive())])
      .meta({ description: 'Cycles for which a page says so; `any` where it is not one of a cycle.' }),
    source: z.array(sourceId),
    checked: day.optional(),
    place: z.string().meta({ description: 'The id of a place of calendar/sources.yaml where the figure of now is published.' }),
    note: note.optional(),
  })
  .refine(({ confirmed_for, source }) => confirmed_for.length === 0 || source.length > 0, {
    path: ['source'],
    message: 'is empty; nothing is confirmed without a page that says so, so name one or write `confirmed_for: []`',
  });

/** `config/length-limits.yaml`. */
export const limitsFile = z.strictObject({
  version: z.number().int().positive(),
  checked: day,
  limits: z.record(z.enum(LENGTH_KINDS), limit),
});

export interface ReadLimits {
  readonly limits: LengthLimits;
  /** Every fault of the file, each with its line. */
  readonly faults: readonly Fault[];
}

/** Reads the file in the folder of the configuration. */
export async function readLimits(folder: string, facts: Pick<CalendarFacts, 'sources' | 'places'>): Promise<ReadLimits> {
  const none = new Map();
  const read = await readText(join(folder, FILE));
  if ('fault' in read) return { limits: none, faults: [{ file: FILE, line: 0, message: `${read.fault}; restore it from the repository` }] };
  const parsed = parseYamlFile(FILE, read.text, limitsFile);
  if ('faults' in parsed) return { limits: none, faults: parsed.faults };
  const { value, locate } = parsed;
  const limits = LENGTH_KINDS.map((kind): LengthLimit => {
    const { words, confirmed_for, source, checked, place, note } = value.limits[kind];
    return { kind, words, confirmedFor: confirmed_for, source, checked: checked ?? value.checked, place, note: note ?? null };
  });
  const faults = limits.flatMap(({ kind, source, place }): Fault[] => [
    ...source.flatMap((id, index) => {
      const line = locate(['limits', kind, 'source', index]);
      return facts.sources.has(id)
        ? []
        : [{ file: FILE, line, message: `names the source \`${id}\`, which is not in calendar/sources.yaml; add it there first` }];
    }),
    ...(facts.places.has(place)
      ? []
      : [{ file: FILE, line: locate(['limits', kind, 'place']), message: `names the place \`${place}\`, which is not under places in calendar/sources.yaml` }]),
  ]);
  return { limits: new Map(limits.map((found) => [found.kind, found])), faults };
}
