/** The calendar as it was known on an earlier day. */
import type { Day } from '../time.ts';
import { type Certainty, classOf, inherit } from './certainty.ts';
import type { Avenue, CalendarFacts, Claim, Contest, CouncilFacts, DateFact, Provenance, ReviewEvent, ReviewFacts, SessionFacts } from './facts.ts';
import { unknownWhen, whenKey } from './when.ts';

/**
 * What was known at the end of `day`. An event counts as known on its own day unless it says otherwise; a value that
 * does not say from when it was known counts as always known; that a session was held, or its outcomes adopted, is not
 * known before it ended. Notes are left out when they were written later. Parts that do not differ are the same objects.
 */
export function asOf(facts: CalendarFacts, day: Day): CalendarFacts {
  const at: At = { day, facts };
  const sessions = mapValues(facts.sessions, (session) => sessionAsOf(session, at));
  const councils = mapValues(facts.councils, (council) => councilAsOf(council, at));
  const avenues = mapValues(facts.avenues, (avenue) => avenueAsOf(avenue, at));
  return { ...facts, sessions, councils, avenues };
}

/** The sources that could be read on `day`: a page that is younger is not named in an answer as of that day. */
export function sourcesAsOf(facts: CalendarFacts, day: Day): CalendarFacts['sources'] {
  return new Map([...facts.sources].filter(([, source]) => visible(source.notBefore, day)));
}

/** The day asked for, and the facts it is asked of. */
interface At {
  readonly day: Day;
  readonly facts: CalendarFacts;
}

/** A value that stands in younger pages only was not known, even where it does not say from when it was. */
function readableFrom(claim: Claim, facts: CalendarFacts): Day | null {
  const pages = claim.source.map((id) => facts.sources.get(id)?.notBefore ?? '').sort();
  const [first = ''] = [claim.known ?? '', pages[0] ?? ''].sort().reverse();
  return first === '' ? null : first;
}

/** Every day on which something became known, in order, without repeats. */
export function knownDays(facts: CalendarFacts): readonly Day[] {
  const days = new Set<Day>();
  const add = (day: Day | null | undefined) => (day === null || day === undefined ? days : days.add(day));
  const addDate = (fact: DateFact | null | undefined) => {
    if (fact === null || fact === undefined) return;
    add(fact.known);
    add(fact.contested?.since);
    for (const claim of fact.earlier) add(claim.known);
    for (const claim of fact.disagrees) add(readableFrom(claim, facts));
    for (const look of fact.looks) add(look.from);
  };
  for (const session of facts.sessions.values()) {
    addDate(session.dates);
    for (const fact of Object.values(session.deadlines)) addDate(fact);
    if (session.held !== null) add(heldKnown(session));
    if (session.council?.adopted === true) add(adoptedKnown(session, facts));
    for (const review of session.reviews) {
      add(review.known);
      for (const fact of [review.review, ...Object.values(review.deadlines)]) addDate(fact);
      for (const event of review.events) add(eventKnown(event));
    }
  }
  for (const council of facts.councils.values()) for (const fact of [council.dates, council.adoptions, ...Object.values(council.deadlines)]) addDate(fact);
  for (const avenue of facts.avenues.values()) for (const fact of Object.values(avenue.dates)) addDate(fact);
  return [...days].sort();
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): ReadonlyMap<K, V> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

function visible(known: Day | null, day: Day): boolean {
  return known === null || known <= day;
}

export function eventKnown(event: ReviewEvent): Day | null {
  return event.known ?? event.on;
}

function heldKnown(session: SessionFacts): Day | null {
  return session.held?.known ?? session.dates.until ?? session.dates.when.to;
}

function adoptedKnown(session: SessionFacts, facts: CalendarFacts): Day | null {
  const dates = facts.councils.get(session.council?.session ?? 0)?.dates;
  return session.council?.known ?? dates?.until ?? dates?.when.to ?? null;
}

/** Before a lower layer spoke against it, what was laid over stood alone. */
function uncontested(fact: DateFact, { since, drives, other }: Contest): DateFact {
  const { contested: _later, ...bare } = fact;
  const own = drives === 'above' ? bare : { ...other, looks: fact.looks, disagrees: fact.disagrees };
  const rival = drives === 'above' ? other : fact;
  const isRival = ({ when, known }: Claim) => known === since && whenKey(when) === whenKey(rival.when);
  return { ...own, disagrees: own.disagrees.filter((claim) => !isRival(claim) && whenKey(claim.when) !== whenKey(own.when)) };
}

