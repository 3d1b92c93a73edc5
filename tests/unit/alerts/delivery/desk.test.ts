import { describe, expect, test } from 'vitest';
import { choose, emptyDesk, MOST_IN_FLIGHT, nextStart } from '../../../../src/alerts/delivery/desk.ts';
import { createHealth } from '../../../../src/alerts/delivery/health.ts';
import type { Letter } from '../../../../src/alerts/delivery/letter.ts';
import { createPace } from '../../../../src/alerts/delivery/pace.ts';

const letterTo = (id: number, channel: string) => ({ delivery: { id }, channel: { id: channel } }) as unknown as Letter;

function aLane(ill: boolean) {
  const health = createHealth(() => 0.5);
  for (const channel of ill ? ['v', 'w', 'x', 'y', 'z'] : []) health.silent(channel, 0);
  return { health, pace: createPace({ tokenMs: 0, channelMs: 1_000 }), now: 0, at: 0 };
}

describe('A lane', () => {
  test('starts a request each in ten channels, and the next when one has ended', () => {
    const [desk, lane] = [emptyDesk(), aLane(false)];
    for (let channel = 0; channel < 15; channel += 1) desk.queue.add(`${channel}`);
    const { picks } = choose(desk, lane);
    picks.forEach((channel, index) => void desk.inFlight.set(index, letterTo(index, channel)));

    expect([picks.length, choose(desk, lane).picks, nextStart(desk, lane)]).toEqual([MOST_IN_FLIGHT, [], Number.POSITIVE_INFINITY]);
    desk.inFlight.delete(0);
    expect(choose(desk, lane).picks).toEqual(['10']);
  });

  test('never starts a second request in a channel, nor one before its pace allows', () => {
    const [desk, lane] = [emptyDesk(), aLane(false)];
    desk.queue.add('a');
    choose(desk, lane);
    desk.queue.add('a');
    const soon = nextStart(desk, lane);
    desk.inFlight.set(1, letterTo(1, 'a'));

    expect([soon, nextStart(desk, lane)]).toEqual([1_020, Number.POSITIVE_INFINITY]);
    expect(choose(desk, { ...lane, at: 5_000 }).picks).toEqual([]);
  });

  test('that finds nobody rests until its next try, whatever waits on the desk', () => {
    const [desk, lane] = [emptyDesk(), aLane(true)];
    desk.queue.add('a');
    desk.doubtful.set(1, { letter: letterTo(1, 'b'), at: 0 });

    expect([choose(desk, lane), nextStart(desk, lane)]).toEqual([{ picks: [], again: [] }, 1_000]);
  });

  test('whose one try is under way rests until it is answered', () => {
    const [desk, lane] = [emptyDesk(), { ...aLane(true), at: 2_000, now: 2_000 }];
    desk.queue.add('a');
    desk.queue.add('b');
    desk.doubtful.set(1, { letter: letterTo(1, 'c'), at: 0 });
    const { picks, again } = choose(desk, lane);
    desk.inFlight.set(1, letterTo(1, 'c'));

    expect([picks, again.length, nextStart(desk, lane)]).toEqual([[], 1, Number.POSITIVE_INFINITY]);
  });

  test('takes up a channel again when its time has come', () => {
    const [desk, lane] = [emptyDesk(), aLane(false)];
    desk.later.set('a', 5_000);

    expect([choose(desk, lane).picks, nextStart(desk, lane)]).toEqual([[], 5_000]);
    expect(choose(desk, { ...lane, now: 5_000, at: 5_000 }).picks).toEqual(['a']);
  });
});
