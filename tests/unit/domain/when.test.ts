import { describe, expect, test } from 'vitest';
import { dayWhen, hasDay, minuteWhen, passesAt, rangeWhen, shiftDays, sortsAt, unknownWhen, whenKey } from '../../../src/domain/calendar/when.ts';
import { GENEVA, toIso } from '../../../src/domain/time.ts';

const day = dayWhen('2026-07-17', GENEVA);
const minute = minuteWhen('2026-07-17', '15:00', GENEVA);
const month = rangeWhen('2026-11-01', '2026-11-30', GENEVA);
const unknown = unknownWhen(GENEVA);

describe('A date', () => {
  test('known to the day is over at the end of that day in its zone', () => {
    expect(toIso(passesAt(day) ?? 0)).toBe('2026-07-17T22:00:00.000Z');
    expect(toIso(passesAt(dayWhen('2026-07-17', 'America/New_York')) ?? 0)).toBe('2026-07-18T04:00:00.000Z');
  });

  test('known to the minute is over at that minute', () => {
    expect(toIso(passesAt(minute) ?? 0)).toBe('2026-07-17T13:00:00.000Z');
  });

  test('known as a range is over at the end of its last day', () => {
    expect(toIso(passesAt(month) ?? 0)).toBe('2026-11-30T23:00:00.000Z');
  });

  test('of which nothing is known is never over', () => {
    expect(passesAt(unknown)).toBeNull();
  });

  test('stands in a list by its instant, or by the start of its day or range; the unknown last', () => {
    const sorted = [unknown, month, minute, day].sort((a, b) => sortsAt(a) - sortsAt(b));

    expect(sorted).toEqual([day, minute, month, unknown]);
  });

  test('has a day unless only a range or nothing is known', () => {
    expect([day, minute, month, unknown, rangeWhen('2026-07-17', '2026-07-17', GENEVA)].map(hasDay)).toEqual([true, true, false, false, false]);
  });
});

describe('The key of a date', () => {
  test('is the same for the same instant in whatever zone it is written', () => {
    expect(whenKey(minute)).toBe(whenKey(minuteWhen('2026-07-17', '09:00', 'America/New_York')));
  });

  test('differs with the day, the hour, the zone of a day, and the precision', () => {
    const all = [
      day,
      minute,
      month,
      unknown,
      dayWhen('2026-07-18', GENEVA),
      minuteWhen('2026-07-17', '15:01', GENEVA),
      dayWhen('2026-07-17', 'America/New_York'),
      rangeWhen('2026-07-17', '2026-07-17', GENEVA),
      minuteWhen('2026-07-17', '00:00', GENEVA),
    ];

    expect(new Set(all.map(whenKey)).size).toBe(all.length);
  });
});

describe('A date moved by days', () => {
  test('stays a day, or a range, and loses its hour', () => {
    expect(shiftDays(day, 2)).toEqual(dayWhen('2026-07-19', GENEVA));
    expect(shiftDays(minute, -14)).toEqual(dayWhen('2026-07-03', GENEVA));
    expect(shiftDays(month, 2)).toEqual(rangeWhen('2026-11-03', '2026-12-02', GENEVA));
  });

  test('stays unknown when it is', () => {
    expect(shiftDays(unknown, 3)).toEqual(unknown);
  });
});
