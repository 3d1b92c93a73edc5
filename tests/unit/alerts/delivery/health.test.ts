import { describe, expect, test } from 'vitest';
import { createHealth } from '../../../../src/alerts/delivery/health.ts';

const MOST = 10;
const [SECOND, MINUTE] = [1_000, 60_000];

/** No chance in the times. */
const aHealth = () => createHealth(() => 0.5);

function fallIll(at = 0) {
  const health = aHealth();
  for (const channel of ['a', 'b', 'c', 'a', 'b']) health.silent(channel, at);
  return health;
}

describe('The health of a lane', () => {
  test.each([
    ['four silences in a row', ['a', 'b', 'c', 'd']],
    ['any number of silences of one channel', Array.from({ length: 50 }, () => 'a')],
    ['silences of two channels', ['a', 'b', 'a', 'b', 'a', 'b']],
  ])('is not shaken by %s', (_, channels) => {
    const health = aHealth();
    for (const channel of channels) health.silent(channel, 0);

    expect([health.slots(MOST, 0), health.next()]).toEqual([MOST, 0]);
  });

  test('is not shaken when anybody was answered in between', () => {
    const health = aHealth();
    for (const channel of ['a', 'b', 'c', 'd']) health.silent(channel, 0);
    health.well();
    health.silent('e', 0);

    expect(health.slots(MOST, 0)).toBe(MOST);
  });

  test('is gone after five silences in a row of three channels: nothing for a second, then one try at a time', () => {
    const health = fallIll();

    expect([0, SECOND - 1, SECOND].map((at) => health.slots(MOST, at))).toEqual([0, 0, 1]);
  });

  test('is tried after one second, two, four and so on to a minute', () => {
    const health = fallIll();
    let at = 0;
    const waits = Array.from({ length: 8 }, () => {
      const wait = health.next() - at;
      at = health.next();
      health.silent('a', at);
      return wait / SECOND;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('is not judged anew by what was under way when the wait began', () => {
    const health = fallIll();
    for (let request = 0; request < 9; request += 1) health.silent('d', 500);

    expect(health.next()).toBe(SECOND);
  });

  test('is back with the first answer, and a new silence begins to count at one', () => {
    const health = fallIll();
    health.silent('a', SECOND);
    health.well();
    health.silent('a', SECOND);

    expect([health.slots(MOST, SECOND), health.next()]).toEqual([MOST, 0]);
  });

  test('waits a minute when the token is refused, then two, four, eight and a quarter of an hour', () => {
    const health = aHealth();
    let at = 0;
    const waits = Array.from({ length: 6 }, () => {
      health.refused(at);
      health.refused(at); // ten were under way
      const wait = health.next() - at;
      at = health.next();
      return wait / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    expect(health.slots(MOST, at - 1)).toBe(0);
  });
});
