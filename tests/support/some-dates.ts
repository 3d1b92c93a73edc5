/** Calendars of a few written dates, for tests that care when things are said and not what a session looks like. */
import type { CalendarFacts, DateFact, Region, ReviewEvent, SessionFacts } from '../../src/domain/calendar/facts.ts';
import type { DeadlineKind } from '../../src/domain/calendar/kinds.ts';
import { rangeWhen, type When } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';
import { aDateFact, aReviewFacts, aSession, someFacts } from './a-calendar.ts';

export interface ADate extends Partial<Omit<DateFact, 'when'>> {
  readonly state: string;
  readonly kind: DeadlineKind;
  readonly when: When;
  /** 54 when left out. */
  readonly session?: number;
}

export const REGION_OF: Readonly<Record<string, Region>> = { KEN: 'African', FRA: 'WEOG', PER: 'GRULAC', USA: 'WEOG' };

/** A calendar with these dates and nothing else that could alert. */
export function calendarOf(dates: readonly ADate[], events: Readonly<Record<string, readonly ReviewEvent[]>> = {}): CalendarFacts {
  const numbers = [...new Set(dates.map(({ session = 54 }) => session))];
  const facts = someFacts(numbers.map((number) => sessionOf(number, dates, events)));
  const states = new Map([...facts.states].map(([code, state]) => [code, { ...state, region: REGION_OF[code] ?? null }]));
  return { ...facts, states, rules: new Map() };
}

function sessionOf(number: number, dates: readonly ADate[], events: Readonly<Record<string, readonly ReviewEvent[]>>): SessionFacts {
  const own = dates.filter(({ session = 54 }) => session === number);
  const states = [...new Set(own.map(({ state }) => state))];
  const reviews = states.map((state) => {
    const facts = own.filter((date) => date.state === state).map(({ state: _state, kind, when, session: _session, ...more }) => [kind, aDateFact(when, more)]);
    const { review = null, ...deadlines } = Object.fromEntries(facts) as Partial<Record<DeadlineKind, DateFact>>;
    return aReviewFacts(state, { review, deadlines, events: events[state] ?? [] });
  });
  return aSession(number, aDateFact(rangeWhen('2027-06-01', '2027-06-30', GENEVA), { certainty: 'tentative' }), { reviews });
}
