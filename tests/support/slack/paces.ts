/** How fast Slack takes requests: messages of a channel and of a workspace, and each method by its tier. Counted by Slack's own clock. */
import type { Call, Method } from './methods.ts';
import type { SlackLimits } from './plan.ts';

/** How many messages a channel takes at once; it leaks evenly after that. */
const BURST = 3;
const MINUTE = 60_000;

interface Rate {
  /** As many may come at once. */
  readonly count: number;
  readonly perMs: number;
}

export function createPaces({ channelPerSecond = 1, workspacePerSecond = null, tiers = true }: SlackLimits = {}) {
  /** When each bucket is empty again. */
  const buckets = new Map<string, number>();

  const messages = (perSecond: number | null): Rate | null =>
    perSecond === null ? null : { count: Math.max(BURST, perSecond), perMs: (Math.max(BURST, perSecond) * 1_000) / perSecond };

  const waitMs = (name: string, { count, perMs }: Rate, now: number) => {
    const emptyAt = Math.max(buckets.get(name) ?? 0, now);
    return Math.max(0, Math.ceil(emptyAt - now - (perMs - perMs / count)));
  };

  function ratesOf({ method, token, args }: Call, tier: Method['tier']): readonly (readonly [string, Rate])[] {
    if (tier === undefined) return [];
    if (tier !== 'message') return tiers ? [[`${token} ${method}`, { count: tier, perMs: MINUTE }]] : [];
    const [channel, workspace] = [messages(channelPerSecond), messages(workspacePerSecond)];
    return [
      ...(channel === null ? [] : [[`${token} ${String(args.channel)}`, channel] as const]),
      ...(workspace === null ? [] : [[token, workspace] as const]),
    ];
  }

  return {
    /** Counts it and returns 0, or how long to wait. */
    take: (call: Call, tier: Method['tier'], now: number): number => {
      const rates = ratesOf(call, tier);
      const wait = Math.max(0, ...rates.map(([name, rate]) => waitMs(name, rate, now)));
      if (wait > 0) return wait;
      for (const [name, { count, perMs }] of rates) buckets.set(name, Math.max(buckets.get(name) ?? 0, now) + perMs / count);
      return 0;
    },
  };
}
