import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aChannel, NOON } from './cast.ts';

/** Private links, on any store. */
export function feedLinkPromises(open: Open): void {
  describe('Private links of channels', () => {
    test('are one a channel, found by the hash alone, and go with their channel', async () => {
      const store = await open();
      for (const id of ['discord:100/200', 'discord:100/201']) await store.subscriptions.putChannel(aChannel(id, { platform: 'discord', installation: '100' }));
      await store.feedLinks.put({ channel: 'discord:100/200', hash: 'one', at: NOON });
      await store.feedLinks.put({ channel: 'discord:100/201', hash: 'other', at: NOON });
      await store.feedLinks.put({ channel: 'discord:100/200', hash: 'two', at: NOON + 1 });

      expect(await Promise.all(['one', 'two', 'other'].map((hash) => store.feedLinks.channelOf(hash)))).toEqual([null, 'discord:100/200', 'discord:100/201']);
      expect(await store.feedLinks.of('discord:100/200')).toEqual({ made: NOON + 1 });
      expect(await store.feedLinks.remove('discord:100/201')).toBe(true);
      expect([await store.feedLinks.remove('discord:100/201'), await store.feedLinks.of('discord:100/201')]).toEqual([false, null]);
      expect((await store.installations.erase({ platform: 'discord', id: '100' })).links).toBe(1);
      expect(await store.feedLinks.channelOf('two')).toBeNull();
    });
  });
}
