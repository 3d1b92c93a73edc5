/** How fast a platform takes messages: of one channel, and of one token. Counted by the platform's own clock. */
import type { Flavour } from './dialect.ts';

export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

/** Left out: what the flavour has by default. Null: no limit. */
export interface LimitPlan {
  readonly channel?: Limit | null;
  readonly token?: Limit | null;
}

/** What a channel still takes, as Discord tells it. */
export interface Allowance {
  readonly count: number;
  readonly left: number;
  readonly resetsInMs: number;
}

export type Admission =
  | { readonly taken: true; readonly allowance: Allowance | null }
  | { readonly taken: false; readonly scope: Scope; readonly waitMs: number };

export type Scope = 'channel' | 'token';

/** One limit of one thing. `waitMs` is 0 when one more is taken now. */
interface Counter {
  waitMs(now: number): number;
  take(now: number): void;
  allowance(now: number): Allowance | null;
}

const DEFAULTS: Readonly<Record<Flavour, Required<LimitPlan>>> = {
  slack: { channel: { count: 1, perMs: 1_000 }, token: null },
  discord: { channel: { count: 5, perMs: 5_000 }, token: { count: 50, perMs: 1_000 } },
};

const UNLIMITED: Counter = { waitMs: () => 0, take: () => {}, allowance: () => null };

/** Admits or refuses, and counts what was admitted. Channels are counted for each token apart, as platforms do. */
export function createLimits(flavour: Flavour, plan: LimitPlan = {}) {
  const { channel, token } = { ...DEFAULTS[flavour], ...plan };
  const channelCounter = flavour === 'slack' ? leakyBucket : fixedWindow;
  const ofChannel = kept(() => (channel === null ? UNLIMITED : channelCounter(channel)));
  const ofToken = kept(() => (token === null ? UNLIMITED : slidingWindow(token)));
  return {
    admit: (by: { readonly token: string; readonly channel: string }, now: number): Admission => {
      const counters = { token: ofToken(by.token), channel: ofChannel(`${by.token} ${by.channel}`) };
      for (const scope of ['token', 'channel'] as const) {
        const waitMs = counters[scope].waitMs(now);
        if (waitMs > 0) return { taken: false, scope, waitMs };
      }
      counters.token.take(now);
      counters.channel.take(now);
      return { taken: true, allowance: counters.channel.allowance(now) };
    },
  };
}

function kept(make: () => Counter): (name: string) => Counter {
  const counters = new Map<string, Counter>();
  return (name) => {
    const counter = counters.get(name) ?? make();
    counters.set(name, counter);
    return counter;
  };
}

/** A sixth of a second is no whole number of milliseconds, and an instant of today has room for few decimals. */
const ROUNDING = 0.01;

/** Slack's: it leaks evenly, so that with a count of 1 there is no burst at all. */
function leakyBucket({ count, perMs }: Limit): Counter {
  const each = perMs / count;
  let emptyAt = Number.NEGATIVE_INFINITY;
  const take = (now: number) => {
    emptyAt = Math.max(emptyAt, now) + each;
  };
  const waitMs = (now: number) => Math.max(0, Math.ceil(emptyAt - now - (perMs - each) - ROUNDING));
  return { waitMs, take, allowance: () => null };
}

/** A Discord bucket: a window begins with the first message after the last one ended. */
function fixedWindow({ count, perMs }: Limit): Counter {
  let [began, used] = [Number.NEGATIVE_INFINITY, 0];
  const isOver = (now: number) => now >= began + perMs;
  return {
    waitMs: (now) => (isOver(now) || used < count ? 0 : began + perMs - now),
    take: (now) => {
      if (isOver(now)) [began, used] = [now, 0];
      used += 1;
    },
    allowance: (now) => ({ count, left: count - used, resetsInMs: began + perMs - now }),
  };
}

/** Never more than `count` within any `perMs`. */
function slidingWindow({ count, perMs }: Limit): Counter {
  let taken: number[] = [];
  return {
    waitMs: (now) => {
      taken = taken.filter((at) => at + perMs > now);
      const blocking = taken.at(-count);
      return blocking === undefined ? 0 : blocking + perMs - now;
    },
    take: (now) => void taken.push(now),
    allowance: () => null,
  };
}
