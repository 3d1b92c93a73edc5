import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certainty } from '../../../src/domain/calendar/certainty.ts';
import type { Deadline, Standing } from '../../../src/domain/calendar/deadline.ts';
import { type Change, diffPictures, isPosted, knownFrom, type Picture } from '../../../src/domain/calendar/diff.ts';
import type { Review } from '../../../src/domain/calendar/review.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDateFact, aDeadline, anEvent, aReview } from '../../support/a-calendar.ts';

function aPicture(deadlines: readonly Deadline[], reviews: readonly Review[] = []): Picture {
  return {
    deadlines: new Map(deadlines.map((deadline) => [deadline.id, deadline])),
    reviews: new Map(reviews.map((review) => [review.id, review])),
  };
}

/** What becomes of one date, `moved!` when channels hear of it. */
function between(before: Partial<Deadline> | null, after: Partial<Deadline> | null): readonly string[] {
  const picture = (more: Partial<Deadline> | null) => aPicture(more === null ? [] : [aDeadline(more)]);
  return diffPictures(picture(before), picture(after)).map((change) => `${change.what}${isPosted(change) ? '!' : ''}`);
}

const DAY = { when: dayWhen('2026-07-17', GENEVA) };
const OTHER = { when: dayWhen('2026-07-24', GENEVA) };
const MINUTE = { when: minuteWhen('2026-07-17', '15:00', GENEVA) };
const RANGE = { when: rangeWhen('2026-07-01', '2026-07-31', GENEVA), certainty: 'estimated' as Certainty };
const LATER = { when: rangeWhen('2026-08-01', '2026-08-31', GENEVA), certainty: 'estimated' as Certainty };
const NOTHING = { when: unknownWhen(GENEVA), certainty: 'unknown' as Certainty };
const standing = (name: Standing) => ({ ...DAY, standing: name });
const claim = (day: string) => ({ when: dayWhen(day, GENEVA), source: ['press'], known: null });
const claims = (...days: string[]) => ({ disagrees: days.map(claim) });
const CONTESTED: Partial<Deadline> = { contested: { other: aDateFact(dayWhen('2026-07-22', GENEVA)), since: '2026-07-06', drives: 'above' } };

describe('A date between two pictures', () => {
  test.each([
    ['gets a day', RANGE, DAY, ['announced!']],
    ['gets a day where nothing was known', NOTHING, DAY, ['announced!']],
    ['is new with a day', null, DAY, ['announced!']],
    ['is new without a day', null, RANGE, ['listed']],
    ['gets another day', DAY, OTHER, ['moved!']],
    ['gets an hour', DAY, MINUTE, ['moved!']],
    ['loses its hour', MINUTE, DAY, ['moved!']],
    ['loses its day', DAY, NOTHING, ['withdrawn!']],
    ['is only a month again', DAY, { ...RANGE, certainty: 'tentative' as Certainty }, ['withdrawn!']],
    ['is gone with its day', DAY, null, ['withdrawn!']],
    ['is gone and had no day', RANGE, null, ['dropped']],
    ['is estimated otherwise', RANGE, LATER, ['estimate-moved']],
    ['is estimated where nothing was known', NOTHING, RANGE, ['estimate-moved']],
    ['gets surer', { ...DAY, certainty: 'tentative' as Certainty }, DAY, ['surer!']],
    ['is by rule now and was published, which is as sure', DAY, { ...DAY, certainty: 'fixed-rule' as Certainty }, []],
    ['gets doubtful', DAY, { ...DAY, certainty: 'tentative' as Certainty }, ['doubtful!']],
    ['is put in conflict', DAY, claims('2026-07-22'), ['conflict-opened!']],
    [
      'is put in conflict while tentative',
      { certainty: 'tentative' as Certainty },
      { certainty: 'tentative' as Certainty, ...claims('2026-07-22') },
      ['conflict-opened'],
    ],
    ['has its conflict settled', claims('2026-07-22'), DAY, ['conflict-settled']],
    ['has another value beside it than before', claims('2026-07-22'), claims('2026-07-23'), ['conflict-changed!']],
    ['has one value more beside it', claims('2026-07-22'), claims('2026-07-22', '2026-07-23'), ['conflict-changed!']],
    ['has one value less beside it', claims('2026-07-22', '2026-07-23'), claims('2026-07-22'), ['conflict-changed']],
    ['has the same value from another source beside it', claims('2026-07-22'), { disagrees: [{ ...claim('2026-07-22'), source: ['uprinfo'] }] }, []],
    ['is contested by what stood beside it', claims('2026-07-22'), { ...claims('2026-07-22'), ...CONTESTED }, ['conflict-changed!']],
    ['is contested no more', { ...claims('2026-07-22'), ...CONTESTED }, claims('2026-07-22'), ['conflict-changed']],
    ['is suspended', standing('standing'), standing('suspended'), ['standing']],
    ['goes with its review', standing('standing'), standing('moved-away'), ['standing']],
    ['falls', standing('standing'), standing('fallen'), ['standing']],
    ['has another source', DAY, { source: ['uprinfo'] }, ['source-changed']],
    ['has another note', DAY, { note: 'Looked at again.', checked: '2026-07-02' }, []],
  ])('that %s', (_what, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });

  test('that moves to an estimate is told: channels counted on it', () => {
    expect(between(DAY, { ...OTHER, certainty: 'estimated' })).toEqual(['moved!']);
  });

  test('that was only estimated to the day and moves is not told', () => {
    expect(between({ ...DAY, certainty: 'estimated' }, { ...OTHER, certainty: 'estimated' })).toEqual(['moved']);
  });

  test('of a review that is expected in other days is told, as when its session moves; an estimate of it is not', () => {
    const expected = (range: typeof RANGE, certainty: Certainty) => ({ ...range, certainty, kind: 'review' as const, id: '54-KEN-review' });

    expect(between(expected(RANGE, 'tentative'), expected(LATER, 'tentative'))).toEqual(['range-moved!']);
    expect(between(expected(RANGE, 'estimated'), expected(LATER, 'estimated'))).toEqual(['estimate-moved']);
    expect(between(expected(RANGE, 'tentative'), { ...expected(LATER, 'tentative'), standing: 'moved-away' })).toEqual(['range-moved', 'standing']);
  });

  test('that goes with its review is not told as withdrawn: the event speaks', () => {
    expect(between(standing('standing'), { ...NOTHING, standing: 'moved-away' })).toEqual(['withdrawn', 'standing']);
  });

  test('that is suspended and moves is not told as moved', () => {
    expect(between(standing('suspended'), { ...OTHER, standing: 'suspended' })).toEqual(['moved']);
  });

  test('that moves into a conflict says both', () => {
    expect(between(DAY, { ...OTHER, ...claims('2026-07-17') })).toEqual(['moved!', 'conflict-opened!']);
  });
});

