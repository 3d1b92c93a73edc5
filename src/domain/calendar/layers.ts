/** Layers of the calendar: what an operator applied lies over what was shipped, fact by fact (design.md §4). */

import { GENEVA } from '../time.ts';
import type { SourceClasses } from './certainty.ts';
import { eventKey } from './diff.ts';
import type { Avenue, CalendarFacts, CouncilFacts, DateFact, HolidayYear, ReviewFacts, SessionFacts, Source } from './facts.ts';
import { overDate } from './over-date.ts';
import { unknownWhen } from './when.ts';

/** A session as a file gives it, perhaps in part. What is left out stays as the layer below has it. */
export type SessionPatch = Pick<SessionFacts, 'number'> & Partial<Omit<SessionFacts, 'reviews'>> & { readonly reviews?: readonly ReviewPatch[] };
export type ReviewPatch = Pick<ReviewFacts, 'state'> & Partial<ReviewFacts>;
export type CouncilPatch = Pick<CouncilFacts, 'number'> & Partial<CouncilFacts>;

/** Everything that one layer says. */
export interface Layer {
  readonly sources: readonly Source[];
  readonly sessions: readonly SessionPatch[];
  readonly councils: readonly CouncilPatch[];
  readonly holidays: readonly HolidayYear[];
  /** Dates of other bodies; whom an avenue is for stays as the layer below says, where it has the avenue. */
  readonly avenues?: readonly Avenue[];
}

/** Lays `layer` over `base`. A different date of the layer below is kept beside the one that drives; a later one contests it. */
export function overlay(base: CalendarFacts, layer: Layer): CalendarFacts {
  const sources = new Map([...base.sources, ...layer.sources.map((source): [string, Source] => [source.id, source])]);
  const sessions = new Map(base.sessions);
  for (const patch of layer.sessions) sessions.set(patch.number, patchSession(sessions.get(patch.number) ?? emptySession(patch), patch, sources));
  const councils = new Map(base.councils);
  for (const patch of layer.councils) councils.set(patch.number, patchCouncil(councils.get(patch.number) ?? emptyCouncil(patch), patch, sources));
  return {
    ...base,
    sources,
    sessions: inNumberOrder(sessions),
    councils: inNumberOrder(councils),
    avenues: overAvenues(base.avenues, layer.avenues ?? [], sources),
    holidays: new Map([...base.holidays, ...layer.holidays.map((year): [number, HolidayYear] => [year.year, year])]),
  };
}

function overAvenues(base: CalendarFacts['avenues'], top: readonly Avenue[], sources: SourceClasses): CalendarFacts['avenues'] {
  const avenues = new Map(base);
  for (const avenue of top) {
    const below = avenues.get(avenue.id);
    const dates: Record<string, DateFact> = { ...below?.dates };
    for (const [name, fact] of Object.entries(avenue.dates)) dates[name] = overDate(dates[name] ?? null, fact, sources) ?? fact;
    avenues.set(avenue.id, { ...(below ?? avenue), dates });
  }
  return avenues;
}

function inNumberOrder<T>(map: Map<number, T>): ReadonlyMap<number, T> {
  return new Map([...map].sort(([a], [b]) => a - b));
}

const NOTHING: DateFact = {
  when: unknownWhen(GENEVA),
  until: null,
  certainty: 'unknown',
  source: [],
  checked: '1970-01-01',
  known: null,
  looks: [],
  disagrees: [],
  earlier: [],
};

export function emptySession(patch: SessionPatch): SessionFacts {
  return { number: patch.number, cycle: patch.cycle ?? 4, dates: NOTHING, held: null, list: null, council: null, deadlines: {}, reviews: [], notes: [] };
}

export function emptyReview(patch: ReviewPatch): ReviewFacts {
  const nothing = { from: null, known: null, listing: null, review: null, troika: null, documents: null, report: null, recommendations: null, supported: null };
  return { state: patch.state, ...nothing, deadlines: {}, events: [] };
}

export function emptyCouncil(patch: CouncilPatch): CouncilFacts {
  return { number: patch.number, dates: NOTHING, adoptions: null, deadlines: {} };
}

export function patchSession(base: SessionFacts, patch: SessionPatch, sources: SourceClasses): SessionFacts {
  const { reviews: patches = [], ...rest } = patch;
  const reviews = new Map(base.reviews.map((review) => [review.state, review]));
  for (const review of patches) reviews.set(review.state, patchReview(reviews.get(review.state) ?? emptyReview(review), review, sources));
  return {
    ...base,
    ...rest,
    dates: overDate(base.dates, patch.dates, sources) ?? base.dates,
    deadlines: overDates(base.deadlines, patch.deadlines, sources),
    reviews: [...reviews.values()],
    notes: [...new Set([...base.notes, ...(patch.notes ?? [])])],
  };
}

function patchReview(base: ReviewFacts, patch: ReviewPatch, sources: SourceClasses): ReviewFacts {
  const events = new Map([...base.events, ...(patch.events ?? [])].map((event) => [eventKey(event), event]));
  return {
    ...base,
    ...patch,
    review: overDate(base.review, patch.review ?? undefined, sources),
    deadlines: overDates(base.deadlines, patch.deadlines, sources),
    events: [...events.values()],
  };
}

function patchCouncil(base: CouncilFacts, patch: CouncilPatch, sources: SourceClasses): CouncilFacts {
  return {
    ...base,
    ...patch,
    dates: overDate(base.dates, patch.dates, sources) ?? base.dates,
    adoptions: overDate(base.adoptions, patch.adoptions ?? undefined, sources),
    deadlines: overDates(base.deadlines, patch.deadlines, sources),
  };
}

type Dates = SessionFacts['deadlines'];

function overDates(base: Dates, top: Dates | undefined, sources: SourceClasses): Dates {
  const merged: Record<string, DateFact> = { ...base };
  for (const [kind, fact] of Object.entries(top ?? {})) merged[kind] = overDate(merged[kind] ?? null, fact, sources) ?? fact;
  return merged;
}
