import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aChannel, aLead, counted, follow, NOON } from './cast.ts';

export function transactionPromises(open: Open): void {
  describe('A transaction', () => {
    test('keeps everything it did', async () => {
      const store = await open();

      const answer = await store.transaction(async (trx) => {
        await trx.subscriptions.putChannel(aChannel('coalition'));
        await trx.alerts.add([aLead('coalition')], NOON);
        await trx.setMark('watermark', NOON);
        return 'done';
      });

      expect([answer, await store.mark('watermark'), await counted(store)]).toEqual(['done', NOON, { pending: 1 }]);
    });

    test('keeps nothing when it fails at its last step', async () => {
      const store = await open();

      const failing = store.transaction(async (trx) => {
        await follow(trx, 'coalition', ['KEN']);
        await trx.alerts.add([aLead('coalition')], NOON);
        await trx.calendar.putFiles([{ layer: 'operator', file: '54.yaml', version: 1, body: 'session: 54' }], NOON);
        await trx.wakeups.put({ kind: 'check', subject: 'a', dueAt: NOON, body: '{}' });
        await trx.setMark('watermark', NOON);
        throw new Error('the power went out');
      });

      await expect(failing).rejects.toThrow('the power went out');
      expect([await store.subscriptions.channels(), await store.subscriptions.list(), await store.calendar.files('operator')]).toEqual([[], [], []]);
      expect([await store.wakeups.of('check'), await store.mark('watermark'), await counted(store)]).toEqual([[], null, {}]);
    });

    test('inside another is part of it', async () => {
      const store = await open();

      const failing = store.transaction(async (trx) => {
        await trx.transaction((inner) => inner.setMark('watermark', NOON));
        throw new Error('after the inner one');
      });

      await expect(failing).rejects.toThrow('after the inner one');
      expect(await store.mark('watermark')).toBeNull();
    });

    test('that works alone waits for the one before it, so that neither sees half of the other', async () => {
      const store = await open();
      const add = () => store.transaction(async (trx) => trx.setMark('counter', ((await trx.mark('counter')) ?? 0) + 1), 'planning');

      await Promise.all(Array.from({ length: 20 }, add));

      expect(await store.mark('counter')).toBe(20);
    });

    test('that failed does not spoil the next', async () => {
      const store = await open();
      await store.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined);

      await store.transaction((trx) => trx.setMark('watermark', 1));

      expect(await store.mark('watermark')).toBe(1);
    });
  });

  describe('A mark', () => {
    test('is null before it is set, and what it was set to last', async () => {
      const store = await open();

      expect(await store.mark('watermark')).toBeNull();
      await store.setMark('watermark', NOON);
      await store.setMark('watermark', NOON + 60_000);
      expect([await store.mark('watermark'), await store.mark('event-cursor')]).toEqual([NOON + 60_000, null]);
    });

    test('can be nought and can go back', async () => {
      const store = await open();
      await store.setMark('watermark', NOON);

      await store.setMark('watermark', 0);

      expect(await store.mark('watermark')).toBe(0);
    });
  });

  describe('Work that waits', () => {
    test('is there once for its kind and subject, earliest first, until it is removed', async () => {
      const store = await open();
      await store.wakeups.put({ kind: 'check', subject: 'late', dueAt: NOON + 1, body: '1' });
      await store.wakeups.put({ kind: 'check', subject: 'early', dueAt: NOON, body: '2' });
      await store.wakeups.put({ kind: 'check', subject: 'early', dueAt: NOON + 9, body: '3' });
      await store.wakeups.put({ kind: 'nag', subject: 'early', dueAt: NOON, body: '4' });

      expect((await store.wakeups.of('check')).map(({ subject, dueAt, body }) => [subject, dueAt, body])).toEqual([
        ['early', NOON, '2'],
        ['late', NOON + 1, '1'],
      ]);
      await store.wakeups.remove('check', 'early');
      expect([(await store.wakeups.of('check')).length, (await store.wakeups.of('nag')).length]).toEqual([1, 1]);
    });
  });
}
