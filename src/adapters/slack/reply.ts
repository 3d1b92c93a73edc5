/**
 * Answers by the address that comes with a command or a press; they reach the person wherever the bot is not:
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. Slack takes five of
 * them, within half an hour.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../domain/time.ts';

export interface Address {
  readonly url: string;
  /** When it came. */
  readonly since: Instant;
}

export interface Said {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

export interface Replies {
  /** Says it to the person alone, or in place of what was pressed. False when Slack did not take it. */
  say(address: Address | null, said: Said, options?: { readonly replace?: boolean }): Promise<boolean>;
  /** Whether something can still be said by it. */
  open(address: Address | null): boolean;
}

const USES = 5;
/** Half a minute is left for the way. */
const LIVES = 29.5 * 60_000;
const KNOWN = 2_000;
const WITHIN = 5_000;
const AGAIN_AFTER = 500;

export function createReplies(now: () => Instant): Replies {
  const used = new Map<string, number>();

  const open = (address: Address | null) => address !== null && now() - address.since < LIVES && (used.get(address.url) ?? 0) < USES;

  async function post(address: Address, body: string): Promise<'taken' | 'refused' | 'unwell'> {
    const uses = (used.get(address.url) ?? 0) + 1;
    used.delete(address.url);
    used.set(address.url, uses);
    const [oldest] = used.keys();
    if (used.size > KNOWN && oldest !== undefined) used.delete(oldest);
    try {
      const signal = AbortSignal.timeout(WITHIN);
      const response = await fetch(address.url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal, redirect: 'manual' });
      await response.body?.cancel();
      if (response.ok) return 'taken';
      return response.status >= 500 || response.status === 429 ? 'unwell' : 'refused';
    } catch {
      return 'unwell';
    }
  }

  return {
    open,
    say: async (address, { text, blocks }, { replace = false } = {}) => {
      const body = JSON.stringify({ text, blocks, response_type: 'ephemeral', replace_original: replace });
      if (address === null || !open(address)) return false;
      const first = await post(address, body);
      if (first !== 'unwell') return first === 'taken';
      await sleep(AGAIN_AFTER);
      return open(address) && (await post(address, body)) === 'taken';
    },
  };
}
