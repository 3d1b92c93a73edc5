/** What Slack's refusals mean: https://docs.slack.dev/reference/methods/chat.postMessage#errors (read 2026-11-24). */
import { webApi } from '@slack/bolt';
import { ChatError, type ChatErrorReason } from '../adapter.ts';

const reasons = (reason: ChatErrorReason, ...codes: readonly string[]) => codes.map((code) => [code, reason] as const);

/** By Slack's own code; any other is a fault of the request. */
const BY_CODE: ReadonlyMap<string, ChatErrorReason> = new Map([
  ...reasons('channel-gone', 'channel_not_found', 'is_archived', 'thread_not_found'),
  ...reasons('forbidden', 'not_in_channel', 'user_not_in_channel', 'restricted_action', 'restricted_action_read_only_channel'),
  ...reasons('forbidden', 'restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel', 'restricted_action_thread_locked'),
  ...reasons('forbidden', 'messages_tab_disabled', 'cannot_reply_to_message', 'ekm_access_denied', 'no_permission', 'access_denied', 'cannot_dm_bot'),
  ...reasons('forbidden', 'app_access_restricted', 'team_access_not_granted', 'team_not_found', 'enterprise_is_restricted'),
  ...reasons('rate-limited', 'ratelimited', 'rate_limited'),
  // The quota of a free workspace, and workspaces on their way into an organization.
  ...reasons('unavailable', 'service_unavailable', 'message_limit_exceeded', 'org_login_required', 'team_added_to_org'),
  ...reasons('ambiguous', 'internal_error', 'fatal_error', 'request_timeout'),
  ...reasons('fatal', 'invalid_client_id', 'bad_client_secret', 'not_allowed_token_type'),
]);
/** The token is at fault. Only some say that the app was thrown out; others may be mended. */
const OF_TOKEN = ['invalid_auth', 'not_authed', 'token_expired', 'missing_scope'];
const UNINSTALLED = ['account_inactive', 'token_revoked'];
/** Answers that say nothing of a code are what something between us and Slack said. */
const CODE = /^[a-z0-9_]{2,60}$/;

/** Failures before anything could be sent: nobody answered, no way there, no trust. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EMFILE|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+)$/;

/** What failed, and whose token it was: the operator's own, that of a workspace that installed the app, or none. */
export interface Failed {
  readonly method: string;
  readonly token: 'own' | 'installed' | 'none';
}

/** A refusal with Slack's own code, for those who can do something about one. */
class Refusal extends ChatError {
  readonly code: string;

  constructor(code: string, ...rest: ConstructorParameters<typeof ChatError>) {
    super(...rest);
    this.code = code;
  }
}

/** Slack's own code of a refusal; null where it gave none. */
export function slackCodeOf(error: unknown): string | null {
  return error instanceof Refusal ? error.code : null;
}

/** Whether Slack took the token, or its pace, for wrong; too many of such requests and it stops an app. */
export function isInvalid(error: ChatError): boolean {
  return error.reason === 'rate-limited' || [...OF_TOKEN, ...UNINSTALLED].includes(slackCodeOf(error) ?? '');
}

/** Any failure of a request in the words of the contract. No token and nothing that was said is in any of them. */
export function chatError(cause: unknown, failed: Failed): ChatError {
  if (cause instanceof ChatError) return cause;
  if (cause instanceof webApi.WebAPIPlatformError) return refused(cause, failed);
  if (cause instanceof webApi.WebAPIRateLimitedError) return limited(cause.retryAfter * 1_000, failed);
  if (cause instanceof webApi.WebAPIHTTPError)
    return new ChatError(cause.statusCode >= 500 ? 'ambiguous' : 'unavailable', { detail: `HTTP ${cause.statusCode}` });
  if (cause instanceof webApi.WebAPIRequestError) return chatError(cause.original, failed);
  const code = codeOf(cause);
  if (code !== null && NEVER_SENT.test(code)) return new ChatError('unavailable', { detail: code, cause });
  return new ChatError('ambiguous', { detail: code ?? (cause instanceof Error ? cause.name : 'unknown'), cause });
}

/** A message meets the limit of its channel first; every other method has one for the whole workspace. */
export function limited(retryAfterMs: number | null, { method }: Pick<Failed, 'method'>): ChatError {
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  return new ChatError('rate-limited', { limit: method === 'chat.postMessage' ? 'channel' : 'token', detail: method, ...wait });
}

function refused({ data }: webApi.WebAPIPlatformError, failed: Failed): ChatError {
  const code = typeof data.error === 'string' && CODE.test(data.error) ? data.error : null;
  if (code === null) return new ChatError('ambiguous', { detail: 'an answer that is not as Slack describes it' });
  const reason = reasonOf(code, failed);
  if (reason === 'rate-limited') return limited(null, failed);
  const needed = 'needed' in data && typeof data.needed === 'string' ? ` ${data.needed}` : '';
  const flaws = (data.response_metadata?.messages ?? []).join('; ').slice(0, 300);
  const detail = reason === 'fatal' && failed.token === 'own' ? badToken(`${code}${needed}`) : [`${code}${needed}`, flaws].filter(Boolean).join(': ');
  return new Refusal(code, reason, { detail });
}

function reasonOf(code: string, { method, token }: Failed): ChatErrorReason {
  if (UNINSTALLED.includes(code)) return token === 'installed' ? 'installation-gone' : 'fatal';
  // An address that Slack shuts out looks like a wrong token; the workspace is not given up for it.
  if (OF_TOKEN.includes(code)) return token === 'installed' ? 'forbidden' : 'fatal';
  // Where a thread should go on, its parent is gone; where a message is edited, only the message is.
  if (code === 'message_not_found') return method === 'chat.postMessage' ? 'channel-gone' : 'message-gone';
  return BY_CODE.get(code) ?? 'rejected';
}

const badToken = (said: string) =>
  `Slack does not accept SLACK_BOT_TOKEN (${said}); install the app anew and copy the token from OAuth & Permissions of https://api.slack.com/apps`;

function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  const own = (cause as NodeJS.ErrnoException).code;
  if (typeof own === 'string') return own;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  return inner === undefined ? null : codeOf(inner);
}