describe('A date moved there and back', () => {
  test('is moved twice, and between first and last nothing differs', () => {
    const [a, b, back] = [aPicture([aDeadline(DAY)]), aPicture([aDeadline(OTHER)]), aPicture([aDeadline(DAY)])];

    expect([diffPictures(a, b).length, diffPictures(b, back).length, diffPictures(a, back).length]).toEqual([1, 1, 0]);
  });
});

describe('Events of a review', () => {
  const absent = anEvent('absent');

  test('not known before are told, in their order, before any date', () => {
    const before = aPicture([aDeadline()], [aReview()]);
    const after = aPicture([aDeadline(OTHER)], [aReview({ events: [anEvent('non-participation-announced', { on: '2025-08-28' }), absent] })]);

    const found = diffPictures(before, after);

    expect(found.map((change) => (change.about === 'review' ? change.event.what : change.what))).toEqual(['non-participation-announced', 'absent', 'moved']);
    expect(found.every(isPosted)).toBe(true);
  });

  test('that are gone are taken back, and told, with the review as it is now', () => {
    const [before, after] = [aPicture([], [aReview({ events: [absent], stage: 'not-held-state-absent' })]), aPicture([], [aReview()])];
    const [change, ...more] = diffPictures(before, after);

    expect([change, more]).toEqual([{ about: 'review', what: 'taken-back', review: aReview(), event: absent }, []]);
    expect(change && [isPosted(change), knownFrom(change)]).toEqual([true, null]);
  });

  test('are taken back with a listing that is gone', () => {
    const before = aReview({ events: [absent] });

    expect(diffPictures(aPicture([], [before]), aPicture([]))).toEqual([{ about: 'review', what: 'taken-back', review: before, event: absent }]);
  });

  test('said anew for another day correct themselves', () => {
    const changes = diffPictures(aPicture([], [aReview({ events: [absent] })]), aPicture([], [aReview({ events: [anEvent('absent', { on: '2025-11-06' })] })]));

    expect(changes.map((change) => change.about === 'review' && [change.what, change.event.on])).toEqual([['event', '2025-11-06']]);
  });

  test('are the same when only their sources or notes grew', () => {
    const again = { ...absent, source: ['press', 'ohchr'], note: 'Now with a source of the UN.', certainty: 'tentative' as const };

    expect(diffPictures(aPicture([], [aReview({ events: [absent] })]), aPicture([], [aReview({ events: [again] })]))).toEqual([]);
  });

  test('of the same kind on another day, or to another session, are others', () => {
    const before = aPicture([], [aReview({ events: [anEvent('rescheduled', { to: 53 })] })]);
    const after = aPicture([], [aReview({ events: [anEvent('rescheduled', { to: 53 }), anEvent('rescheduled', { to: 54 })] })]);

    expect(diffPictures(before, after)).toHaveLength(1);
  });

  test('count as known on their own day, dates from the day they say', () => {
    const event = (more: Parameters<typeof anEvent>[1]): Change => ({ about: 'review', what: 'event', review: aReview(), event: anEvent('absent', more) });
    const [moved] = diffPictures(aPicture([aDeadline()]), aPicture([aDeadline({ ...OTHER, known: '2026-06-20' })]));

    expect([knownFrom(event({})), knownFrom(event({ known: '2025-11-08' })), moved && knownFrom(moved)]).toEqual(['2025-11-07', '2025-11-08', '2026-06-20']);
  });
});

describe('Any two pictures', () => {
  const aWhen = fc.constantFrom(DAY.when, OTHER.when, MINUTE.when, RANGE.when, NOTHING.when);
  const aDate = fc
    .record({ when: aWhen, certainty: fc.constantFrom('published', 'tentative', 'estimated'), state: fc.constantFrom('KEN', 'FRA', 'PER') })
    .map((more) => aDeadline(more as Partial<Deadline>));
  const picture = fc.array(aDate, { maxLength: 4 }).map((dates) => aPicture(dates));

  test('differ in nothing when they are the same', () => {
    fc.assert(
      fc.property(picture, (one) => {
        expect(diffPictures(one, one)).toEqual([]);
        expect(diffPictures(one, structuredClone(one) as Picture)).toEqual([]);
      }),
    );
  });

  test('say at most one thing of when a date is', () => {
    fc.assert(
      fc.property(picture, picture, (one, other) => {
        const about = diffPictures(one, other).map((change) => (change.about === 'date' ? (change.after ?? change.before)?.id : ''));

        expect(new Set(about).size).toBe(about.length);
      }),
    );
  });
});
