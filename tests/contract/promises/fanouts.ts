import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';

export function fanoutPromises(open: Open): void {
  const fanout = (onceKey: string, work = '{}') => ({ onceKey, work, profile: null });

  describe('Planned work', () => {
    test('is open from where it was left, in the order planned, until it is done', async () => {
      const store = await open();
      await store.alerts.plan([fanout('first'), { ...fanout('second', '{"lead":"7d"}'), profile: 4 }]);
      const [first, second] = await store.alerts.openFanouts();

      expect([first?.onceKey, second]).toMatchObject(['first', { onceKey: 'second', work: '{"lead":"7d"}', profile: 4, stateIndex: 0, cursor: '' }]);
      await store.alerts.advance(first?.id ?? 0, { stateIndex: 1, cursor: 'coalition|wish', done: false });
      await store.alerts.advance(second?.id ?? 0, { stateIndex: 2, cursor: '', done: true });

      expect(await store.alerts.openFanouts()).toMatchObject([{ onceKey: 'first', stateIndex: 1, cursor: 'coalition|wish' }]);
    });

    test('planned again is left alone, also when it is done', async () => {
      const store = await open();
      await store.alerts.plan([fanout('first', 'as planned')]);
      const [first] = await store.alerts.openFanouts();
      await store.alerts.advance(first?.id ?? 0, { stateIndex: 3, cursor: '', done: true });

      await store.alerts.plan([fanout('first', 'again'), fanout('second'), fanout('second')]);

      expect((await store.alerts.openFanouts()).map((open) => open.onceKey)).toEqual(['second']);
    });

    test('can be a thousand pieces at once, and nothing', async () => {
      const store = await open();

      await store.alerts.plan(Array.from({ length: 1000 }, (_, index) => fanout(`work-${index}`)));
      await store.alerts.plan([]);

      expect(await store.alerts.openFanouts()).toHaveLength(1000);
    });
  });
}
