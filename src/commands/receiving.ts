/** Who listens to a platform: one process a bot token; others stand by and take over within 30 seconds. */
import type { Adapter, OnRequest } from '../adapters/adapter.ts';
import type { Claim } from '../lib/claim.ts';
import type { Logger } from '../lib/log.ts';

export interface Receiving {
  /** Begins to listen where nobody does, and stops where another took over. Called each second; waits for no platform. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface ReceivingDeps {
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly claimOf: (name: string) => Claim;
  readonly onRequest: OnRequest;
  readonly log: Logger;
}

/** What the leases of receivers are called. */
const LEASE = 'receiver:';
/** Looks that are left out after an adapter failed to start, so that a platform is not asked to log in each second. */
const [FIRST_REST, LONGEST_REST] = [5, 300];

interface Place {
  readonly adapter: Adapter;
  readonly claim: Claim;
  listens: boolean;
  /** An adapter that is still starting or stopping; its claim is not renewed, so that another takes over from one that hangs. */
  turning: boolean;
  failures: number;
  rests: number;
}

export function createReceiving({ adapters, claimOf, onRequest, log }: ReceivingDeps): Receiving {
  const places = [...adapters.values()].map((adapter): Place => {
    return { adapter, claim: claimOf(`${LEASE}${adapter.platform}`), listens: false, turning: false, failures: 0, rests: 0 };
  });
  let stopping = false;

  async function look(place: Place): Promise<void> {
    place.rests -= 1;
    if (stopping || place.turning || place.rests >= 0) return;
    const mine = await place.claim.mine().catch((cause: unknown) => {
      log.error({ err: cause, platform: place.adapter.platform }, 'Who listens could not be read; all stays as it is');
      return place.listens;
    });
    if (stopping) await place.claim.release();
    else if (mine !== place.listens) void turn(place, mine);
  }

  async function turn(place: Place, mine: boolean): Promise<void> {
    const { adapter, claim } = place;
    place.turning = true;
    try {
      await (mine ? adapter.start(onRequest) : adapter.stop());
      [place.listens, place.failures] = [mine, 0];
    } catch (cause) {
      log.error({ err: cause, platform: adapter.platform }, 'Listening could not begin; another process or a later try takes it');
      place.rests = Math.min(LONGEST_REST, FIRST_REST * 2 ** Math.min(place.failures, 10));
      place.failures += 1;
      await claim.release().catch(() => undefined);
    }
    place.turning = false;
  }

  return {
    look: async () => {
      await Promise.all(places.map(look));
    },
    stop: async () => {
      stopping = true;
      for (const { adapter, claim, listens, turning } of places) {
        if (listens || turning)
          await adapter.stop().catch((cause: unknown) => log.error({ err: cause, platform: adapter.platform }, 'Listening did not end well'));
        await claim.release();
      }
    },
  };
}
