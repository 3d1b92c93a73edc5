import { describe, expect, test } from 'vitest';
import type { Certainty } from '../../../src/domain/calendar/certainty.ts';
import type { DateFact } from '../../../src/domain/calendar/facts.ts';
import * as rules from '../../../src/domain/calendar/rules.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, ruledFacts } from '../../support/a-calendar.ts';

const facts = ruledFacts([]);
const day = (date: string, more: Partial<DateFact> = {}) => rules.anchorOf('review', aDateFact(dayWhen(date, GENEVA), more));
const minute = (date: string, time: string) => rules.anchorOf('review', aDateFact(minuteWhen(date, time, GENEVA)));
const range = (from: string, to: string, certainty: Certainty = 'tentative') =>
  rules.anchorOf('session', aDateFact(rangeWhen(from, to, GENEVA), { certainty }));

function said(found: rules.Computed | null) {
  return found === null ? null : [found.when.precision, found.when.from, found.when.to, found.when.time, found.certainty];
}

describe('Before a session that starts on 3 November 2025', () => {
  const start = day('2025-11-03');

  test.each([
    ['stakeholder submissions', rules.stakeholderSubmission, ['month', '2025-03-17', '2025-05-01', null, 'estimated']],
    ['national reports', rules.nationalReport, ['month', '2025-07-11', '2025-08-11', null, 'estimated']],
    ['documents', rules.documentsPublished, ['month', '2025-09-22', '2025-09-22', null, 'estimated']],
    ['pre-sessions', rules.presession, ['month', '2025-08-11', '2025-10-13', null, 'estimated']],
  ] as const)('%s are estimated as a range', (_what, rule, expected) => {
    expect(said(rule(facts, start))).toEqual(expected);
  });

  test('a month without days makes the range wider by that month', () => {
    expect(said(rules.documentsPublished(facts, range('2026-11-01', '2026-11-30')))).toEqual(['month', '2026-09-20', '2026-10-19', null, 'estimated']);
  });
});

describe('Advance questions', () => {
  test('close ten working days before the review, by rule on a published day', () => {
    expect(said(rules.advanceQuestions(facts, day('2025-11-07')))).toEqual(['day', '2025-10-24', '2025-10-24', null, 'fixed-rule']);
  });

  test('are as certain as the day of the review', () => {
    expect(said(rules.advanceQuestions(facts, day('2025-11-07', { certainty: 'tentative' })))?.at(-1)).toBe('tentative');
  });

  test('are tentative, and say for which year, when UN holidays are not known', () => {
    const found = rules.advanceQuestions(ruledFacts([], [], []), day('2025-11-07'));

    expect([found?.certainty, found?.holidaysUnknown, found?.when.from]).toEqual(['tentative', [2025], '2025-10-24']);
  });

  test('are a range while the day of the review is not known', () => {
    expect(said(rules.advanceQuestions(facts, range('2025-11-03', '2025-11-14')))).toEqual(['month', '2025-10-20', '2025-10-31', null, 'tentative']);
  });
});

describe('After a review', () => {
  test('recommendations are out within 48 hours, to the minute when the hour of the review is known', () => {
    expect(said(rules.recommendationsCirculated(facts, minute('2025-11-07', '14:30')))).toEqual(['minute', '2025-11-09', '2025-11-09', '14:30', 'fixed-rule']);
    expect(said(rules.recommendationsCirculated(facts, day('2025-11-07')))).toEqual(['day', '2025-11-09', '2025-11-09', null, 'fixed-rule']);
  });

  test('48 hours are 48 hours over the change of clocks', () => {
    expect(said(rules.recommendationsCirculated(facts, minute('2026-03-28', '14:30')))?.slice(1, 4)).toEqual(['2026-03-30', '2026-03-30', '15:30']);
  });

  test('the report is adopted not sooner than two days later and within the session, an estimate', () => {
    expect(said(rules.workingGroupReport(facts, day('2025-11-07'), '2025-11-14'))).toEqual(['month', '2025-11-09', '2025-11-14', null, 'estimated']);
    expect(said(rules.workingGroupReport(facts, day('2025-11-13'), '2025-11-14'))?.slice(1, 3)).toEqual(['2025-11-15', '2025-11-15']);
  });

  test('the report has no date while the day of the review or the end of the session is not known', () => {
    expect(rules.workingGroupReport(facts, range('2025-11-03', '2025-11-14'), '2025-11-14')).toBeNull();
    expect(rules.workingGroupReport(facts, day('2025-11-07'), null)).toBeNull();
  });
});

