import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';

export interface Heartbeat {
  /** Told after everything went well; calls the address at most once a minute, and never keeps anybody waiting. */
  well(): void;
  /** Waits for a call under way. */
  stop(): Promise<void>;
}

const EVERY = 60_000;
const TIMEOUT = 10_000;

/**
 * A dead man's switch: an address of the operator's monitor that is called after each healthy minute. The monitor raises
 * the alarm when the calls stay away. The address may hold a key, so it is never logged.
 */
export function createHeartbeat(url: string | null, { clock, log }: { readonly clock: Clock; readonly log: Logger }): Heartbeat {
  let calledAt = Number.NEGATIVE_INFINITY;
  let failing = false;
  let calling: Promise<void> = Promise.resolve();
  const call = async (address: string): Promise<void> => {
    const taken = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' })
      .then((response) => response.ok)
      .catch(() => false);
    if (!taken && !failing) log.warn('The monitor of HEARTBEAT_URL does not take the heartbeat; it is tried every minute');
    if (taken && failing) log.info('The monitor of HEARTBEAT_URL takes the heartbeat again');
    failing = !taken;
  };
  return {
    well: () => {
      if (url === null || clock.monotonic() - calledAt < EVERY) return;
      calledAt = clock.monotonic();
      calling = call(url);
    },
    stop: () => calling,
  };
}
