import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, atWallClock, clockTimeOf, dayOf, endOfDay, HOUR, startOfDay, toIso } from '../../../src/domain/time.ts';

const ZONES = [
  'Europe/Zurich',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Atlantic/Azores',
  'Europe/Athens',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Nairobi',
  'Africa/Lagos',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Bogota',
  'America/Sao_Paulo',
  'America/Nuuk',
  'Pacific/Honolulu',
  'Pacific/Pago_Pago',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Tehran',
];

const aDay = fc.integer({ min: 0, max: 3650 }).map((days) => addDays('2020-01-01', days));
const aTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const aZone = fc.constantFrom(...ZONES);

describe('A wall clock', () => {
  test.each([
    ['Geneva in winter', '2026-01-15', '15:00', 'Europe/Zurich', '2026-01-15T14:00:00.000Z'],
    ['Geneva in summer', '2026-07-17', '12:00', 'Europe/Zurich', '2026-07-17T10:00:00.000Z'],
    ['Kathmandu, a quarter of an hour off', '2026-07-17', '12:00', 'Asia/Kathmandu', '2026-07-17T06:15:00.000Z'],
  ])('of %s is one instant', (_where, day, time, zone, instant) => {
    expect(toIso(atWallClock(day, time, zone))).toBe(instant);
  });

  test.each([
    ['Geneva', '2026-03-29', '02:30', 'Europe/Zurich', '2026-03-29T01:00:00.000Z'],
    ['New York', '2026-03-08', '02:15', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['Cairo, at midnight', '2026-04-24', '00:30', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['Lord Howe, by half an hour', '2026-10-04', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
    ['Troll, by two hours', '2026-03-29', '01:30', 'Antarctica/Troll', '2026-03-29T01:00:00.000Z'],
    ['Apia, which skipped a whole day', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('that skips a time in %s counts it as the first instant after the gap', (_where, day, time, zone, instant) => {
    expect(toIso(atWallClock(day, time, zone))).toBe(instant);
  });

  test.each([
    ['Geneva', '2026-10-25', '02:30', 'Europe/Zurich', '2026-10-25T00:30:00.000Z'],
    ['New York', '2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['Cairo', '2026-10-29', '23:30', 'Africa/Cairo', '2026-10-29T20:30:00.000Z'],
    ['Lord Howe', '2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('that shows a time twice in %s means the first', (_where, day, time, zone, instant) => {
    expect(toIso(atWallClock(day, time, zone))).toBe(instant);
  });

  test('shows again what it was asked for, in every zone, unless the time was skipped', () => {
    fc.assert(
      fc.property(aDay, aTime, aZone, (day, time, zone) => {
        const at = atWallClock(day, time, zone);

        const shown = `${dayOf(at, zone)}T${clockTimeOf(at, zone)}`;

        // Only a skipped time is shown later than it was asked for; then the minute before shows an earlier time.
        if (shown !== `${day}T${time}`) {
          expect(shown > `${day}T${time}`).toBe(true);
          expect(`${dayOf(at - 60_000, zone)}T${clockTimeOf(at - 60_000, zone)}` < `${day}T${time}`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('shows every time of the week-ends on which clocks change, in every zone', () => {
    const days = ['2026-03-07', '2026-03-08', '2026-03-28', '2026-03-29', '2026-04-04', '2026-04-05', '2026-04-24', '2026-10-04', '2026-10-25', '2026-11-01'];
    fc.assert(
      fc.property(fc.constantFrom(...days), aTime, aZone, (day, time, zone) => {
        const at = atWallClock(day, time, zone);

        expect(Math.abs(at - Date.parse(`${day}T${time}:00Z`))).toBeLessThanOrEqual(14 * HOUR);
        // The last hour of a day can be skipped too, as in Nuuk: then the first instant after it is the next day's.
        expect(`${dayOf(at, zone)}T${clockTimeOf(at, zone)}` >= `${day}T${time}`).toBe(true);
        expect(dayOf(at - 60_000, zone) <= day).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('never runs backwards from one minute of a day to the next', () => {
    fc.assert(
      fc.property(aDay, aTime, aTime, aZone, (day, one, other, zone) => {
        const [early, late] = [one, other].sort() as [string, string];

        expect(atWallClock(day, early, zone)).toBeLessThanOrEqual(atWallClock(day, late, zone));
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(atWallClock(day, early, zone));
      }),
      { numRuns: 200 },
    );
  });
});

describe('The end of a day', () => {
  test('in Cairo comes at one in the morning when midnight is skipped', () => {
    expect(toIso(endOfDay('2026-04-23', 'Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z');
  });

  test('is the start of the next, and no instant of the day lies behind it', () => {
    fc.assert(
      fc.property(aDay, aZone, (day, zone) => {
        const end = endOfDay(day, zone);

        expect(end).toBe(startOfDay(addDays(day, 1), zone));
        expect(dayOf(end - 1, zone)).toBe(day);
        expect(dayOf(end, zone) > day).toBe(true);
        expect(end - startOfDay(day, zone)).toBeGreaterThanOrEqual(22 * HOUR);
      }),
      { numRuns: 200 },
    );
  });
});
