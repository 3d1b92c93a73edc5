import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aDelivery, aLead, begin, beginIn, beginOne, counted, FAILED, IN_DOUBT, LANE, NOON, postponed, ready, SENT, UNSENT } from './cast.ts';

const LATER = NOON + 60_000;

export function interruptedPromises(open: Open): void {
  describe('A delivery begun again', () => {
    test('keeps its id and is another worker’s, under the next number', async () => {
      const store = await open();
      const delivery = await beginOne(store);

      const again = await store.alerts.again(delivery, 'another');

      expect(again).toEqual({ ...delivery, fence: 2 });
      expect(await store.alerts.interrupted(LANE)).toMatchObject([{ ...delivery, fence: 2, worker: 'another', begunAt: NOON }]);
      expect(await store.alerts.again({ id: delivery.id, fence: 2 }, 'a third')).toEqual({ ...delivery, fence: 3 });
    });

    test('is not begun under a number that is not its own', async () => {
      const store = await open();
      const delivery = await beginOne(store);
      await store.alerts.again(delivery, 'another');

      const tries = [delivery, { ...delivery, fence: 3 }, { id: 999_999, fence: 1 }];

      expect(await Promise.all(tries.map((each) => store.alerts.again(each, 'late')))).toEqual([null, null, null]);
      expect(await store.alerts.interrupted(LANE)).toMatchObject([{ fence: 2, worker: 'another' }]);
    });

    test('is begun by one of many who try at once', async () => {
      const store = await open();
      const delivery = await beginOne(store);

      const tries = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((worker) => store.alerts.again(delivery, worker)));

      expect(tries.filter((each) => each !== null)).toEqual([{ ...delivery, fence: 2 }]);
    });

    test('has no result yet: what has one cannot be begun again, whatever it is', async () => {
      const store = await open();
      const begun = await beginIn(store, ['a', 'b', 'c', 'd', 'e']);
      const outcomes = [SENT, FAILED, UNSENT, IN_DOUBT, postponed(LATER)];
      await store.alerts.record(
        begun.map((delivery, index) => ({ ...delivery, ...(outcomes[index] ?? SENT) })),
        NOON,
      );

      expect(await Promise.all(begun.map((delivery) => store.alerts.again(delivery, 'late')))).toEqual(Array(5).fill(null));
    });
  });

  describe('A process that died in the act', () => {
    test('leaves its deliveries to be found: whose, under which key, since when, which message, and of which alerts', async () => {
      const store = await open();
      const [late, early, folded] = await ready(store, 'coalition', [
        aLead('coalition', { onceKey: 'early', lead: '3d', dueAt: NOON - 9 }),
        aLead('coalition', { onceKey: 'late', lead: '7d', dueAt: NOON - 10 }),
        aLead('coalition', { onceKey: 'folded', lead: '1d' }),
      ]);
      if (!late || !early || !folded) throw new Error('three alerts were added');
      const delivery = { ...aDelivery('coalition', [early, late], [folded]), onceKey: 'key-1', message: '{"title":"Kenya"}' };

      const [begun] = await store.alerts.begin([delivery], 'bot-1', NOON + 5);

      const sending = { state: 'sending' };
      expect(await store.alerts.interrupted(LANE)).toEqual([
        {
          ...begun,
          ...{ worker: 'bot-1', type: 'leads', onceKey: 'key-1', message: '{"title":"Kenya"}', begunAt: NOON + 5 },
          alerts: [
            { ...late, ...sending },
            { ...early, ...sending },
            { ...folded, ...sending, reason: 'folded' },
          ],
        },
      ]);
    });

    test('leaves them oldest first, by lane, until they have a result', async () => {
      const store = await open();
      const begun = [...(await beginIn(store, ['b'])), ...(await beginIn(store, ['c'], { lane: 'slack:T1' })), ...(await beginIn(store, ['a']))];
      const found = async (lane: string) => (await store.alerts.interrupted(lane)).map(({ id, channel, fence }) => ({ id, channel, fence }));

      expect([await found(LANE), await found('slack:T1'), await found('slack:T2')]).toEqual([[begun[0], begun[2]], [begun[1]], []]);
      await store.alerts.record(
        begun.slice(0, 2).map((delivery) => ({ ...delivery, ...IN_DOUBT })),
        NOON,
      );
      expect([await found(LANE), await found('slack:T1')]).toEqual([[begun[2]], []]);
    });

    test('in the middle of taking alerts took none', async () => {
      const store = await open();
      const alerts = await ready(store, 'coalition', [aLead('coalition')]);

      const dying = store.transaction(async (trx) => {
        await begin(trx, 'coalition', alerts);
        throw new Error('killed');
      });

      await expect(dying).rejects.toThrow('killed');
      expect([await counted(store), await store.alerts.interrupted(LANE)]).toEqual([{ pending: 1 }, []]);
    });
  });
}