function dateAsOf(fact: DateFact, at: At): DateFact {
  const { day } = at;
  if (fact.contested !== undefined && day < fact.contested.since) return dateAsOf(uncontested(fact, fact.contested), at);
  const looks = fact.looks.filter((look) => look.from <= day);
  const disagrees = fact.disagrees.filter((claim) => visible(readableFrom(claim, at.facts), at.day));
  const stood = visible(fact.known, day) ? null : (standingClaim(fact, day) ?? 'none');
  const sayable = fact.note === undefined || day >= fact.checked;
  if (stood === null && sayable && looks.length === fact.looks.length && disagrees.length === fact.disagrees.length) return fact;
  const { note: _written, ...bare } = { ...fact, looks, disagrees };
  if (stood === null) return sayable ? { ...fact, looks, disagrees } : bare;
  if (stood === 'none') return { ...bare, when: unknownWhen(fact.when.zone), until: null, certainty: 'unknown', source: [], known: null, earlier: [] };
  const earlier = fact.earlier.slice(0, fact.earlier.indexOf(stood));
  return { ...bare, when: stood.when, until: null, certainty: certaintyThen(stood, fact, at), source: stood.source, known: stood.known, earlier };
}

/** How sure an earlier value was is not written down: no surer than the present one, and only an official source publishes (design.md §4). */
function certaintyThen({ source }: Claim, { certainty }: DateFact, { facts }: At): Certainty {
  return classOf(source, facts.sources) === 'official' ? certainty : inherit(certainty, 'tentative');
}

/** The value that stood before the present one was known. */
function standingClaim(fact: DateFact, day: Day): Claim | undefined {
  return fact.earlier.findLast((claim) => visible(claim.known, day));
}

function datesAsOf<K extends string>(dates: Readonly<Partial<Record<K, DateFact>>>, at: At): Readonly<Partial<Record<K, DateFact>>> {
  const entries = Object.entries(dates) as [K, DateFact][];
  const changed = entries.map(([kind, fact]): [K, DateFact] => [kind, dateAsOf(fact, at)]);
  const same = changed.every(([, fact], index) => fact === entries[index]?.[1]);
  return same ? dates : (Object.fromEntries(changed) as Partial<Record<K, DateFact>>);
}

function unlessLater<T extends Provenance>(fact: T | null, day: Day): T | null {
  return fact === null || visible(fact.known, day) ? fact : null;
}

function sessionAsOf(session: SessionFacts, at: At): SessionFacts {
  const { day, facts } = at;
  const changed: SessionFacts = {
    ...session,
    dates: dateAsOf(session.dates, at),
    held: session.held !== null && visible(heldKnown(session), day) ? session.held : null,
    council: councilLinkAsOf(session, facts, day),
    deadlines: datesAsOf(session.deadlines, at),
    reviews: sameIfEqual(
      session.reviews,
      session.reviews.filter((review) => visible(review.known, day)).map((review) => reviewAsOf(review, session, at)),
    ),
    notes: sameIfEqual(session.notes, day < session.dates.checked ? [] : session.notes),
  };
  return sameFields(session, changed) ? session : changed;
}

function councilLinkAsOf(session: SessionFacts, facts: CalendarFacts, day: Day): SessionFacts['council'] {
  const link = unlessLater(session.council, day);
  if (link === null || !link.adopted || visible(adoptedKnown(session, facts), day)) return link;
  return { ...link, adopted: false };
}

function reviewAsOf(review: ReviewFacts, session: SessionFacts, at: At): ReviewFacts {
  const { day } = at;
  const over = visible(heldKnown(session) ?? session.dates.when.to, day);
  const later = <T extends Provenance>(fact: T | null) => (fact !== null && fact.known === null && !over ? null : unlessLater(fact, day));
  const changed: ReviewFacts = {
    ...review,
    review: review.review === null ? null : dateAsOf(review.review, at),
    deadlines: datesAsOf(review.deadlines, at),
    events: sameIfEqual(
      review.events,
      review.events.filter((event) => visible(eventKnown(event), day)),
    ),
    troika: later(review.troika),
    documents: later(review.documents),
    report: later(review.report),
    recommendations: later(review.recommendations),
    supported: later(review.supported),
  };
  if (sameFields(review, changed) && (review.note === undefined || day >= session.dates.checked)) return review;
  const { note: _written, ...bare } = changed;
  return day < session.dates.checked ? bare : changed;
}

function councilAsOf(council: CouncilFacts, at: At): CouncilFacts {
  const changed: CouncilFacts = {
    ...council,
    dates: dateAsOf(council.dates, at),
    adoptions: council.adoptions === null ? null : dateAsOf(council.adoptions, at),
    deadlines: datesAsOf(council.deadlines, at),
  };
  return sameFields(council, changed) ? council : changed;
}

/** A date that was not known yet was not there. */
function avenueAsOf(avenue: Avenue, at: At): Avenue {
  const known = Object.entries(avenue.dates).map(([name, fact]): [string, DateFact] => [name, dateAsOf(fact, at)]);
  if (known.every(([name, fact]) => fact === avenue.dates[name])) return avenue;
  return { ...avenue, dates: Object.fromEntries(known.filter(([, fact]) => fact.when.from !== null)) };
}

function sameIfEqual<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return before.length === after.length && before.every((item, index) => item === after[index]) ? before : after;
}

function sameFields<T extends object>(before: T, after: T): boolean {
  return (Object.keys(before) as (keyof T)[]).every((key) => before[key] === after[key]);
}
