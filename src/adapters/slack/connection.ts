/** One connection of Socket Mode, from the request for its address to its end. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import { ChatError } from '../adapter.ts';
import { boltOn, type Hear, quietly } from './bolt.ts';
import { within } from './within.ts';

export interface ConnectionParts {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  readonly hear: Hear;
  /** Slack is slow to answer pings at times, so that Bolt's five seconds cut good connections: bolt-js#2496. */
  readonly pongWithinMs?: number;
}

/** Open until `ended`, which is also when Slack asks for another connection in its place. */
export interface Connection {
  readonly ended: Promise<'closed' | 'switched-off'>;
  readonly since: number;
  close(): Promise<void>;
}

const OPEN_WITHIN = 30_000;
/** How long a server may take to say goodbye. */
const GOODBYE = 1_000;
const BAD_TOKEN =
  'Slack does not accept SLACK_APP_TOKEN; make one with the scope connections:write at https://api.slack.com/apps, Basic Information, App-Level Tokens';
const NOT_ACCEPTED = [
  ...['not_authed', 'invalid_auth', 'account_inactive', 'user_removed_from_team', 'team_disabled', 'token_revoked', 'token_expired'],
  ...['not_allowed_token_type', 'missing_scope', 'access_denied', 'no_permission', 'forbidden_team'],
];

/** Throws {@link ChatError}: `fatal` where Slack does not accept the token. */
export async function connect(parts: ConnectionParts, signal: AbortSignal): Promise<Connection> {
  try {
    return await opened(parts, signal);
  } catch (cause) {
    throw chatError(cause);
  }
}

async function opened({ appToken, apiUrl, log, hear, pongWithinMs = 20_000 }: ConnectionParts, signal: AbortSignal): Promise<Connection> {
  const logger = quietly(log);
  const clientOptions = { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000, logger, fetch: stoppable(signal) };
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    clientPingTimeout: pongWithinMs,
    installerOptions: { clientOptions },
  });
  await boltOn(receiver, { hear, log, socketMode: true });
  const { client } = receiver;
  const ended = Promise.withResolvers<'closed' | 'switched-off'>();
  const closed = Promise.withResolvers<void>();
  client.on('disconnected', () => {
    ended.resolve('closed');
    closed.resolve();
  });
  client.on('ws_message', (data: unknown) => {
    const reason = farewell(data);
    if (reason !== null) ended.resolve(reason === 'link_disabled' ? 'switched-off' : 'closed');
  });
  const close = async () => {
    void client.disconnect();
    await within(GOODBYE, closed.promise, undefined);
    client.websocket?.disconnect(); // the second time without waiting for the server
  };
  const late = Symbol();
  const tried = new AbortController();
  // A handshake that is under way is awaited a moment longer: Bolt cannot break it off without a timer of half a minute.
  const stopped = async () => {
    if (!signal.aborted) await once(signal, 'abort', { signal: tried.signal });
    return sleep(GOODBYE, late);
  };
  try {
    const hello = await within(OPEN_WITHIN, Promise.race([receiver.start(), stopped()]), late);
    if (hello !== late && !signal.aborted) return { ended: ended.promise, since: performance.now(), close };
    await close();
    throw new ChatError('unavailable', { detail: 'Slack did not open a connection in time' });
  } finally {
    tried.abort();
  }
}

/** A request that is under way ends when it is told to stop. */
function stoppable(stop: AbortSignal): webApi.FetchFunction {
  return (url, init) => fetch(url, { ...init, signal: AbortSignal.any([stop, ...(init?.signal == null ? [] : [init.signal])]) } as RequestInit);
}

const farewellSchema = z.object({ type: z.literal('disconnect'), reason: z.string().default('') });

/** Why Slack ends a connection; null for anything else that it says. */
function farewell(data: unknown): string | null {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return null;
  try {
    return farewellSchema.safeParse(JSON.parse(data)).data?.reason ?? null;
  } catch {
    return null;
  }
}

function chatError(cause: unknown): ChatError {
  if (cause instanceof ChatError) return cause;
  if (cause instanceof webApi.WebAPIRateLimitedError) return new ChatError('rate-limited', { limit: 'token', retryAfterMs: cause.retryAfter * 1_000 });
  if (!(cause instanceof webApi.WebAPIPlatformError))
    return new ChatError('unavailable', { detail: cause instanceof Error ? cause.name : 'Slack closed the connection' });
  const { error } = cause.data;
  return NOT_ACCEPTED.includes(error) ? new ChatError('fatal', { detail: BAD_TOKEN }) : new ChatError('unavailable', { detail: error });
}
