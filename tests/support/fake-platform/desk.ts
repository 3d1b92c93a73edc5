/** What the platform does with a request, HTTP aside: faults first, then the limits, then the ledger. */
import { systemClock } from '../../../src/lib/clock.ts';
import { type Answer, DIALECTS, type Flavour, type Incoming, type Wish } from './dialect.ts';
import { type Asked, createFaults, type Fault, posts } from './faults.ts';
import { createLedger, createTraffic } from './ledger.ts';
import { createLimits, type LimitPlan } from './limits.ts';

export interface PlatformPlan {
  readonly flavour: Flavour;
  /** The platform's clock, epoch milliseconds: the bot's virtual one, or `Date.now`. */
  now(): number;
  readonly limits?: LimitPlan;
  /** How long a nonce gives the earlier message; three minutes when left out. */
  readonly nonceWindowMs?: number;
  /** On which clock a slow answer is slow; the machine's when left out. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>;
}

/** An answer, or what becomes of the connection: `cut` closes it, `reset` breaks it. */
export type Outcome = Answer | 'cut' | 'reset';

/** The channel by whose name faults are queued for the question who the bot is. */
export const WHO = '@me';

const RIGHTS = /^GET \/fake\/rights\/(.+)$/;

export function createDesk(plan: PlatformPlan) {
  const { now, sleep = systemClock.sleep, nonceWindowMs = 180_000 } = plan;
  const dialect = DIALECTS[plan.flavour];
  const limits = createLimits(plan.flavour, plan.limits);
  const faults = createFaults();
  const ledger = createLedger(nonceWindowMs);
  const traffic = createTraffic();
  const rights = new Map<string, readonly string[]>();
  const hanging = new Set<() => void>();
  const listeners = new Set<(asked: Asked) => void>();
  const read: Asked[] = [];
  let power = new AbortController();

  /** Never resolves when the power goes first. */
  const released = () => new Promise<void>((resolve) => hanging.add(resolve));

  function faultAnswer(fault: Fault): Outcome {
    if (fault.kind === 'status') return { status: fault.status, body: '<html>An upstream is not well</html>' };
    if (fault.kind === 'error') return dialect.error(fault.code);
    if (fault.kind === 'limited') return dialect.limited(fault.scope ?? 'channel', fault.retryAfterMs ?? null);
    return fault.kind === 'reset-before' ? 'reset' : 'cut';
  }

  /** Posts, when the limits allow it; a fault that posts is spent only then. */
  async function take(wish: Wish, fault: Fault | null, spend: () => void): Promise<Outcome> {
    const admission = limits.admit(wish, now());
    if (!admission.taken) {
      traffic.limit(wish.channel);
      return dialect.limited(admission.scope, admission.waitMs);
    }
    spend();
    if (fault?.kind === 'slow') {
      const { signal } = power;
      await sleep(fault.ms, signal);
      if (signal.aborted) return 'cut';
    }
    const entry = ledger.post({ ...wish, id: dialect.idOf(ledger.all().length + 1, now()) }, { nonce: wish.nonce, now: now() });
    if (fault?.kind === 'hang') await released();
    if (fault?.kind === 'lost-answer' || fault?.kind === 'status') return faultAnswer(fault);
    return dialect.posted(entry, admission.allowance);
  }

  async function serve(wish: Wish, closed: Promise<unknown>): Promise<Outcome> {
    const { attempt, end } = traffic.begin(wish.channel);
    void closed.then(end);
    const asked = { channel: wish.channel, token: wish.token, text: wish.text, at: now(), attempt };
    const { fault, consume } = faults.next(asked);
    if (fault?.kind !== 'reset-before') {
      read.push(asked);
      for (const listener of [...listeners]) listener(asked);
    }
    if (fault === null || posts(fault)) return await take(wish, fault, consume);
    consume();
    if (fault?.kind === 'hang') {
      await released();
      return await take(wish, null, () => {});
    }
    return faultAnswer(fault);
  }

  return {
    /** What becomes of a request; `closed` resolves when its client is gone or answered. */
    handle: async (incoming: Incoming, closed: Promise<unknown>): Promise<Outcome> => {
      const wish = dialect.read(incoming);
      if (wish !== null) return 'status' in wish ? wish : await serve(wish, closed);
      if (incoming.route === dialect.who) {
        const fault = faults.take(WHO);
        return fault === null ? dialect.identity() : faultAnswer(fault);
      }
      const channel = RIGHTS.exec(incoming.route)?.[1];
      if (channel === undefined) return { status: 404, body: {} };
      return { status: 200, body: { missing: rights.get(decodeURIComponent(channel)) ?? [] } };
    },
    /** Drops what hangs or is slow; nothing of it is posted any more. */
    cutPower: () => {
      hanging.clear();
      power.abort();
      power = new AbortController();
    },
    /** What a test asks and orders. */
    control: {
      /** The next requests for a channel meet these faults, in order; `*` is any channel, {@link WHO} the question who the bot is. */
      fault: (channel: string, ...next: readonly Fault[]): void => faults.queue(channel, next),
      /** Asked for each request to post that meets no queued fault; returns what takes the rule away. */
      rule: faults.rule,
      /** What hangs goes on: it is posted and answered, also when its client is long gone. */
      release: (): void => {
        for (const go of hanging) go();
        hanging.clear();
      },
      /** The rights that the bot lacks in a channel from now on. */
      missing: (channel: string, lacking: readonly string[]): void => void rights.set(channel, lacking),
      /** What a reader of the channel sees, oldest first. */
      read: ledger.of,
      channels: ledger.channels,
      posted: ledger.all,
      /** Requests to post, whatever became of them; of all channels when none is named. */
      requests: traffic.requests,
      /** Requests over a limit, and so not those of a fault `limited`. */
      limited: traffic.limited,
      /** Called with each request once it is read, before anything of it is posted or answered; returns what ends that. */
      onRequest: (listener: (asked: Asked) => void): (() => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      /** Resolves when the n-th request to post (from 1) is read, at once when it was. */
      whenRead: async (n: number): Promise<Asked> => {
        const earlier = read[n - 1];
        if (earlier !== undefined) return earlier;
        return await new Promise((resolve) => {
          const look = (asked: Asked) => {
            if (read.length < n) return;
            listeners.delete(look);
            resolve(asked);
          };
          listeners.add(look);
        });
      },
    },
  };
}
