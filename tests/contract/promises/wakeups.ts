import { describe, expect, test } from 'vitest';
import type { Store, Wakeup } from '../../../src/store/store.ts';
import type { Open } from '../store.ts';
import { NOON } from './cast.ts';

const aWakeup = (kind: string, subject: string, more: Partial<Wakeup> = {}): Wakeup => ({ kind, subject, dueAt: NOON, body: '{}', ...more });

async function put(store: Store, ...wakeups: readonly Wakeup[]): Promise<void> {
  for (const wakeup of wakeups) await store.wakeups.put(wakeup);
}

export function wakeupPromises(open: Open): void {
  describe('A wakeup', () => {
    test('is found as it was put, by kind and subject', async () => {
      const store = await open();
      await put(store, aWakeup('digest', 'a', { body: '{"since":1}' }), aWakeup('silence', 'a'));

      expect(await store.wakeups.find('digest', 'a')).toEqual(aWakeup('digest', 'a', { body: '{"since":1}' }));
      expect([await store.wakeups.find('digest', 'b'), await store.wakeups.find('erase', 'a')]).toEqual([null, null]);
    });

    test('that is there stays as it is when it is put again, and is another when it is set', async () => {
      const store = await open();
      const later = aWakeup('digest', 'a', { dueAt: NOON + 5, body: '{"since":5}' });
      await put(store, aWakeup('digest', 'a'), later);
      expect(await store.wakeups.find('digest', 'a')).toEqual(aWakeup('digest', 'a'));

      await store.wakeups.set(later);
      await store.wakeups.set(aWakeup('digest', 'b'));

      expect(await store.wakeups.of('digest')).toEqual([aWakeup('digest', 'b'), later]);
    });

    test('is due from its instant on, of the kinds that are asked for, the longest due first', async () => {
      const store = await open();
      await put(
        store,
        aWakeup('silence', 'c', { dueAt: NOON + 1 }),
        aWakeup('digest', 'b'),
        aWakeup('check', 'a', { dueAt: 0 }),
        aWakeup('digest', 'a'),
        aWakeup('erase', 'z', { dueAt: NOON - 1 }),
      );
      const due = async (now: number, limit = 10) => (await store.wakeups.due(['digest', 'silence', 'erase'], now, limit)).map(({ subject }) => subject);

      expect([await due(NOON - 2), await due(NOON - 1), await due(NOON), await due(NOON + 1)]).toEqual([[], ['z'], ['z', 'a', 'b'], ['z', 'a', 'b', 'c']]);
      expect(await due(NOON + 1, 2)).toEqual(['z', 'a']);
    });

    test('that is removed is gone, and no other', async () => {
      const store = await open();
      await put(store, aWakeup('digest', 'a'), aWakeup('silence', 'a'), aWakeup('digest', 'b'));

      await store.wakeups.remove('digest', 'a');
      await store.wakeups.remove('digest', 'nobody');

      expect((await store.wakeups.due(['digest', 'silence'], NOON, 10)).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['silence a', 'digest b']);
    });
  });
}
