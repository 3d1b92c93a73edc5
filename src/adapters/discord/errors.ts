/**
 * What Discord's refusals mean: https://docs.discord.com/developers/topics/opcodes-and-status-codes (read 2026-08-06).
 */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { ChatError, type ChatErrorReason } from '../adapter.ts';

/** By Discord's own code. */
const BY_CODE: Readonly<Record<number, ChatErrorReason>> = {
  10003: 'channel-gone',
  10004: 'installation-gone',
  10008: 'message-gone',
  20016: 'rate-limited', // slow mode
  20028: 'rate-limited', // writes to the channel
  20029: 'rate-limited', // writes to the server
  40002: 'fatal', // the account has to be verified
  40003: 'rate-limited',
  40004: 'unavailable', // sending is switched off for the moment
  40006: 'unavailable', // the feature is switched off for the moment
  40062: 'rate-limited',
  40066: 'forbidden', // a tag that only moderators set
  40067: 'forbidden', // a forum that asks for a tag and has none for the bot
  40333: 'unavailable', // refused on the way, not by Discord's own servers
  50001: 'forbidden',
  50007: 'forbidden',
  50008: 'channel-gone', // a channel that takes no messages
  50013: 'forbidden',
  50014: 'fatal',
  50035: 'rejected',
  50083: 'forbidden', // an archived thread
  50278: 'forbidden',
  110000: 'unavailable',
  130000: 'unavailable',
  160005: 'forbidden', // a locked thread
  160006: 'unavailable', // as many threads as a server may have
  200000: 'rejected', // AutoMod
  240000: 'rejected', // a harmful link
};

const BY_STATUS: Readonly<Record<number, ChatErrorReason>> = { 401: 'fatal', 403: 'forbidden', 408: 'unavailable', 429: 'rate-limited' };

/** Failures before anything could be sent: nobody answered, no way there, no trust. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+)$/;

export const BAD_TOKEN = 'Discord does not accept DISCORD_TOKEN; copy it anew from the Bot page of https://discord.com/developers/applications';

/** Any failure of a request in the words of the contract. The token is in none of them. */
export function chatError(cause: unknown): ChatError {
  if (cause instanceof ChatError) return cause;
  if (cause instanceof RateLimitError) return limited(cause);
  if (cause instanceof DiscordAPIError) return refused(cause);
  if (cause instanceof HTTPError) return new ChatError('ambiguous', { detail: `HTTP ${cause.status}`, cause: bare(cause) });
  if (cause instanceof Error && cause.message.startsWith('Expected token')) return new ChatError('fatal', { detail: BAD_TOKEN });
  const code = codeOf(cause);
  if (code !== null && NEVER_SENT.test(code)) return new ChatError('unavailable', { detail: code, cause });
  return new ChatError('ambiguous', { detail: code ?? (cause instanceof Error ? cause.name : 'unknown'), cause });
}

/** A limit of the whole bot is the token's; one that others use up too (`shared`) is still a matter of the channel. */
function limited({ global, scope, retryAfter, timeToReset }: RateLimitError): ChatError {
  // One is in whole seconds, rounded up; the other is exact, where it is given.
  const exact = !global && timeToReset > 0 && Math.ceil(timeToReset / 1_000) === Math.ceil(retryAfter / 1_000);
  const retryAfterMs = Math.ceil(exact ? timeToReset : Math.max(0, retryAfter));
  return new ChatError('rate-limited', { limit: global || scope === 'global' ? 'token' : 'channel', retryAfterMs, detail: scope });
}

function refused(error: DiscordAPIError): ChatError {
  const code = typeof error.code === 'number' ? error.code : Number(error.code ?? Number.NaN);
  const known = Number.isInteger(code) && code !== 0;
  // Something before Discord's servers refuses without a code of theirs.
  const atTheDoor = !known && error.status === 403;
  const reason = error.status === 401 ? 'fatal' : atTheDoor ? 'unavailable' : (BY_CODE[code] ?? BY_STATUS[error.status] ?? 'rejected');
  const detail = reason === 'fatal' ? BAD_TOKEN : `${known ? code : `HTTP ${error.status}`} ${error.message}`;
  return new Refusal(known ? code : null, reason, { detail, cause: bare(error) });
}

/** A refusal with Discord's own code, for those who can do something about one. */
class Refusal extends ChatError {
  readonly code: number | null;

  constructor(code: number | null, ...rest: ConstructorParameters<typeof ChatError>) {
    super(...rest);
    this.code = code;
  }
}

/** Without the request: what was said does not go to the log. */
function bare({ name, message }: Error): { readonly name: string; readonly message: string } {
  return { name, message };
}

function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const own = (cause as NodeJS.ErrnoException).code;
  if (typeof own === 'string') return own;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  return inner === undefined ? null : codeOf(inner);
}

/** Discord's own code of a refusal; null where it gave none. */
export function discordCodeOf(error: unknown): number | null {
  return error instanceof Refusal ? error.code : null;
}
