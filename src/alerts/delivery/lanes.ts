/** Which lanes this process serves: every one with something to say that no other process serves. */
import { platformOf } from '../../adapters/adapter.ts';
import type { Instant } from '../../domain/time.ts';
import { type ClaimTimes, createClaim } from '../../lib/claim.ts';
import { createLane, type Lane } from './lane.ts';
import type { DeliveryDeps, Tally } from './letter.ts';

/** Messages since somebody asked last. */
export interface DeliveryCounts {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
  readonly inDoubt: number;
}

export interface Lanes {
  look(now: Instant): Promise<void>;
  takeCounts(): DeliveryCounts;
  /** Resolves when nothing is under way and nothing can go out at this moment. */
  settled(): Promise<void>;
  /** Finishes what is under way and hands every lane back at once. */
  stop(): Promise<void>;
}

export interface LanesDeps extends DeliveryDeps {
  readonly isGone: (name: string) => boolean;
  readonly claimTimes: ClaimTimes;
}

/** What the leases of lanes are called. */
const LEASE = 'lane:';

/** The lane of a lease; null for a lease of something else. */
export function laneOfLease(name: string): string | null {
  return name.startsWith(LEASE) ? name.slice(LEASE.length) : null;
}

export function createLanes(deps: LanesDeps): Lanes {
  const { store, clock, worker, adapters, random, isGone, claimTimes } = deps;
  const lanes = new Map<string, Lane>();
  const zero = () => ({ sent: 0, postponed: 0, failed: 0, inDoubt: 0 });
  let counts = zero();
  let stopping = false;
  const tally: Tally = {
    ...deps.tally,
    delivered: (platform, outcome) => {
      counts[outcome === 'in-doubt' ? 'inDoubt' : outcome] += 1;
      deps.tally.delivered(platform, outcome);
    },
  };

  function laneNamed(name: string): Lane | null {
    const adapter = adapters.get(platformOf(name));
    const known = lanes.get(name);
    if (known !== undefined || adapter === undefined) return known ?? null;
    const lease = `${LEASE}${name}`;
    const claim = createClaim({ leases: store.leases, clock, owner: worker, isGone, times: claimTimes }, lease);
    const lane = createLane({ ...deps, tally }, { name, lease, claim, adapter });
    lanes.set(name, lane);
    return lane;
  }

  return {
    look: async (now) => {
      const ready = await store.alerts.readyLanes(now);
      if (ready.length === 0 || stopping) return;
      const served = new Set(
        (await store.leases.all()).filter(({ owner, leftMs }) => owner !== worker && leftMs > 0 && !isGone(owner)).map(({ name }) => name),
      );
      const free = ready.filter((name) => !served.has(`${LEASE}${name}`));
      // In another order in each process, so that several share the lanes between them.
      for (const name of shuffled(free, random)) laneNamed(name)?.poke();
    },
    takeCounts: () => {
      const taken = counts;
      counts = zero();
      return taken;
    },
    settled: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.settled()));
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
