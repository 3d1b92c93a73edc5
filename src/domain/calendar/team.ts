/** What one installation says of dates: a layer over the calendar of all that it alone sees (design.md §4). Pure. */
import type { Day } from '../time.ts';
import { compareClass, type SourceClass } from './certainty.ts';
import type { Deadline, DeadlineId } from './deadline.ts';
import { derivePicture } from './derive.ts';
import { type Change, diffPictures, type Picture } from './diff.ts';
import type { CalendarFacts, DateFact, SessionFacts, Source, SourceId, StateCode } from './facts.ts';
import type { DeadlineKind } from './kinds.ts';
import { type Layer, overlay, type ReviewPatch, type SessionPatch } from './layers.ts';
import type { Review, ReviewId } from './review.ts';
import type { When } from './when.ts';

/** Another value for one date of a Working Group session. Who wrote it is not kept. */
export interface Correction {
  readonly deadline: DeadlineId;
  readonly session: number;
  /** Null for a date of a session without a list of States. */
  readonly state: StateCode | null;
  readonly kind: DeadlineKind;
  readonly when: When;
  /** `published` only where the source is official. */
  readonly certainty: 'published' | 'tentative';
  readonly source: Source;
  readonly note: string | null;
  /** The day on which it was made, and its source looked at. */
  readonly made: Day;
}

/**
 * What came of a correction or its withdrawal: the changes that the installation hears of; or nothing, because there was
 * nothing to withdraw, its date cannot be true beside the others, there are too many, or the calendar changed just then.
 */
export type Corrected = { readonly changes: readonly Change[] } | { readonly refused: 'nothing' | 'order' | 'many' | 'stale' };

/** More than any team keeps up by hand. */
export const MOST_CORRECTIONS = 100;

/** A page that somebody named, as the source of a correction. */
export function ownSource(url: string, says: string, known: Iterable<Source>): Source {
  return { id: `team:${url}`, url, name: null, notBefore: null, says, class: classOf(url, known), byTeam: true };
}

/** That of the page where it is known; else the lowest of all that is known of its site; else of no authority. */
function classOf(url: string, known: Iterable<Source>): SourceClass {
  const shared = [...known].filter(({ byTeam }) => byTeam === undefined);
  const exact = shared.find((source) => source.url === url);
  if (exact !== undefined) return exact.class;
  const ofSite = shared.filter((source) => hostOf(source.url) === hostOf(url)).map((source) => source.class);
  return ofSite.sort(compareClass).at(-1) ?? 'organisation';
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : null;
}

/** What an installation sees otherwise than all: its corrections and what follows from them. Null = a date that is not there for it. */
export interface OwnView {
  readonly deadlines: ReadonlyMap<DeadlineId, Deadline | null>;
  readonly reviews: ReadonlyMap<ReviewId, Review>;
}

export const NOTHING_OWN: OwnView = { deadlines: new Map(), reviews: new Map() };

/** Corrections of dates that the calendar has no longer wait until it has them again. */
export function deriveOwn(facts: CalendarFacts, corrections: readonly Correction[]): OwnView {
  const apt = corrections.filter((correction) => isListed(facts, correction));
  if (apt.length === 0) return NOTHING_OWN;
  const shared = onlySessions(facts, new Set(apt.map(({ session }) => session)));
  const [all, own] = [derivePicture(shared), derivePicture(corrected(shared, apt))];
  return { deadlines: differing(all.deadlines, own.deadlines), reviews: presentOnly(differing(all.reviews, own.reviews)) };
}

/** The facts as the installation has them. */
export function corrected(facts: CalendarFacts, corrections: readonly Correction[]): CalendarFacts {
  return overlay(withOwnDates(facts, corrections), layerOf(corrections));
}

function isListed({ sessions }: CalendarFacts, { session, state }: Correction): boolean {
  const listed = sessions.get(session)?.reviews.map((review) => review.state);
  return listed !== undefined && (state === null ? listed.length === 0 : listed.includes(state));
}

/** A correction changes what hangs on its own session, and nothing of another: dates of Council sessions follow from the Council. */
function onlySessions(facts: CalendarFacts, numbers: ReadonlySet<number>): CalendarFacts {
  const sessions = new Map([...facts.sessions].filter(([number]) => numbers.has(number)));
  const councilDates = [...facts.councils].map(([number, council]) => [number, { ...council, deadlines: {} }] as const);
  return { ...facts, sessions, councils: new Map(councilDates), avenues: new Map() };
}

