/** What options name, with every text by which it is found. */

import { PRESETS } from '../domain/alerts/preset.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import { type CalendarFacts, REGIONS } from '../domain/calendar/facts.ts';
import { AUDIENCES, DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import { nameOf } from '../domain/calendar/state.ts';
import { passesAt, sortsAt } from '../domain/calendar/when.ts';
import type { Shows } from '../domain/team/response.ts';
import type { Instant } from '../domain/time.ts';
import type { Voice } from '../message/content.ts';
import { briefDate } from '../message/dates.ts';
import { deadlineLabel } from '../message/format-deadline.ts';
import { wishText } from '../message/format-follow.ts';
import { plainLine } from '../message/plain.ts';
import type { Words } from '../message/words.ts';
import type { Subscription } from '../store/store.ts';
import type { Ask } from './asked.ts';
import { type Candidate, candidate } from './match.ts';
import { TERMS } from './terms.ts';

/** A value made once for a thing that lives as long as the calendar, and again in other words. */
function keptFor<K extends object>(make: (thing: K, words: Words) => readonly Candidate[]) {
  const kept = new WeakMap<K, Map<string, readonly Candidate[]>>();
  return (thing: K, words: Words): readonly Candidate[] => {
    const ofThing = kept.get(thing) ?? new Map<string, readonly Candidate[]>();
    kept.set(thing, ofThing);
    const known = ofThing.get(words.locale);
    if (known !== undefined) return known;
    const made = make(thing, words);
    ofThing.set(words.locale, made);
    return made;
  };
}

/** States in the order of their names. */
export const statesIn = keptFor((facts: CalendarFacts, words) =>
  [...facts.states.values()]
    .map((state) => {
      const name = nameOf(state, words.locale);
      return candidate(state.code, words('complete.state', { name, code: state.code }), [name, state.iso2, ...Object.values(state.names), ...state.aliases]);
    })
    .sort((a, b) => a.label.localeCompare(b.label, words.locale)),
);

/** The latest first. */
export const sessionsIn = keptFor((facts: CalendarFacts, words) =>
  [...facts.sessions.values()]
    .sort((a, b) => b.number - a.number)
    .map(({ number, dates }) => candidate(String(number), words('complete.session', { session: number, date: plainLine(briefDate(dates.when, words)) }))),
);

/** The latest first. */
export function cyclesIn(facts: CalendarFacts, words: Words): readonly Candidate[] {
  const cycles = [...new Set([...facts.sessions.values()].map(({ cycle }) => cycle))].sort((a, b) => b - a);
  return cycles.map((cycle) => candidate(String(cycle), words('complete.cycle', { cycle })));
}

export function regionsIn(words: Words): readonly Candidate[] {
  return REGIONS.map((region) => candidate(region, words(`region.${region}`)));
}

export function kindsIn(words: Words): readonly Candidate[] {
  return DEADLINE_KINDS.map((kind) => candidate(kind, words(`kind.${kind}`), [words(`due.${kind}`)]));
}

export function termsIn(words: Words): readonly Candidate[] {
  return TERMS.map(({ id }) => candidate(id, words(`explain.${id}.name`), words(`explain.${id}.also`).split(', ')));
}

export function presetsIn(words: Words): readonly Candidate[] {
  return PRESETS.map((preset) => candidate(preset, words(`preset.${preset}`)));
}

export function audiencesIn(words: Words): readonly Candidate[] {
  return AUDIENCES.map((audience) => candidate(audience, words(`audience.${audience}`)));
}

/** Of a day that somebody corrects. */
export const CORRECTABLE = ['published', 'tentative'] as const;

export function certaintiesIn(words: Words): readonly Candidate[] {
  return CORRECTABLE.map((certainty) => candidate(certainty, words(`certainty.${certainty}`)));
}

const SHOWS: readonly Shows[] = ['titles', 'states'];

/** What the other side of a shared plan may see. */
export function showsIn(words: Words): readonly Candidate[] {
  return SHOWS.map((shows) => candidate(shows, words(`shows.${shows}`)));
}

export function subscriptionsIn(subscriptions: readonly Subscription[], ask: Ask): readonly Candidate[] {
  return subscriptions.map(({ id, selector }, index) => candidate(id, wishText(selector, ask.voice), [String(index + 1)]));
}

type DatedCandidate = Candidate & { readonly over: Instant | null };

const labelled = new WeakMap<Picture, Map<string, readonly DatedCandidate[]>>();

/** Dates ahead first, in time order; then those that passed, the latest first; then those that nobody published. */
export function deadlinesIn({ picture, voice, words, now }: Ask): readonly DatedCandidate[] {
  const ofPicture = labelled.get(picture) ?? new Map<string, readonly DatedCandidate[]>();
  labelled.set(picture, ofPicture);
  const known = ofPicture.get(words.locale) ?? labelDeadlines(picture, voice);
  ofPicture.set(words.locale, known);
  const ahead = known.filter(({ over }) => over !== null && over > now);
  const passed = known.filter(({ over }) => over !== null && over <= now).reverse();
  return [...ahead, ...passed, ...known.filter(({ over }) => over === null)];
}

function labelDeadlines(picture: Picture, voice: Voice): readonly DatedCandidate[] {
  return [...picture.deadlines.values()]
    .sort((a, b) => sortsAt(a.when) - sortsAt(b.when))
    .map((deadline) => ({
      ...candidate(deadline.id, deadlineLabel(deadline, voice), deadline.state === null ? [] : [deadline.state]),
      over: passesAt(deadline.when),
    }));
}
