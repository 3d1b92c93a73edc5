import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfQuiet, notBefore, type QuietHours } from '../../../src/domain/alerts/quiet-hours.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { atWallClock, clockTimeOf, DAY, dayOf, GENEVA } from '../../../src/domain/time.ts';

const NIGHT: QuietHours = { from: '22:00', to: '07:00' };
const LUNCH: QuietHours = { from: '12:00', to: '13:30' };
const geneva = (day: string, time: string) => atWallClock(day, time, GENEVA);

function shown(at: number): string {
  return `${dayOf(at, GENEVA)} ${clockTimeOf(at, GENEVA)}`;
}

describe('Quiet hours over midnight', () => {
  test.each([
    ['21:59', '2026-07-10 21:59'],
    ['22:00', '2026-07-11 07:00'],
    ['23:30', '2026-07-11 07:00'],
    ['00:00', '2026-07-10 07:00'],
    ['06:59', '2026-07-10 07:00'],
    ['07:00', '2026-07-10 07:00'],
    ['09:00', '2026-07-10 09:00'],
  ])('hold what is due at %s until %s', (time, until) => {
    expect(shown(endOfQuiet(geneva('2026-07-10', time), NIGHT, GENEVA))).toBe(until);
  });
});

describe('Quiet hours within a day', () => {
  test.each([
    ['11:59', '2026-07-10 11:59'],
    ['12:00', '2026-07-10 13:30'],
    ['13:29', '2026-07-10 13:30'],
    ['13:30', '2026-07-10 13:30'],
  ])('hold what is due at %s until %s', (time, until) => {
    expect(shown(endOfQuiet(geneva('2026-07-10', time), LUNCH, GENEVA))).toBe(until);
  });

  test('are none when they end as they begin, or when there are none', () => {
    const at = geneva('2026-07-10', '23:00');

    expect([endOfQuiet(at, { from: '22:00', to: '22:00' }, GENEVA), endOfQuiet(at, null, GENEVA)]).toEqual([at, at]);
  });

  test('are counted in the zone of the channel', () => {
    const at = geneva('2026-07-10', '09:00');

    expect(endOfQuiet(at, NIGHT, 'America/New_York')).toBe(atWallClock('2026-07-10', '07:00', 'America/New_York'));
  });
});

describe('The last day before a date', () => {
  const night = geneva('2026-07-16', '23:00');

  test('breaks through the quiet hours', () => {
    expect(notBefore(night, NIGHT, GENEVA, [dayWhen('2026-07-17', GENEVA)])).toBe(geneva('2026-07-17', '00:00'));
    expect(notBefore(night, NIGHT, GENEVA, [minuteWhen('2026-07-17', '15:00', GENEVA)])).toBe(night);
  });

  test('of the earlier of two dates decides for a correction', () => {
    const dates = [dayWhen('2026-07-24', GENEVA), minuteWhen('2026-07-18', '01:00', GENEVA)];

    expect(shown(notBefore(night, NIGHT, GENEVA, dates))).toBe('2026-07-17 01:00');
  });

  test('does not matter once the date has passed, or when it is not known', () => {
    const morning = geneva('2026-07-17', '07:00');

    expect(notBefore(night, NIGHT, GENEVA, [dayWhen('2026-07-15', GENEVA)])).toBe(morning);
    expect(notBefore(night, NIGHT, GENEVA, [unknownWhen(GENEVA)])).toBe(morning);
    expect(notBefore(night, NIGHT, GENEVA, [rangeWhen('2026-07-01', '2026-07-17', GENEVA)])).toBe(morning);
    expect(notBefore(night, NIGHT, GENEVA)).toBe(morning);
  });

  test('holds nothing that is due by day', () => {
    const noon = geneva('2026-07-10', '12:00');

    expect(notBefore(noon, NIGHT, GENEVA, [dayWhen('2026-12-01', GENEVA)])).toBe(noon);
  });
});

describe('Whatever the hour and the zone', () => {
  const anAt = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') });
  const aTime = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
  const aZone = fc.constantFrom(GENEVA, 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'Asia/Kathmandu');

  test('what is held goes out later, within a day, and outside the quiet hours', () => {
    fc.assert(
      fc.property(anAt, aTime, aTime, aZone, (at, from, to, zone) => {
        const ends = endOfQuiet(at, { from, to }, zone);

        expect(ends).toBeGreaterThanOrEqual(at);
        expect(ends - at).toBeLessThanOrEqual(DAY + 3_600_000);
        expect(endOfQuiet(ends, { from, to }, zone)).toBe(ends);
      }),
      { numRuns: 200 },
    );
  });

  test('no date makes it later than the end of the quiet hours', () => {
    fc.assert(
      fc.property(anAt, aZone, fc.integer({ min: -3, max: 5 }), (at, zone, days) => {
        const found = notBefore(at, NIGHT, zone, [dayWhen(dayOf(at + days * DAY, GENEVA), GENEVA)]);

        expect(found).toBeGreaterThanOrEqual(at);
        expect(found).toBeLessThanOrEqual(endOfQuiet(at, NIGHT, zone));
      }),
      { numRuns: 200 },
    );
  });
});
