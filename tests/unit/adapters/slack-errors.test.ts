import { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import type { ChatErrorReason } from '../../../src/adapters/adapter.ts';
import { chatError, type Failed, isInvalid, slackCodeOf } from '../../../src/adapters/slack/errors.ts';

const OWN: Failed = { method: 'chat.postMessage', token: 'own' };
const INSTALLED: Failed = { ...OWN, token: 'installed' };
const EDIT: Failed = { ...OWN, method: 'chat.update' };

const refusal = (error: string, more: object = {}) => new webApi.WebAPIPlatformError({ ok: false, error, ...more });
const failure = (code: string) => Object.assign(new Error(code), { code });
const failed = (cause: Error) => new webApi.WebAPIRequestError(new TypeError('fetch failed', { cause }));

describe('What Slack refuses', () => {
  test.each<[string, ChatErrorReason]>([
    ['channel_not_found', 'channel-gone'],
    ['is_archived', 'channel-gone'],
    ['message_not_found', 'channel-gone'],
    ['not_in_channel', 'forbidden'],
    ['restricted_action', 'forbidden'],
    ['restricted_action_thread_locked', 'forbidden'],
    ['messages_tab_disabled', 'forbidden'],
    ['cannot_reply_to_message', 'forbidden'],
    ['ekm_access_denied', 'forbidden'],
    ['no_permission', 'forbidden'],
    ['invalid_blocks', 'rejected'],
    ['msg_too_long', 'rejected'],
    ['msg_blocks_too_long', 'rejected'],
    ['no_text', 'rejected'],
    ['a_code_of_tomorrow', 'rejected'],
    ['ratelimited', 'rate-limited'],
    ['rate_limited', 'rate-limited'],
    ['service_unavailable', 'unavailable'],
    ['message_limit_exceeded', 'unavailable'],
    ['team_added_to_org', 'unavailable'],
    ['internal_error', 'ambiguous'],
    ['fatal_error', 'ambiguous'],
    ['request_timeout', 'ambiguous'],
  ])('%s is %s, whosever token it was', (code, reason) => {
    expect([chatError(refusal(code), OWN).reason, chatError(refusal(code), INSTALLED).reason]).toEqual([reason, reason]);
  });

  test.each<[string, ChatErrorReason, ChatErrorReason]>([
    ['account_inactive', 'fatal', 'installation-gone'],
    ['token_revoked', 'fatal', 'installation-gone'],
    ['invalid_auth', 'fatal', 'forbidden'],
    ['not_authed', 'fatal', 'forbidden'],
    ['missing_scope', 'fatal', 'forbidden'],
  ])('%s is %s for the own token, and %s for one of an installation', (code, own, installed) => {
    expect([chatError(refusal(code), OWN).reason, chatError(refusal(code), INSTALLED).reason]).toEqual([own, installed]);
    expect(isInvalid(chatError(refusal(code), INSTALLED))).toBe(true);
  });

  test.each([
    ['message_not_found', 'message-gone'],
    ['edit_window_closed', 'rejected'],
    ['cant_update_message', 'rejected'],
  ])('an edit that meets %s leaves the channel alone', (code, reason) => {
    expect(chatError(refusal(code), EDIT).reason).toBe(reason);
  });

  test.each<[string, unknown, ChatErrorReason]>([
    ['a server error', new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}, 'said'), 'ambiguous'],
    ['a page at the door', new webApi.WebAPIHTTPError(403, 'Forbidden', {}, 'said'), 'unavailable'],
    ['a page in place of an answer', refusal('<html>An upstream is not well</html>'), 'ambiguous'],
    ['a time-out', new webApi.WebAPIRequestError(new DOMException('The operation was aborted', 'TimeoutError')), 'ambiguous'],
    ['a reset', failed(failure('ECONNRESET')), 'ambiguous'],
    ['a closed socket', failed(failure('UND_ERR_SOCKET')), 'ambiguous'],
    ['a refused connection', failed(failure('ECONNREFUSED')), 'unavailable'],
    ['a refused connection on every address', failed(new AggregateError([failure('ECONNREFUSED')])), 'unavailable'],
    ['an unknown host', failed(failure('ENOTFOUND')), 'unavailable'],
    ['an answer that breaks off', new TypeError('terminated', { cause: failure('ECONNRESET') }), 'ambiguous'],
    ['something else', 'what?', 'ambiguous'],
  ])('%s is %s', (_name, cause, reason) => {
    expect(chatError(cause, OWN).reason).toBe(reason);
  });

  test('a limit is one of the channel for a message, and of the token for everything else', () => {
    const limit = new webApi.WebAPIRateLimitedError(30);

    expect(chatError(limit, OWN)).toMatchObject({ reason: 'rate-limited', limit: 'channel', retryAfterMs: 30_000 });
    expect(chatError(limit, EDIT)).toMatchObject({ reason: 'rate-limited', limit: 'token', retryAfterMs: 30_000 });
    expect(chatError(refusal('ratelimited'), OWN).retryAfterMs).toBeNull();
  });

  test('the scope that is missing is named, and the code is known to who can do something about it', () => {
    const error = chatError(refusal('missing_scope', { needed: 'chat:write', provided: 'commands' }), OWN);

    expect(error.message).toContain('chat:write');
    expect(error.message).toContain('SLACK_BOT_TOKEN');
    expect(slackCodeOf(error)).toBe('missing_scope');
  });

  test('what was said is in no error, so that it is in no log', () => {
    const causes = [
      new webApi.WebAPIHTTPError(502, 'Bad', {}, '{"text":"said"}'),
      refusal('<p>said</p>'),
      refusal('invalid_blocks', { message: { text: 'said' } }),
    ];

    for (const cause of causes) {
      const error = chatError(cause, OWN);
      expect(JSON.stringify([error, error.message, error.cause])).not.toContain('said');
    }
  });
});
