/** What nobody has published yet, and where it would be. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type DeadlineKind, kindFacts } from '../domain/calendar/kinds.ts';
import type { DeadlineGroup, Voice } from './content.ts';
import type { Naming } from './date-line.ts';
import { bucket } from './group.ts';
import { link, listItem, text } from './inline.ts';
import type { Inline, Line } from './message.ts';
import { stateList, statesOf, whoOf } from './names.ts';
import { hostOf } from './sources.ts';

/** One line for everything that the same States wait for from the same place. */
export function unknownLines(groups: readonly DeadlineGroup[], naming: Naming, voice: Voice): readonly Line[] {
  const told = groups.map((group) => ({ group, who: whose(group.deadlines, voice), place: kindFacts(group.sample.kind).place }));
  return bucket(told, ({ who, place }) => `${who}|${place}`).map((same) => {
    const [{ who, place }] = same;
    const kinds = [...new Set(same.map(({ group }) => voice.words(`kind.${group.sample.kind}`)))].join(voice.words('list.comma'));
    const key = naming === 'implied' ? 'unknown.line-implied' : 'unknown.line';
    return listItem(voice.words.line(key, { who, kinds, place: placeLink(place, voice) }), voice.words);
  });
}

/** Where dates of a kind would be of which none is on record, as of another body that has not opened a call. */
export function silentLines(kinds: readonly DeadlineKind[], voice: Voice): readonly Line[] {
  const values = (kind: DeadlineKind) => ({ kinds: voice.words(`kind.${kind}`), place: placeLink(kindFacts(kind).place, voice) });
  return kinds.map((kind) => listItem(voice.words.line('unknown.line-implied', values(kind)), voice.words));
}

function whose(deadlines: readonly Deadline[], voice: Voice): string {
  const states = statesOf(deadlines);
  return states.length > 1 ? stateList(states, voice) : whoOf(deadlines, voice);
}

/** Where it would be, by the id of the place. */
export function placeLink(id: string, { reader, words }: Voice): Inline {
  const place = reader.facts.places.get(id);
  return place === undefined ? text(words('unknown.nowhere')) : link(hostOf(place.url), place.url);
}
