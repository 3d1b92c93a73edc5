import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { aLead, begin, counted, NOON, ready } from './cast.ts';

const LATER = NOON + 60_000;

/** Two alerts of a coalition's channel being said in one message, and a third folded into it. */
async function aDelivery(store: Store) {
  const alerts = await ready(
    store,
    'coalition',
    ['a', 'b', 'c'].map((onceKey) => aLead('coalition', { onceKey, lead: onceKey })),
  );
  return { alerts, delivery: await begin(store, 'coalition', alerts.slice(0, 2), alerts.slice(2)) };
}

export function deliveryPromises(open: Open): void {
  describe('A delivery that began', () => {
    test('takes its alerts, so that nobody else says them', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);

      expect([delivery.channel, await counted(store)]).toEqual(['coalition', { sending: 3 }]);
      expect([await store.alerts.readyChannels(LATER, 9), await store.alerts.nextReady()]).toEqual([[], null]);
    });

    test('leaves the other alerts of the channel waiting', async () => {
      const store = await open();
      await aDelivery(store);

      expect((await ready(store, 'coalition', [aLead('coalition', { onceKey: 'd', lead: 'd' })])).map((alert) => alert.onceKey)).toEqual(['d']);
    });

    test('and was sent has said its alerts, the folded ones as folded', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);

      await store.alerts.sent(delivery.id, { message: '1' }, LATER);

      expect([await counted(store), await store.alerts.interrupted()]).toEqual([{ sent: 2, folded: 1 }, []]);
    });

    test('and is known not to have gone out waits with all its alerts until the retry, counting the attempt', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);

      await store.alerts.postpone(delivery.id, 'unavailable', LATER, NOON);

      expect([await store.alerts.readyChannels(LATER - 1, 9), await store.alerts.readyChannels(LATER, 9)]).toEqual([[], ['coalition']]);
      const again = await store.alerts.ready('coalition', LATER);
      expect(again.map(({ attempts, retryAt, repeats, state, reason }) => ({ attempts, retryAt, repeats, state, reason }))).toEqual(
        Array(3).fill({ attempts: 1, retryAt: LATER, repeats: 0, state: 'pending', reason: null }),
      );
    });

    test('and was postponed can be sent in the next go', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);
      await store.alerts.postpone(delivery.id, 'unavailable', LATER, NOON);

      const next = await begin(store, 'coalition', await store.alerts.ready('coalition', LATER));
      await store.alerts.sent(next.id, {}, LATER);

      expect([await counted(store), next.id > delivery.id]).toEqual([{ sent: 3 }, true]);
    });

    test('and can never go out has failed with its alerts', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);

      await store.alerts.fail(delivery.id, 'channel-gone', NOON);

      expect([await counted(store), await store.alerts.nextReady()]).toEqual([{ failed: 3 }, null]);
    });
  });

  describe('A delivery of unknown outcome', () => {
    test('leaves its alerts in doubt, and those to be said again wait, counted as a repeat', async () => {
      const store = await open();
      const { alerts, delivery } = await aDelivery(store);

      await store.alerts.doubt(delivery.id, [alerts[0]?.id ?? 0], NOON);

      expect(await counted(store)).toEqual({ pending: 1, 'in-doubt': 2 });
      expect(await store.alerts.ready('coalition', NOON)).toMatchObject([{ onceKey: 'a', repeats: 1, reason: null }]);
    });

    test('said again and sent is sent once more, and no third time', async () => {
      const store = await open();
      const { alerts, delivery } = await aDelivery(store);
      await store.alerts.doubt(delivery.id, [alerts[0]?.id ?? 0], NOON);

      const again = await begin(store, 'coalition', await store.alerts.ready('coalition', NOON));
      await store.alerts.sent(again.id, {}, NOON);

      expect([await counted(store), await store.alerts.ready('coalition', LATER)]).toEqual([{ sent: 1, 'in-doubt': 2 }, []]);
    });

    test('is not taken up again after it was settled', async () => {
      const store = await open();
      const { delivery } = await aDelivery(store);

      await store.alerts.doubt(delivery.id, [], NOON);

      expect(await store.alerts.interrupted()).toEqual([]);
    });
  });

  describe('A process that died in the act', () => {
    test('leaves its deliveries to be found, with their alerts, oldest first', async () => {
      const store = await open();
      const { alerts, delivery } = await aDelivery(store);
      const team = await begin(store, 'team', await ready(store, 'team', [aLead('team')]));

      const found = await store.alerts.interrupted();

      expect(found.map((entry) => entry.delivery)).toEqual([delivery, team]);
      expect(found[0]?.alerts.map((alert) => alert.id).sort()).toEqual(alerts.map((alert) => alert.id).sort());
    });

    test('in the middle of taking alerts took none', async () => {
      const store = await open();
      const alerts = await ready(store, 'coalition', [aLead('coalition')]);

      const dying = store.transaction(async (trx) => {
        await begin(trx, 'coalition', alerts);
        throw new Error('killed');
      });

      await expect(dying).rejects.toThrow('killed');
      expect([await counted(store), await store.alerts.interrupted()]).toEqual([{ pending: 1 }, []]);
    });
  });

  describe('Alerts given up', () => {
    test('are superseded with a reason and wait no more', async () => {
      const store = await open();
      const alerts = await ready(store, 'coalition', [aLead('coalition'), aLead('coalition', { onceKey: 'other' })]);

      await store.alerts.supersede([alerts[0]?.id ?? 0], 'the date moved', NOON);
      await store.alerts.supersede([], 'nothing', NOON);

      expect([await counted(store), (await store.alerts.ready('coalition', NOON)).length]).toEqual([{ pending: 1, superseded: 1 }, 1]);
    });
  });
}
