import { describe, expect, test } from 'vitest';
import { type Post, withPost } from '../../../support/a-delivery.ts';

const SECOND = 1_000;
const BUSY = 'team/busy';
const OTHERS = Array.from({ length: 20 }, (_, index) => `team/other-${index}`);

/** Posts so many messages to one channel, and a few to others while they go out. */
async function crowd(post: Post, count: number) {
  await post.add(count, [BUSY]);
  const due = new Map<string, number>();
  for (const other of OTHERS) {
    due.set(other, post.clock.now());
    await post.add(1, [other]);
    await post.pass(700);
  }
  await post.pass(count * 2 * SECOND, () => post.platform.read(BUSY).length === count);
  const lateness = OTHERS.flatMap((other) => post.platform.read(other).map((seen) => seen.at - (due.get(other) ?? 0)));
  const times = post.platform.read(BUSY).map((seen) => seen.at);
  return { tookMs: (times.at(-1) ?? 0) - (times[0] ?? 0), lateness: lateness.sort((a, b) => a - b), heard: times.length };
}

describe('A channel that takes one message a second', () => {
  test.each([30, 300])(
    'hears %i messages within 5 % of its limit, after at most one refusal, and others hear in time meanwhile',
    async (count) => {
      await withPost({ flavour: 'slack', channels: [BUSY, ...OTHERS] }, async (post) => {
        const { tookMs, lateness, heard } = await crowd(post, count);

        expect(heard).toBe(count);
        expect(tookMs).toBeLessThanOrEqual((count - 1) * SECOND * 1.05);
        expect(post.platform.limited()).toBeLessThanOrEqual(1);
        expect(lateness).toHaveLength(OTHERS.length);
        expect(lateness[Math.ceil(lateness.length * 0.95) - 1]).toBeLessThan(2 * SECOND);
      });
    },
    60_000,
  );
});

describe('A channel that takes five messages in five seconds and says what is left', () => {
  test.each([30, 60])('hears %i messages as fast as it takes them, and never refuses one', async (count) => {
    await withPost({ flavour: 'discord', channels: [BUSY, ...OTHERS] }, async (post) => {
      const { tookMs, heard } = await crowd(post, count);

      expect(heard).toBe(count);
      expect(tookMs).toBeLessThanOrEqual((count / 5 - 1) * 5 * SECOND * 1.05);
      expect(post.platform.limited()).toBe(0);
    });
  });
});

describe('A token that takes fifty messages a second', () => {
  const channels = Array.from({ length: 200 }, (_, index) => `channel-${index}`);

  /** So many messages to each of two hundred channels. */
  async function toAll(count: number, tokenMs: number) {
    return withPost({ flavour: 'discord', channels, pace: { tokenMs, channelMs: 0 } }, async (post) => {
      await post.add(count);
      await post.pass(2 * SECOND);
      const learnt = post.platform.limited();
      await post.pass(60 * SECOND, () => post.platform.posted().length === count * channels.length);
      const times = post.platform.posted().map((seen) => seen.at);
      const each = channels.map((channel) => post.platform.read(channel).length);
      return { tookMs: (times.at(-1) ?? 0) - (times[0] ?? 0), learnt, limited: post.platform.limited(), each: new Set(each) };
    });
  }

  test('is given four hundred within 8.4 seconds without one refusal, where its pace is published', async () => {
    const { tookMs, limited, each } = await toAll(2, 20);

    expect([limited, [...each]]).toEqual([0, [2]]);
    expect(tookMs).toBeLessThanOrEqual(8.4 * SECOND);
  });

  test('is given a thousand within 22 seconds, and none is refused once its pace is learnt', async () => {
    const { tookMs, learnt, limited, each } = await toAll(5, 0);

    expect([...each]).toEqual([5]);
    expect(learnt).toBeLessThanOrEqual(10); // what was on its way with the first
    expect(limited).toBe(learnt);
    expect(tookMs).toBeLessThanOrEqual(22 * SECOND);
  }, 60_000);
});

describe('A channel that gives no answer', () => {
  test('holds up no other channel and no other lane, and is given up after ten seconds', async () => {
    await withPost({ flavour: 'slack', channels: ['one/hangs', 'one/well', 'two/well'] }, async (post) => {
      post.hang('one/hangs');
      await post.add(3);
      await post.pass(5 * SECOND);
      const meanwhile = ['one/hangs', 'one/well', 'two/well'].map((channel) => post.platform.read(channel).length);
      const asked = post.passed();
      await post.pass(20 * SECOND, () => post.requests().some(({ channel }) => channel === 'one/hangs'));

      expect(meanwhile).toEqual([0, 3, 3]);
      expect(post.requests().find(({ channel }) => channel === 'one/hangs')?.at).toBe(10 * SECOND);
      expect(asked).toBeLessThan(10 * SECOND);
    });
  });
});
