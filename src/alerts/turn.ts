/**
 * Whose turn it is to plan and post from one database. One process has it; others stand by and take over when it has
 * died or stopped: at once when that can be seen, as on one machine, else when its turn runs out. A running process
 * renews its turn every five seconds for twenty-five.
 */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/store.ts';

const LEASE = 'posting';
const LASTS = 25_000;
const RENEW_EVERY = 5_000;
/** How often one that stands by looks whether it may. */
const LOOK_EVERY = 2_000;

export interface Turn {
  /** Takes or renews the turn where that is due; true while this process has it. */
  mine(): Promise<boolean>;
  /** Whether it is still this process's turn, by the database. */
  holds(store: Store): Promise<boolean>;
  /** Hands it back at once. */
  release(): Promise<void>;
}

interface TurnDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Who this process is, and who can be seen to have ended. */
  readonly name: string;
  readonly isGone: (name: string) => boolean;
}

/** The process that posts from this database now; null when none does. */
export async function whoPosts(store: Store): Promise<string | null> {
  const owner = await store.leases.owner(LEASE);
  return owner !== null && (await store.leases.holds(LEASE, owner)) ? owner : null;
}

export function createTurn({ store, clock, log, name: owner, isGone }: TurnDeps): Turn {
  let held = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let told = false;
  const take = async (): Promise<boolean> => {
    const before = held ? owner : await store.leases.owner(LEASE);
    if (before !== null && before !== owner && isGone(before)) await store.leases.release(LEASE, before);
    return store.leases.take(LEASE, owner, LASTS);
  };
  return {
    mine: async () => {
      if (clock.monotonic() - askedAt < (held ? RENEW_EVERY : LOOK_EVERY)) return held;
      held = await take();
      askedAt = clock.monotonic();
      if (!held && !told) log.warn('Another process posts from this database; this one stands by');
      told = !held;
      return held;
    },
    holds: (trx) => trx.leases.holds(LEASE, owner),
    release: async () => {
      if (held) await store.leases.release(LEASE, owner);
      held = false;
    },
  };
}
