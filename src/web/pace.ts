/** How often one who asks is answered: a bucket of tokens for each, as many as memory is meant for. */
import type { Clock } from '../lib/clock.ts';

export interface PaceLimits {
  /** So many at once. */
  readonly burst: number;
  readonly perSecond: number;
  /** More who ask than these are not remembered; who asked longest ago is forgotten first. */
  readonly addresses: number;
}

export interface Pace {
  /** Takes so many tokens: 0, or the seconds to wait where there are too few. */
  take(who: string, cost: number): number;
}

export function createPace({ burst, perSecond, addresses }: PaceLimits, clock: Pick<Clock, 'monotonic'>): Pace {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take: (who, cost) => {
      const at = clock.monotonic();
      const before = buckets.get(who);
      const tokens = before === undefined ? burst : Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
      const has = tokens >= cost;
      // Taken out and put in again, so that the first is who asked longest ago.
      buckets.delete(who);
      buckets.set(who, { tokens: has ? tokens - cost : tokens, at });
      if (buckets.size > addresses) buckets.delete(buckets.keys().next().value ?? '');
      return has ? 0 : Math.ceil((cost - tokens) / perSecond);
    },
  };
}
