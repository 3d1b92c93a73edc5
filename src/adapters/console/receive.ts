import type { Listener } from '../adapter.ts';

/**
 * The console asks nothing: a person at a terminal uses `npx upr-watch next`, `state` and `session`, which run the same
 * commands. So nothing is ever received, and there is nothing to stop.
 */
export function receiveNothing(_listener: Listener): Promise<void> {
  return Promise.resolve();
}
