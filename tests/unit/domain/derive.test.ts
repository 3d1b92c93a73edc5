import { describe, expect, test } from 'vitest';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { ReviewFacts, SessionFacts } from '../../../src/domain/calendar/facts.ts';
import { dayWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';
import { shippedFacts } from '../../support/shipped.ts';

const START = aDateFact(dayWhen('2025-11-03', GENEVA), { until: '2025-11-14' });
const COUNCIL = aCouncil(61, aDateFact(dayWhen('2026-02-23', GENEVA), { until: '2026-03-31' }));

function deadlinesOf(kenya: Partial<ReviewFacts>, session: Partial<SessionFacts> = {}) {
  const { deadlines } = derivePicture(ruledFacts([aSession(50, START, { reviews: [aReviewFacts('KEN', kenya)], ...session })], [COUNCIL]));
  return (kind: string) => deadlines.get(`50-KEN-${kind}`) ?? null;
}

describe('A deadline of a State', () => {
  const own = aDateFact(dayWhen('2025-04-07', GENEVA));
  const ofSession = aDateFact(dayWhen('2025-04-01', GENEVA), { source: ['uprinfo'] });

  test('is its own date, before that of its session, before a computed one', () => {
    const both = deadlinesOf({ deadlines: { stakeholder_submission: own } }, { deadlines: { stakeholder_submission: ofSession } });
    const shared = deadlinesOf({}, { deadlines: { stakeholder_submission: ofSession } });
    const computed = deadlinesOf({});

    expect(both('stakeholder_submission')?.when.from).toBe('2025-04-07');
    expect(shared('stakeholder_submission')?.when.from).toBe('2025-04-01');
    expect(computed('stakeholder_submission')?.basis).toEqual({ by: 'rule', rule: 'stakeholder_submission_days', anchor: 'session' });
  });

  test('looked for in vain is computed, and says when somebody looked', () => {
    const searched = aDateFact(unknownWhen(GENEVA), { certainty: 'unknown', source: [], checked: '2026-06-01', note: 'Searched.' });

    const deadline = deadlinesOf({}, { deadlines: { stakeholder_submission: searched } })('stakeholder_submission');

    expect([deadline?.certainty, deadline?.basis.by, deadline?.checked, deadline?.note]).toEqual(['estimated', 'rule', '2026-06-01', 'Searched.']);
  });

  test('of which nothing is known is shown as unknown, so that the gap is seen', () => {
    const deadline = deadlinesOf({})('un_entity_contribution');

    expect([deadline?.certainty, deadline?.when, deadline?.basis.by]).toEqual(['unknown', unknownWhen(GENEVA), 'nothing']);
  });

  test('follows the day of its review when that moves', () => {
    const day = (date: string) => deadlinesOf({ review: aDateFact(dayWhen(date, GENEVA)) })('advance_questions')?.when;

    expect([day('2025-11-07')?.from, day('2025-11-10')?.from]).toEqual(['2025-10-24', '2025-10-27']);
  });

  test('is counted from the range of the session while the day of the review is not known', () => {
    expect(deadlinesOf({})('advance_questions')?.when).toEqual(rangeWhen('2025-10-20', '2025-10-31', GENEVA));
    expect(deadlinesOf({})('review')?.when).toEqual(rangeWhen('2025-11-03', '2025-11-14', GENEVA));
  });
});

describe('The adoption of an outcome', () => {
  test('that took place has its day, and the mid-term report follows from it', () => {
    const deadline = deadlinesOf({ events: [anEvent('outcome-adopted', { on: '2026-03-24', certainty: 'tentative' })] });

    expect([deadline('outcome_adoption')?.when.from, deadline('outcome_adoption')?.certainty]).toEqual(['2026-03-24', 'tentative']);
    expect([deadline('mid_term_report')?.when.from, deadline('mid_term_report')?.certainty]).toEqual(['2028-09-24', 'voluntary']);
  });

  test('that was put off has no guessed date, and nothing follows from it', () => {
    const deadline = deadlinesOf({ events: [anEvent('held', { on: '2025-11-07' }), anEvent('adoption-postponed', { on: '2026-03-24', council: 62 })] });

    expect([deadline('outcome_adoption')?.when.from, deadline('addendum')?.when.from, deadline('mid_term_report')]).toEqual([null, null, null]);
  });
});

describe('A session without a list of States', () => {
  test('has dates of its own and nothing of a State', () => {
    const { deadlines, reviews } = derivePicture(ruledFacts([aSession(55, aDateFact(rangeWhen('2027-11-01', '2027-11-30', GENEVA)))]));

    expect([...deadlines.keys()].sort()).toEqual([
      '55-national_report',
      '55-presession',
      '55-review',
      '55-stakeholder_submission',
      '55-un_entity_contribution',
    ]);
    expect(reviews.size).toBe(0);
  });
});

describe('A review put to another session, as of the United States', async () => {
  const { deadlines, reviews } = derivePicture(await shippedFacts());

  test('gets no computed deadline for stakeholders there: whether the portal opens again is not regulated', () => {
    expect(reviews.get('53-USA')?.movedFrom).toBe(50);
    expect(deadlines.get('53-USA-stakeholder_submission')?.when.from).toBeNull();
    expect(deadlines.get('53-IRL-stakeholder_submission')?.basis.by).toBe('rule');
  });

  test('leaves nothing to expect of the review that did not take place', () => {
    const fallen = [...deadlines.values()].filter((deadline) => deadline.session === 50 && deadline.state === 'USA' && deadline.standing === 'fallen');

    expect(fallen.map((deadline) => deadline.kind).sort()).toEqual([
      'addendum',
      'mid_term_report',
      'outcome_adoption',
      'recommendations_circulated',
      'wg_report_adopted',
    ]);
  });

  test('does not concern the Council session of the States that it left', () => {
    expect(deadlines.get('hrc61-hrc_written_statement')?.concerns).not.toContain('USA');
    expect(deadlines.get('hrc64-hrc_written_statement')?.concerns).toContain('USA');
  });
});
