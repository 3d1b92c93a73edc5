/** The bot's request URL: what Slack posts there, signed. */
import { createHmac } from 'node:crypto';
import type { Parcel } from './deliveries.ts';
import { signingSecretOf } from './plan.ts';
import type { World } from './store.ts';

/** `stale` is signed well, ten minutes ago. */
export type Signature = 'good' | 'forged' | 'stale' | 'none';

const STALE_MS = 10 * 60_000;

export interface Ears {
  ack(id: string, said: unknown): void;
  lose(id: string): void;
  refuse(id: string, status: number): void;
}

export function createWebhooks(world: World, ears: Ears) {
  const secret = signingSecretOf(world.plan);
  let [url, signature]: [string | null, Signature] = [world.plan.http?.url ?? null, 'good'];

  /** By the machine's clock, since a bot checks it by that. */
  function signed(body: string): Record<string, string> {
    if (signature === 'none') return {};
    const timestamp = String(Math.floor((Date.now() - (signature === 'stale' ? STALE_MS : 0)) / 1_000));
    const key = signature === 'forged' ? `not ${secret}` : secret;
    const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
    return { 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': `v0=${digest}` };
  }

  async function post(body: string, headers: Record<string, string>): Promise<{ readonly status: number; readonly said: unknown }> {
    const response = await fetch(url ?? '', { method: 'POST', headers: { ...headers, ...signed(body) }, body, redirect: 'manual' });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, said: isJson ? JSON.parse(text) : text };
  }

  async function exchange({ id, type, payload, attempt, reason }: Parcel, isGood: boolean): Promise<void> {
    const retry = attempt === 0 ? {} : { 'X-Slack-Retry-Num': String(attempt), 'X-Slack-Retry-Reason': `http_${reason}` };
    const { status, said } = await post(bodyOf(type, payload), { 'Content-Type': typeOf(type), ...retry });
    if (status >= 200 && status < 300) return ears.ack(id, said);
    if (isGood) world.violate(`the request URL, asked for ${type}`, `answered ${status}`);
    ears.refuse(id, status);
  }

  return {
    isOn: (): boolean => url !== null,
    transport: (parcel: Parcel): boolean => {
      if (url === null) return false;
      exchange(parcel, signature === 'good').catch(() => ears.lose(parcel.id));
      return true;
    },
    /** What a test asks and orders. */
    control: {
      /** From now on everything goes to this request URL; null: by Socket Mode. */
      deliverTo: (to: string | null): void => {
        url = to;
      },
      /** How everything is signed from now on. */
      sign: (how: Signature): void => {
        signature = how;
      },
      /** The question by which Slack makes sure of a request URL; its answer. */
      verifyUrl: async (challenge: string): Promise<unknown> => {
        const { said } = await post(JSON.stringify({ type: 'url_verification', challenge }), { 'Content-Type': 'application/json' });
        return said;
      },
    },
  };
}

const typeOf = (type: Parcel['type']) => (type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded');

function bodyOf(type: Parcel['type'], payload: object): string {
  if (type === 'events_api') return JSON.stringify(payload);
  return String(new URLSearchParams(type === 'slash_commands' ? { ...payload } : { payload: JSON.stringify(payload) }));
}
