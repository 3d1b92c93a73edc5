import { describe, expect, test } from 'vitest';
import { checkResult, stageAllows } from '../../../src/domain/alerts/check.ts';
import type { Look } from '../../../src/domain/calendar/facts.ts';
import type { Stage } from '../../../src/domain/calendar/review.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';

function aLook(from: string, seen: boolean, to = from): Look {
  return { from, to, source: 'ohchr', seen };
}

describe('Not seen is not refused: a check of a national report due on 4 August 2025', () => {
  const due = (looks: readonly Look[]) => aDeadline({ kind: 'national_report', state: 'USA', when: dayWhen('2025-08-04', GENEVA), looks });
  const usa = aReview({ state: 'USA' });

  test('says nothing while nobody looked', () => {
    expect(checkResult(due([]), usa)).toBe('nobody-looked');
  });

  test('says not seen on the word of a look after the due day', () => {
    expect(checkResult(due([aLook('2025-08-05', false)]), usa)).toBe('not-seen');
  });

  test.each([
    ['on the due day', aLook('2025-08-04', false)],
    ['before it', aLook('2025-08-01', false)],
    ['that may have been before it', aLook('2025-08-01', false, '2025-08-20')],
  ])('takes a look %s for no look', (_when, look) => {
    expect(checkResult(due([look]), usa)).toBe('nobody-looked');
  });

  test('says seen as soon as any look saw it, or the State submitted it', () => {
    const submitted = aReview({ state: 'USA', events: [anEvent('national-report-submitted', { on: '2025-10-30' })] });

    expect(checkResult(due([aLook('2025-08-05', false), aLook('2025-10-30', true)]), usa)).toBe('seen');
    expect(checkResult(due([aLook('2025-08-05', false)]), submitted)).toBe('seen');
  });

  test('of documents says seen when they are published', () => {
    const deadline = aDeadline({ kind: 'documents_published', when: dayWhen('2025-09-22', GENEVA), looks: [aLook('2025-09-29', false)] });

    expect(checkResult(deadline, aReview({ events: [anEvent('documents-published')] }))).toBe('seen');
    expect(checkResult(deadline, aReview({ events: [anEvent('national-report-submitted')] }))).toBe('not-seen');
  });
});

describe('The stage of a review', () => {
  const recommendations = aDeadline({ kind: 'recommendations_circulated', certainty: 'fixed-rule' });
  const report = aDeadline({ kind: 'wg_report_adopted' });
  const at = (stage: Stage) => [stageAllows(recommendations, aReview({ stage })), stageAllows(report, aReview({ stage }))];

  test.each(['planned', 'scheduled', 'date-confirmed'] as const)('%s: no recommendations are spoken of, the report is', (stage) => {
    expect(at(stage)).toEqual([false, true]);
  });

  test.each(['held', 'wg-report-adopted', 'awaiting-responses', 'adoption-scheduled', 'adoption-postponed', 'outcome-adopted'] as const)(
    '%s: both are spoken of',
    (stage) => {
      expect(at(stage)).toEqual([true, true]);
    },
  );

  test('not-held-state-absent: neither is', () => {
    expect(at('not-held-state-absent')).toEqual([false, false]);
  });

  test('does not matter to a date for stakeholders', () => {
    expect([stageAllows(aDeadline(), aReview({ stage: 'not-held-state-absent' })), stageAllows(aDeadline(), null)]).toEqual([true, true]);
  });

  test.each(['suspended', 'moved-away', 'fallen'] as const)('and a date that is %s is not spoken of at all', (standing) => {
    expect(stageAllows(aDeadline({ standing }), aReview({ stage: 'held' }))).toBe(false);
  });

  test('nothing is said of recommendations without a review', () => {
    expect(stageAllows(recommendations, null)).toBe(false);
  });
});
