import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HolidayYear } from '../../../src/domain/calendar/facts.ts';
import { workingDaysBefore } from '../../../src/domain/calendar/working-days.ts';
import { addDays, daysBetween, weekday } from '../../../src/domain/time.ts';

function aYear(year: number, days: readonly string[] | null): [number, HolidayYear] {
  return [year, { year, days, source: ['ohchr'], checked: '2026-07-01' }];
}

const NO_HOLIDAY = new Map([aYear(2025, []), aYear(2026, [])]);

describe('Ten UN working days before a review (PRST/8/1)', () => {
  test('of Friday 7 November 2025 is 24 October 2025', () => {
    expect(workingDaysBefore('2025-11-07', 10, NO_HOLIDAY)).toEqual({ day: '2025-10-24', unchecked: [] });
  });

  test('comes one day earlier when the UN Office has a holiday in between', () => {
    expect(workingDaysBefore('2025-11-07', 10, new Map([aYear(2025, ['2025-10-29'])])).day).toBe('2025-10-23');
  });

  test('comes one day earlier when the day itself would be a holiday, over a week-end too', () => {
    expect(workingDaysBefore('2025-11-07', 10, new Map([aYear(2025, ['2025-10-24'])])).day).toBe('2025-10-23');
    expect(workingDaysBefore('2025-11-10', 10, new Map([aYear(2025, ['2025-10-27'])])).day).toBe('2025-10-24');
  });

  test('is not moved by a holiday that falls on a week-end or on the review itself', () => {
    expect(workingDaysBefore('2025-11-07', 10, new Map([aYear(2025, ['2025-11-01', '2025-11-07'])])).day).toBe('2025-10-24');
  });

  test('is not moved by the Jeûne genevois unless the UN list has it', () => {
    const jeune = '2025-09-11';

    expect(workingDaysBefore('2025-09-19', 10, NO_HOLIDAY).day).toBe('2025-09-05');
    expect(workingDaysBefore('2025-09-19', 10, new Map([aYear(2025, [jeune])])).day).toBe('2025-09-04');
  });

  test('in January reaches over Christmas into the year before', () => {
    const holidays = new Map([aYear(2025, ['2025-12-25', '2025-12-26']), aYear(2026, ['2026-01-01'])]);

    expect(workingDaysBefore('2026-01-08', 10, holidays)).toEqual({ day: '2025-12-22', unchecked: [] });
  });
});

describe('Years whose holidays are not known', () => {
  test('are named, when a working day of theirs was counted', () => {
    expect(workingDaysBefore('2026-01-08', 10, new Map([aYear(2025, null)])).unchecked).toEqual([2025, 2026]);
    expect(workingDaysBefore('2026-01-08', 10, new Map([aYear(2026, [])])).unchecked).toEqual([2025]);
  });

  test('are not named when the count does not reach them', () => {
    expect(workingDaysBefore('2025-11-07', 10, new Map([aYear(2025, []), aYear(2024, null)])).unchecked).toEqual([]);
  });
});

describe('Any count of working days', () => {
  const aDay = fc.integer({ min: 0, max: 600 }).map((days) => addDays('2025-03-01', days));

  test('ends on a working day with exactly that many in between', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 40 }), fc.uniqueArray(aDay, { maxLength: 8 }), (review, count, free) => {
        const holidays = new Map([2024, 2025, 2026].map((year) => aYear(year, free)));

        const { day } = workingDaysBefore(review, count, holidays);

        const between = Array.from({ length: daysBetween(day, review) }, (_, index) => addDays(day, index));
        const working = between.filter((at) => weekday(at) < 6 && !free.includes(at));
        expect(working).toHaveLength(count);
        expect(working[0]).toBe(day);
      }),
    );
  });

  test('of none is the day itself', () => {
    expect(workingDaysBefore('2025-11-08', 0, new Map())).toEqual({ day: '2025-11-08', unchecked: [] });
  });
});
