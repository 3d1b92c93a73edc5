import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aLead, NOON, ready } from './cast.ts';

const MINUTE = 60_000;

export function leasePromises(open: Open): void {
  describe('A lease', () => {
    test('is held by who took it first, who may renew it, until it is given back', async () => {
      const store = await open();

      expect(await store.leases.take('posting', 'first', MINUTE)).toBe(true);
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(false);
      expect(await store.leases.take('posting', 'first', MINUTE)).toBe(true);
      expect([await store.leases.holds('posting', 'first'), await store.leases.holds('posting', 'second')]).toEqual([true, false]);
      await store.leases.release('posting', 'second');
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(false);
      await store.leases.release('posting', 'first');
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(true);
    });

    test('that ran out is held by nobody, and is the next one’s', async () => {
      const store = await open();

      await store.leases.take('posting', 'first', -1);

      expect(await store.leases.holds('posting', 'first')).toBe(false);
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(true);
    });

    test('is one of many by name', async () => {
      const store = await open();

      await store.leases.take('posting', 'first', MINUTE);

      expect(await store.leases.take('receiving', 'second', MINUTE)).toBe(true);
    });

    test('is taken by one of many who ask at once', async () => {
      const store = await open();

      const taken = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => store.leases.take('posting', owner, MINUTE)));

      expect(taken.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('Alerts that another process took', () => {
    test('are not taken a second time, and nothing of that try is left', async () => {
      const store = await open();
      const [alert, other] = await ready(store, 'coalition', [aLead('coalition'), aLead('coalition', { onceKey: 'other', lead: '1d' })]);
      const say = (...ids: number[]) =>
        store.alerts.begin({ channel: 'coalition', onceKey: 'd', type: 'leads', title: '', alerts: ids, folded: [], now: NOON });

      expect(await say(alert?.id ?? 0)).not.toBeNull();
      expect(await say(other?.id ?? 0, alert?.id ?? 0)).toBeNull();

      expect((await store.alerts.ready('coalition', NOON)).map(({ id }) => id)).toEqual([other?.id]);
      expect(await store.alerts.interrupted()).toHaveLength(1);
    });
  });
}
