import { expect, test } from 'vitest';
import { formatAlert } from '../../../../src/message/format-alert.ts';
import { withPost } from '../../../support/a-delivery.ts';
import { aVoice, ON_TIME } from '../../../support/a-voice.ts';

const CHANNELS = ['a', 'b'];

test('What another process left unfinished is said before anything else in its channel', async () => {
  await withPost({ flavour: 'discord', channels: CHANNELS }, async (post) => {
    await post.add(2);
    const now = post.clock.now();
    const ready = await post.store.alerts.ready(CHANNELS, now);
    const words = formatAlert({ type: 'notice', notice: { about: 'token', platform: 'discord', lane: 'what was left' } }, ON_TIME, aVoice());
    const left = CHANNELS.map((channel) => ({
      ...{ channel, lane: 'discord', onceKey: `left-${channel}`, type: 'notice', title: words.title, message: JSON.stringify(words), folded: [] },
      alerts: ready
        .filter((alert) => alert.channel === channel)
        .slice(0, 1)
        .map(({ id }) => id),
    }));
    await post.store.alerts.begin(left, 'another/1', now);

    await post.pass(10_000);

    for (const [n, channel] of CHANNELS.entries()) {
      expect(post.platform.read(channel).map(({ text }) => /what was left|number \d/.exec(text)?.[0])).toEqual(['what was left', `number ${2 * n + 2}`]);
    }
  });
});
