/** What can go wrong with a request: by script, one after another, or by a rule that is asked each time. */

/**
 * A fault of one request. Unless it says `posted`, nothing was done.
 *
 * - `limited`: 429, without any time to wait when `retryAfterMs` is left out
 * - `status`: that status with a page of no use, as a proxy gives it (200 too)
 * - `malformed`: 200 with JSON that breaks off
 * - `hang`: no answer until the test releases it
 * - `reset-before`: the connection breaks before the request counts as read
 * - `reset-after`: it breaks when the request was read
 * - `lost-answer`: it was done, and then the connection breaks
 * - `error`: `ok: false` with Slack's own error, such as `not_in_channel` or `fatal_error`
 * - `slow`: taken as any other, `ms` later by the machine's clock
 */
export type Fault =
  | { readonly kind: 'limited'; readonly retryAfterMs?: number }
  | { readonly kind: 'status'; readonly status: number; readonly posted?: true }
  | { readonly kind: 'malformed'; readonly posted?: true }
  | { readonly kind: 'hang'; readonly posted?: true }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'error'; readonly code: string; readonly posted?: true }
  | { readonly kind: 'slow'; readonly ms: number };

/** A request, as a rule sees it. */
export interface Asked {
  readonly method: string;
  /** Empty when it is about no channel. */
  readonly channel: string;
  readonly token: string;
  readonly text: string;
  readonly at: number;
  /** The how-many-th request of this method for this channel it is, from 1. */
  readonly attempt: number;
}

export type Rule = (asked: Asked) => Fault | null;

/** True when the request is done all the same. */
export function posts(fault: Fault): boolean {
  return fault.kind === 'lost-answer' || fault.kind === 'slow' || ('posted' in fault && fault.posted === true);
}

/** Faults for a channel go first, then those for a method, then those for `*`, then the rules in their order. */
export function createFaults() {
  const queues = new Map<string, Fault[]>();
  const rules = new Set<Rule>();
  return {
    queue: (place: string, faults: readonly Fault[]): void => void queues.set(place, [...(queues.get(place) ?? []), ...faults]),
    /** Returns what takes the rule away again. */
    rule: (rule: Rule): (() => void) => {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
    next: (asked: Asked): Fault | null => {
      const queue = [asked.channel, asked.method, '*'].map((place) => queues.get(place) ?? []).find((faults) => faults.length > 0);
      if (queue !== undefined) return queue.shift() ?? null;
      for (const rule of rules) {
        const fault = rule(asked);
        if (fault !== null) return fault;
      }
      return null;
    },
  };
}
