import { describe, expect, test } from 'vitest';
import { asOf, knownDays } from '../../../src/domain/calendar/as-of.ts';
import type { DateFact, SessionFacts } from '../../../src/domain/calendar/facts.ts';
import { overDate } from '../../../src/domain/calendar/over-date.ts';
import { dayWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const PROVENANCE = { certainty: 'published', source: ['ohchr'], checked: '2026-07-01', known: null } as const;
const START = aDateFact(dayWhen('2026-05-04', GENEVA), { until: '2026-05-15', checked: '2026-01-01' });
const claim = (day: string, known: string | null) => ({ when: dayWhen(day, GENEVA), source: ['uprinfo'], known });

/** A stakeholder deadline that was 10 July, then 15 July, then 17 July. */
const MOVED = aDateFact(dayWhen('2026-07-17', GENEVA), {
  known: '2026-06-20',
  checked: '2026-01-01',
  earlier: [claim('2026-07-10', null), claim('2026-07-15', '2026-06-01')],
});

function factsWith(stakeholder: DateFact, more: Partial<SessionFacts> = {}) {
  const session = aSession(52, START, { deadlines: { stakeholder_submission: stakeholder }, reviews: [aReviewFacts('KEN')], ...more });
  return ruledFacts([session], [aCouncil(63, aDateFact(dayWhen('2026-09-07', GENEVA), { until: '2026-10-09' }))]);
}

function deadlineOn(day: string, fact: DateFact) {
  return asOf(factsWith(fact), day).sessions.get(52)?.deadlines.stakeholder_submission;
}

describe('A date that moved', () => {
  test.each([
    ['2026-05-31', '2026-07-10'],
    ['2026-06-01', '2026-07-15'],
    ['2026-06-19', '2026-07-15'],
    ['2026-06-20', '2026-07-17'],
  ])('was on %s known as %s', (day, date) => {
    expect(deadlineOn(day, MOVED)?.when.from).toBe(date);
  });

  test('shows then the source of that value and only the values before it', () => {
    const known = deadlineOn('2026-06-10', MOVED);

    expect([known?.source, known?.earlier.map((entry) => entry.when.from)]).toEqual([['uprinfo'], ['2026-07-10']]);
  });

  test('was no surer than its source of then allowed, whatever was learnt since', () => {
    const official = { ...MOVED, earlier: [{ ...claim('2026-07-10', null), source: ['ohchr'] }] };

    expect([deadlineOn('2026-06-10', MOVED)?.certainty, deadlineOn('2026-06-20', MOVED)?.certainty]).toEqual(['tentative', 'published']);
    expect(deadlineOn('2026-06-10', official)?.certainty).toBe('published');
    expect(deadlineOn('2026-06-10', { ...official, certainty: 'estimated' })?.certainty).toBe('estimated');
  });

  test('was not known at all before its first value was', () => {
    const first = { ...MOVED, earlier: [] };

    expect(deadlineOn('2026-06-19', first)).toMatchObject({ certainty: 'unknown', when: { precision: 'unknown', from: null }, source: [] });
  });

  test('names each of its days as one on which something became known', () => {
    expect(knownDays(factsWith(MOVED))).toEqual(['2026-06-01', '2026-06-20']);
  });
});

describe('A date that a layer below contests', () => {
  const applied = aDateFact(dayWhen('2026-07-17', GENEVA), { checked: '2026-06-01' });
  const contest = (day: string) =>
    overDate(aDateFact(dayWhen(day, GENEVA), { checked: '2026-06-20', certainty: 'tentative' }), applied, factsWith(applied).sources) ?? applied;
  const on = (day: string, fact: DateFact) => {
    const known = deadlineOn(day, fact);
    return [known?.when.from, known?.certainty, known?.disagrees.length, known?.contested?.since];
  };

  test.each(['2026-07-10', '2026-07-24'])('by %s stood alone before, as sure as it was', (other) => {
    expect(on('2026-06-19', contest(other))).toEqual(['2026-07-17', 'published', 0, undefined]);
  });

  test('is contested from the day on which the other was read, which is one that matters', () => {
    expect([on('2026-06-20', contest('2026-07-10')), on('2026-06-20', contest('2026-07-24'))]).toEqual([
      ['2026-07-10', 'tentative', 1, '2026-06-20'],
      ['2026-07-17', 'published', 1, '2026-06-20'],
    ]);
    expect(knownDays(factsWith(contest('2026-07-10')))).toEqual(['2026-06-20']);
  });
});

describe('What was added to a date later', () => {
  const fact = aDateFact(dayWhen('2026-07-17', GENEVA), {
    checked: '2026-06-30',
    note: 'Written on 30 June.',
    looks: [{ from: '2026-06-15', to: '2026-06-15', source: 'ohchr', seen: false }],
    disagrees: [claim('2026-07-22', '2026-06-10')],
  });

  test('is hidden before its day: a note, a look, another value', () => {
    const known = deadlineOn('2026-06-09', fact);

    expect(known).toMatchObject({ when: { from: '2026-07-17' }, looks: [], disagrees: [] });
    expect(known?.note).toBeUndefined();
  });

  test('is shown from its day on, each for itself', () => {
    expect(deadlineOn('2026-06-10', fact)?.disagrees).toHaveLength(1);
    expect(deadlineOn('2026-06-15', fact)?.looks).toHaveLength(1);
    expect([deadlineOn('2026-06-29', fact)?.note, deadlineOn('2026-06-30', fact)?.note]).toEqual([undefined, 'Written on 30 June.']);
  });
});

describe('Another value that stands only in a younger page', () => {
  const base = factsWith(aDateFact(dayWhen('2026-07-17', GENEVA), { disagrees: [{ ...claim('2026-07-22', null), source: ['press'] }] }));
  const press = base.sources.get('press');
  const facts = { ...base, sources: new Map([...base.sources, ...(press === undefined ? [] : [['press', { ...press, notBefore: '2026-06-10' }] as const])]) };
  const beside = (day: string) => asOf(facts, day).sessions.get(52)?.deadlines.stakeholder_submission?.disagrees.length;

  test('was not known before that page could be read, and that day is one on which something became known', () => {
    expect([beside('2026-06-09'), beside('2026-06-10')]).toEqual([0, 1]);
    expect(knownDays(facts)).toEqual(['2026-06-10']);
  });
});

describe('That a session was held', () => {
  const held = (day: string) => asOf(factsWith(START, { held: PROVENANCE }), day).sessions.get(52)?.held;

  test('is not known before it ended', () => {
    expect([held('2026-05-14'), held('2026-05-15')]).toEqual([null, PROVENANCE]);
  });

  test('is not known of one with a month only before the month is over', () => {
    const dates = aDateFact(rangeWhen('2026-11-01', '2026-11-30', GENEVA));
    const facts = factsWith(START, { dates, held: PROVENANCE });

    expect([asOf(facts, '2026-11-29').sessions.get(52)?.held, asOf(facts, '2026-11-30').sessions.get(52)?.held]).toEqual([null, PROVENANCE]);
  });

  test('and what came of it, is not known before it ended either', () => {
    const kenya = aReviewFacts('KEN', { recommendations: { ...PROVENANCE, value: 339 } });
    const known = (day: string) => asOf(factsWith(START, { reviews: [kenya] }), day).sessions.get(52)?.reviews[0]?.recommendations?.value;

    expect([known('2026-05-14'), known('2026-05-15')]).toEqual([undefined, 339]);
  });

  test('that its outcomes were adopted is not known before the Council session ended', () => {
    const council = { ...PROVENANCE, session: 63, adopted: true };
    const adopted = (day: string) => asOf(factsWith(START, { council }), day).sessions.get(52)?.council;

    expect([adopted('2026-10-08')?.adopted, adopted('2026-10-08')?.session, adopted('2026-10-09')?.adopted]).toEqual([false, 63, true]);
  });
});

describe('Parts that do not differ', () => {
  test('are the same objects, so that nothing is computed twice', () => {
    const facts = factsWith(aDateFact(dayWhen('2026-07-17', GENEVA)));

    const known = asOf(facts, '2026-06-01');

    expect(known.sessions.get(52)).toBe(facts.sessions.get(52));
    expect(known.councils.get(63)).toBe(facts.councils.get(63));
  });

  test('stay the same objects beside one that does', () => {
    const facts = factsWith(MOVED);

    const known = asOf(facts, '2026-06-10').sessions.get(52);

    expect(known?.dates).toBe(facts.sessions.get(52)?.dates);
    expect(known?.reviews).toBe(facts.sessions.get(52)?.reviews);
  });
});
