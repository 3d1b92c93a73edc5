/** What the answers of the two platforms mean for a bot. */
import { z } from 'zod';
import { ChatError, type ChatErrorReason, type Room } from '../../../src/adapters/adapter.ts';
import type { Reply } from './connection.ts';
import type { Flavour } from './dialect.ts';

export interface Taken {
  readonly id: string;
  readonly room: Room | null;
}

/** Errors of Slack by name and of Discord by number; any other error says that the message is at fault. */
const REASONS: Readonly<Record<string, ChatErrorReason>> = {
  invalid_auth: 'fatal',
  not_authed: 'fatal',
  token_revoked: 'fatal',
  account_inactive: 'installation-gone',
  channel_not_found: 'channel-gone',
  is_archived: 'channel-gone',
  not_in_channel: 'forbidden',
  restricted_action: 'forbidden',
  service_unavailable: 'unavailable',
  ratelimited: 'rate-limited',
  internal_error: 'ambiguous',
  fatal_error: 'ambiguous',
  request_timeout: 'ambiguous',
  10003: 'channel-gone',
  10004: 'installation-gone',
  50001: 'forbidden',
  50013: 'forbidden',
};

const Said = z.object({
  ok: z.boolean().optional(),
  error: z.string().optional(),
  ts: z.string().optional(),
  id: z.string().optional(),
  code: z.number().optional(),
  retry_after: z.number().optional(),
  global: z.boolean().optional(),
});
type Said = z.infer<typeof Said>;

/** The message that was taken; throws {@link ChatError} for any other answer. */
export function readTaken(flavour: Flavour, reply: Reply): Taken {
  const said = readSaid(reply);
  const id = flavour === 'slack' ? said.ts : said.id;
  if (id === undefined) throw new ChatError('ambiguous', { detail: 'the answer names no message' });
  return { id, room: roomOf(reply) };
}

/** What was said, when the platform did what it was asked; throws {@link ChatError} when it did not. */
export function readSaid(reply: Reply): Said {
  const said = parse(reply.text);
  const { status } = reply;
  if (status === 429) throw limited(reply, said);
  if (status === 503) throw new ChatError('unavailable', { detail: '503' });
  if (status === 401) throw new ChatError('fatal', { detail: '401' });
  if (status >= 500) throw new ChatError('ambiguous', { detail: String(status) });
  if (said === null) throw new ChatError('ambiguous', { detail: `an answer that cannot be read, with status ${status}` });
  if (status < 300 && said.ok !== false) return said;
  const error = String(said.error ?? said.code ?? status);
  throw new ChatError(REASONS[error] ?? 'rejected', { detail: error });
}

function parse(text: string): Said | null {
  try {
    return Said.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function limited({ headers }: Reply, said: Said | null): ChatError {
  const seconds = said?.retry_after ?? numberIn(headers['retry-after']);
  const isGlobal = said?.global === true || headers['x-ratelimit-global'] === 'true' || headers['x-ratelimit-scope'] === 'global';
  return new ChatError('rate-limited', { limit: isGlobal ? 'token' : 'channel', ...(seconds === null ? {} : { retryAfterMs: wholeMs(seconds) }) });
}

function roomOf({ headers }: Reply): Room | null {
  const left = numberIn(headers['x-ratelimit-remaining']);
  const seconds = numberIn(headers['x-ratelimit-reset-after']);
  return left === null || seconds === null ? null : { left, refillsInMs: wholeMs(seconds) };
}

function numberIn(header: string | string[] | undefined): number | null {
  const number = Number.parseFloat(String(header));
  return Number.isFinite(number) ? number : null;
}

/** Never less than was said, and not a millisecond more because 16.1 × 1000 is not quite 16100. */
function wholeMs(seconds: number): number {
  return Math.ceil(Math.round(seconds * 1_000_000) / 1_000);
}
