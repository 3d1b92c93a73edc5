/** Writes facts as a feed: the inverse of reading one. The same facts are always the same bytes. */
import { createHash } from 'node:crypto';
import type {
  CalendarFacts,
  Claim,
  CouncilFacts,
  DateFact,
  HolidayYear,
  Look,
  Provenance,
  ReviewEvent,
  ReviewFacts,
  SessionFacts,
  Source,
  ValueFact,
} from '../../domain/calendar/facts.ts';
import { DEADLINE_KINDS, type DeadlineKind } from '../../domain/calendar/kinds.ts';
import { sortsAt, type When } from '../../domain/calendar/when.ts';
import { clockTimeOf, type Day, dayOf, GENEVA, type Instant, toIso, type Zone } from '../../domain/time.ts';
import { FEED_FORMAT, FEED_VERSION, type FeedInput } from './schema.ts';

export interface WrittenFeed {
  readonly body: string;
  /** A strong validator of exactly these bytes (RFC 9110 §8.8.3). */
  readonly etag: string;
}

type SessionInput = FeedInput['sessions'][number];
type ReviewInput = NonNullable<SessionInput['states']>[number];
type DateInput = NonNullable<SessionInput['dates']>;
type ClaimInput = NonNullable<DateInput['disagrees']>[number];

/** `published` is when these facts came into force: that of the latest revision, so that it rises with what is new. */
export function writeFeed(facts: CalendarFacts, published: Instant): WrittenFeed {
  const document: FeedInput = {
    format: FEED_FORMAT,
    version: FEED_VERSION,
    published: toIso(published),
    checked: dayOf(published, GENEVA),
    sources: Object.fromEntries(sorted(facts.sources).map((source) => [source.id, sourceInput(source)])),
    sessions: sorted(facts.sessions).map(sessionInput),
    councils: sorted(facts.councils).map(councilInput),
    holidays: sorted(facts.holidays).map(holidaysInput),
  };
  const body = JSON.stringify(document);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

function sorted<K extends string | number, V>(map: ReadonlyMap<K, V>): readonly V[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

const set = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
const some = <T>(items: readonly T[]): T[] | undefined => (items.length === 0 ? undefined : [...items]);
const into = <T, U>(value: T | null, write: (value: T) => U): U | undefined => (value === null ? undefined : write(value));

function sourceInput({ url, name, class: kind, notBefore, says }: Source): FeedInput['sources'][string] {
  return { url, name: set(name), class: kind, not_before: set(notBefore), says };
}

function provenanceInput({ certainty, source, checked, known, note }: Provenance) {
  return { certainty, source: [...source], checked, known: set(known), note };
}

function sessionInput({ number, cycle, dates, held, list, council, deadlines, reviews, notes }: SessionFacts): SessionInput {
  return {
    session: number,
    cycle,
    dates: neverWritten(dates) ? undefined : dateInput(dates),
    held: into(held, provenanceInput),
    list: into(list, (fact) => ({ order: fact.order, ...provenanceInput(fact) })),
    council: into(council, (fact) => ({ session: fact.session, adopted: fact.adopted || undefined, ...provenanceInput(fact) })),
    deadlines: datesInput(deadlines),
    states: some(reviews.map(reviewInput)),
    notes: some(notes),
  };
}

/** What stands for the dates of a session that somebody named without any. */
function neverWritten(fact: DateFact): boolean {
  return fact.when.from === null && fact.source.length === 0 && fact.checked < '1990';
}

function reviewInput(review: ReviewFacts): ReviewInput {
  return {
    state: review.state,
    from: set(review.from),
    known: set(review.known),
    listing: into(review.listing, provenanceInput),
    review: into(review.review, dateInput),
    deadlines: datesInput(review.deadlines),
    events: some(review.events.map(eventInput)),
    troika: into(review.troika, (fact) => ({ ...valueInput(fact), value: [...fact.value] })),
    documents: into(review.documents, (fact) => ({ ...valueInput(fact), value: [...fact.value] })),
    report: into(review.report, valueInput),
    recommendations: into(review.recommendations, valueInput),
    supported: into(review.supported, valueInput),
    note: review.note,
  };
}

function valueInput<T>(fact: ValueFact<T>) {
  return { value: fact.value, ...provenanceInput(fact) };
}

function eventInput(event: ReviewEvent): NonNullable<ReviewInput['events']>[number] {
  const { on, what, to, council, condition, symbol } = event;
  return { on: on ?? 'unknown', what, to: set(to), council: set(council), condition, symbol, ...provenanceInput(event) };
}

function councilInput({ number, dates, adoptions, deadlines, note }: CouncilFacts): FeedInput['councils'][number] {
  return {
    session: number,
    dates: neverWritten(dates) ? { date: 'unknown' } : dateInput(dates),
    adoptions: into(adoptions, dateInput),
    deadlines: datesInput(deadlines),
    note,
  };
}

function holidaysInput({ year, days, source, checked, note }: HolidayYear): FeedInput['holidays'][number] {
  return { year, days: days === null ? 'unknown' : [...days], source: [...source], checked, note };
}

function datesInput(dates: Readonly<Partial<Record<DeadlineKind, DateFact>>>): Partial<Record<string, DateInput>> | undefined {
  const entries = DEADLINE_KINDS.flatMap((kind) => (dates[kind] === undefined ? [] : [[kind, dateInput(dates[kind])] as const]));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function dateInput(fact: DateFact): DateInput {
  const { when, until, certainty, source, checked, known, looks, disagrees, earlier, note } = fact;
  const claims = (items: readonly Claim[]) => some(items.map((claim) => claimInput(claim, when.zone)));
  return {
    date: dateText(when),
    until: set(until),
    time: set(when.time),
    zone: when.zone === GENEVA ? undefined : when.zone,
    certainty: when.from === null ? undefined : certainty,
    source: some(source),
    checked,
    known: set(known),
    looks: some(looks.map(lookInput)),
    disagrees: claims(disagrees),
    earlier: claims(earlier),
    note,
  };
}

/** A claim has the zone of its fact; an hour that was given in another is the same instant there. */
function claimInput({ when, source, known, why }: Claim, zone: Zone): ClaimInput {
  const moved = when.time !== null && when.zone !== zone;
  const [date, time] = moved ? [dayOf(sortsAt(when), zone), clockTimeOf(sortsAt(when), zone)] : [dateText(when), when.time];
  return { date, time: set(time), source: [...source], known: set(known), why };
}

function lookInput({ from, to, source, seen, note }: Look): NonNullable<DateInput['looks']>[number] {
  return { date: rangeText(from, to), source, seen, note };
}

function dateText({ precision, from, to }: When): string {
  if (from === null || to === null) return 'unknown';
  return precision === 'month' ? `${from}..${to}` : from;
}

function rangeText(from: Day, to: Day): string {
  return from === to ? from : `${from}..${to}`;
}
