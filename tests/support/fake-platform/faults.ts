/** What can go wrong with a request: by script, one after another, or by a rule that is asked each time. */
import type { Scope } from './limits.ts';

/**
 * A fault of one request. Unless it says `posted`, the message was not posted.
 *
 * - `limited`: 429, without any time to wait when `retryAfterMs` is left out
 * - `status`: that status with a page of no use, as a proxy gives it (200 too)
 * - `hang`: no answer until the platform is closed, goes down or is told to release what hangs
 * - `reset-before`: the connection breaks before the request counts as read
 * - `reset-after`: it breaks when the request was read
 * - `lost-answer`: posted, and then the connection breaks
 * - `error`: the platform's own error, such as `not_in_channel` or 50013
 * - `slow`: taken as any other, `ms` later
 */
export type Fault =
  | { readonly kind: 'limited'; readonly retryAfterMs?: number; readonly scope?: Scope }
  | { readonly kind: 'status'; readonly status: number; readonly posted?: true }
  | { readonly kind: 'hang'; readonly posted?: true }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'error'; readonly code: string | number }
  | { readonly kind: 'slow'; readonly ms: number };

/** A request to post, as a rule sees it. */
export interface Asked {
  readonly channel: string;
  readonly token: string;
  readonly text: string;
  readonly at: number;
  /** The how-many-th request for this channel it is, from 1. */
  readonly attempt: number;
}

export type Rule = (asked: Asked) => Fault | null;

/** Faults for a channel go first, then those for `*`, then the rules in their order. */
export function createFaults() {
  const queues = new Map<string, Fault[]>();
  const rules = new Set<Rule>();
  const queueOf = (channel: string) => {
    const queue = queues.get(channel) ?? [];
    queues.set(channel, queue);
    return queue;
  };
  return {
    queue: (channel: string, faults: readonly Fault[]) => void queueOf(channel).push(...faults),
    /** Returns what takes the rule away again. */
    rule: (rule: Rule) => {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
    /** The fault of a request. One that posts stays in its queue until it is consumed: the limits are asked first. */
    next: (asked: Asked): { readonly fault: Fault | null; consume(): void } => {
      const queue = [queueOf(asked.channel), queueOf('*')].find((faults) => faults.length > 0);
      if (queue !== undefined) return { fault: queue[0] ?? null, consume: () => void queue.shift() };
      for (const rule of rules) {
        const fault = rule(asked);
        if (fault !== null) return { fault, consume: () => {} };
      }
      return { fault: null, consume: () => {} };
    },
    /** The next scripted fault of requests that post nothing. */
    take: (name: string): Fault | null => queueOf(name).shift() ?? null,
  };
}

/** True when the message is posted all the same, so that the limits hold for it. */
export function posts(fault: Fault): boolean {
  if (fault.kind === 'lost-answer' || fault.kind === 'slow') return true;
  return (fault.kind === 'hang' || fault.kind === 'status') && fault.posted === true;
}
