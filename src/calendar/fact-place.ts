/** Where a dated fact is written, by the name that people give it on a command line. */
import type { CalendarFacts, DateFact } from '../domain/calendar/facts.ts';
import { type DeadlineKind, isDeadlineKind, kindFacts } from '../domain/calendar/kinds.ts';
import type { Layer } from '../domain/calendar/layers.ts';
import { unknownWhen, type When } from '../domain/calendar/when.ts';

/** `session` stands for the days of a session, of the Working Group or of the Council. */
export type FactKind = DeadlineKind | 'session';

export type FactPlace =
  | { readonly session: number; readonly state: string | null; readonly kind: FactKind }
  | { readonly council: number; readonly state: null; readonly kind: FactKind };

/** Reads `54-KEN-national_report`, `54-national_report`, `session-54`, `hrc65-hrc_written_statement` or `hrc65`; null for anything else. */
export function readPlace(name: string): FactPlace | null {
  const whole = /^(?:session-(?<session>\d{1,4})|hrc(?<council>\d{1,4}))$/.exec(name)?.groups;
  if (whole?.session !== undefined) return { session: Number(whole.session), state: null, kind: 'session' };
  if (whole?.council !== undefined) return { council: Number(whole.council), state: null, kind: 'session' };
  const part = /^(?:(?<session>\d{1,4})(?:-(?<state>[A-Z]{3}))?|hrc(?<council>\d{1,4}))-(?<kind>\w+)$/.exec(name)?.groups;
  const kind = part?.kind ?? '';
  if (part === undefined || !isDeadlineKind(kind)) return null;
  if (part.council !== undefined) return { council: Number(part.council), state: null, kind };
  return { session: Number(part.session), state: part.state ?? null, kind };
}

export function placeName(place: FactPlace): string {
  if ('council' in place) return place.kind === 'session' ? `hrc${place.council}` : `hrc${place.council}-${place.kind}`;
  if (place.kind === 'session') return `session-${place.session}`;
  return place.state === null ? `${place.session}-${place.kind}` : `${place.session}-${place.state}-${place.kind}`;
}

/** What is written there; null when nothing is. A State's own date is not its session's. */
export function factAt(facts: CalendarFacts, place: FactPlace): DateFact | null {
  const { state, kind } = place;
  if ('council' in place) {
    const council = facts.councils.get(place.council);
    if (kind === 'session') return council?.dates ?? null;
    return (kind === 'outcome_adoption' ? council?.adoptions : council?.deadlines[kind]) ?? null;
  }
  const session = facts.sessions.get(place.session);
  if (kind === 'session') return session?.dates ?? null;
  if (state === null) return session?.deadlines[kind] ?? null;
  const review = session?.reviews.find((listed) => listed.state === state);
  return (kind === 'review' ? review?.review : review?.deadlines[kind]) ?? null;
}

/** Where the date that a State's deadline shows is written: at the State, else at its session. */
export function ownerOf(facts: CalendarFacts, place: FactPlace): FactPlace {
  const shared: FactPlace = { ...place, state: null };
  return place.state !== null && place.kind !== 'review' && factAt(facts, place) === null && factAt(facts, shared) !== null ? shared : place;
}

/** True when the calendar has the session, and the State in it, that a place names. */
export function isThere(facts: CalendarFacts, place: FactPlace): boolean {
  if ('council' in place) return facts.councils.has(place.council);
  const session = facts.sessions.get(place.session);
  return session !== undefined && (place.state === null || session.reviews.some(({ state }) => state === place.state));
}

/** A layer that says this one thing. */
export function layerAt(place: FactPlace, fact: DateFact): Layer {
  const nothing = { sources: [], sessions: [], councils: [], holidays: [] };
  const { state, kind } = place;
  if ('council' in place) {
    const number = place.council;
    if (kind === 'session') return { ...nothing, councils: [{ number, dates: fact }] };
    return { ...nothing, councils: [kind === 'outcome_adoption' ? { number, adoptions: fact } : { number, deadlines: { [kind]: fact } }] };
  }
  const number = place.session;
  if (kind === 'session') return { ...nothing, sessions: [{ number, dates: fact }] };
  if (state === null) return { ...nothing, sessions: [{ number, deadlines: { [kind]: fact } }] };
  const review = kind === 'review' ? { state, review: fact } : { state, deadlines: { [kind]: fact } };
  return { ...nothing, sessions: [{ number, reviews: [review] }] };
}

/** Somebody looked for it and found nothing. */
export function unknownFact({ kind }: FactPlace, checked: string): DateFact {
  const when = unknownWhen(kindFacts(kind === 'session' ? 'review' : kind).zone);
  return { when, until: null, certainty: 'unknown', source: [], checked, known: null, looks: [], disagrees: [], earlier: [] };
}

/** A date as `date:` of a calendar file says it. */
export function dateTextOf({ from, to, precision }: When): string {
  if (from === null || to === null) return 'unknown';
  return precision === 'month' ? `${from}..${to}` : from;
}
