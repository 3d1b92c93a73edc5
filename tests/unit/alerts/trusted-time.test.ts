import { describe, expect, test } from 'vitest';
import { type AskTime, createTrustedTime } from '../../../src/alerts/trusted-time.ts';
import { aClock } from '../../support/a-clock.ts';
import { at } from '../../support/a-voice.ts';

const NOON = at('2026-07-01', '12:00');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MONTH = 30 * 24 * 60 * MINUTE;

function aTime(references: readonly AskTime[] = []) {
  const clock = aClock(NOON);
  return { clock, time: createTrustedTime(clock, references) };
}

/** Seconds go by, as a scheduler's pulse sees them. */
async function pulses({ clock, time }: ReturnType<typeof aTime>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.pass(SECOND);
    time.now();
    await time.settle();
  }
}

describe('A wall clock', () => {
  test('that goes with the monotonic clock is believed', async () => {
    const { clock, time } = aTime();

    clock.pass(3 * 24 * 60 * MINUTE);

    expect(time.now()).toBe(clock.now());
    expect(time.doubted).toBe(false);
    expect(time.drift).toBe(0);
  });

  test('that jumps a month ahead is doubted, and time goes on from where it was', async () => {
    const { clock, time } = aTime();
    clock.pass(MINUTE);
    time.now();

    clock.setWall(clock.now() + MONTH);
    clock.pass(2 * SECOND);

    expect(time.now()).toBe(NOON + MINUTE + 2 * SECOND);
    expect(time.doubted).toBe(true);
  });

  test.each([9, 10])('that gains %i minutes is believed', (minutes) => {
    const { clock, time } = aTime();

    clock.setWall(NOON + minutes * MINUTE);

    expect(time.now()).toBe(NOON + minutes * MINUTE);
    expect(time.doubted).toBe(false);
  });

  test.each([30 * SECOND, 60 * MINUTE, MONTH])('set back by %i ms is believed', (back) => {
    const { clock, time } = aTime();

    clock.setWall(NOON - back);

    expect(time.now()).toBe(NOON - back);
    expect(time.drift).toBe(-back);
  });

  test('that comes back while it is doubted is believed at once', () => {
    const { clock, time } = aTime();
    clock.setWall(NOON + MONTH);
    time.now();

    clock.setWall(NOON + SECOND);

    expect(time.now()).toBe(NOON + SECOND);
    expect(time.doubted).toBe(false);
  });

  test('drifts once a jump, not once a pulse', async () => {
    const house = aTime();
    house.clock.setWall(NOON + MONTH);

    house.time.now();
    expect(house.time.drift).toBe(MONTH);
    await pulses(house, 1);

    expect(house.time.drift).toBe(0);
  });
});

describe('With nobody to ask', () => {
  test('a jump is believed after a minute, not before', async () => {
    const house = aTime();
    house.clock.setWall(NOON + MONTH);
    house.time.now();

    await pulses(house, 59);
    expect(house.time.doubted).toBe(true);
    await pulses(house, 12);

    expect(house.time.doubted).toBe(false);
    expect(house.time.now()).toBe(house.clock.now());
  });
});

describe('A reference', () => {
  test('is asked at once and every ten seconds while the clock is doubted, and not before', async () => {
    const asked: number[] = [];
    const house: ReturnType<typeof aTime> = aTime([
      async () => {
        asked.push(house.clock.monotonic() / SECOND);
        return NOON;
      },
    ]);
    await pulses(house, 5);

    house.clock.setWall(NOON + MONTH);
    await pulses(house, 25);

    expect(asked).toEqual([6, 16, 26]);
  });

  test('that agrees with the wall clock settles the doubt', async () => {
    const house: ReturnType<typeof aTime> = aTime([async () => null, async () => house.clock.now() + 30 * SECOND]);
    house.clock.setWall(NOON + MONTH);

    await pulses(house, 1);

    expect(house.time.doubted).toBe(false);
    expect(house.time.now()).toBe(house.clock.now());
  });

  test('that disagrees keeps the doubt for as long as it does', async () => {
    const house: ReturnType<typeof aTime> = aTime([async () => NOON + house.clock.monotonic()]);
    house.clock.setWall(NOON + MONTH);

    await pulses(house, 300);

    expect(house.time.doubted).toBe(true);
    expect(house.time.now()).toBe(NOON + 300 * SECOND);
  });

  test('that fails counts as silent', async () => {
    const house = aTime([() => Promise.reject(new Error('no network'))]);
    house.clock.setWall(NOON + MONTH);

    await pulses(house, 75);

    expect(house.time.doubted).toBe(false);
  });
});
