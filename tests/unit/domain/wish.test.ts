import { describe, expect, test } from 'vitest';
import { EVERYTHING, type Selector } from '../../../src/domain/alerts/subscription.ts';
import { isNewsWished, isWished, wishesOf } from '../../../src/domain/alerts/wish.ts';
import type { Change } from '../../../src/domain/calendar/diff.ts';
import { EVENT_KINDS, type ReviewEvent } from '../../../src/domain/calendar/facts.ts';
import { OFF_PATH } from '../../../src/domain/calendar/participation.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';
import { calendarOf } from '../../support/some-dates.ts';

const WHEN = dayWhen('2026-07-17', GENEVA);
/** Kenya is African, France of WEOG. */
const { states } = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: WHEN },
  { state: 'FRA', kind: 'stakeholder_submission', when: WHEN },
]);
const wished = (...selectors: readonly Partial<Selector>[]) =>
  wishesOf(
    selectors.map((selector) => ({ ...EVERYTHING, ...selector })),
    states,
  );
const KENYA = aDeadline();

describe('A date is wished for', () => {
  test.each([
    ['everything', [{}], true],
    ['its State', [{ states: ['KEN'] }], true],
    ['another State', [{ states: ['FRA'] }], false],
    ['its region', [{ regions: ['African'] }], true],
    ['another region', [{ regions: ['WEOG'] }], false],
    ['another region, and its State by name', [{ regions: ['WEOG'], states: ['KEN'] }], true],
    ['its kind', [{ kinds: ['stakeholder_submission'] }], true],
    ['another kind of its State', [{ states: ['KEN'], kinds: ['review'] }], false],
    ['another session', [{ sessions: [53] }], false],
    ['two things, of which it is one', [{ states: ['FRA'] }, { sessions: [54] }], true],
    ['nothing', [], false],
  ] satisfies readonly [string, readonly Partial<Selector>[], boolean][])('by who wishes for %s: %3$s', (_, selectors, answer) => {
    expect(isWished(wished(...selectors), KENYA)).toBe(answer);
  });

  test('when it concerns several States and one of them is wished for', () => {
    const council = aDeadline({ kind: 'hrc_written_statement', session: null, council: 64, state: null, concerns: ['FRA', 'PER'] });

    expect([isWished(wished({ states: ['PER'] }), council), isWished(wished({ states: ['KEN'] }), council)]).toEqual([true, false]);
  });
});

describe('A wish for participation', () => {
  const happened = (what: ReviewEvent['what'], state = 'KEN'): Change => ({ about: 'review', what: 'event', review: aReview({ state }), event: anEvent(what) });
  const moved: Change = { about: 'date', what: 'moved', before: KENYA, after: aDeadline({ when: dayWhen('2026-07-20', GENEVA) }) };
  const watch = wished({ news: 'participation' });

  test.each(EVENT_KINDS)('hears of %s only if it is about the taking part of a State', (what) => {
    const heard = [...OFF_PATH, 'cooperation-resumed', 'contributions-resumed', 'president-reported'].includes(what);

    expect(isNewsWished(watch, happened(what))).toBe(heard);
    expect(isNewsWished(wished({}), happened(what))).toBe(true);
  });

  test('hears of no date, and of no change of one', () => {
    expect([isWished(watch, KENYA), isNewsWished(watch, moved)]).toEqual([false, false]);
  });

  test('can be for some States or sessions', () => {
    expect(isNewsWished(wished({ news: 'participation', states: ['FRA'] }), happened('absent'))).toBe(false);
    expect(isNewsWished(wished({ news: 'participation', regions: ['African'] }), happened('absent'))).toBe(true);
    expect(isNewsWished(wished({ news: 'participation', sessions: [53] }), happened('absent'))).toBe(false);
  });

  test('does not take away what another wish asks for', () => {
    expect(isWished(wished({ news: 'participation' }, { states: ['KEN'] }), KENYA)).toBe(true);
  });
});

describe('News are wished for', () => {
  const moved: Change = { about: 'date', what: 'moved', before: KENYA, after: aDeadline({ when: dayWhen('2026-07-20', GENEVA) }) };
  const withdrawn: Change = { about: 'date', what: 'withdrawn', before: KENYA, after: null };

  test('by who wishes for the date that they change, also when it is gone', () => {
    for (const change of [moved, withdrawn]) {
      expect(isNewsWished(wished({ states: ['KEN'] }), change)).toBe(true);
      expect(isNewsWished(wished({ states: ['FRA'] }), change)).toBe(false);
      expect(isNewsWished(wished({ kinds: ['review'] }), change)).toBe(false);
    }
  });
});
