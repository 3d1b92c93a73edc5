import type { OnRequest } from '../adapter.ts';

/**
 * The console asks nothing: a person at a terminal uses `npx upr-watch next`, `state` and `session`, which run the same
 * commands. So nothing is ever received, and there is nothing to stop.
 */
export function receiveNothing(_onRequest: OnRequest): Promise<void> {
  return Promise.resolve();
}