/** A date of all States of a session is also that of each, so that a correction for one lies over it. */
function withOwnDates(facts: CalendarFacts, corrections: readonly Correction[]): CalendarFacts {
  const sessions = new Map(facts.sessions);
  for (const { session: number, state, kind } of corrections) {
    const session = sessions.get(number);
    const ofAll = session?.deadlines[kind];
    if (session === undefined || state === null || ofAll === undefined) continue;
    sessions.set(number, { ...session, reviews: session.reviews.map((review) => (review.state === state ? withDate(review, kind, ofAll) : review)) });
  }
  return { ...facts, sessions };
}

function withDate(review: SessionFacts['reviews'][number], kind: DeadlineKind, ofAll: DateFact): SessionFacts['reviews'][number] {
  const own = (kind === 'review' ? review.review : null) ?? review.deadlines[kind] ?? ofAll;
  return kind === 'review' ? { ...review, review: own } : { ...review, deadlines: { ...review.deadlines, [kind]: own } };
}

function layerOf(corrections: readonly Correction[]): Layer {
  return {
    sources: corrections.map(({ source }) => source),
    sessions: corrections.map(patchOf),
    councils: [],
    holidays: [],
  };
}

function patchOf(correction: Correction): SessionPatch {
  const { session: number, state, kind } = correction;
  const fact = factOf(correction);
  if (state === null) return { number, deadlines: { [kind]: fact } };
  const review: ReviewPatch = kind === 'review' ? { state, review: fact } : { state, deadlines: { [kind]: fact } };
  return { number, reviews: [review] };
}

function factOf({ when, certainty, source, note, made }: Correction): DateFact {
  const fact = { when, until: null, certainty, source: [source.id], checked: made, known: made, looks: [], disagrees: [], earlier: [] };
  return note === null ? fact : { ...fact, note };
}

function differing<T>(all: ReadonlyMap<string, T>, own: ReadonlyMap<string, T>): ReadonlyMap<string, T | null> {
  const found = new Map<string, T | null>();
  for (const [id, value] of own) if (JSON.stringify(value) !== JSON.stringify(all.get(id))) found.set(id, value);
  for (const id of all.keys()) if (!own.has(id)) found.set(id, null);
  return found;
}

function presentOnly<T>(entries: ReadonlyMap<string, T | null>): ReadonlyMap<string, T> {
  return new Map([...entries].filter((entry): entry is [string, T] => entry[1] !== null));
}

/** The calendar with what an installation sees otherwise. */
export function pictureWith({ deadlines, reviews }: Picture, own: OwnView): Picture {
  if (own.deadlines.size + own.reviews.size === 0) return { deadlines, reviews };
  const seen = new Map(deadlines);
  for (const [id, deadline] of own.deadlines) deadline === null ? seen.delete(id) : seen.set(id, deadline);
  return { deadlines: seen, reviews: new Map([...reviews, ...own.reviews]) };
}

/** What an installation named in its corrections. */
export type OwnSources = ReadonlyMap<SourceId, Source>;

const made = new WeakMap<OwnSources, CalendarFacts>();

/** The facts with the sources of an installation beside them; the same object for as long as both are. */
export function withSources(facts: CalendarFacts, own: OwnSources): CalendarFacts {
  if (own.size === 0) return facts;
  const known = made.get(own);
  if (known !== undefined && known.states === facts.states && known.sessions === facts.sessions) return known;
  const both = { ...facts, sources: new Map([...facts.sources, ...own]) };
  made.set(own, both);
  return both;
}

/** One state of knowledge: of all, and of an installation beside it. */
export interface SeenBy {
  readonly picture: Picture;
  readonly own: OwnView;
}

/** The dates that an installation had of its own before or has now: it hears of those from its own view, and not from that of all. */
export function ownDates(before: OwnView, after: OwnView): ReadonlySet<DeadlineId> {
  return new Set([...before.deadlines.keys(), ...after.deadlines.keys()]);
}

/** What changed of those dates. What happens to a review is told to all alike. */
export function ownChanges(before: SeenBy, after: SeenBy): readonly Change[] {
  const ids = ownDates(before.own, after.own);
  const side = ({ picture, own }: SeenBy): Picture => {
    const seen = [...ids].map((id) => [id, own.deadlines.has(id) ? own.deadlines.get(id) : picture.deadlines.get(id)] as const);
    return { deadlines: new Map(seen.filter((entry): entry is [string, Deadline] => entry[1] != null)), reviews: new Map() };
  };
  return diffPictures(side(before), side(after));
}
