/** How a platform speaks over HTTP: what a request wants, and what its answers look like. */
import { z } from 'zod';
import type { Allowance, Scope } from './limits.ts';

export type Flavour = 'slack' | 'discord';

/** A request as it came in; the body as text. */
export interface Incoming {
  readonly route: string;
  readonly authorization: string;
  readonly body: string;
}

export interface Wish {
  readonly channel: string;
  readonly token: string;
  readonly text: string;
  /** Null when nothing keeps this message from being posted twice. */
  readonly nonce: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is a page that no client can read. */
  readonly body: object | string;
}

export interface Dialect {
  /** What the route that asks who the bot is looks like. */
  readonly who: string;
  /** A message to post; an answer when the request is refused; null when it is no request to post. */
  read(incoming: Incoming): Wish | Answer | null;
  posted(message: { readonly id: string; readonly channel: string }, allowance: Allowance | null): Answer;
  /** Without a time to wait when `waitMs` is null. */
  limited(scope: Scope, waitMs: number | null): Answer;
  error(code: string | number): Answer;
  identity(): Answer;
  /** The name of the n-th message. */
  idOf(n: number, now: number): string;
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Slack takes whole seconds, and so does the header on Discord. */
const wholeSeconds = (ms: number) => String(Math.ceil(ms / 1_000));

const slackMessage = z.object({ channel: z.string(), text: z.string(), blocks: z.array(z.unknown()).optional() });

const slack: Dialect = {
  who: 'POST /api/auth.test',
  read: ({ route, authorization, body }) => {
    if (route !== 'POST /api/chat.postMessage') return null;
    const token = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (token === undefined) return slack.error('not_authed');
    const { data } = slackMessage.safeParse(json(body));
    return data === undefined ? slack.error('invalid_arguments') : { channel: data.channel, token, text: data.text, nonce: null };
  },
  posted: ({ id, channel }) => ({ status: 200, body: { ok: true, ts: id, channel } }),
  limited: (_scope, waitMs) => ({
    status: 429,
    ...(waitMs === null ? {} : { headers: { 'Retry-After': wholeSeconds(waitMs) } }),
    body: { ok: false, error: 'ratelimited' },
  }),
  error: (code) => ({ status: 200, body: { ok: false, error: String(code) } }),
  identity: () => ({ status: 200, body: { ok: true, user: 'upr-watch', team: 'fake' } }),
  idOf: (n, now) => `${Math.floor(now / 1_000)}.${String(n).padStart(6, '0')}`,
};

const discordMessage = z.object({ content: z.string(), nonce: z.string().optional(), enforce_nonce: z.boolean().optional() });

/** Discord's own: a longer nonce is refused. */
const NONCE_LENGTH = 25;
const INVALID_BODY = 50_035;
const UNAUTHORIZED = [0, 401, 50_014];
const FORBIDDEN = [50_001, 50_013];
const OVERLOADED = 130_000;

const discord: Dialect = {
  who: 'GET /api/v10/users/@me',
  read: ({ route, authorization, body }) => {
    const channel = /^POST \/api\/v10\/channels\/([^/]+)\/messages$/.exec(route)?.[1];
    if (channel === undefined) return null;
    const token = /^Bot (.+)$/.exec(authorization)?.[1];
    if (token === undefined) return discord.error(0);
    const { data } = discordMessage.safeParse(json(body));
    if (data === undefined || (data.nonce?.length ?? 0) > NONCE_LENGTH) return discord.error(INVALID_BODY);
    const nonce = data.enforce_nonce === true ? (data.nonce ?? null) : null;
    return { channel: decodeURIComponent(channel), token, text: data.content, nonce };
  },
  posted: ({ id, channel }, allowance) => ({ status: 200, headers: rateHeaders(channel, allowance), body: { id, channel_id: channel } }),
  limited: (scope, waitMs) => ({
    status: 429,
    headers: {
      ...(waitMs === null ? {} : { 'Retry-After': wholeSeconds(waitMs) }),
      'X-RateLimit-Scope': scope === 'token' ? 'global' : 'user',
      ...(scope === 'token' ? { 'X-RateLimit-Global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', ...(waitMs === null ? {} : { retry_after: waitMs / 1_000 }), global: scope === 'token' },
  }),
  error: (code) => ({ status: statusOf(Number(code)), body: { code: Number(code), message: `Error ${code}` } }),
  identity: () => ({ status: 200, body: { id: '1', username: 'upr-watch' } }),
  idOf: (n) => String(1_400_000_000_000_000_000n + BigInt(n)),
};

function rateHeaders(channel: string, allowance: Allowance | null): Readonly<Record<string, string>> {
  if (allowance === null) return {};
  return {
    'X-RateLimit-Limit': String(allowance.count),
    'X-RateLimit-Remaining': String(allowance.left),
    'X-RateLimit-Reset-After': (allowance.resetsInMs / 1_000).toFixed(3),
    'X-RateLimit-Bucket': `fake-${channel}`,
  };
}

/** Unknown things are 10xxx. */
function statusOf(code: number): number {
  if (UNAUTHORIZED.includes(code)) return 401;
  if (FORBIDDEN.includes(code)) return 403;
  if (code === OVERLOADED) return 503;
  return Math.floor(code / 1_000) === 10 ? 404 : 400;
}

export const DIALECTS: Readonly<Record<Flavour, Dialect>> = { slack, discord };
