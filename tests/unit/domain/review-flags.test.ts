import { describe, expect, test } from 'vitest';
import type { DateFact, Look, ReviewEvent, SessionFacts } from '../../../src/domain/calendar/facts.ts';
import { reviewOf } from '../../../src/domain/calendar/review.ts';
import { dayWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const NOVEMBER = aDateFact(dayWhen('2025-11-03', GENEVA), { until: '2025-11-14' });
const DUE = aDateFact(dayWhen('2025-08-04', GENEVA));

function flagsOf(events: readonly ReviewEvent[], report: DateFact | null = null, session: Partial<SessionFacts> = {}) {
  const deadlines = report === null ? {} : { national_report: report };
  return reviewOf(aReviewFacts('USA', { events, deadlines }), aSession(50, NOVEMBER, session), ruledFacts([])).flags;
}

const names = (...args: Parameters<typeof flagsOf>) => flagsOf(...args).map((flag) => flag.name);

function aLook(from: string, seen = false, to = from): Look {
  return { from, to, source: 'ohchr', seen };
}

describe('A flag', () => {
  test.each([
    ['non-participation-announced', 'non-participation-announced'],
    ['postponement-requested', 'postponement-requested'],
    ['absent', 'state-absent'],
    ['absent-at-adoption', 'state-absent-at-adoption'],
    ['non-cooperation-decision', 'non-cooperation-decision'],
    ['president-reported', 'president-reporting'],
    ['contributions-suspended', 'contributions-suspended'],
  ] as const)('%s is raised with the day and the source of its event: %s', (what, name) => {
    expect(flagsOf([anEvent(what, { on: '2025-08-28' })])).toEqual([{ name, since: '2025-08-28', source: ['press'] }]);
  });

  test.each([
    ['cooperation-resumed', ['non-participation-announced', 'postponement-requested']],
    ['held', ['non-participation-announced', 'postponement-requested']],
    ['contributions-resumed', ['contributions-suspended']],
  ] as const)('is lowered by %s', (what, opened) => {
    const events = opened.map((name) => anEvent(name, { on: '2025-08-28' }));

    expect(names([...events, anEvent(what, { on: '2025-09-28' })])).toEqual([]);
  });

  test('is not lowered by what came before it', () => {
    expect(names([anEvent('non-participation-announced', { on: '2025-08-28' }), anEvent('cooperation-resumed', { on: '2025-08-01' })])).toEqual([
      'non-participation-announced',
    ]);
  });

  test('of absence and of a decision stay when the State cooperates again', () => {
    const events = [anEvent('absent'), anEvent('non-cooperation-decision'), anEvent('cooperation-resumed', { on: '2026-03-01' })];

    expect(names(events)).toEqual(['state-absent', 'non-cooperation-decision']);
  });
});

describe('A national report is overdue', () => {
  test('when a look after the due day did not see it', () => {
    expect(flagsOf([], { ...DUE, looks: [aLook('2025-08-05')] })).toEqual([{ name: 'national-report-overdue', since: '2025-08-04', source: ['ohchr'] }]);
  });

  test('not because the day passed: nobody looked', () => {
    expect(names([], DUE)).toEqual([]);
  });

  test('not by a look on the due day, or one that may have been before it', () => {
    expect(names([], { ...DUE, looks: [aLook('2025-08-04'), aLook('2025-08-01', false, '2025-08-20')] })).toEqual([]);
  });

  test('not when a later look saw it, and not once it was submitted, however late', () => {
    expect(names([], { ...DUE, looks: [aLook('2025-08-05'), aLook('2025-08-20', true)] })).toEqual([]);
    expect(names([anEvent('national-report-submitted', { on: '2025-10-30' })], { ...DUE, looks: [aLook('2025-08-05')] })).toEqual([]);
  });

  test('by the last look, in whatever order the looks are written', () => {
    expect(names([], { ...DUE, looks: [aLook('2025-08-20', true), aLook('2025-08-05')] })).toEqual([]);
  });

  test('by the day of its session when it has none of its own', () => {
    expect(names([], null, { deadlines: { national_report: { ...DUE, looks: [aLook('2025-08-05')] } } })).toEqual(['national-report-overdue']);
  });

  test('and the documents are partial when others came out without it', () => {
    expect(names([anEvent('documents-published', { on: '2025-08-28' })], { ...DUE, looks: [aLook('2025-08-05')] })).toEqual([
      'national-report-overdue',
      'documents-partial',
    ]);
    expect(names([anEvent('documents-published', { on: '2025-08-28' })], DUE)).toEqual([]);
  });
});

describe('Views on the recommendations are missing', () => {
  const expected = (looks: readonly Look[], events: readonly ReviewEvent[] = []) => {
    const dates = aDateFact(dayWhen('2026-02-23', GENEVA), { until: '2026-03-31' });
    const council = { session: 61, adopted: false, certainty: 'published', source: ['ohchr'], checked: '2026-07-01', known: null } as const;
    const review = aReviewFacts('USA', { events, deadlines: { addendum: { ...aDateFact(unknownWhen(GENEVA)), looks } } });
    return reviewOf(review, aSession(50, NOVEMBER, { council }), ruledFacts([], [aCouncil(61, dates)])).flags;
  };

  test('when a look after the Council session began did not see them', () => {
    expect(expected([aLook('2026-03-02')])).toEqual([{ name: 'responses-missing', since: '2026-02-23', source: ['ohchr'] }]);
  });

  test('not without such a look, and not once they came', () => {
    expect([expected([]), expected([aLook('2026-02-20')]), expected([aLook('2026-03-02')], [anEvent('responses-received', { on: '2026-03-10' })])]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('The dates of a session', () => {
  const claim = (when: DateFact['when']) => ({ when, source: ['ohchr'], known: null });

  test('that were other dates before are a shift of the whole session', () => {
    const dates = { ...NOVEMBER, known: '2025-06-01', earlier: [claim(dayWhen('2025-05-05', GENEVA))] };

    expect(flagsOf([], null, { dates })).toEqual([{ name: 'session-wide-shift', since: '2025-06-01', source: ['ohchr'] }]);
  });

  test('that were known as that month before are no shift', () => {
    const dates = { ...NOVEMBER, earlier: [claim(rangeWhen('2025-11-01', '2025-11-30', GENEVA))] };

    expect(names([], null, { dates })).toEqual([]);
  });
});

describe('The day of a review', () => {
  test('that another source gives otherwise is in conflict', () => {
    const review = aDateFact(dayWhen('2025-11-07', GENEVA), { disagrees: [{ when: dayWhen('2025-11-06', GENEVA), source: ['press'], known: null }] });

    const { flags } = reviewOf(aReviewFacts('USA', { review }), aSession(50, NOVEMBER), ruledFacts([]));

    expect(flags).toEqual([{ name: 'conflicting-sources', since: null, source: ['press'] }]);
  });
});
