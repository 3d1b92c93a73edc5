import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';
import { aLead, begin, NOON, ready } from './cast.ts';

const LATER = NOON + 60_000;

export function proofPromises(open: Open): void {
  describe('The proof', () => {
    test('names what was said with when and by which message, folded or not, and what was not, with why', async () => {
      const store = await open();
      const named = (key: string, dueAt = NOON) => aLead('coalition', { onceKey: key, lead: key, dueAt });
      const [sent, folded, failed, waiting] = await ready(store, 'coalition', [named('a'), named('b'), named('c'), named('d', NOON + 1)], LATER);
      if (!sent || !folded || !failed || !waiting) throw new Error('four alerts were added');
      const said = await begin(store, 'coalition', [sent], [folded]);
      await store.alerts.record([{ ...said, outcome: 'sent', ref: { id: 'message-1' } }], LATER);
      const refused = await begin(store, 'coalition', [failed]);
      await store.alerts.record([{ ...refused, outcome: 'failed', reason: 'rejected' }], LATER);

      const rows = await store.alerts.proof(NOON);

      expect(rows.map(({ onceKey, state, saidAt, reference, reason }) => [onceKey, state, saidAt, reference, reason])).toEqual([
        ['a', 'sent', LATER, 'message-1', null],
        ['b', 'folded', LATER, 'message-1', null],
        ['c', 'failed', null, null, 'rejected'],
        ['d', 'pending', null, null, null],
      ]);
    });

    test('begins where it is asked to', async () => {
      const store = await open();
      await store.alerts.add([aLead('coalition')], NOON);

      expect([(await store.alerts.proof(NOON)).length, (await store.alerts.proof(NOON + 1)).length]).toEqual([1, 0]);
    });
  });
}
