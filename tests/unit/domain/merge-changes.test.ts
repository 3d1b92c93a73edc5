import { describe, expect, test } from 'vitest';
import { deadlineOfChange, mergeChanges } from '../../../src/domain/alerts/merge-changes.ts';
import type { Change, DateChange } from '../../../src/domain/calendar/diff.ts';
import { dayWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';

const on = (day: string, more: Parameters<typeof aDeadline>[0] = {}) => aDeadline({ when: dayWhen(day, GENEVA), ...more });
const [A, B, C] = [on('2026-07-17'), on('2026-07-20'), on('2026-07-24')];
const UNKNOWN = aDeadline({ when: unknownWhen(GENEVA), certainty: 'unknown' });
const change = (what: DateChange['what'], before: DateChange['before'], after: DateChange['after']): DateChange => ({ about: 'date', what, before, after });

/** What became of it, from and to which day. */
function told(...changes: readonly Change[]) {
  return mergeChanges(changes).map((merged) => (merged.about === 'date' ? [merged.what, merged.before?.when.from, merged.after?.when.from] : merged.what));
}

describe('Changes of one date that waited', () => {
  test('are one, from the first old to the last new', () => {
    expect(told(change('moved', A, B), change('moved', B, C))).toEqual([['moved', '2026-07-17', '2026-07-24']]);
  });

  test('say nothing when the date is where it was', () => {
    expect(told(change('moved', A, B), change('moved', B, A))).toEqual([]);
    expect(told(change('announced', UNKNOWN, A), change('withdrawn', A, UNKNOWN))).toEqual([]);
  });

  test('say that it is certain only when the day is the same', () => {
    const tentative = on('2026-07-17', { certainty: 'tentative' });

    expect(told(change('moved', tentative, on('2026-07-20', { certainty: 'tentative' })), change('surer', on('2026-07-20'), A))).toEqual([
      ['surer', '2026-07-17', '2026-07-17'],
    ]);
    expect(told(change('surer', tentative, A), change('moved', A, B))).toEqual([['moved', '2026-07-17', '2026-07-20']]);
    expect(told(change('moved', A, B), change('doubtful', B, tentative))).toEqual([['doubtful', '2026-07-17', '2026-07-17']]);
  });

  test('say that it was announced or withdrawn, whatever came between', () => {
    expect(told(change('announced', UNKNOWN, A), change('moved', A, B))).toEqual([['announced', null, '2026-07-20']]);
    expect(told(change('moved', A, B), change('withdrawn', B, UNKNOWN))).toEqual([['withdrawn', '2026-07-17', null]]);
    expect(told(change('withdrawn', A, UNKNOWN), change('announced', UNKNOWN, B))).toEqual([['moved', '2026-07-17', '2026-07-20']]);
  });

  test('say nothing of a conflict that is settled, or of a day that came and went', () => {
    const doubted = on('2026-07-17', { disagrees: [{ when: dayWhen('2026-07-22', GENEVA), source: ['press'], known: null }] });
    const june = aDeadline({ when: rangeWhen('2026-06-01', '2026-06-30', GENEVA), certainty: 'estimated' });

    expect(told(change('withdrawn', doubted, UNKNOWN), change('announced', UNKNOWN, A))).toEqual([]);
    expect(told(change('withdrawn', A, UNKNOWN), change('announced', UNKNOWN, doubted))).toEqual([['conflict-opened', '2026-07-17', '2026-07-17']]);
    expect(told(change('announced', UNKNOWN, A), change('withdrawn', A, june))).toEqual([]);
  });

  test('of a date that fell meanwhile are told as it is now', () => {
    const fallen = on('2026-07-20', { certainty: 'tentative', standing: 'moved-away' });
    const [merged] = mergeChanges([change('moved', A, B)], () => fallen);

    expect(merged).toEqual({ about: 'date', what: 'moved', before: A, after: fallen });
    expect(mergeChanges([change('moved', A, B)], () => ({ ...fallen, when: A.when, certainty: 'published' }))).toEqual([]);
  });

  test('say what became of the values beside it where it is as it was', () => {
    const beside = (...days: string[]) => ({ disagrees: days.map((day) => ({ when: dayWhen(day, GENEVA), source: ['press'], known: null })) });
    const [one, other] = [on('2026-07-17', beside('2026-07-20')), on('2026-07-17', beside('2026-07-24'))];

    expect(told(change('moved', one, B), change('moved', B, other))).toEqual([['conflict-changed', '2026-07-17', '2026-07-17']]);
    expect(told(change('conflict-changed', one, other), change('conflict-changed', other, one))).toEqual([]);
  });

  test('of different dates stay apart', () => {
    const other = on('2026-07-17', { state: 'FRA' });

    expect(mergeChanges([change('moved', A, B), change('dropped', other, null), change('moved', B, C)]).map(deadlineOfChange)).toEqual([A.id, other.id]);
  });
});

describe('An event and its being taken back that waited', () => {
  const become = (what: 'event' | 'taken-back', state = 'KEN'): Change => ({ about: 'review', what, review: aReview({ state }), event: anEvent('absent') });

  test('say nothing, in either order; a third time says the last', () => {
    expect(told(become('event'), become('taken-back'))).toEqual([]);
    expect(told(become('taken-back'), become('event'))).toEqual([]);
    expect(told(become('event'), become('taken-back'), become('event'))).toEqual(['event']);
  });

  test('of different reviews stay apart', () => {
    expect(told(become('event'), become('taken-back', 'FRA'))).toEqual(['event', 'taken-back']);
  });
});
