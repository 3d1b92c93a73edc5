import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DigestInput, digestOf, isoWeek, nextDigest } from '../../../src/domain/alerts/digest.ts';
import { type Lead, readLead } from '../../../src/domain/alerts/ladder.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { wishesOf } from '../../../src/domain/alerts/wish.ts';
import type { DateChange } from '../../../src/domain/calendar/diff.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { addDays, clockTimeOf, DAY, dayOf, GENEVA, weekday } from '../../../src/domain/time.ts';
import { aDeadline, someFacts } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { ZONES } from '../alerts/arbitraries.ts';

const NOW = at('2026-06-01');
const DAY_OF_WEEK = fc.integer({ min: 1, max: 7 });
const HOUR_OF_DAY = fc.integer({ min: 4, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
const FROM = fc.integer({ min: Date.UTC(2025, 11, 20) / 1000, max: Date.UTC(2028, 0, 20) / 1000 }).map((seconds) => seconds * 1000);

describe('The next digest', () => {
  test('is always on its day of the week at its hour in its zone, later than now, and there is none between', () => {
    fc.assert(
      fc.property(DAY_OF_WEEK, HOUR_OF_DAY, fc.constantFrom(...ZONES), FROM, (day, hour, zone, after) => {
        const next = nextDigest({ day, hour }, zone, after);

        expect([weekday(dayOf(next, zone)), clockTimeOf(next, zone)]).toEqual([day, hour]);
        expect(next).toBeGreaterThan(after);
        // A week can be longer or shorter by what clocks are changed; the one before lies behind.
        expect(addDays(dayOf(next, zone), -7) < dayOf(after, zone) || clockTimeOf(after, zone) >= hour).toBe(true);
      }),
    );
  });

  test('and the one after it are a week of days apart, whatever the clocks do', () => {
    fc.assert(
      fc.property(DAY_OF_WEEK, HOUR_OF_DAY, fc.constantFrom(...ZONES), FROM, (day, hour, zone, after) => {
        const first = nextDigest({ day, hour }, zone, after);

        expect(dayOf(nextDigest({ day, hour }, zone, first), zone)).toBe(addDays(dayOf(first, zone), 7));
      }),
    );
  });

  test('on the night when clocks go forward comes once, at the end of the hour that is not there', () => {
    // Clocks go from 02:00 to 03:00 on Sunday, 29 March 2026.
    const next = nextDigest({ day: 7, hour: '02:30' }, GENEVA, at('2026-03-28'));

    expect([dayOf(next, GENEVA), clockTimeOf(next, GENEVA)]).toEqual(['2026-03-29', '03:00']);
    expect(dayOf(nextDigest({ day: 7, hour: '02:30' }, GENEVA, next), GENEVA)).toBe('2026-04-05');
  });

  test.each([
    ['2026-06-01', '08:59', '2026-06-01'],
    ['2026-06-01', '09:00', '2026-06-08'],
    ['2026-06-02', '09:00', '2026-06-08'],
  ])('of Mondays at nine, seen on %s at %s, is on %s', (day, time, next) => {
    expect(dayOf(nextDigest({ day: 1, hour: '09:00' }, GENEVA, at(day, time)), GENEVA)).toBe(next);
  });
});

describe('The week of a day', () => {
  // The table of ISO 8601 as it is printed: the week with the first Thursday is the first.
  test.each([
    ['2005-01-01', '2004-W53'],
    ['2005-01-02', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2006-01-01', '2005-W52'],
    ['2007-01-01', '2007-W01'],
    ['2007-12-31', '2008-W01'],
    ['2008-12-28', '2008-W52'],
    ['2008-12-29', '2009-W01'],
    ['2009-12-31', '2009-W53'],
    ['2010-01-03', '2009-W53'],
    ['2010-01-04', '2010-W01'],
    ['2024-02-29', '2024-W09'],
    ['2026-11-24', '2026-W48'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ])('%s is %s', (day, week) => {
    expect(isoWeek(day)).toBe(week);
  });

  test('has seven days, from Monday to Sunday, over thirty years', () => {
    for (let monday = '2010-01-04'; monday < '2040-01-01'; monday = addDays(monday, 7)) {
      const week = isoWeek(monday);
      expect([isoWeek(addDays(monday, 6)), isoWeek(addDays(monday, 7)) > week]).toEqual([week, true]);
    }
  });
});

const KEN = aDeadline({ when: dayWhen('2026-06-20', GENEVA) });
const leads = (...texts: readonly string[]): readonly Lead[] => texts.map(readLead).filter((lead) => lead !== null);

function input(more: Partial<DigestInput> = {}): DigestInput {
  return {
    ...{ deadlines: [], changes: [], wishes: wishesOf([EVERYTHING], someFacts().states), ladder: {} },
    ...{ timing: { zone: GENEVA, hour: '09:00' }, holidays: new Map(), since: NOW - 7 * DAY, now: NOW, told: new Set<string>() },
    ...more,
  };
}

const ids = (more: Partial<DigestInput>) => {
  const digest = digestOf(input(more));
  return digest === null ? null : { ahead: digest.ahead.map(({ id }) => id), estimated: digest.estimated.map(({ id }) => id) };
};

describe('A digest', () => {
  test('lists what comes in the next thirty days, the soonest first', () => {
    const later = aDeadline({ state: 'FRA', when: minuteWhen('2026-06-25', '15:00', GENEVA) });
    const tooFar = aDeadline({ state: 'PER', when: dayWhen('2026-07-02', GENEVA) });
    const over = aDeadline({ state: 'USA', when: dayWhen('2026-05-31', GENEVA) });

    expect(ids({ deadlines: [later, tooFar, over, KEN] })).toEqual({ ahead: [KEN.id, later.id], estimated: [] });
  });

  test('lists a date further ahead in the week in which a digest lead of it fell, and only then', () => {
    const far = aDeadline({ when: dayWhen('2026-08-28', GENEVA) }); // 90 days before it is 30 May
    const ladder = { stakeholder_submission: leads('90d', '60d!') };

    expect(ids({ deadlines: [far], ladder })).toEqual({ ahead: [far.id], estimated: [] });
    expect(ids({ deadlines: [far], ladder, now: NOW + 7 * DAY, since: NOW })).toBeNull();
    expect(ids({ deadlines: [far], ladder: { stakeholder_submission: leads('90d!') } })).toBeNull();
  });

  test('lists dates without a day that may come soon, but long before not for them alone', () => {
    const estimated = aDeadline({ state: 'FRA', when: rangeWhen('2026-09-01', '2026-09-30', GENEVA), certainty: 'estimated' });
    const later = aDeadline({ state: 'PER', when: rangeWhen('2026-12-01', '2026-12-31', GENEVA), certainty: 'estimated' });
    const unknown = aDeadline({ state: 'USA', when: unknownWhen(GENEVA), certainty: 'unknown' });
    const all = [later, estimated, unknown];

    expect(ids({ deadlines: all })).toBeNull();
    expect(ids({ deadlines: [...all, KEN] })).toEqual({ ahead: [KEN.id], estimated: [estimated.id] });
  });

  test('comes for a date without a day alone in the week in which it may begin', () => {
    const soon = aDeadline({ when: rangeWhen('2026-06-05', '2026-06-09', GENEVA), certainty: 'estimated' });
    const begins = Date.parse('2026-06-05T00:00:00+02:00');

    expect(ids({ deadlines: [soon], now: begins - 7 * DAY })).toEqual({ ahead: [], estimated: [soon.id] });
    expect(ids({ deadlines: [soon], now: begins - 7 * DAY - 1 })).toBeNull();
    expect(ids({ deadlines: [soon], now: begins })).toBeNull();
  });

  test('leaves out what the channel was told a moment ago, and what does not stand', () => {
    const suspended = aDeadline({ state: 'FRA', when: KEN.when, standing: 'suspended' });

    expect(ids({ deadlines: [KEN, suspended], told: new Set([KEN.id]) })).toBeNull();
  });

  test('tells only what is wished for, of dates and of changes', () => {
    const moved: DateChange = { about: 'date', what: 'moved', before: KEN, after: aDeadline({ when: dayWhen('2026-07-17', GENEVA) }) };
    const ofFrance = wishesOf([{ ...EVERYTHING, states: ['FRA'] }], someFacts().states);

    expect(digestOf(input({ changes: [moved] }))?.changed).toEqual([moved]);
    expect(digestOf(input({ deadlines: [KEN], changes: [moved], wishes: ofFrance }))).toBeNull();
    expect(digestOf(input({ deadlines: [KEN], changes: [moved], wishes: [] }))).toBeNull();
  });
});
