/**
 * `checked.yaml`: days on which somebody looked at a fact and found it as it stood (`upr-watch calendar checked`). It
 * says no date of its own: a look counts while the calendar still says what was seen, and means nothing once the date
 * moved. So it never keeps a newer calendar from being heard.
 */
import { z } from 'zod';
import type { CalendarFacts, DateFact, Look } from '../domain/calendar/facts.ts';
import { type Layer, overlay } from '../domain/calendar/layers.ts';
import { whenKey } from '../domain/calendar/when.ts';
import { dateText, day, sourceId } from './date-schema.ts';
import { type FactPlace, factAt, isThere, layerAt, readPlace, unknownFact } from './fact-place.ts';
import { whenOf } from './file-facts.ts';
import { header } from './schema.ts';

export const LOOKED_FILE = 'checked.yaml';

export const lookedFile = z.strictObject({
  ...header,
  looked: z.array(
    z.strictObject({
      fact: z
        .string()
        .refine((name) => readPlace(name) !== null, 'is not the name of a fact; write 54-KEN-national_report, 54-presession, session-54 or hrc65'),
      on: day,
      date: dateText.meta({ description: 'What was seen there: the date as it stood, or `unknown`.' }),
      time: z.string().optional(),
      source: sourceId,
      seen: z.boolean().optional().meta({ description: 'Whether the thing due (a document) was there.' }),
    }),
  ),
});

export type LookedFile = z.infer<typeof lookedFile>;
type Entry = LookedFile['looked'][number];

/** The looks that still hold, as a layer over what they were looks at. */
export function lookedLayer({ looked }: LookedFile, base: CalendarFacts): Layer {
  let facts = base;
  const layers = looked.flatMap((entry): Layer[] => {
    const place = readPlace(entry.fact);
    const fact = place === null ? null : looks(facts, place, entry);
    if (place === null || fact === null) return [];
    const layer = layerAt(place, fact);
    facts = overlay(facts, layer);
    return [layer];
  });
  return { sources: [], sessions: layers.flatMap(({ sessions }) => sessions), councils: layers.flatMap(({ councils }) => councils), holidays: [] };
}

function looks(facts: CalendarFacts, place: FactPlace, { on, date, time, source, seen }: Entry): DateFact | null {
  if (!isThere(facts, place) || !facts.sources.has(source)) return null;
  const fact = factAt(facts, place) ?? unknownFact(place, on);
  if (whenKey(fact.when) !== whenKey(whenOf(date, time, fact.when.zone))) return null;
  const look: readonly Look[] = seen === undefined ? [] : [{ from: on, to: on, source, seen }];
  return { ...fact, checked: on > fact.checked ? on : fact.checked, looks: [...fact.looks, ...look] };
}
