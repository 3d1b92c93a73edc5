/** Small calendars for tests: a few States, one or two sessions, and builders with plain defaults. */
import type { Deadline } from '../../src/domain/calendar/deadline.ts';
import type {
  CalendarFacts,
  CouncilFacts,
  DateFact,
  Place,
  ReviewEvent,
  ReviewFacts,
  Rule,
  SessionFacts,
  Source,
  State,
} from '../../src/domain/calendar/facts.ts';
import { type DeadlineKind, KINDS } from '../../src/domain/calendar/kinds.ts';
import type { Review } from '../../src/domain/calendar/review.ts';
import { dayWhen, type When } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';

const CHECKED = '2026-07-05';

function aState(code: string, en: string): State {
  return { code, iso2: code.slice(0, 2), member: true, region: null, names: { en }, aliases: [] };
}

const STATES = [aState('KEN', 'Kenya'), aState('FRA', 'France'), aState('PER', 'Peru'), aState('USA', 'United States of America')];

/** Fourteen codes, the length of a session's list; the first three have names. */
export const FOURTEEN = ['KEN', 'FRA', 'PER', 'AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF', 'GGG', 'HHH', 'III', 'JJJ', 'KKK'];

const SOURCES: readonly Source[] = [
  { id: 'ohchr', url: 'https://www.ohchr.org/en/hr-bodies/upr', name: null, notBefore: null, says: 'calendar of the cycle', class: 'official' },
  { id: 'uprinfo', url: 'https://www.upr-info.org/en/presessions', name: null, notBefore: null, says: 'pre-sessions', class: 'upr-info' },
  { id: 'press', url: 'https://press.example/us-review', name: null, notBefore: null, says: 'a report', class: 'media' },
  { id: 'printed', url: 'A printed circular', name: null, notBefore: null, says: 'no address', class: 'organisation' },
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
    avenues: new Map(),
    rules: new Map([
      [
        'advance_questions_working_days',
        { id: 'advance_questions_working_days', certainty: 'fixed-rule', source: ['ohchr'], checked: CHECKED, min: 10, max: 10 },
      ],
    ]),
  };
}

export function aCouncil(number: number, dates: DateFact, more: Partial<CouncilFacts> = {}): CouncilFacts {
  return { number, dates, adoptions: null, deadlines: {}, ...more };
}

function aRule(id: string, offsets: readonly [number, number], certainty: Rule['certainty'] = 'estimated'): Rule {
  return { id, certainty, source: ['ohchr'], checked: CHECKED, min: offsets[0], max: offsets[1] };
}

/** The rules of the shipped calendar, with their offsets. */
const RULES: readonly Rule[] = [
  aRule('advance_questions_working_days', [10, 10], 'fixed-rule'),
  aRule('recommendations_circulated_hours', [48, 48], 'fixed-rule'),
  aRule('wg_report_adopted_hours', [48, 48], 'fixed-rule'),
  aRule('written_statement_days', [14, 14], 'published'),
  aRule('presession_statement_days', [14, 14], 'tentative'),
  aRule('stakeholder_submission_days', [186, 231]),
  aRule('national_report_days', [84, 115]),
  aRule('documents_published_days', [42, 42]),
  aRule('presession_days', [21, 84]),
  aRule('council_offset', [11, 11]),
  aRule('addendum_days', [0, 14]),
  aRule('programme_of_work_days', [28, 35]),
  aRule('nhri_written_submission_days', [4, 4]),
  aRule('ngo_speakers_list_days', [3, 5]),
  aRule('mid_term_months', [30, 30], 'voluntary'),
];

/** Like {@link someFacts}, with every rule, the Council sessions given, and years without a UN holiday. */
export function ruledFacts(
  sessions: readonly SessionFacts[],
  councils: readonly CouncilFacts[] = [],
  years: readonly number[] = [2025, 2026, 2027],
): CalendarFacts {
  return {
    ...someFacts(sessions),
    rules: new Map(RULES.map((rule) => [rule.id, rule])),
    councils: new Map(councils.map((council) => [council.number, council])),
    holidays: new Map(years.map((year) => [year, { year, days: [], source: ['ohchr'], checked: CHECKED }])),
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
