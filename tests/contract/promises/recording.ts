import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { begin, beginIn, beginOne, counted, FAILED, IN_DOUBT, LANE, NOON, postponed, SENT, statesBy, UNSENT } from './cast.ts';

const LATER = NOON + 60_000;
const OUTCOMES = [SENT, FAILED, UNSENT, IN_DOUBT, postponed(LATER)];

export function recordingPromises(open: Open): void {
  describe('Results', () => {
    test('of many deliveries are recorded in one call, whatever they are, and none is another’s', async () => {
      const store = await open();
      const channels = ['sent', 'failed', 'unsent', 'doubt', 'postponed', 'sent too', 'still sending'];
      const begun = await beginIn(store, channels);
      const results = [...OUTCOMES, SENT].flatMap((outcome, index) => begun.slice(index, index + 1).map((delivery) => ({ ...delivery, ...outcome })));

      const counting = await store.alerts.record(results, NOON);

      expect(new Set(counting)).toEqual(new Set(results.map(({ id }) => id)));
      expect([counting.length, await store.alerts.record([], NOON)]).toEqual([6, []]);
      const waits = { unsent: 'pending', postponed: 'pending' };
      expect(await statesBy(store, 'channel')).toEqual({
        ...{ sent: 'sent', 'sent too': 'sent', failed: 'failed', doubt: 'in-doubt', 'still sending': 'sending' },
        ...waits,
      });
      expect(await store.alerts.readyChannels(LANE, NOON, 9)).toEqual(['unsent']);
    });

    test.each(OUTCOMES)('under an older number are left alone and not answered: $outcome', async (outcome) => {
      const store = await open();
      const delivery = await beginOne(store);
      const again = await store.alerts.again(delivery, 'another');
      if (again === null) throw new Error('it was not begun again');

      expect(await store.alerts.record([{ ...delivery, ...outcome }], NOON)).toEqual([]);
      expect([await counted(store), (await store.alerts.interrupted(LANE)).length]).toEqual([{ sending: 1 }, 1]);
      expect(await store.alerts.record([{ ...again, ...outcome }], NOON)).toEqual([delivery.id]);
      expect(await store.alerts.interrupted(LANE)).toEqual([]);
    });

    test.each(OUTCOMES)('of a delivery that has one are left alone and not answered: $outcome', async (first) => {
      const store = await open();
      const delivery = await beginOne(store);
      await store.alerts.record([{ ...delivery, ...first }], NOON);
      const before = await store.alerts.proof(0);

      const late = await store.alerts.record(
        [{ outcome: 'sent' as const, ref: { id: 'another message' } }, FAILED, UNSENT, IN_DOUBT, postponed(LATER + 9)].map((second) => ({
          ...delivery,
          ...second,
        })),
        LATER,
      );

      expect([late, await store.alerts.proof(0)]).toEqual([[], before]);
    });

    test('that are late change nothing of alerts that are being said anew', async () => {
      const store = await open();
      const first = await beginOne(store);
      await store.alerts.record([{ ...first, ...UNSENT }], NOON);
      const second = await begin(store, 'coalition', await store.alerts.ready(['coalition'], NOON));

      for (const outcome of OUTCOMES) expect(await store.alerts.record([{ ...first, ...outcome }], NOON)).toEqual([]);

      expect([await counted(store), await store.alerts.record([{ ...second, ...SENT }], NOON)]).toEqual([{ sending: 1 }, [second.id]]);
    });

    test('that do not count keep no other of the same call from counting', async () => {
      const store = await open();
      const [stale, sent, failed] = await beginIn(store, ['stale', 'sent', 'failed']);
      if (!stale || !sent || !failed) throw new Error('three deliveries were begun');
      await store.alerts.again(stale, 'another');

      const counting = await store.alerts.record(
        [
          { ...stale, ...FAILED },
          { ...failed, ...FAILED },
          { ...stale, ...SENT },
          { ...sent, ...SENT },
        ],
        NOON,
      );

      expect(new Set(counting)).toEqual(new Set([sent.id, failed.id]));
      expect(await statesBy(store, 'channel')).toEqual({ stale: 'sending', sent: 'sent', failed: 'failed' });
    });
  });
}
