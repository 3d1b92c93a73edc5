import { describe, expect, test } from 'vitest';
import type { NewChannel, Store } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aChannel, aLead, begin, follow, NOON, ready, SENT } from './cast.ts';

const HERE = { platform: 'discord', id: '100' };
const THERE = { platform: 'discord', id: '101' };
const NO_PLANS = { corrections: 0, plans: 0, tasks: 0, links: 0 };
const NOTHING = { channels: 0, follows: 0, alerts: 0, messages: 0, ...NO_PLANS };

function inChat(place: typeof HERE, channel: string, more: Partial<NewChannel> = {}): NewChannel {
  const { platform, id: installation } = place;
  return aChannel(`${platform}:${installation}/${channel}`, { platform, installation, target: { installation, channel }, ...more });
}

/** A channel with two wishes, a message that was sent, an alert that waits, and two things that come by a time of their own. */
async function stock(store: Store, channel: NewChannel): Promise<void> {
  const { id } = channel;
  await store.subscriptions.putChannel(channel);
  await follow(store, id, ['KEN', 'FRA'], { id: `${id}-1`, owner: 'chat:100' });
  await follow(store, id, null, { id: `${id}-2`, owner: 'chat:100' });
  const [first] = await ready(store, id, [aLead(id, { onceKey: 'first' }), aLead(id, { onceKey: 'second' })]);
  if (first === undefined) throw new Error('nothing is ready');
  await store.alerts.record([{ ...(await begin(store, id, [first])), ...SENT }], NOON);
  for (const kind of ['digest', 'silence']) await store.wakeups.put({ kind, subject: id, dueAt: NOON, body: '{}' });
}

const OF_ONE = { channels: 1, follows: 2, alerts: 2, messages: 1, ...NO_PLANS };

/** All that is known of a channel. */
async function left(store: Store, { id }: NewChannel) {
  const followers = await Promise.all(
    ['KEN', 'FRA', '*'].map(async (state) => (await store.subscriptions.followers({ profile: null, state, cursor: '', limit: 100 })).rows),
  );
  return {
    channels: (await store.subscriptions.channelsBy([id])).length,
    follows: (await store.subscriptions.ofChannels([id])).length,
    heard: followers.flat().filter(({ channel }) => channel === id).length,
    alerts: (await store.alerts.proof(0, id)).length,
    wakeups: (await store.wakeups.due(['digest', 'silence'], NOON, 100)).filter(({ subject }) => subject === id).length,
  };
}

const ALL_THERE = { channels: 1, follows: 2, heard: 3, alerts: 2, wakeups: 2 };
const ALL_GONE = { channels: 0, follows: 0, heard: 0, alerts: 0, wakeups: 0 };

