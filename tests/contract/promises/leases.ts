import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';

const MINUTE = 60_000;

export function leasePromises(open: Open): void {
  describe('A lease', () => {
    test('is held by who took it first, who may renew it, until it is given back', async () => {
      const store = await open();

      expect(await store.leases.take('posting', 'first', MINUTE)).toBe(true);
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(false);
      expect(await store.leases.take('posting', 'first', MINUTE)).toBe(true);
      await store.leases.release('posting', 'second');
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(false);
      await store.leases.release('posting', 'first');
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(true);
    });

    test('that ran out is held by nobody, and is the next one’s', async () => {
      const store = await open();

      await store.leases.take('posting', 'first', -1);

      expect(await store.leases.left('posting', 'first')).toBe(0);
      expect(await store.leases.take('posting', 'second', MINUTE)).toBe(true);
    });

    test('tells its owner how long it still lasts, and everybody else that it does not', async () => {
      const store = await open();
      await store.leases.take('posting', 'first', MINUTE);

      const left = await store.leases.left('posting', 'first');

      expect([left > 0, left <= MINUTE]).toEqual([true, true]);
      expect([await store.leases.left('posting', 'second'), await store.leases.left('receiving', 'first')]).toEqual([0, 0]);
    });

    test('lasts longer once it is renewed', async () => {
      const store = await open();
      await store.leases.take('posting', 'first', MINUTE);

      await store.leases.take('posting', 'first', 9 * MINUTE);

      expect(await store.leases.left('posting', 'first')).toBeGreaterThan(8 * MINUTE);
    });

    test('lasts in a transaction as it does outside', async () => {
      const store = await open();
      await store.leases.take('posting', 'first', MINUTE);

      const [ours, theirs] = await store.transaction(async (trx) => [await trx.leases.left('posting', 'first'), await trx.leases.left('posting', 'second')]);

      expect([(ours ?? 0) > 0, (ours ?? 0) <= MINUTE, theirs]).toEqual([true, true, 0]);
    });

    test('is listed with its owner, also the last one, and with what is left of it', async () => {
      const store = await open();
      await store.leases.take('receiving', 'second', -1);
      await store.leases.take('posting', 'first', MINUTE);
      await store.leases.take('planning', 'third', MINUTE);
      await store.leases.release('planning', 'third');

      const all = await store.leases.all();

      expect(all.map(({ name, owner, leftMs }) => [name, owner, leftMs > 0, leftMs <= MINUTE])).toEqual([
        ['posting', 'first', true, true],
        ['receiving', 'second', false, true],
      ]);
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
}
