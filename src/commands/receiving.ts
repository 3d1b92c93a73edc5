/** Who listens to a platform: one process a bot token; others stand by and take over within 30 seconds. */
import type { Adapter, ChatError, Listener, OnRequest, Presence } from '../adapters/adapter.ts';
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
  /** Told where the bot is. */
  readonly onPresence: (news: Presence) => Promise<void>;
  readonly log: Logger;
}

/** What the leases of receivers are called. */
const LEASE = 'receiver:';
/** Looks that are left out after an adapter failed to start, so that a platform is not asked to log in each second. */
const [FIRST_REST, LONGEST_REST] = [5, 300];
/** Looks after which an adapter that listened counts as well. */
const STEADY = 600;

interface Place {
  readonly adapter: Adapter;
  readonly claim: Claim;
  listens: boolean;
  /** An adapter that is still starting or stopping; its claim is not renewed, so that another takes over from one that hangs. */
  turning: boolean;
  failures: number;
  rests: number;
  /** How often it began; what an earlier listening says later is not heard. */
  starts: number;
}

export function createReceiving({ adapters, claimOf, onRequest, onPresence, log }: ReceivingDeps): Receiving {
  const places = [...adapters.values()].map((adapter): Place => {
    return { adapter, claim: claimOf(`${LEASE}${adapter.platform}`), listens: false, turning: false, failures: 0, rests: 0, starts: 0 };
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
    const { adapter } = place;
    place.turning = true;
    try {
      await (mine ? adapter.start(listenerOf(place)) : adapter.stop());
      [place.listens, place.rests] = [mine, 0];
    } catch (cause) {
      log.error({ err: cause, platform: adapter.platform }, 'Listening could not begin; another process or a later try takes it');
      await rest(place);
    }
    place.turning = false;
  }

  function listenerOf(place: Place): Listener {
    const { platform } = place.adapter;
    place.starts += 1;
    const start = place.starts;
    const presence = (news: Presence) =>
      onPresence(news).catch((cause: unknown) =>
        log.error({ err: cause, platform }, 'Where the bot is could not be recorded; it is read again with the next connection'),
      );
    const lost = (why: ChatError) => {
      if (!place.listens || stopping || start !== place.starts) return;
      log.error({ err: why, platform }, 'Listening ended; another process or a later try takes it up');
      place.listens = false;
      void place.adapter.stop().catch(() => undefined);
      void rest(place);
    };
    return { request: onRequest, presence, lost };
  }

  /** Longer and longer, so that a token that is not accepted is not tried each second. */
  async function rest(place: Place): Promise<void> {
    if (place.rests < -STEADY) place.failures = 0;
    place.rests = Math.min(LONGEST_REST, FIRST_REST * 2 ** Math.min(place.failures, 10));
    place.failures += 1;
    await place.claim.release().catch(() => undefined);
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
