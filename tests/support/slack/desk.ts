/** What becomes of a request before a method has it: the faults that a test ordered, who asks, and the limits. */
import { type Answer, limitedAnswer, type Outcome, Refusal } from './answers.ts';
import { createFaults, type Fault, posts, type Rule } from './faults.ts';
import { type Args, type Call, type Method, type Methods, need, text } from './methods.ts';
import { createPaces } from './paces.ts';
import { appTokenOf } from './plan.ts';
import type { World } from './store.ts';

/** A request to the Web API, or to an address that answers a command. */
export interface Incoming {
  readonly method: string;
  readonly token: string;
  readonly args: Args;
}

/** What a request asked. */
export interface Requested extends Incoming {
  readonly at: number;
}

/** The name by which faults of `response_url` are queued. */
export const RESPONSE_URL = 'response_url';
const SHARED = ['token', 'team_id'];

export function createDesk(world: World, methods: Methods) {
  const { plan } = world;
  const paces = createPaces(plan.limits);
  const faults = createFaults();
  const asked: Requested[] = [];
  const attempts = new Map<string, number>();
  const limited: string[] = [];
  let hanging: (() => void)[] = [];

  const released = () => new Promise<void>((resolve) => hanging.push(resolve));

  function faultOutcome(fault: Fault): Outcome {
    if (fault.kind === 'status') return { status: fault.status, body: '<html>An upstream is not well</html>' };
    if (fault.kind === 'malformed') return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"ok":true,"ts":"17' };
    if (fault.kind === 'error') return new Refusal(fault.code).answer;
    if (fault.kind === 'limited') return limitedAnswer(fault.retryAfterMs ?? null);
    return fault.kind === 'reset-before' ? 'reset' : 'cut';
  }

  /** Who asks, when they may. */
  function admit({ method, token, args }: Incoming, { as, scope }: Method): Call {
    const [first] = world.teams.values();
    if (first === undefined) throw new Refusal('fatal_error');
    if (as === 'anybody') return { method, args, token, workspace: first, grant: { team: first.team, scopes: [], state: 'active' } };
    if (token === '') throw new Refusal('not_authed');
    if ((token === appTokenOf(plan)) !== (as === 'app')) throw new Refusal(token.startsWith('xapp-') ? 'not_allowed_token_type' : 'invalid_auth');
    if (as === 'app') return { method, args, token, workspace: first, grant: { team: first.team, scopes: ['connections:write'], state: 'active' } };
    const grant = world.tokens.get(token);
    const workspace = world.teams.get(grant?.team ?? '');
    if (grant === undefined || workspace === undefined) throw new Refusal('invalid_auth');
    if (grant.state !== 'active') throw new Refusal(grant.state === 'gone' ? 'account_inactive' : 'token_revoked');
    if (args.team_id !== undefined && args.team_id !== grant.team) throw new Refusal('team_access_not_granted');
    if (scope !== undefined) need(grant, scope);
    return { method, args, token, workspace, grant };
  }

  /** What the method says, when the limits allow it. */
  function take(incoming: Incoming): Answer {
    const { method, args } = incoming;
    const found = methods[method];
    if (found === undefined) {
      world.violate(method, 'this Slack has no such method');
      return new Refusal('unknown_method', { req_method: method }).answer;
    }
    try {
      const call = admit(incoming, found);
      const waitMs = paces.take(call, found.tier, plan.now());
      if (waitMs > 0) {
        limited.push(text(args.channel) || method);
        return limitedAnswer(waitMs);
      }
      const unknown = Object.keys(args).filter((key) => ![...found.args, ...SHARED].includes(key));
      if (unknown.length > 0) world.violate(method, `has no argument ${unknown.join(', ')}`);
      const headers = { 'X-OAuth-Scopes': call.grant.scopes.join(','), ...(found.scope === undefined ? {} : { 'X-Accepted-OAuth-Scopes': found.scope }) };
      return { headers, ...found.handle(call) };
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.answer;
      throw refusal;
    }
  }

  /** The answer, unless a fault was ordered. */
  async function answer(incoming: Incoming, taken: () => Answer): Promise<Outcome> {
    const { method, token, args } = incoming;
    const channel = text(args.channel);
    const attempt = (attempts.get(`${method} ${channel}`) ?? 0) + 1;
    attempts.set(`${method} ${channel}`, attempt);
    const fault = faults.next({ method, channel, token, text: JSON.stringify(args), at: plan.now(), attempt });
    if (fault?.kind !== 'reset-before') asked.push({ ...incoming, args: legible(args), at: plan.now() });
    if (fault === null) return taken();
    if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault.kind === 'hang' && fault.posted !== true) await released();
    if (!posts(fault) && fault.kind !== 'hang') return faultOutcome(fault);
    const done = taken();
    if (fault.kind === 'hang' && fault.posted === true) await released();
    const isDone = done.status === 200 && (typeof done.body !== 'object' || (done.body as { readonly ok?: boolean }).ok !== false);
    return fault.kind === 'hang' || fault.kind === 'slow' || !isDone ? done : faultOutcome(fault);
  }

  return {
    handle: (incoming: Incoming): Promise<Outcome> => answer(incoming, () => take(incoming)),
    /** An address that answers needs no token; its secret is in it. */
    respond: (said: unknown, taken: () => Answer): Promise<Outcome> =>
      answer({ method: RESPONSE_URL, token: '', args: typeof said === 'object' && said !== null ? { ...said } : {} }, taken),
    /** What a test asks and orders. */
    control: {
      /** The next requests about a channel, of a method (`response_url` too), or of anything (`*`) meet these faults, in order. */
      fail: (place: string, ...ordered: readonly Fault[]): void => faults.queue(place, ordered),
      /** Asked for each request without a scripted fault. Returns what takes the rule away. */
      failWhen: (rule: Rule): (() => void) => faults.rule(rule),
      /** What hangs goes on. */
      release: (): void => {
        for (const go of hanging) go();
        hanging = [];
      },
      /** Every request that was read, in order; of one method, when it is named. */
      requests: (method?: string): readonly Requested[] => asked.filter((one) => method === undefined || one.method === method),
      /** How many were answered 429 by the limits, of one channel or method if named. */
      limited: (place?: string): number => limited.filter((one) => place === undefined || one === place).length,
    },
  };
}

/** What came as JSON inside a form is easier to look at as what it is. */
function legible(args: Args): Args {
  const nested = Object.entries(args).filter(([key, value]) => ['blocks', 'view', 'metadata'].includes(key) && typeof value === 'string');
  try {
    return { ...args, ...Object.fromEntries(nested.map(([key, value]) => [key, JSON.parse(String(value))])) };
  } catch {
    return args;
  }
}
