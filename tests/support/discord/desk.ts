/** What becomes of a request before a route has it: who asks, the faults that a test ordered, and the limits. */
import { type Fault as AnyFault, type Asked, createFaults, posts } from '../fake-platform/faults.ts';
import { createLimits } from '../fake-platform/limits.ts';
import { type Answer, errorAnswer, limitedAnswer, Refusal } from './answers.ts';
import type { Incoming, Route } from './rest.ts';
import type { World } from './store.ts';

/** An answer, or what becomes of the connection: `cut` closes it, `reset` breaks it. */
export type Outcome = Answer | 'cut' | 'reset';

/** As on the fake platform; a slow answer is here one that hangs until the test releases it. */
export type Fault = Exclude<AnyFault, { readonly kind: 'slow' }>;

/** The queues of faults for requests of no channel: of interactions, and of everything else. */
const OTHERS = { interactions: 'interactions', rest: '@me' } as const;

export function createDesk(world: World, routes: readonly Route[]) {
  const { now, token, limits: planned } = world.plan;
  const limits = createLimits('discord', planned);
  const faults = createFaults();
  const asked: { readonly route: string; readonly at: number; readonly body: unknown }[] = [];
  const attempts = new Map<string, number>();
  const limited: string[] = [];
  let hanging: (() => void)[] = [];

  const released = () => new Promise<void>((resolve) => hanging.push(resolve));

  function faultOutcome(fault: AnyFault): Outcome {
    if (fault.kind === 'status') return { status: fault.status, body: '<html>An upstream is not well</html>' };
    if (fault.kind === 'error') return errorAnswer(Number(fault.code));
    if (fault.kind === 'limited') return limitedAnswer(fault.scope ?? 'channel', fault.retryAfterMs ?? null);
    return fault.kind === 'reset-before' ? 'reset' : 'cut';
  }

  /** What the route says, when the limits allow it. */
  function take(incoming: Incoming, route: Route, ids: readonly string[]): Answer {
    try {
      if (route.bucket === undefined) return route.handle(incoming, ...ids);
      const place = ids[0] ?? '';
      const admission = limits.admit({ token, channel: `${route.bucket}/${route.isOpen ? ids[1] : place}` }, now());
      if (!admission.taken) {
        limited.push(place);
        return limitedAnswer(admission.scope, admission.waitMs);
      }
      const answer = route.handle(incoming, ...ids);
      const { allowance } = admission;
      if (allowance === null) return answer;
      const headers = {
        'X-RateLimit-Limit': String(allowance.count),
        'X-RateLimit-Remaining': String(allowance.left),
        'X-RateLimit-Reset': ((now() + allowance.resetsInMs) / 1_000).toFixed(3),
        'X-RateLimit-Reset-After': (allowance.resetsInMs / 1_000).toFixed(3),
        'X-RateLimit-Bucket': route.bucket,
      };
      return { ...answer, headers };
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.answer;
      throw refusal;
    }
  }

  async function withFault(name: string, incoming: Incoming, answer: () => Answer): Promise<Outcome> {
    const attempt = (attempts.get(name) ?? 0) + 1;
    attempts.set(name, attempt);
    const { fault, consume } = faults.next({ channel: name, token, text: JSON.stringify(incoming.body ?? null), at: now(), attempt });
    if (fault?.kind !== 'reset-before') asked.push({ route: `${incoming.method} ${incoming.path}`, at: now(), body: incoming.body });
    if (fault === null) return answer();
    consume();
    if (fault.kind === 'hang' && fault.posted !== true) await released();
    if (!posts(fault) && fault.kind !== 'hang') return faultOutcome(fault);
    const taken = answer();
    if (fault.kind !== 'hang') return taken.status < 300 ? faultOutcome(fault) : taken;
    if (fault.posted === true) await released();
    return taken;
  }

  return {
    handle: async (incoming: Incoming, authorization: string): Promise<Outcome> => {
      const wanted = `${incoming.method} ${incoming.path}`;
      for (const route of routes) {
        const found = route.pattern.exec(wanted);
        if (found === null) continue;
        if (route.isOpen !== true && authorization !== `Bot ${token}`) return new Refusal(0).answer;
        const ids = found.slice(1);
        const ofChannel = incoming.path.startsWith('/channels/') ? ids[0] : undefined;
        return await withFault(ofChannel ?? (route.isOpen ? OTHERS.interactions : OTHERS.rest), incoming, () => take(incoming, route, ids));
      }
      world.violations.push({ route: wanted, flaws: [{ path: [], message: 'This Discord has no such route' }], body: incoming.body });
      return { status: 404, body: { message: '404: Not Found', code: 0 } };
    },
    /** What a test asks and orders. */
    control: {
      /** The next requests for a channel meet these faults, in order; `*` is any, `interactions` answers to people, `@me` the rest. */
      fail: (channel: string, ...ordered: readonly Fault[]) => faults.queue(channel, ordered),
      /** Asked for each request without a scripted fault. Returns what takes the rule away. */
      failWhen: (rule: (asked: Asked) => Fault | null) => faults.rule(rule),
      /** What hangs goes on. */
      release: () => {
        for (const go of hanging) go();
        hanging = [];
      },
      /** Every request that was read, in order. */
      requests: (): typeof asked => [...asked],
      /** How many were answered 429 by the limits. */
      limited: (channel?: string): number => limited.filter((one) => channel === undefined || one === channel).length,
    },
  };
}
