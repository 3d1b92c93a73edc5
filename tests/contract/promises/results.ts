import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aLead, begin, beginIn, beginOne, counted, FAILED, IN_DOUBT, LANE, NOON, postponed, ready, SENT, statesBy, UNSENT } from './cast.ts';

const LATER = NOON + 60_000;

/** Two alerts of a coalition's channel being said in one message, and a third folded into it. */
async function message(store: Store) {
  const alerts = await ready(
    store,
    'coalition',
    ['a', 'b', 'c'].map((onceKey) => aLead('coalition', { onceKey, lead: onceKey })),
  );
  return { alerts, delivery: await begin(store, 'coalition', alerts.slice(0, 2), alerts.slice(2)) };
}

export function resultPromises(open: Open): void {
  describe('A delivery that was sent', () => {
    test('has said its alerts, the folded ones as folded', async () => {
      const store = await open();
      const { delivery } = await message(store);

      expect(await store.alerts.record([{ ...delivery, ...SENT }], LATER)).toEqual([delivery.id]);

      expect([await counted(store), await store.alerts.interrupted(LANE)]).toEqual([{ sent: 2, folded: 1 }, []]);
    });

    test('keeps what the platform calls it, and no other’s', async () => {
      const store = await open();
      const begun = await beginIn(store, ['a', 'b', 'c']);
      const results = begun.map((delivery) => ({ ...delivery, outcome: 'sent' as const, ref: { id: `message in ${delivery.channel}` } }));

      await store.alerts.record(results.toReversed(), LATER);

      expect((await store.alerts.proof(0)).map(({ channel, reference, saidAt }) => [channel, reference, saidAt])).toEqual(
        ['a', 'b', 'c'].map((channel) => [channel, `message in ${channel}`, LATER]),
      );
    });
  });

  describe('A delivery that was postponed', () => {
    test('lets its alerts wait until the retry, with why, counting the attempt', async () => {
      const store = await open();
      const { delivery } = await message(store);

      expect(await store.alerts.record([{ ...delivery, ...postponed(LATER) }], NOON)).toEqual([delivery.id]);

      expect([await store.alerts.readyChannels(LANE, LATER - 1, 9), await store.alerts.readyChannels(LANE, LATER, 9)]).toEqual([[], ['coalition']]);
      const again = await store.alerts.ready(['coalition'], LATER);
      expect(again.map(({ attempts, retryAt, repeats, state, reason }) => ({ attempts, retryAt, repeats, state, reason }))).toEqual(
        Array(3).fill({ attempts: 1, retryAt: LATER, repeats: 0, state: 'pending', reason: 'unavailable' }),
      );
    });

    test('can be sent in the next go, and then has no reason any more', async () => {
      const store = await open();
      const { delivery } = await message(store);
      await store.alerts.record([{ ...delivery, ...postponed(LATER) }], NOON);

      const next = await begin(store, 'coalition', await store.alerts.ready(['coalition'], LATER));
      await store.alerts.record([{ ...next, ...SENT }], LATER);

      expect([await counted(store), next.id > delivery.id]).toEqual([{ sent: 3 }, true]);
      expect((await store.alerts.proof(0)).map(({ reason }) => reason)).toEqual([null, null, null]);
    });

    test('time after time counts each attempt', async () => {
      const store = await open();
      await store.alerts.record([{ ...(await beginOne(store)), ...postponed(NOON + 1) }], NOON);

      const next = await begin(store, 'coalition', await store.alerts.ready(['coalition'], NOON + 1));
      await store.alerts.record([{ ...next, ...postponed(LATER) }], NOON + 1);

      expect(await store.alerts.ready(['coalition'], LATER)).toMatchObject([{ attempts: 2, retryAt: LATER }]);
    });
  });

  describe('A delivery that failed', () => {
    test('has failed with its alerts, for its reason', async () => {
      const store = await open();
      const { delivery } = await message(store);

      expect(await store.alerts.record([{ ...delivery, ...FAILED }], NOON)).toEqual([delivery.id]);

      expect([await counted(store), await store.alerts.nextReady()]).toEqual([{ failed: 3 }, null]);
      expect((await store.alerts.proof(0)).map(({ reason }) => reason)).toEqual(['channel-gone', 'channel-gone', 'channel-gone']);
    });
  });

  describe('A delivery of unknown outcome', () => {
    test('leaves its alerts in doubt, and those to be said again wait, counted as a repeat and not as an attempt', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);

      expect(await store.alerts.record([{ ...delivery, ...IN_DOUBT, again: [alerts[0]?.id ?? 0] }], NOON)).toEqual([delivery.id]);

      expect(await statesBy(store, 'onceKey')).toEqual({ a: 'pending', b: 'in-doubt', c: 'in-doubt' });
      expect(await store.alerts.ready(['coalition'], NOON)).toMatchObject([{ onceKey: 'a', repeats: 1, attempts: 0, reason: null }]);
    });

    test('is said again no sooner than it is to be, and its channel waits with it', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);
      await store.alerts.add([aLead('coalition', { onceKey: 'behind' })], NOON);

      await store.alerts.record([{ ...delivery, ...IN_DOUBT, again: [alerts[0]?.id ?? 0], retryAt: LATER }], NOON);

      const keys = async (now: number) => (await store.alerts.ready(['coalition'], now)).map(({ onceKey }) => onceKey);
      expect([await keys(LATER - 1), await keys(LATER)]).toEqual([[], ['a', 'behind']]);
    });

    test('time after time counts each repeat', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);
      const again = [alerts[0]?.id ?? 0];
      await store.alerts.record([{ ...delivery, ...IN_DOUBT, again }], NOON);

      const second = await begin(store, 'coalition', await store.alerts.ready(['coalition'], NOON));
      await store.alerts.record([{ ...second, ...IN_DOUBT, again }], NOON);

      expect(await store.alerts.ready(['coalition'], NOON)).toMatchObject([{ onceKey: 'a', repeats: 2 }]);
    });

    test('said again and sent is sent once more, and no third time', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);
      await store.alerts.record([{ ...delivery, ...IN_DOUBT, again: [alerts[0]?.id ?? 0] }], NOON);

      const again = await begin(store, 'coalition', await store.alerts.ready(['coalition'], NOON));
      await store.alerts.record([{ ...again, ...SENT }], NOON);

      expect([await counted(store), await store.alerts.ready(['coalition'], LATER)]).toEqual([{ sent: 1, 'in-doubt': 2 }, []]);
      expect((await store.alerts.proof(0)).map(({ repeats }) => repeats)).toEqual([1, 0, 0]);
    });
  });

  describe('A delivery that was never handed over', () => {
    test('is as if it had not begun: all its alerts wait as they waited', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);

      expect(await store.alerts.record([{ ...delivery, ...UNSENT }], LATER)).toEqual([delivery.id]);

      expect([await store.alerts.ready(['coalition'], NOON), await store.alerts.interrupted(LANE)]).toEqual([alerts, []]);
    });

    test('counts neither another attempt nor another repeat', async () => {
      const store = await open();
      const { alerts, delivery } = await message(store);
      await store.alerts.record([{ ...delivery, ...IN_DOUBT, again: alerts.map(({ id }) => id) }], NOON);
      const second = await begin(store, 'coalition', await store.alerts.ready(['coalition'], NOON));
      await store.alerts.record([{ ...second, ...postponed(LATER) }], NOON);

      const third = await begin(store, 'coalition', await store.alerts.ready(['coalition'], LATER));
      await store.alerts.record([{ ...third, ...UNSENT }], LATER);

      expect((await store.alerts.ready(['coalition'], LATER)).map(({ attempts, repeats }) => [attempts, repeats])).toEqual(Array(3).fill([1, 1]));
    });
  });
}
