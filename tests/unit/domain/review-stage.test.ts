import { describe, expect, test } from 'vitest';
import type { ReviewEvent, ReviewFacts, SessionFacts } from '../../../src/domain/calendar/facts.ts';
import { leftSession, reviewOf } from '../../../src/domain/calendar/review.ts';
import { dayWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const PROVENANCE = { certainty: 'published', source: ['ohchr'], checked: '2026-07-01', known: null } as const;
const NOVEMBER = aDateFact(dayWhen('2025-11-03', GENEVA), { until: '2025-11-14' });

function aReviewWith(events: readonly ReviewEvent[], session: Partial<SessionFacts> = {}, facts: Partial<ReviewFacts> = {}) {
  return reviewOf(aReviewFacts('KEN', { events, ...facts }), aSession(50, NOVEMBER, session), ruledFacts([]));
}

const stageOf = (...args: Parameters<typeof aReviewWith>) => aReviewWith(...args).stage;

describe('A review without events', () => {
  test.each([
    ['is planned while its session is only estimated', 'estimated', 'planned'],
    ['is scheduled once its session is announced as not final', 'tentative', 'scheduled'],
    ['is scheduled once its session is published', 'published', 'scheduled'],
    ['is planned while nothing is known', 'unknown', 'planned'],
  ] as const)('%s', (_what, certainty, stage) => {
    expect(stageOf([], { dates: { ...NOVEMBER, certainty } })).toBe(stage);
  });

  test('is confirmed by a published day, and scheduled by a tentative one', () => {
    const day = dayWhen('2025-11-07', GENEVA);

    expect(stageOf([], {}, { review: aDateFact(day) })).toBe('date-confirmed');
    expect(stageOf([], {}, { review: aDateFact(day, { certainty: 'tentative' }) })).toBe('scheduled');
  });

  test('is not confirmed by a published month', () => {
    expect(stageOf([], {}, { review: aDateFact(rangeWhen('2025-11-01', '2025-11-30', GENEVA)) })).toBe('scheduled');
  });

  test('was held when its session was, and adopted when the Council adopted the outcomes of its session', () => {
    const council = { ...PROVENANCE, session: 61, adopted: true };

    expect(stageOf([], { held: PROVENANCE })).toBe('held');
    expect(stageOf([], { held: PROVENANCE, council })).toBe('outcome-adopted');
    expect(stageOf([], { council })).toBe('scheduled');
  });
});

describe('An event leads to a stage', () => {
  test.each([
    ['date-confirmed', 'date-confirmed'],
    ['held', 'held'],
    ['absent', 'not-held-state-absent'],
    ['postponed', 'postponed'],
    ['rescheduled', 'rescheduled'],
    ['wg-report-adopted', 'wg-report-adopted'],
    ['adoption-scheduled', 'adoption-scheduled'],
    ['adoption-postponed', 'adoption-postponed'],
    ['outcome-adopted', 'outcome-adopted'],
  ] as const)('%s: %s', (what, stage) => {
    const review = aReviewWith([anEvent(what)]);

    expect([review.stage, review.by?.what]).toEqual([stage, what]);
  });

  test('after the session an adopted report leads to waiting for the views of the State, until they come', () => {
    const adopted = anEvent('wg-report-adopted');

    expect(stageOf([adopted], { held: PROVENANCE })).toBe('awaiting-responses');
    expect(stageOf([adopted, anEvent('responses-received')], { held: PROVENANCE })).toBe('wg-report-adopted');
  });

  test.each([
    'absent-at-adoption',
    'postponement-requested',
    'non-participation-announced',
    'cooperation-resumed',
    'non-cooperation-decision',
    'president-reported',
    'national-report-submitted',
    'documents-published',
    'contributions-suspended',
    'contributions-resumed',
  ] as const)('%s to none: the review goes on as it was', (what) => {
    const review = aReviewWith([anEvent(what)]);

    expect([review.stage, review.by, leftSession(review)]).toEqual(['scheduled', null, false]);
  });

  test('in the order of their days, whatever the order in which they are written; the undated first', () => {
    const events = [anEvent('held', { on: '2025-11-07' }), anEvent('date-confirmed', { on: '2025-10-01' }), anEvent('postponed', { on: null })];

    expect(aReviewWith(events).events.map((event) => event.what)).toEqual(['postponed', 'date-confirmed', 'held']);
    expect(stageOf(events)).toBe('held');
  });

  test('on one day in the order in which they are written', () => {
    expect(stageOf([anEvent('absent'), anEvent('non-cooperation-decision'), anEvent('rescheduled', { to: 53 })])).toBe('rescheduled');
  });

  test('of absence is not undone by the session having been held, nor by its outcomes having been adopted', () => {
    const session = { held: PROVENANCE, council: { ...PROVENANCE, session: 61, adopted: true } };

    expect(stageOf([anEvent('absent')], session)).toBe('not-held-state-absent');
    expect(stageOf([anEvent('postponed')], session)).toBe('postponed');
  });
});

describe('That a session was held', () => {
  test.each(['non-participation-announced', 'postponement-requested'] as const)('does not say that a State came after %s', (what) => {
    expect(stageOf([anEvent(what, { on: '2025-08-28' })], { held: PROVENANCE })).toBe('scheduled');
  });

  test('says so of a State that came back, and of one that left after its review', () => {
    const announced = anEvent('non-participation-announced', { on: '2025-08-28' });

    expect(stageOf([announced, anEvent('cooperation-resumed', { on: '2025-10-01' })], { held: PROVENANCE })).toBe('held');
    expect(stageOf([{ ...announced, on: '2026-02-27' }], { held: PROVENANCE })).toBe('held');
  });
});

describe('An adoption put off, as of Nicaragua in 2025', () => {
  const council = { ...PROVENANCE, session: 58, adopted: true };
  const putOff = anEvent('adoption-postponed', { on: '2025-03-26', council: 60, condition: 'if the State resumes cooperation' });

  test('stays put off when the Council adopted the other outcomes of the session', () => {
    const review = aReviewWith([putOff], { held: PROVENANCE, council });

    expect([review.stage, review.by?.condition]).toEqual(['adoption-postponed', 'if the State resumes cooperation']);
  });

  test('is not taken for adopted at the Council session that was named on a condition', () => {
    expect(aReviewWith([putOff], { held: PROVENANCE, council }).council).toBe(58);
  });

  test('and set anew is scheduled, not adopted, and belongs to the new Council session', () => {
    const review = aReviewWith([putOff, anEvent('adoption-scheduled', { on: '2026-02-01', council: 61 })], { held: PROVENANCE, council });

    expect([review.stage, review.council]).toEqual(['adoption-scheduled', 61]);
  });

  test('is adopted on its own day', () => {
    expect(stageOf([putOff, anEvent('outcome-adopted', { on: '2026-03-20', council: 61 })], { held: PROVENANCE, council })).toBe('outcome-adopted');
  });
});

describe('A review that moves', () => {
  test('names the session that it goes to, once one is named', () => {
    expect(aReviewWith([anEvent('postponed', { on: '2025-10-01' })]).movedTo).toBeNull();
    expect(aReviewWith([anEvent('postponed', { on: '2025-10-01' }), anEvent('rescheduled', { on: '2025-11-07', to: 53 })]).movedTo).toBe(53);
  });

  test('says where it came from', () => {
    expect(aReviewWith([], {}, { from: 42 }).movedFrom).toBe(42);
  });

  test('can come back two days before, as Israel did in 2013', () => {
    const review = aReviewWith([
      anEvent('absent', { on: '2013-01-29' }),
      anEvent('rescheduled', { on: '2013-06-07' }),
      anEvent('date-confirmed', { on: '2013-10-27' }),
    ]);

    expect([review.stage, leftSession(review)]).toEqual(['date-confirmed', false]);
  });
});

describe('The Council session of a review', () => {
  test('is by pattern eleven later, when the calendar has it and the cycle is the fourth', () => {
    const facts = ruledFacts([], [aCouncil(61, NOVEMBER)]);
    const council = (number: number, cycle: number) => reviewOf(aReviewFacts('KEN'), aSession(number, NOVEMBER, { cycle }), facts).council;

    expect([council(50, 4), council(51, 4), council(50, 3)]).toEqual([61, null, null]);
  });
});
