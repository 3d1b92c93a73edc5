import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addDays, addMonths, atWallClock, dayOf, daysBetween, isClockTime, isRealDay, isZone, lastDayOfMonth, weekday } from '../../../src/domain/time.ts';

const aDay = fc.integer({ min: -3000, max: 6000 }).map((days) => addDays('2020-01-01', days));

describe('A written day', () => {
  test.each(['2026-07-17', '2024-02-29', '2000-02-29', '1999-12-31'])('%s is one of the calendar', (day) => {
    expect(isRealDay(day)).toBe(true);
  });

  test.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-7-17', '17-07-2026', '2026-07-17T00:00', '', ' 2026-07-17', '2026-07-17\n'])(
    '%j is none',
    (day) => {
      expect(isRealDay(day)).toBe(false);
    },
  );
});

describe('A written time and a zone', () => {
  test.each(['00:00', '09:00', '23:59'])('%s is a time', (time) => {
    expect(isClockTime(time)).toBe(true);
  });

  test.each(['24:00', '9:00', '12:60', '12:00:00', 'noon', ''])('%j is none', (time) => {
    expect(isClockTime(time)).toBe(false);
  });

  test('a zone has an IANA name', () => {
    expect(['Europe/Zurich', 'Africa/Cairo', 'America/Argentina/Buenos_Aires'].every(isZone)).toBe(true);
    expect(['Geneva', 'Mars/Olympus', '', '../../etc/passwd'].some(isZone)).toBe(false);
  });
});

describe('Counting days', () => {
  test.each([
    ['over the end of a leap February', '2024-02-28', 2, '2024-03-01'],
    ['over a new year', '2026-12-31', 1, '2027-01-01'],
    ['back over the change of clocks', '2026-03-30', -1, '2026-03-29'],
    ['by none', '2026-07-17', 0, '2026-07-17'],
  ])('goes %s', (_how, from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });

  test('there and back comes to the same day', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -2000, max: 2000 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  test('names the week-day, Monday first', () => {
    expect(['2025-11-03', '2025-11-07', '2025-11-08', '2025-11-09'].map(weekday)).toEqual([1, 5, 6, 7]);
  });
});

describe('Counting months', () => {
  test.each([
    ['stops at the end of a shorter month', '2026-01-31', 1, '2026-02-28'],
    ['knows leap years', '2024-01-31', 1, '2024-02-29'],
    ['takes two and a half years to a mid-term report', '2026-03-24', 30, '2028-09-24'],
    ['goes back', '2026-03-31', -1, '2026-02-28'],
    ['crosses a new year', '2026-11-30', 3, '2027-02-28'],
  ])('%s', (_how, from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test('ends a month on its last day', () => {
    expect(['2026-02', '2024-02', '2026-12', '2026-04'].map(lastDayOfMonth)).toEqual(['2026-02-28', '2024-02-29', '2026-12-31', '2026-04-30']);
  });
});

describe('The present does not matter', () => {
  afterEach(() => vi.useRealTimers());

  const asked = [
    ['2031-10-26', '02:30', 'Europe/Zurich'],
    ['2031-11-02', '01:30', 'America/New_York'],
    ['2031-04-06', '01:45', 'Australia/Lord_Howe'],
  ] as const;

  test('a time shown twice is the same instant when asked in summer and in winter', () => {
    // Each run asks in a fresh process with its own clock, since answers are remembered.
    const answer = (now: string) =>
      spawnSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `Date.now = () => ${Date.parse(now)};
           const { atWallClock } = await import(${JSON.stringify(new URL('../../../src/domain/time.ts', import.meta.url).href)});
           process.stdout.write(JSON.stringify(${JSON.stringify(asked)}.map((args) => atWallClock(...args))));`,
        ],
        { encoding: 'utf8' },
      ).stdout;

    const [summer, winter] = [answer('2026-07-01T00:00:00Z'), answer('2026-01-01T00:00:00Z')];

    expect(JSON.parse(summer)).toHaveLength(3);
    expect(winter).toBe(summer);
  });

  test('a day of the past is the same whatever the clock says', () => {
    vi.useFakeTimers({ now: Date.parse('2040-01-01T00:00:00Z') });

    expect(dayOf(atWallClock('2025-11-07', '23:59', 'Pacific/Auckland'), 'Pacific/Auckland')).toBe('2025-11-07');
  });
});
