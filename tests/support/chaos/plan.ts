/** What the seed of a chaos decides: who is struck when, and which requests meet which faults of their platform. */
import { createHash } from 'node:crypto';
import { ENGLISH } from '../a-voice.ts';
import type { Asked, Fault, Rule } from '../fake-platform/faults.ts';

/** Something happens to a process, or to a platform, once so many messages were posted. */
export interface Blow {
  readonly kind: 'kill' | 'freeze' | 'outage';
  readonly at: number;
  /** Whom it hits, in [0, 1) of those that can be hit. */
  readonly whom: number;
  /** After how long it is over: a new process starts, the frozen one wakes, the platform is back. */
  readonly ms: number;
}

export interface BlowPlan {
  readonly deliveries: number;
  readonly leaseMs: number;
  readonly kills: number;
  readonly freezes: number;
  readonly outages: number;
}

/** The first falls with the first messages, the last when a tenth is left to say. Every freeze outlasts a lease. */
export function blowsOf(seed: number, { deliveries, leaseMs, kills, freezes, outages }: BlowPlan): readonly Blow[] {
  const some = (kind: Blow['kind'], count: number, ms: (chance: number) => number): Blow[] =>
    Array.from({ length: count }, (_, n) => {
      const chance = (what: string) => chanceOf(seed, kind, n, what);
      return { kind, at: Math.floor(1 + ((n + chance('at')) / count) * deliveries * 0.9), whom: chance('whom'), ms: Math.round(ms(chance('ms'))) };
    });
  return [
    ...some('kill', kills, (chance) => chance * 1_000),
    ...some('freeze', freezes, (chance) => leaseMs * (1.2 + 0.3 * chance)),
    ...some('outage', outages, (chance) => 200 + chance * 1_000),
  ].sort((a, b) => a.at - b.at);
}

const REPEAT = ENGLISH['mark.repeat'] ?? '';

/** Faults with their shares of all requests; the platform takes its time over the others. */
const UNKNOWN: readonly (readonly [number, Fault])[] = [
  [0.005, { kind: 'status', status: 500 }],
  [0.005, { kind: 'reset-before' }],
  [0.005, { kind: 'reset-after' }],
  [0.005, { kind: 'hang' }],
  [0.005, { kind: 'hang', posted: true }],
  [0.005, { kind: 'status', status: 502, posted: true }],
  [0.01, { kind: 'lost-answer' }],
];
const KNOWN: readonly (readonly [number, Fault])[] = [
  [0.02, { kind: 'limited', retryAfterMs: 500 }],
  [0.01, { kind: 'status', status: 503 }],
];
const SLOWEST = 300;

/**
 * What a platform does to the n-th request for a channel, whenever that comes; `met` hears of it. What is in doubt twice
 * is by design not said a third time, so that a marked repeat is posted at once or meets a fault that leaves no doubt.
 */
export function weather(seed: number, met: (kind: Fault['kind']) => void): Rule {
  return ({ channel, attempt, text }: Asked): Fault => {
    const isRepeat = text.includes(REPEAT);
    let left = chanceOf(seed, channel, attempt, 'fault');
    for (const [share, fault] of isRepeat ? KNOWN : [...KNOWN, ...UNKNOWN]) {
      left -= share;
      if (left >= 0) continue;
      met(fault.kind);
      return fault;
    }
    return { kind: 'slow', ms: isRepeat ? 0 : Math.round(SLOWEST * chanceOf(seed, channel, attempt, 'slow')) };
  };
}

/** A number in [0, 1) that depends on nothing but what is asked. */
function chanceOf(...asked: readonly (string | number)[]): number {
  return createHash('sha256').update(asked.join('|')).digest().readUInt32BE() / 2 ** 32;
}
