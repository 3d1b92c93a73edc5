import { describe, expect, test } from 'vitest';
import { setPaused } from '../../../../src/alerts/pause.ts';
import { type Post, withPost } from '../../../support/a-delivery.ts';

const [SECOND, MINUTE] = [1_000, 60_000];
const CHANNELS = ['a', 'b', 'c', 'd'];

/** One message a channel; the answer to the first request of each is lost on its way. Answers what readers saw. */
async function lost(then: (post: Post) => Promise<void>) {
  return withPost({ flavour: 'discord', channels: CHANNELS, lookEveryMs: 5 * SECOND }, async (post) => {
    for (const channel of CHANNELS) post.platform.fault(channel, { kind: 'lost-answer' });
    await post.add(1);
    await then(post);
    await post.pass(5 * MINUTE);
    return {
      marks: CHANNELS.map((channel) => post.platform.read(channel).map(({ marked }) => marked)),
      keys: new Set(post.requests().map(({ key }) => key)).size,
      asked: post.requests().length,
      counts: await post.store.alerts.counts(),
    };
  });
}

const each = (marks: readonly boolean[]) => CHANNELS.map(() => marks);

describe('A message whose answer was lost', () => {
  test('goes out again under its key, and readers see it once', async () => {
    const { marks, keys, asked, counts } = await lost((post) => post.pass(MINUTE));

    expect(marks).toEqual(each([false]));
    expect([keys, asked, counts.sent]).toEqual([4, 8, 4]);
  });

  test('is seen once when the further tries are refused for a while', async () => {
    const { marks, counts } = await lost(async (post) => {
      for (const channel of CHANNELS) post.platform.fault(channel, { kind: 'limited', retryAfterMs: 5 * SECOND }, { kind: 'status', status: 503 });
      await post.pass(MINUTE);
    });
    expect(marks).toEqual(each([false]));
    expect(counts.sent).toBe(4);
  });

  test('is seen a second time, marked, when the platform was away until its key was worth nothing', async () => {
    const { marks, counts } = await lost(async (post) => {
      const ends = post.platform.onRequest(() => void post.platform.down());
      await post.pass(4 * MINUTE);
      ends();
      await post.platform.up();
    });
    // What the platform never read is said once, and a mark that it may be a repeat is true of it as well.
    for (const seen of marks) expect([[false], [true], [false, true]]).toContainEqual(seen);
    expect([counts.pending, counts.sending]).toEqual([0, 0]);
  });

  test('is seen a second time, marked, when posting was paused until its key was worth nothing', async () => {
    const { marks, counts } = await lost(async (post) => {
      const ends = post.platform.onRequest(() => void setPaused(post.store, true));
      await post.pass(4 * MINUTE);
      ends();
      await setPaused(post.store, false);
    });
    for (const seen of marks) expect([[false], [false, true]]).toContainEqual(seen);
    expect(marks).toContainEqual([false, true]);
    expect(counts.sent).toBe(4);
  });

  test('each time is seen twice at most, and then it rests in doubt', async () => {
    const { marks, counts, asked } = await lost(async (post) => {
      post.platform.rule(() => ({ kind: 'lost-answer' }));
      await post.pass(10 * MINUTE);
    });
    for (const seen of marks) expect([[false], [false, true]]).toContainEqual(seen);
    expect(counts['in-doubt']).toBe(4);
    expect(asked).toBeLessThan(100);
  });
});

/** A delivery that this very process marked so many times, and of which it knows nothing. Answers what readers see. */
async function unknown(marked: number) {
  return withPost({ flavour: 'slack', channels: ['team/a'] }, async ({ store, clock, add, pass, platform }) => {
    await add(1);
    const alerts = (await store.alerts.ready(['team/a'], clock.now())).map(({ id }) => id);
    const delivery = { channel: 'team/a', lane: 'slack:team', onceKey: 'k', type: 'notice', title: '', message: null, alerts, folded: [] };
    const [begun] = await store.alerts.begin([delivery], 'post/1', clock.now());
    for (let again = 1; again < marked; again += 1) await store.alerts.again({ id: begun?.id ?? 0, fence: again }, 'post/1');
    await pass(MINUTE);
    return platform.read('team/a').map((seen) => seen.marked);
  });
}

test('A message that was marked in a commit that seemed to fail never started, so it is no repeat; of one that is tried again nobody knows', async () => {
  expect([await unknown(1), await unknown(2)]).toEqual([[false], [true]]);
});
