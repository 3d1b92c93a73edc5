import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aChannel, aSubscription, follow, LANE, NOON } from './cast.ts';

/** Every follower of a State, page by page. */
async function allFollowers(store: Store, state: string, limit: number, profile: number | null = null) {
  const pages: (readonly string[])[] = [];
  for (let cursor: string | null = ''; cursor !== null && pages.length < 1000; ) {
    const page: Awaited<ReturnType<Store['subscriptions']['followers']>> = await store.subscriptions.followers({ profile, state, cursor, limit });
    pages.push(page.rows.map((row) => row.channel));
    cursor = page.cursor;
  }
  return pages;
}

export function subscriptionPromises(open: Open): void {
  describe('A channel', () => {
    test('is given back as it was put, with the profile of its timing', async () => {
      const store = await open();
      const asked = { digest: { day: 5, hour: '17:30' }, mute: { until: NOON, reason: 'summer' }, managers: ['r2', 'u3'] };
      const channel = aChannel('coalition', { quiet: { from: '22:00', to: '07:00' }, discreet: true, mentionRole: 'r1', locale: 'fr', ...asked });

      await store.subscriptions.putChannel(channel);

      const { timing, ...rest } = channel;
      const found = await store.subscriptions.channelsBy(['coalition']);
      expect(found).toEqual([{ ...rest, profile: { id: expect.any(Number), ...timing } }]);
      expect([await store.subscriptions.channels(), await store.subscriptions.channelsBy(['nobody'])]).toEqual([found, []]);
    });

    test('is found by its id, with others and without those that there are not', async () => {
      const store = await open();
      for (const id of ['a', 'b', 'c']) await store.subscriptions.putChannel(aChannel(id));

      const found = await store.subscriptions.channelsBy(['c', 'nobody', 'a']);

      expect([found.map(({ id }) => id).toSorted(), await store.subscriptions.channelsBy([])]).toEqual([['a', 'c'], []]);
    });

    test('keeps its lane, until it is put with another', async () => {
      const store = await open();
      const lanes = async () => (await store.subscriptions.channels()).map(({ id, lane }) => [id, lane]);
      await store.subscriptions.putChannel(aChannel('a', { lane: 'slack:T1' }));
      await store.subscriptions.putChannel(aChannel('b'));

      expect(await lanes()).toEqual([
        ['a', 'slack:T1'],
        ['b', LANE],
      ]);
      await store.subscriptions.putChannel(aChannel('a', { lane: 'slack:T2' }));
      expect((await lanes())[0]).toEqual(['a', 'slack:T2']);
    });

    test('shares its profile with every channel of the same timing', async () => {
      const store = await open();
      for (const id of ['a', 'b']) await store.subscriptions.putChannel(aChannel(id));
      await store.subscriptions.putChannel(aChannel('c', { timing: { zone: 'Africa/Nairobi', hour: '09:00', ladder: 'default' } }));

      expect((await store.subscriptions.profiles()).map((profile) => profile.zone)).toEqual(['Europe/Zurich', 'Africa/Nairobi']);
    });

    test('that changes its zone is found under the new profile and not under the old', async () => {
      const store = await open();
      await follow(store, 'coalition', ['KEN']);
      const before = (await store.subscriptions.channels())[0]?.profile.id ?? 0;

      await store.subscriptions.putChannel(aChannel('coalition', { timing: { zone: 'Africa/Nairobi', hour: '09:00', ladder: 'default' } }));

      const after = (await store.subscriptions.channels())[0]?.profile.id ?? 0;
      expect([await allFollowers(store, 'KEN', 10, before), await allFollowers(store, 'KEN', 10, after)]).toEqual([[[]], [['coalition']]]);
    });
  });

  describe('A subscription', () => {
    test('is given back as it was put, by owner and by channel', async () => {
      const store = await open();
      await store.subscriptions.putChannel(aChannel('coalition'));
      const [ours, theirs] = [
        aSubscription('ours', 'coalition'),
        aSubscription('theirs', 'coalition', { owner: 'chat', selector: { ...EVERYTHING, sessions: [54] } }),
      ];
      await store.subscriptions.put(ours, null);
      await store.subscriptions.put(theirs, ['KEN']);

      expect(await store.subscriptions.list()).toEqual([ours, theirs]);
      expect([await store.subscriptions.list('chat'), await store.subscriptions.ofChannels(['nobody'])]).toEqual([[theirs], []]);
      expect(await store.subscriptions.ofChannels(['coalition'])).toEqual([ours, theirs]);
    });

    test('is found with those of several channels, and of no other', async () => {
      const store = await open();
      for (const channel of ['a', 'b', 'c']) await follow(store, channel, ['KEN']);

      const found = await store.subscriptions.ofChannels(['c', 'nobody', 'a']);

      expect([found.map(({ channel }) => channel), await store.subscriptions.ofChannels([])]).toEqual([['a', 'c'], []]);
    });

    test('put again with other States follows only those', async () => {
      const store = await open();
      await follow(store, 'coalition', ['KEN', 'FRA']);

      await follow(store, 'coalition', ['FRA', 'PER']);

      const followers = await Promise.all(['KEN', 'FRA', 'PER', '*'].map((state) => allFollowers(store, state, 10)));
      expect(followers.map((pages) => pages.flat().length)).toEqual([0, 1, 1, 0]);
    });

    test('of all States is found under * and under no State', async () => {
      const store = await open();
      await follow(store, 'coalition', null);

      expect([await allFollowers(store, '*', 10), await allFollowers(store, 'KEN', 10)]).toEqual([[['coalition']], [[]]]);
    });

    test('of no State follows nothing', async () => {
      const store = await open();
      await follow(store, 'coalition', []);

      expect([await allFollowers(store, '*', 10), await allFollowers(store, 'KEN', 10)]).toEqual([[[]], [[]]]);
    });

    test('paused is kept with its reason and heard no more, until it is put active again', async () => {
      const store = await open();
      await follow(store, 'coalition', ['KEN'], { id: 'wish' });

      await store.subscriptions.pause('wish', 'channel-gone');
      expect((await store.subscriptions.list())[0]).toMatchObject({ status: 'paused', reason: 'channel-gone' });
      expect(await allFollowers(store, 'KEN', 10)).toEqual([[]]);

      await follow(store, 'coalition', ['KEN'], { id: 'wish' });
      expect(await allFollowers(store, 'KEN', 10)).toEqual([['coalition']]);
    });

    test('needs a channel that exists', async () => {
      const store = await open();

      await expect(store.subscriptions.put(aSubscription('wish', 'nobody'), null)).rejects.toThrow();
    });
  });

  describe('Followers of a State', () => {
    test.each([1, 2, 3, 7, 100])('come in pages of %i: in order, nobody twice, nobody lost', async (limit) => {
      const store = await open();
      const channels = Array.from({ length: 7 }, (_, index) => `channel-${index}`);
      for (const channel of channels.toReversed()) await follow(store, channel, ['KEN'], { id: `wish-${channel}` });
      await follow(store, 'channel-3', ['KEN', 'FRA'], { id: 'another-wish' });
      await follow(store, 'elsewhere', ['FRA']);

      const pages = await allFollowers(store, 'KEN', limit);

      expect(pages.flat()).toEqual([...channels.slice(0, 4), 'channel-3', ...channels.slice(4)]);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
    });

    test('leave out the paused, also where a whole page is paused', async () => {
      const store = await open();
      for (const id of ['a', 'b', 'c', 'd', 'e']) await follow(store, id, ['KEN'], { status: id < 'd' ? 'paused' : 'active' });

      expect(await allFollowers(store, 'KEN', 2)).toEqual([[], ['d'], ['e']]);
    });

    test('that come while pages are read are found if they lie ahead, and shift nobody', async () => {
      const store = await open();
      for (const id of ['b', 'd', 'f']) await follow(store, id, ['KEN']);
      const first = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: '', limit: 2 });

      await follow(store, 'a', ['KEN']);
      await follow(store, 'e', ['KEN']);
      const second = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: first.cursor ?? '', limit: 10 });

      expect([first.rows, second.rows].map((rows) => rows.map((row) => row.channel))).toEqual([
        ['b', 'd'],
        ['e', 'f'],
      ]);
    });

    test('bring what planning needs: their lane, what they wish, since when, their quiet hours and zone', async () => {
      const store = await open();
      await store.subscriptions.putChannel(aChannel('coalition', { lane: 'slack:T1', quiet: { from: '22:00', to: '07:00' } }));
      await follow(store, 'coalition', ['KEN'], { activeFrom: NOON - 5 });

      const { rows } = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: '', limit: 10 });

      expect(rows).toEqual([
        {
          channel: 'coalition',
          lane: 'slack:T1',
          place: { platform: 'discord', id: 'coalition' },
          selector: { ...EVERYTHING, states: ['KEN'] },
          activeFrom: NOON - 5,
          quiet: { from: '22:00', to: '07:00' },
          zone: 'Europe/Zurich',
        },
      ]);
    });
  });
}
