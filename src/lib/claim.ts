/**
 * What only one process may do at a time. Whoever has the claim renews it; others stand by and take it over when its
 * holder has ended: at once where that can be seen, as on one machine, else when it runs out.
 */
import type { Clock } from './clock.ts';

/** Where claims are kept, with the time they run out by. */
export interface Leases {
  take(name: string, owner: string, forMs: number): Promise<boolean>;
  all(): Promise<readonly { readonly name: string; readonly owner: string; readonly leftMs: number }[]>;
  release(name: string, owner: string): Promise<void>;
}

export interface ClaimTimes {
  /** How long a claim lasts that is not renewed. */
  readonly lastsMs: number;
  readonly renewEveryMs: number;
  /** How often one that stands by looks whether it may. */
  readonly lookEveryMs: number;
}

export const CLAIM_TIMES: ClaimTimes = { lastsMs: 25_000, renewEveryMs: 5_000, lookEveryMs: 2_000 };

export interface ClaimDeps {
  readonly leases: Leases;
  readonly clock: Clock;
  /** Who this process is, and who can be seen to have ended. */
  readonly owner: string;
  readonly isGone: (name: string) => boolean;
  readonly times: ClaimTimes;
}

export interface Claim {
  /** Takes or renews the claim where that is due; true while this process has it. */
  mine(): Promise<boolean>;
  /** Hands it back at once. */
  release(): Promise<void>;
}

export function createClaim({ leases, clock, owner, isGone, times }: ClaimDeps, name: string): Claim {
  let held = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const take = async (): Promise<boolean> => {
    if (await leases.take(name, owner, times.lastsMs)) return true;
    const holder = (await leases.all()).find((lease) => lease.name === name)?.owner;
    if (holder === undefined || holder === owner || !isGone(holder)) return false;
    await leases.release(name, holder);
    return leases.take(name, owner, times.lastsMs);
  };
  return {
    mine: async () => {
      if (clock.monotonic() - askedAt < (held ? times.renewEveryMs : times.lookEveryMs)) return held;
      askedAt = clock.monotonic();
      held = await take();
      return held;
    },
    release: async () => {
      if (held) await leases.release(name, owner);
      held = false;
      askedAt = Number.NEGATIVE_INFINITY;
    },
  };
}
