import { describe, expect, test } from 'vitest';
import type { Open } from '../store.ts';

const HERE = { platform: 'slack', id: 'T1' };
const THERE = { platform: 'slack', id: 'T2' };
const NAMESAKE = { platform: 'discord', id: 'T1' };

export function secretPromises(open: Open): void {
  describe('Secrets of an installation', () => {
    test('are kept by platform and id, the last one put', async () => {
      const store = await open();
      for (const [place, sealed] of [
        [THERE, 'there'],
        [HERE, 'first'],
        [NAMESAKE, 'namesake'],
        [HERE, 'here'],
      ] as const)
        await store.secrets.put(place, sealed);

      const kept = await Promise.all([HERE, THERE, NAMESAKE, { ...HERE, id: 'T9' }].map((place) => store.secrets.get(place)));

      expect(kept).toEqual(['here', 'there', 'namesake', null]);
      expect(await Promise.all(['slack', 'discord', 'console'].map((platform) => store.secrets.ids(platform)))).toEqual([['T1', 'T2'], ['T1'], []]);
    });

    test('are replaced only where they are still what was read', async () => {
      const store = await open();
      await store.secrets.put(HERE, 'old');

      await store.secrets.replace(HERE, { was: 'another', sealed: 'lost' });
      await store.secrets.replace(THERE, { was: 'old', sealed: 'lost' });
      expect([await store.secrets.get(HERE), await store.secrets.get(THERE)]).toEqual(['old', null]);
      await store.secrets.replace(HERE, { was: 'old', sealed: 'new' });

      expect(await store.secrets.get(HERE)).toBe('new');
    });

    test('are removed alone, and no harm is done where there are none', async () => {
      const store = await open();
      for (const place of [HERE, THERE, NAMESAKE]) await store.secrets.put(place, 'kept');

      await store.secrets.remove(HERE);
      await store.secrets.remove(HERE);

      expect([await store.secrets.ids('slack'), await store.secrets.ids('discord')]).toEqual([['T2'], ['T1']]);
    });

    test('stay when what an installation follows is erased, since nothing could be answered without them', async () => {
      const store = await open();
      for (const place of [HERE, THERE, NAMESAKE]) await store.secrets.put(place, 'kept');

      await store.installations.erase(HERE);
      expect(await store.secrets.ids('slack')).toEqual(['T1', 'T2']);
      await store.secrets.remove(HERE);
      await store.scrub();

      expect([await store.secrets.ids('slack'), await store.secrets.ids('discord')]).toEqual([['T2'], ['T1']]);
    });

    test('are as they were when a transaction is undone', async () => {
      const store = await open();
      await store.secrets.put(HERE, 'kept');

      const undone = store.transaction(async (trx) => {
        await trx.secrets.put(HERE, 'lost');
        await trx.secrets.put(THERE, 'lost');
        throw new Error('undone');
      });

      await expect(undone).rejects.toThrow('undone');
      expect([await store.secrets.get(HERE), await store.secrets.ids('slack')]).toEqual(['kept', ['T1']]);
    });
  });
}
