/** Small calendars for tests: a few States, one or two sessions, and builders with plain defaults. */
import type { Deadline } from '../../src/domain/calendar/deadline.ts';
import type { CalendarFacts, DateFact, Place, ReviewEvent, ReviewFacts, SessionFacts, Source, State } from '../../src/domain/calendar/facts.ts';
import { type DeadlineKind, KINDS } from '../../src/domain/calendar/kinds.ts';
import type { Review } from '../../src/domain/calendar/review.ts';
import { dayWhen, type When } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';

const CHECKED = '2026-07-01';

function aState(code: string, en: string): State {
  return { code, iso2: code.slice(0, 2), member: true, region: null, names: { en }, aliases: [] };
}

const STATES = [aState('KEN', 'Kenya'), aState('FRA', 'France'), aState('PER', 'Peru'), aState('USA', 'United States of America')];

/** Fourteen codes, the length of a session's list; the first three have names. */
export const FOURTEEN = ['KEN', 'FRA', 'PER', 'AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'HHH', 'III', 'JJJ', 'KKK'];

const SOURCES: readonly Source[] = [
  { id: 'ohchr', url: 'https://www.ohchr.org/en/hr-bodies/upr', name: null, says: 'calendar of the cycle', class: 'official' },
  { id: 'uprinfo', url: 'https://www.upr-info.org/en/presessions', name: null, says: 'pre-sessions', class: 'upr-info' },
  { id: 'press', url: 'https://press.example/us-review', name: null, says: 'a report', class: 'media' },
  { id: 'printed', url: 'A printed circular', name: null, says: 'no address', class: 'organisation' },
];

export function aDateFact(when: When, more: Partial<DateFact> = {}): DateFact {
  return {
    when,
    until: null,
    looks: [],
    disagrees: [],
    earlier: [],
    certainty: 'published',
    source: ['ohchr'],
    checked: CHECKED,
    known: null,
    ...more,
  };
}

export function aReviewFacts(state: string, more: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    state,
    from: null,
    known: null,
    listing: null,
    review: null,
    deadlines: {},
    events: [],
    troika: null,
    documents: null,
    report: null,
    recommendations: null,
    supported: null,
    ...more,
  };
}

export function aSession(number: number, dates: DateFact, more: Partial<SessionFacts> = {}): SessionFacts {
  return { number, cycle: 4, dates, held: null, list: null, council: null, deadlines: {}, reviews: [], notes: [], ...more };
}

export function someFacts(sessions: readonly SessionFacts[] = []): CalendarFacts {
  const places = [...new Set(Object.values(KINDS).map((kind) => kind.place))];
  return {
    sources: new Map(SOURCES.map((source) => [source.id, source])),
    places: new Map(places.map((id): [string, Place] => [id, { id, url: `https://www.${id.replaceAll('_', '-')}.example/`, publishes: 'dates' }])),
    states: new Map(STATES.map((state) => [state.code, state])),
    sessions: new Map(sessions.map((session) => [session.number, session])),
    councils: new Map(),
    holidays: new Map(),
    rules: new Map([
      [
        'advance_questions_working_days',
        { id: 'advance_questions_working_days', certainty: 'fixed-rule', source: ['ohchr'], checked: CHECKED, min: 10, max: 10 },
      ],
    ]),
  };
}

/** A stakeholder submission of Kenya in session 54, due on 17 July 2026, published without an hour. */
export function aDeadline(more: Partial<Deadline> = {}): Deadline {
  const kind: DeadlineKind = more.kind ?? 'stakeholder_submission';
  const state = more.state === undefined ? 'KEN' : more.state;
  const session = more.session === undefined ? 54 : more.session;
  return {
    id: `${session ?? `hrc${more.council}`}-${state}-${kind}`,
    kind,
    session,
    council: null,
    state,
    concerns: state === null ? [] : [state],
    when: dayWhen('2026-07-17', GENEVA),
    until: null,
    certainty: 'published',
    standing: 'standing',
    basis: { by: 'fact' },
    source: ['ohchr'],
    checked: CHECKED,
    known: null,
    looks: [],
    disagrees: [],
    earlier: [],
    note: null,
    holidaysUnknown: [],
    ...more,
  };
}

export function aReview(more: Partial<Review> = {}): Review {
  const [state, session] = [more.state ?? 'KEN', more.session ?? 54];
  return {
    id: `${session}-${state}`,
    state,
    session,
    cycle: 4,
    stage: 'scheduled',
    by: null,
    flags: [],
    events: [],
    movedFrom: null,
    movedTo: null,
    council: null,
    ...more,
  };
}

export function anEvent(what: ReviewEvent['what'], more: Partial<ReviewEvent> = {}): ReviewEvent {
  return { what, on: '2025-11-07', to: null, council: null, certainty: 'published', source: ['press'], checked: CHECKED, known: null, ...more };
}
