import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { ChatErrorReason } from '../../../src/adapters/adapter.ts';
import { chatError } from '../../../src/adapters/discord/errors.ts';

const REQUEST = { body: { content: 'said' }, files: undefined };

function refusal(status: number, code: number) {
  return new DiscordAPIError({ code, message: 'Refused' }, code, status, 'POST', 'https://discord.example', REQUEST);
}

function failure(code: string) {
  return Object.assign(new Error(code), { code });
}

describe('What Discord refuses', () => {
  test.each<[number, number, ChatErrorReason]>([
    [404, 10003, 'channel-gone'],
    [404, 10004, 'installation-gone'],
    [403, 50001, 'forbidden'],
    [403, 50013, 'forbidden'],
    [403, 160005, 'forbidden'],
    [400, 50008, 'channel-gone'],
    [400, 50035, 'rejected'],
    [400, 240000, 'rejected'],
    [401, 0, 'fatal'],
    [401, 50014, 'fatal'],
    [403, 40002, 'fatal'],
    [400, 20028, 'rate-limited'],
    [400, 160006, 'unavailable'],
    [400, 130000, 'unavailable'],
    [403, 0, 'unavailable'],
    [404, 10008, 'message-gone'],
    [403, 99999, 'forbidden'],
  ])('%i with %i is %s', (status, code, reason) => {
    expect(chatError(refusal(status, code)).reason).toBe(reason);
  });

  test.each<[string, unknown, ChatErrorReason]>([
    ['a server error', new HTTPError(502, 'Bad Gateway', 'POST', 'https://discord.example', REQUEST), 'ambiguous'],
    ['a time-out', new DOMException('This operation was aborted', 'AbortError'), 'ambiguous'],
    ['a reset', failure('ECONNRESET'), 'ambiguous'],
    ['a closed socket', failure('UND_ERR_SOCKET'), 'ambiguous'],
    ['a refused connection', failure('ECONNREFUSED'), 'unavailable'],
    ['a refused connection on every address', new AggregateError([failure('ECONNREFUSED')]), 'unavailable'],
    ['an unknown host', failure('ENOTFOUND'), 'unavailable'],
    ['a fetch that found nobody', new TypeError('fetch failed', { cause: failure('ECONNREFUSED') }), 'unavailable'],
    ['an answer that cannot be read', new SyntaxError('Unexpected token'), 'ambiguous'],
  ])('%s is %s', (_name, cause, reason) => {
    expect(chatError(cause).reason).toBe(reason);
  });

  test.each([
    [{ global: true, scope: 'global' as const }, 'token'],
    [{ global: false, scope: 'user' as const }, 'channel'],
    [{ global: false, scope: 'shared' as const }, 'channel'],
  ])('a limit %o is one of the %s', (more, limit) => {
    const said = { timeToReset: 1_200, limit: 5, method: 'POST', hash: 'h', url: 'u', route: 'r', majorParameter: '1', retryAfter: 2_000, sublimitTimeout: 0 };

    expect(chatError(new RateLimitError({ ...said, ...more }))).toMatchObject({ reason: 'rate-limited', limit, retryAfterMs: more.global ? 2_000 : 1_200 });
  });

  test('what was said is in no error, so that it is in no log', () => {
    expect(JSON.stringify({ ...chatError(refusal(400, 50035)), cause: chatError(refusal(400, 50035)).cause })).not.toContain('said');
  });
});
