/** Files of `config/calendar/related/`: other bodies before which a State's record can be spoken of, and their dates. */
import { z } from 'zod';
import type { Applies, Avenue, CalendarFacts } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS, type DeadlineKind } from '../domain/calendar/kinds.ts';
import { dateFact, day, note, sourceId, sources } from './date-schema.ts';
import { dateFactOf } from './file-facts.ts';
import { code, header, sourcesFile } from './schema.ts';
import type { Fault, Locate } from './yaml-file.ts';

const group = z.strictObject({
  states: z.array(code),
  unclear: z.array(code).optional().meta({ description: 'States of which sources say different things.' }),
  source: sources,
  checked: day.optional(),
  note: note.optional(),
});

const applies = z
  .union([z.literal('all'), z.strictObject({ oas: z.literal(true) }), z.strictObject({ treaty: z.string().regex(/^[A-Z]{2,6}$/) })])
  .meta({ description: 'For whom: `all`, `{ oas: true }` or `{ treaty: CCPR }`.' });

/** `config/calendar/related/iachr.yaml`. Without its `members`, an avenue of a group is offered with an "if". */
export const relatedFile = z.strictObject({
  ...header,
  members: z.record(z.string(), group).optional().meta({ description: 'Who belongs to a group, by `oas` or the name of the treaty.' }),
  avenues: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not an id; write small letters, such as iachr-hearings'),
    z.strictObject({
      kind: z.enum(DEADLINE_KINDS as [DeadlineKind, ...DeadlineKind[]]),
      applies,
      place: sourceId.meta({ description: 'Where to look: the key of a place in sources.yaml.' }),
      source: sources,
      checked: day.optional(),
      note: note.optional(),
      dates: z
        .record(z.string().regex(/^[a-z0-9-]+$/), dateFact)
        .optional()
        .meta({ description: 'By the name of the session or call of that body.' }),
    }),
  ),
});

/** The same for `calendar apply`, with the sources that its dates rest on. */
export const operatorRelatedFile = relatedFile.extend({ sources: sourcesFile.shape.sources.optional() });

type RelatedFile = z.infer<typeof relatedFile>;

export function avenuesOf(files: readonly RelatedFile[]): ReadonlyMap<string, Avenue> {
  return new Map(files.flatMap((file) => Object.entries(file.avenues).map(([id, input]): [string, Avenue] => [id, avenueOf(id, input, file)])));
}

function avenueOf(id: string, input: RelatedFile['avenues'][string], file: RelatedFile): Avenue {
  const { kind, place, source, checked = file.checked } = input;
  const dates = Object.fromEntries(Object.entries(input.dates ?? {}).map(([name, fact]) => [name, dateFactOf(fact, file)]));
  return { id, kind, applies: appliesOf(input.applies, file), place, source, checked, dates };
}

function appliesOf(input: z.infer<typeof applies>, { members = {} }: RelatedFile): Applies {
  if (input === 'all') return 'all';
  const name = 'oas' in input ? 'oas' : input.treaty;
  const found = members[name];
  return { group: name, members: found?.states ?? null, unclear: found?.unclear ?? [] };
}

interface ParsedFile {
  readonly file: string;
  readonly value: unknown;
  readonly locate: Locate;
}

/** Places and members that a file names must exist, and no avenue stands in two files. */
export function checkRelated(files: readonly ParsedFile[], facts: CalendarFacts): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const { file, value, locate } of files) {
    const { avenues, members = {} } = value as RelatedFile;
    for (const [id, { place }] of Object.entries(avenues)) {
      const fault = (path: readonly string[], message: string) => faults.push({ file, line: locate(['avenues', id, ...path]), message });
      if (!facts.places.has(place)) fault(['place'], `names the place \`${place}\`, which is not in sources.yaml; add it there first`);
      if (seen.has(id)) fault([], `\`${id}\` stands in ${seen.get(id)} too; give one of them another name`);
      seen.set(id, file);
    }
    for (const [name, { states, unclear = [] }] of Object.entries(members)) {
      const strangers = [...states, ...unclear].filter((state) => !facts.states.has(state));
      for (const state of strangers) faults.push({ file, line: locate(['members', name]), message: `names the State ${state}, which is not in states.yaml` });
      for (const state of unclear.filter((both) => states.includes(both)))
        faults.push({ file, line: locate(['members', name]), message: `has ${state} both as a member and as unclear` });
    }
  }
  return faults;
}
