import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { settleRestored } from '../alerts/restored.ts';
import { takeUp } from '../calendar/take-up.ts';
import type { Config } from '../config.ts';
import type { Instant } from '../domain/time.ts';
import type { Store } from '../store/store.ts';

export interface Settled {
  /** To be called on what was restored, before anybody else sees it. */
  settle(store: Store): Promise<void>;
  /** How many channels catch up. */
  channels(): number;
}

/** The calendar files of this machine are taken up first: what they changed since the backup was told when it came, and is told to nobody now. */
export function settledBy({ folder, data, ladders }: Config, id: string, now: Instant): Settled {
  let channels = 0;
  return {
    settle: async (store) => {
      await mkdir(data, { recursive: true });
      const { facts } = await takeUp(store, { folder: join(folder, 'calendar'), data }, { now, reason: 'a backup was restored' });
      channels = await settleRestored(store, { id, facts, ladders, now });
    },
    channels: () => channels,
  };
}