describe('Around a Council session that starts on 23 February 2026', () => {
  const council = aCouncil(61, aDateFact(dayWhen('2026-02-23', GENEVA), { until: '2026-03-31' }));
  const start = rules.anchorOf('council', council.dates);

  test.each([
    ['written statements close two weeks before', rules.writtenStatement, ['day', '2026-02-09', '2026-02-09', null, 'published']],
    ['the programme of work comes four to five weeks before', rules.programmeOfWork, ['month', '2026-01-19', '2026-01-26', null, 'estimated']],
    ['NHRIs send theirs about four days before', rules.nhriSubmission, ['month', '2026-02-19', '2026-02-19', null, 'estimated']],
    ['the speakers list opens around then, never to the minute', rules.speakersList, ['month', '2026-02-18', '2026-02-20', null, 'estimated']],
    ['the addendum comes by its start', rules.addendum, ['month', '2026-02-09', '2026-02-23', null, 'estimated']],
  ] as const)('%s', (_what, rule, expected) => {
    expect(said(rule(facts, start))).toEqual(expected);
  });

  test('an outcome is adopted somewhere within it, an estimate however certain the session', () => {
    expect(said(rules.outcomeAdoption(facts, council, { certainty: 'published' }))).toEqual(['month', '2026-02-23', '2026-03-31', null, 'estimated']);
  });

  test('an outcome is adopted on the days set apart for it, where these are known', () => {
    const looked = { ...council, adoptions: aDateFact(unknownWhen(GENEVA), { certainty: 'unknown', source: [] }) };
    const adoptions = aDateFact(rangeWhen('2026-03-12', '2026-03-16', GENEVA));

    expect(said(rules.outcomeAdoption(facts, looked, { certainty: 'published' }))).toEqual(['month', '2026-02-23', '2026-03-31', null, 'estimated']);
    expect(said(rules.outcomeAdoption(facts, { ...council, adoptions }, { certainty: 'published' }))?.slice(1, 3)).toEqual(['2026-03-12', '2026-03-16']);
  });

  test('a mid-term report is suggested two and a half years after the adoption, voluntary', () => {
    expect(said(rules.midTermReport(facts, day('2026-03-24')))).toEqual(['month', '2028-09-24', '2028-09-24', null, 'voluntary']);
  });
});

describe('A statement for a pre-session', () => {
  test('is due two weeks before it, once its day is known', () => {
    expect(said(rules.presessionStatement(facts, day('2026-02-09')))).toEqual(['day', '2026-01-26', '2026-01-26', null, 'tentative']);
    expect(rules.presessionStatement(facts, range('2025-08-25', '2025-08-29'))).toBeNull();
  });
});

describe('A rule', () => {
  test('gives nothing without an anchor, without a date of the anchor, or without an entry in rules.yaml', () => {
    const none = { ...facts, rules: new Map() };

    expect(rules.stakeholderSubmission(facts, null)).toBeNull();
    expect(rules.anchorOf('session', aDateFact(unknownWhen(GENEVA)))).toBeNull();
    expect([rules.stakeholderSubmission(none, day('2025-11-03')), rules.outcomeAdoption(none, null, { certainty: 'published' })]).toEqual([null, null]);
  });

  test('names its own sources and those of its anchor, each once', () => {
    expect(rules.advanceQuestions(facts, day('2025-11-07', { source: ['press', 'ohchr'] }))?.source).toEqual(['ohchr', 'press']);
  });
});