export function installationPromises(open: Open): void {
  describe('What a server has stored', () => {
    test('is counted, as a whole and by channel', async () => {
      const store = await open();
      const [a, b, elsewhere] = [inChat(HERE, '200'), inChat(HERE, '201'), inChat(THERE, '300')];
      for (const channel of [a, b, elsewhere]) await stock(store, channel);

      expect(await store.installations.stored(HERE)).toEqual({ channels: 2, follows: 4, alerts: 4, messages: 2, ...NO_PLANS });
      expect(await store.installations.stored(HERE, a.id)).toEqual(OF_ONE);
      expect(await store.installations.stored({ ...HERE, id: '999' })).toEqual(NOTHING);
      // A channel is of its own server alone, whoever asks.
      expect(await store.installations.stored(THERE, a.id)).toEqual(NOTHING);
    });

    test('is erased as a whole with the same counts, and nothing of another', async () => {
      const store = await open();
      const [a, b, elsewhere, sameName] = [inChat(HERE, '200'), inChat(HERE, '201'), inChat(THERE, '300'), inChat({ platform: 'slack', id: '100' }, '200')];
      for (const channel of [a, b, elsewhere, sameName]) await stock(store, channel);
      for (const place of [HERE, THERE]) await store.installations.leave(place, NOON);

      expect(await store.installations.erase(HERE)).toEqual({ channels: 2, follows: 4, alerts: 4, messages: 2, ...NO_PLANS });

      for (const channel of [a, b]) expect(await left(store, channel)).toEqual(ALL_GONE);
      for (const channel of [elsewhere, sameName]) expect(await left(store, channel)).toEqual(ALL_THERE);
      expect(await store.installations.of('discord')).toEqual([{ ...THERE, goneAt: NOON }]);
      expect([await store.installations.stored(HERE), await store.installations.erase(HERE)]).toEqual([NOTHING, NOTHING]);
    });

    test('is erased of one channel alone when that one is named, and of none when it is another server that names it', async () => {
      const store = await open();
      const [a, b] = [inChat(HERE, '200'), inChat(HERE, '201')];
      for (const channel of [a, b]) await stock(store, channel);
      await store.installations.leave(HERE, NOON);

      expect(await store.installations.erase(THERE, a.id)).toEqual(NOTHING);
      expect(await left(store, a)).toEqual(ALL_THERE);
      expect(await store.installations.erase(HERE, a.id)).toEqual(OF_ONE);

      expect([await left(store, a), await left(store, b)]).toEqual([ALL_GONE, ALL_THERE]);
      expect(await store.installations.of('discord')).toEqual([{ ...HERE, goneAt: NOON }]);
    });

    test('is erased while a message is on its way: its result finds nothing, and harms nothing', async () => {
      const store = await open();
      const a = inChat(HERE, '200');
      await stock(store, a);
      const begun = await begin(store, a.id, await store.alerts.ready([a.id], NOON));

      await store.installations.erase(HERE);

      expect(await store.alerts.record([{ ...begun, ...SENT }], NOON)).toEqual([]);
      expect([await left(store, a), await store.alerts.interrupted(a.lane)]).toEqual([ALL_GONE, []]);
    });

    test('can be stored anew after it was erased', async () => {
      const store = await open();
      const a = inChat(HERE, '200');
      await stock(store, a);
      await store.installations.erase(HERE);

      await stock(store, a);

      expect(await left(store, a)).toEqual(ALL_THERE);
      await store.scrub();
      expect(await left(store, a)).toEqual(ALL_THERE);
    });
  });

  describe('Servers of a platform', () => {
    test('are those with a channel from a chat, and not those of a file or of another platform', async () => {
      const store = await open();
      for (const channel of ['200', '201']) await store.subscriptions.putChannel(inChat(HERE, channel));
      await store.subscriptions.putChannel(inChat(THERE, '300'));
      await store.subscriptions.putChannel(inChat({ platform: 'slack', id: 'T1' }, 'C1'));
      await store.subscriptions.putChannel(aChannel('from-the-file', { installation: '102' }));
      await store.subscriptions.putChannel(aChannel('operator:discord/1/2', { installation: '103' }));

      expect(await store.installations.of('discord')).toEqual([
        { ...HERE, goneAt: null },
        { ...THERE, goneAt: null },
      ]);
    });

    test('are gone since they were left first, until they are entered', async () => {
      const store = await open();
      await store.subscriptions.putChannel(inChat(HERE, '200'));
      await store.subscriptions.putChannel(inChat(THERE, '300'));
      const gone = async () => (await store.installations.of('discord')).map(({ id, goneAt }) => [id, goneAt]);

      await store.installations.leave(HERE, NOON);
      await store.installations.leave(HERE, NOON + 5);
      expect(await gone()).toEqual([
        ['100', NOON],
        ['101', null],
      ]);

      await store.installations.enter(HERE);
      await store.installations.enter(THERE);
      expect(await gone()).toEqual([
        ['100', null],
        ['101', null],
      ]);
    });

    test('have their channels, in order', async () => {
      const store = await open();
      for (const channel of ['201', '200']) await store.subscriptions.putChannel(inChat(HERE, channel));
      await store.subscriptions.putChannel(inChat({ platform: 'slack', id: '100' }, '200'));

      expect((await store.subscriptions.channelsOf(HERE)).map(({ id }) => id)).toEqual(['discord:100/200', 'discord:100/201']);
      expect(await store.subscriptions.channelsOf({ ...HERE, id: '999' })).toEqual([]);
    });

    test('hear from now on what rested for the reason that is over, and nothing that rests for another', async () => {
      const store = await open();
      for (const [place, channel] of [
        [HERE, '200'],
        [THERE, '300'],
      ] as const) {
        await store.subscriptions.putChannel(inChat(place, channel));
        for (const reason of ['gone', 'asked', null]) {
          const status = reason === null ? 'active' : 'paused';
          await follow(store, inChat(place, channel).id, ['KEN'], { id: `${channel}-${reason}`, status, reason });
        }
      }

      await store.subscriptions.resume(HERE, 'gone', NOON + 7);

      const paused = { status: 'paused', activeFrom: NOON };
      expect(await store.subscriptions.list()).toMatchObject([
        { id: '200-asked', ...paused, reason: 'asked' },
        { id: '200-gone', status: 'active', reason: null, activeFrom: NOON + 7 },
        { id: '200-null', status: 'active', reason: null, activeFrom: NOON },
        { id: '300-asked', ...paused, reason: 'asked' },
        { id: '300-gone', ...paused, reason: 'gone' },
        { id: '300-null', status: 'active', activeFrom: NOON },
      ]);
      const { rows } = await store.subscriptions.followers({ profile: null, state: 'KEN', cursor: '', limit: 10 });
      expect(rows.map(({ channel, activeFrom }) => [channel, activeFrom - NOON])).toEqual([
        ['discord:100/200', 7],
        ['discord:100/200', 0],
        ['discord:101/300', 0],
      ]);
    });
  });
}
