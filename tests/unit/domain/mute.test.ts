import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldUntil } from '../../../src/domain/alerts/mute.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { DAY, GENEVA, HOUR } from '../../../src/domain/time.ts';
import { at } from '../../support/a-voice.ts';

const NOW = at('2026-07-10');
const MUTE = { until: at('2026-07-20'), reason: 'summer' };
const held = (...dates: Parameters<typeof heldUntil>[2]) => heldUntil(MUTE, NOW, dates);

describe('A mute', () => {
  test('holds until it ends, whatever has no date or only a vague one', () => {
    expect([held(), held(unknownWhen(GENEVA)), held(rangeWhen('2026-09-01', '2026-09-30', GENEVA))]).toEqual([MUTE.until, MUTE.until, MUTE.until]);
  });

  test('holds nothing when there is none, and nothing from the moment it ends', () => {
    expect([heldUntil(null, NOW, []), heldUntil({ ...MUTE, until: NOW }, NOW, []), heldUntil({ ...MUTE, until: NOW - 1 }, NOW, [])]).toEqual([
      null,
      null,
      null,
    ]);
    expect(heldUntil({ ...MUTE, until: NOW + 1 }, NOW, [])).toBe(NOW + 1);
  });

  test.each([
    ['a day', dayWhen('2026-07-17', GENEVA), at('2026-07-17', '00:00')],
    ['an hour', minuteWhen('2026-07-17', '15:00', GENEVA), at('2026-07-16', '15:00')],
    ['a day after its end', dayWhen('2026-07-25', GENEVA), MUTE.until],
    ['today', dayWhen('2026-07-10', GENEVA), null],
    ['tomorrow at this hour', minuteWhen('2026-07-11', '09:00', GENEVA), null],
    ['tomorrow an hour later', minuteWhen('2026-07-11', '10:00', GENEVA), NOW + HOUR],
    ['a day that is over', dayWhen('2026-07-09', GENEVA), MUTE.until],
  ])('lets the last day before %s through', (_, when, until) => {
    expect(held(when)).toBe(until);
  });

  test('of something with two dates gives way to the earlier that is ahead', () => {
    expect(held(dayWhen('2026-07-17', GENEVA), dayWhen('2026-07-15', GENEVA), dayWhen('2026-07-01', GENEVA))).toBe(at('2026-07-15', '00:00'));
  });

  test('never holds beyond its end, and never something within 24 hours of its date', () => {
    const minute = fc.integer({ min: NOW - 3 * DAY, max: NOW + 20 * DAY });
    fc.assert(
      fc.property(minute, minute, (ends, until) => {
        const text = new Date(ends).toISOString();
        const when = minuteWhen(text.slice(0, 10), text.slice(11, 16), 'UTC');
        const passes = Math.floor(ends / 60_000) * 60_000;
        const found = heldUntil({ until, reason: '' }, NOW, [when]);

        if (found !== null) expect([found > NOW, found <= until]).toEqual([true, true]);
        if (passes >= NOW && passes - NOW <= DAY) expect(found).toBeNull();
      }),
    );
  });
});
