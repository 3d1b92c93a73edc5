import { describe, expect, test } from 'vitest';
import { type Store, TakenError } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aDelivery, aLead, begin, beginIn, counted, LANE, NOON, ready, SENT } from './cast.ts';

const LATER = NOON + 60_000;

/** Leads of a coalition's channel that wait, one a key. */
const waiting = (store: Store, ...keys: string[]) =>
  ready(
    store,
    'coalition',
    keys.map((onceKey) => aLead('coalition', { onceKey, lead: onceKey })),
  );

export function deliveryPromises(open: Open): void {
  describe('A delivery that began', () => {
    test('takes its alerts, the folded too, so that nobody else says them', async () => {
      const store = await open();
      const [a, b, c] = await waiting(store, 'a', 'b', 'c');
      if (!a || !b || !c) throw new Error('three alerts were added');

      expect(await begin(store, 'coalition', [a, b], [c])).toEqual({ id: expect.any(Number), channel: 'coalition', fence: 1 });

      expect(await counted(store)).toEqual({ sending: 3 });
      expect([await store.alerts.readyChannels(LANE, LATER, 9), await store.alerts.ready(['coalition'], LATER), await store.alerts.nextReady()]).toEqual([
        [],
        [],
        null,
      ]);
    });

    test('leaves the other alerts of the channel waiting', async () => {
      const store = await open();
      await begin(store, 'coalition', await waiting(store, 'a', 'b'));

      expect((await waiting(store, 'd')).map((alert) => alert.onceKey)).toEqual(['d']);
    });

    test('is one of as many as are begun in one call, each with the alerts of its channel', async () => {
      const store = await open();
      const channels = Array.from({ length: 50 }, (_, index) => `channel-${(index * 37) % 50}`);

      const begun = await beginIn(store, channels);

      expect(begun.map(({ channel, fence }) => [channel, fence])).toEqual(channels.map((channel) => [channel, 1]));
      const found = await store.alerts.interrupted(LANE);
      const said = new Map(found.map(({ id, channel, alerts }) => [id, [channel, ...alerts.map((alert) => alert.channel)]]));
      expect(begun.map(({ id }) => said.get(id))).toEqual(channels.map((channel) => [channel, channel]));
      expect(await store.alerts.begin([], 'a worker', NOON)).toEqual([]);
    });
  });

  describe('Alerts that are not waiting any more', () => {
    test('cannot be begun: neither what is being said, nor what was said or given up, nor what there never was', async () => {
      const store = await open();
      const [sending, sent, gone, free] = await waiting(store, 'sending', 'sent', 'gone', 'free');
      if (!sending || !sent || !gone || !free) throw new Error('four alerts were added');
      await begin(store, 'coalition', [sending]);
      await store.alerts.record([{ ...(await begin(store, 'coalition', [sent])), ...SENT }], NOON);
      await store.alerts.giveUp([gone.id], { state: 'superseded', reason: 'moved' }, NOON);

      for (const taken of [sending, sent, gone, { ...free, id: 999_999 }]) {
        await expect(store.transaction((trx) => begin(trx, 'coalition', [free, taken]))).rejects.toThrow(TakenError);
        await expect(store.transaction((trx) => begin(trx, 'coalition', [free], [taken]))).rejects.toThrow(TakenError);
      }
      expect(await begin(store, 'coalition', [free])).toMatchObject({ channel: 'coalition' });
    });

    test('undo the whole transaction, also what else it began and recorded', async () => {
      const store = await open();
      const [first] = await beginIn(store, ['first']);
      const [taken] = await waiting(store, 'taken');
      const [team] = await ready(store, 'team', [aLead('team')]);
      if (!first || !taken || !team) throw new Error('three alerts were added');
      await begin(store, 'coalition', [taken]);

      const trying = store.transaction(async (trx) => {
        await trx.alerts.record([{ ...first, ...SENT }], NOON);
        await trx.alerts.begin([aDelivery('team', [team]), aDelivery('coalition', [taken])], 'another', NOON);
      });

      await expect(trying).rejects.toThrow(TakenError);
      expect([await counted(store), await store.alerts.ready(['team'], NOON)]).toEqual([{ sending: 2, pending: 1 }, [team]]);
      expect((await store.alerts.interrupted(LANE)).map(({ channel, worker }) => [channel, worker])).toEqual([
        ['first', 'a worker'],
        ['coalition', 'a worker'],
      ]);
    });

    test('are those of one of many processes that begin the same at once', async () => {
      const store = await open();
      const alerts = await waiting(store, 'a', 'b');

      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => store.transaction((trx) => begin(trx, 'coalition', alerts))));

      const lost = tries.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
      expect([lost.length, lost.every((cause) => cause instanceof TakenError)]).toEqual([4, true]);
      expect([await counted(store), (await store.alerts.interrupted(LANE)).length]).toEqual([{ sending: 2 }, 1]);
    });
  });
}
