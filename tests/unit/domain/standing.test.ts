import { describe, expect, test } from 'vitest';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { ReviewEvent, ReviewFacts } from '../../../src/domain/calendar/facts.ts';
import { DEADLINE_KINDS, kindFacts } from '../../../src/domain/calendar/kinds.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aCouncil, aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';

const dates = aDateFact(dayWhen('2025-11-03', GENEVA), { until: '2025-11-14' });
const council = aCouncil(61, aDateFact(dayWhen('2026-02-23', GENEVA), { until: '2026-03-31' }));

function pictureWith(events: readonly ReviewEvent[], more: Partial<ReviewFacts> = {}) {
  const usa = aReviewFacts('USA', { review: aDateFact(dayWhen('2025-11-07', GENEVA)), events, ...more });
  return derivePicture(ruledFacts([aSession(50, dates, { reviews: [aReviewFacts('KEN'), usa] })], [council]));
}

/** How the dates of the United States stand, by phase. */
function standings(events: readonly ReviewEvent[]): Record<string, readonly string[]> {
  const found = [...pictureWith(events).deadlines.values()].filter((deadline) => deadline.state === 'USA');
  const phases = ['before-review', 'review', 'after-review'] as const;
  return Object.fromEntries(phases.map((phase) => [phase, [...new Set(found.filter(({ kind }) => kindFacts(kind).phase === phase).map((d) => d.standing))]]));
}

const ALL_STAND = { 'before-review': ['standing'], review: ['standing'], 'after-review': ['standing'] };

describe('Refusal is not cancellation', () => {
  test('announced non-participation leaves every date standing', () => {
    expect(standings([anEvent('non-participation-announced', { on: '2025-08-28' })])).toEqual(ALL_STAND);
  });

  test('so does a request to postpone', () => {
    expect(standings([anEvent('postponement-requested', { on: '2025-08-28' })])).toEqual(ALL_STAND);
  });

  test('an absence stops what follows a review, and nothing else', () => {
    expect(standings([anEvent('absent')])).toEqual({ ...ALL_STAND, 'after-review': ['fallen'] });
    expect(standings([anEvent('absent'), anEvent('non-cooperation-decision'), anEvent('rescheduled', { to: 53 })])).toEqual({
      ...ALL_STAND,
      'after-review': ['fallen'],
    });
  });
});

describe('A review that moves before it took place', () => {
  test.each([
    ['is postponed without a new date', [anEvent('postponed', { on: '2025-09-01' })]],
    ['is put to another session', [anEvent('rescheduled', { on: '2025-09-01', to: 53 })]],
  ])('takes its dates along when it %s', (_what, events) => {
    expect(standings(events)).toEqual({ 'before-review': ['moved-away'], review: ['moved-away'], 'after-review': ['moved-away'] });
  });

  test('leaves the dates of the other States of its session alone', () => {
    const found = [...pictureWith([anEvent('postponed')]).deadlines.values()].filter((deadline) => deadline.state === 'KEN');

    expect(new Set(found.map((deadline) => deadline.standing))).toEqual(new Set(['standing']));
  });

  test('has its dates stand again when its day is confirmed after all', () => {
    expect(standings([anEvent('postponed', { on: '2025-09-01' }), anEvent('date-confirmed', { on: '2025-11-05' })])).toEqual(ALL_STAND);
  });
});

describe('Contributions suspended for one State, as for Myanmar', () => {
  const submission = (events: readonly ReviewEvent[]) => pictureWith(events).deadlines.get('50-USA-stakeholder_submission')?.standing;

  test('suspend its stakeholder deadline only', () => {
    const picture = pictureWith([anEvent('contributions-suspended', { on: null })]);

    const suspended = [...picture.deadlines.values()].filter((deadline) => deadline.standing !== 'standing').map((deadline) => deadline.id);
    expect(suspended).toEqual(['50-USA-stakeholder_submission']);
  });

  test('run again when they are taken up', () => {
    expect(submission([anEvent('contributions-suspended', { on: null }), anEvent('contributions-resumed', { on: '2025-03-01' })])).toBe('standing');
  });
});

describe('The dates of a Council session', () => {
  test('concern the States whose reviews stand, and not one that left its session', () => {
    const concerns = (events: readonly ReviewEvent[]) => pictureWith(events).deadlines.get('hrc61-hrc_written_statement')?.concerns;

    expect(concerns([])).toEqual(['KEN', 'USA']);
    expect(concerns([anEvent('non-participation-announced')])).toEqual(['KEN', 'USA']);
    expect(concerns([anEvent('absent')])).toEqual(['KEN']);
    expect(concerns([anEvent('rescheduled', { to: 53 })])).toEqual(['KEN']);
  });

  test('are said once, not once a State', () => {
    const ids = [...pictureWith([]).deadlines.values()].filter(({ kind }) => kindFacts(kind).council).map((deadline) => deadline.state);

    expect(new Set(ids)).toEqual(new Set([null]));
  });
});

describe('Every review', () => {
  test('shows each core date, known or not', () => {
    const { deadlines } = pictureWith([]);

    const core = DEADLINE_KINDS.filter((kind) => kindFacts(kind).core && !kindFacts(kind).council);
    expect(core.filter((kind) => !deadlines.has(`50-KEN-${kind}`))).toEqual([]);
  });
});
