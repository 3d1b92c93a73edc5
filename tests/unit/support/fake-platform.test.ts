import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { TODAY } from '../../../src/domain/alerts/ladder.ts';
import { message } from '../../../src/message/build.ts';
import { formatAlert } from '../../../src/message/format-alert.ts';
import type { Message } from '../../../src/message/message.ts';
import { aDeadline, aReview } from '../../support/a-calendar.ts';
import { aClock } from '../../support/a-clock.ts';
import { aVoice, ON_TIME } from '../../support/a-voice.ts';
import { createFakeAdapter } from '../../support/fake-platform/adapter.ts';
import { type Fault, type PlatformPlan, startPlatform, WHO } from '../../support/fake-platform/server.ts';

const NOON = Date.UTC(2026, 6, 10, 12);

interface Wanted {
  readonly text?: string | Message;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

function says(text: string): Message {
  return message({ tone: 'soon', title: text, body: [] });
}

/** A platform, its adapter, and the clock of both. */
async function aPlatform(flavour: PlatformPlan['flavour'], plan: Partial<PlatformPlan> = {}) {
  const clock = aClock(NOON);
  const platform = await startPlatform({ flavour, now: clock.now, sleep: clock.sleep, ...plan });
  const adapter = createFakeAdapter({ flavour, url: platform.url });
  onTestFinished(async () => {
    await adapter.stop();
    await platform.close();
  });
  let posts = 0;
  const post = (channel: string, { text = 'hello', key, signal = new AbortController().signal }: Wanted = {}) =>
    adapter.post({ installation: 'test', channel }, typeof text === 'string' ? says(text) : text, { key: key ?? `key-${++posts}`, signal });
  /** Why a post failed; its answer when it did not. */
  const outcome = (channel: string, wanted?: Wanted) => post(channel, wanted).catch((cause: unknown) => cause as ChatError);
  return { clock, platform, adapter, post, outcome };
}

const limited = (retryAfterMs: number | null, limit: ChatError['limit'] = 'channel') => ({ reason: 'rate-limited', retryAfterMs, limit, retryable: true });

describe('The limits of the Slack-like platform', () => {
  test('take one message a second in each channel, without a burst, and ask for whole seconds', async () => {
    const { clock, platform, post, outcome } = await aPlatform('slack');

    await post('a');
    await post('b');
    clock.pass(400);
    expect(await outcome('a')).toMatchObject(limited(1_000));
    clock.pass(600);
    expect(await post('a')).toMatchObject({ room: null, ref: { target: { channel: 'a' } } });

    expect([platform.limited(), platform.limited('a'), platform.limited('b')]).toEqual([1, 1, 0]);
    expect(platform.read('a').map(({ at }) => at - NOON)).toEqual([0, 1_000]);
  });

  test('leak evenly when more are taken', async () => {
    const { clock, outcome, post } = await aPlatform('slack', { limits: { channel: { count: 6, perMs: 1_000 } } });

    for (let n = 0; n < 6; n++) await post('a');
    expect(await outcome('a')).toMatchObject(limited(1_000));
    clock.pass(167);
    await post('a');
    expect(await outcome('a')).toMatchObject(limited(1_000));
  });
});

describe('The limits of the Discord-like platform', () => {
  test('take five in a window that begins with the first, and say how much is left', async () => {
    const { clock, post, outcome } = await aPlatform('discord');
    const rooms = [];

    for (let n = 0; n < 5; n++) {
      rooms.push((await post('a')).room);
      clock.pass(100);
    }

    expect(rooms).toEqual([4, 3, 2, 1, 0].map((left, n) => ({ left, refillsInMs: 5_000 - n * 100 })));
    expect(await outcome('a')).toMatchObject(limited(4_500));
    clock.pass(4_499);
    expect(await outcome('a')).toMatchObject(limited(1));
    clock.pass(1);
    expect((await post('a')).room).toEqual({ left: 4, refillsInMs: 5_000 });
  });

  test('hold for a token over all channels, and say so', async () => {
    const { clock, platform, post, outcome } = await aPlatform('discord', { limits: { token: { count: 2, perMs: 1_000 } } });

    await post('a');
    clock.pass(300);
    await post('b');
    expect(await outcome('c')).toMatchObject(limited(700, 'token'));
    clock.pass(700);
    await post('c');
    expect(await outcome('d')).toMatchObject(limited(300, 'token'));

    expect([platform.limited(), platform.limited('c'), platform.posted().length]).toEqual([2, 1, 3]);
  });

  test('can be taken away', async () => {
    const { platform, post } = await aPlatform('discord', { limits: { channel: null, token: null } });

    for (let n = 0; n < 60; n++) expect((await post('a')).room).toBeNull();

    expect(platform.read('a')).toHaveLength(60);
  });
});

describe('A nonce', () => {
  test('gives the earlier message while its window lasts, and a second one afterwards', async () => {
    const { clock, platform, post } = await aPlatform('discord', { nonceWindowMs: 10_000 });

    const first = await post('a', { key: 'same' });
    clock.pass(9_999);
    const second = await post('a', { key: 'same' });
    clock.pass(1);
    const third = await post('a', { key: 'same' });

    expect(second.ref).toEqual(first.ref);
    expect(third.ref).not.toEqual(first.ref);
    expect(platform.read('a')).toHaveLength(2);
  });

  test('makes a repeat safe after a lost answer, which Slack cannot', async () => {
    const seen = { discord: 0, slack: 0 };
    for (const flavour of ['discord', 'slack'] as const) {
      const { clock, adapter, platform, post, outcome } = await aPlatform(flavour);
      platform.fault('a', { kind: 'lost-answer' });
      expect(await outcome('a', { key: 'same' })).toMatchObject({ reason: 'ambiguous' });
      clock.pass(5_000);
      await post('a', { key: 'same' });
      seen[flavour] = platform.read('a').length;
      expect(adapter.repeatSafeMs({ installation: 'test', channel: 'a' }) > 0).toBe(flavour === 'discord');
    }

    expect(seen).toEqual({ discord: 1, slack: 2 });
  });

  test('is refused when it is longer than Discord takes', async () => {
    const { outcome } = await aPlatform('discord');

    expect(await outcome('a', { key: 'x'.repeat(26) })).toMatchObject({ reason: 'rejected' });
  });
});

describe('A fault', () => {
  const FAULTS: readonly (readonly [Fault, ChatError['reason'], number])[] = [
    [{ kind: 'limited' }, 'rate-limited', 0],
    [{ kind: 'limited', retryAfterMs: 2_000 }, 'rate-limited', 0],
    [{ kind: 'status', status: 503 }, 'unavailable', 0],
    [{ kind: 'status', status: 500 }, 'ambiguous', 0],
    [{ kind: 'status', status: 504, posted: true }, 'ambiguous', 1],
    [{ kind: 'status', status: 200 }, 'ambiguous', 0],
    [{ kind: 'status', status: 401 }, 'fatal', 0],
    [{ kind: 'reset-before' }, 'ambiguous', 0],
    [{ kind: 'reset-after' }, 'ambiguous', 0],
    [{ kind: 'lost-answer' }, 'ambiguous', 1],
  ];

  describe.each(['slack', 'discord'] as const)('of the %s-like platform', (flavour) => {
    test.each(FAULTS)('%j is heard as %s, with %i messages posted', async (fault, reason, posted) => {
      const { platform, outcome } = await aPlatform(flavour);
      platform.fault('a', fault);

      expect(await outcome('a')).toMatchObject({ reason });
      expect(platform.read('a')).toHaveLength(posted);
      expect(platform.limited()).toBe(0);
    });
  });

  test.each([
    ['slack', 'invalid_auth', 'fatal'],
    ['slack', 'token_revoked', 'fatal'],
    ['slack', 'account_inactive', 'installation-gone'],
    ['slack', 'channel_not_found', 'channel-gone'],
    ['slack', 'is_archived', 'channel-gone'],
    ['slack', 'not_in_channel', 'forbidden'],
    ['slack', 'restricted_action', 'forbidden'],
    ['slack', 'invalid_blocks', 'rejected'],
    ['slack', 'msg_too_long', 'rejected'],
    ['slack', 'service_unavailable', 'unavailable'],
    ['slack', 'fatal_error', 'ambiguous'],
    ['discord', 0, 'fatal'],
    ['discord', 10_003, 'channel-gone'],
    ['discord', 10_004, 'installation-gone'],
    ['discord', 50_001, 'forbidden'],
    ['discord', 50_013, 'forbidden'],
    ['discord', 50_035, 'rejected'],
    ['discord', 130_000, 'unavailable'],
  ] as const)('of %s with the error %s is heard as %s, and nothing is posted', async (flavour, code, reason) => {
    const { platform, outcome } = await aPlatform(flavour);
    platform.fault('a', { kind: 'error', code });

    expect(await outcome('a')).toMatchObject({ reason });
    expect(platform.posted()).toEqual([]);
  });

  test('of a limit says how long to wait and whose limit it is, or not how long', async () => {
    const { platform, outcome } = await aPlatform('discord');
    platform.fault('a', { kind: 'limited', retryAfterMs: 1_234 }, { kind: 'limited' }, { kind: 'limited', retryAfterMs: 16_100, scope: 'token' });

    expect(await outcome('a')).toMatchObject(limited(1_234));
    expect(await outcome('a')).toMatchObject(limited(null));
    expect(await outcome('a')).toMatchObject(limited(16_100, 'token'));
  });

  test('meets the requests of its channel in order, those for any channel after them, and then none', async () => {
    const { platform, outcome } = await aPlatform('discord');
    platform.fault('a', { kind: 'status', status: 503 }, { kind: 'error', code: 50_013 });
    platform.fault('*', { kind: 'error', code: 10_003 });
    const reasons = [];

    for (const channel of ['a', 'b', 'a', 'a', 'b']) reasons.push(await outcome(channel));

    expect(reasons.map((said) => (said instanceof ChatError ? said.reason : 'posted'))).toEqual([
      'unavailable',
      'channel-gone',
      'forbidden',
      'posted',
      'posted',
    ]);
  });

  test('that posts waits until the limits let the message through', async () => {
    const { clock, platform, outcome, post } = await aPlatform('slack');
    await post('a');
    platform.fault('a', { kind: 'lost-answer' });

    expect(await outcome('a')).toMatchObject({ reason: 'rate-limited' });
    clock.pass(1_000);
    expect(await outcome('a')).toMatchObject({ reason: 'ambiguous' });
    expect(platform.read('a')).toHaveLength(2);
  });

  test('comes by a rule that sees each request, until the rule is taken away', async () => {
    const { platform, outcome } = await aPlatform('discord');
    const seen: unknown[] = [];
    const end = platform.rule((asked) => {
      seen.push(asked);
      return asked.channel === 'a' && asked.attempt < 3 ? { kind: 'status', status: 503 } : null;
    });
    const reasons = [];

    for (const channel of ['a', 'b', 'a', 'a']) reasons.push(await outcome(channel, { text: `to ${channel}` }));
    end();
    await outcome('a');

    expect(reasons.map((said) => said instanceof ChatError)).toEqual([true, false, true, false]);
    expect(seen).toHaveLength(4);
    expect(seen[2]).toEqual({ channel: 'a', token: 'bot-token', text: 'to a', at: NOON, attempt: 2 });
  });

  test('of slowness posts and answers later, on the clock of the plan', async () => {
    const { clock, platform, post } = await aPlatform('slack');
    platform.fault('a', { kind: 'slow', ms: 3_000 });
    const posted = post('a');
    await platform.whenRead(1);

    expect(platform.read('a')).toEqual([]);
    clock.pass(3_000);
    await posted;
    expect(platform.read('a').map(({ at }) => at - NOON)).toEqual([3_000]);
  });
});

describe('A request that hangs', () => {
  test('is ambiguous once the bot gives it up, and may be posted after all', async () => {
    const { platform, outcome } = await aPlatform('slack');
    const stop = new AbortController();
    platform.fault('a', { kind: 'hang' });
    const given = outcome('a', { signal: stop.signal });
    await platform.whenRead(1);
    stop.abort();

    expect(await given).toMatchObject({ reason: 'ambiguous' });
    expect(platform.read('a')).toEqual([]);
    platform.release();
    await expect.poll(() => platform.read('a').length).toBe(1);
  });

  test('goes on when it is released, posted before or after', async () => {
    const { platform, post } = await aPlatform('discord');
    platform.fault('a', { kind: 'hang', posted: true }, { kind: 'hang' });
    const both = [post('a', { text: 'one' }), post('a', { text: 'two' })];
    await platform.whenRead(2);

    expect(platform.read('a')).toHaveLength(1);
    platform.release();
    await Promise.all(both);
    expect(platform.read('a').map(({ text }) => text)).toHaveLength(2);
  });

  test('is dropped when the platform goes down', async () => {
    const { platform, outcome } = await aPlatform('slack');
    platform.fault('a', { kind: 'hang' });
    const given = outcome('a');
    await platform.whenRead(1);
    await platform.down();
    platform.release();

    expect(await given).toMatchObject({ reason: 'ambiguous' });
    expect(platform.posted()).toEqual([]);
  });

  test('counts as in flight', async () => {
    const { platform, post } = await aPlatform('discord');
    platform.fault('*', { kind: 'hang' }, { kind: 'hang' }, { kind: 'hang' });
    const all = [post('a'), post('a'), post('b')];
    await platform.whenRead(3);
    platform.release();
    await Promise.all(all);
    await post('b');

    expect([platform.requests(), platform.requests('a'), platform.requests('b')]).toEqual([
      { count: 4, peak: 3 },
      { count: 2, peak: 2 },
      { count: 2, peak: 1 },
    ]);
  });
});

describe('A post that is no longer wanted', () => {
  test('before anything was written is unavailable, and the platform never hears of it', async () => {
    const { platform, post, outcome } = await aPlatform('discord');
    const stop = new AbortController();
    const onNewConnection = outcome('a', { signal: stop.signal });
    stop.abort();
    expect(await onNewConnection).toMatchObject({ reason: 'unavailable' });
    await post('a');

    const later = new AbortController();
    const onOpenConnection = outcome('a', { signal: later.signal });
    later.abort();
    expect(await onOpenConnection).toMatchObject({ reason: 'unavailable' });
    expect(await outcome('a', { signal: AbortSignal.abort() })).toMatchObject({ reason: 'unavailable' });
    expect(platform.requests().count).toBe(1);
  });

  test('is not written when the time for it ran out while it waited for its turn', async () => {
    const { platform, post, outcome } = await aPlatform('discord');
    await post('a');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1);
    const given = outcome('a', { signal: stop.signal });
    // As a process that is stopped: nothing runs, and the clock goes on.
    for (const until = performance.now() + 5; performance.now() < until; );

    expect(await given).toMatchObject({ reason: 'unavailable' });
    expect(platform.requests().count).toBe(1);
  });

  test('was written in one piece', async () => {
    const pieces: string[] = [];
    const server = createServer((socket) => {
      socket.once('data', (data) => {
        pieces.push(String(data));
        socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const adapter = createFakeAdapter({ flavour: 'slack', url });

    await adapter.post({ installation: 'test', channel: 'a' }, says('all of it'), { key: 'k', signal: new AbortController().signal }).catch(() => {});

    expect(pieces).toEqual([expect.stringMatching(/^POST .*all of it.*\}$/s)]);
  });
});

describe('A platform that is down', () => {
  test('refuses connections, and is back at the same address with what was posted', async () => {
    const { platform, adapter, post, outcome } = await aPlatform('discord');
    await post('a');

    await platform.down();
    expect(await outcome('a')).toMatchObject({ reason: 'unavailable', retryable: true });
    await expect(adapter.verify()).rejects.toMatchObject({ reason: 'unavailable' });
    await platform.up();
    await post('a');

    expect(platform.read('a')).toHaveLength(2);
    expect(platform.requests().count).toBe(2);
  });

  test('takes nothing more of what was slow', async () => {
    const { clock, platform, outcome } = await aPlatform('slack');
    platform.fault('a', { kind: 'slow', ms: 1_000 });
    const given = outcome('a');
    await platform.whenRead(1);
    await platform.down();
    await platform.up();
    clock.pass(1_000);

    expect(await given).toMatchObject({ reason: 'ambiguous' });
    expect(platform.posted()).toEqual([]);
  });
});

describe('What a reader sees', () => {
  test('is the whole of each message in its channel, in order', async () => {
    const { clock, platform, post } = await aPlatform('slack');
    const full = formatAlert({ type: 'leads', items: [{ deadline: aDeadline(), review: aReview({ state: 'KEN' }), lead: TODAY }] }, ON_TIME, aVoice());

    await post('a', { text: full });
    await post('b', { text: 'elsewhere' });
    clock.pass(1_000);
    await post('a', { text: 'later' });

    expect(platform.channels()).toEqual(['a', 'b']);
    expect(platform.read('a').map(({ at, text, token }) => [at - NOON, text, token])).toEqual([
      [0, full.fallbackText, 'xoxb-test'],
      [1_000, 'later', 'xoxb-test'],
    ]);
    expect(new Set(platform.posted().map(({ id }) => id)).size).toBe(3);
  });

  test('is marked exactly when the bot says that it may be a repeat', async () => {
    const { platform, post } = await aPlatform('discord');
    const leads = { type: 'leads', items: [{ deadline: aDeadline(), review: aReview({ state: 'KEN' }), lead: TODAY }] } as const;

    for (const mayBeRepeat of [false, true]) await post('a', { text: formatAlert(leads, { mayBeRepeat, late: null }, aVoice()) });

    expect(platform.read('a').map(({ marked }) => marked)).toEqual([false, true]);
  });
});

describe.each(['slack', 'discord'] as const)('The %s-like platform', (flavour) => {
  test('says who the bot is and what time it has, and does not accept a bad token', async () => {
    const { clock, platform, adapter } = await aPlatform(flavour);
    clock.pass(90_000);

    expect(await adapter.verify()).toEqual({ identity: `upr-watch on ${flavour}`, serverTime: NOON + 90_000 });
    platform.fault(WHO, { kind: 'error', code: flavour === 'slack' ? 'invalid_auth' : 0 });
    await expect(adapter.verify()).rejects.toMatchObject({ reason: 'fatal' });
  });

  test('says which rights are missing in a channel', async () => {
    const { platform, adapter } = await aPlatform(flavour);
    platform.missing('a b', ['chat:write']);

    expect(await adapter.check({ installation: 'test', channel: 'a b' })).toEqual({ missing: ['chat:write'], everyoneReads: null });
    expect(await adapter.check({ installation: 'test', channel: 'other' })).toEqual({ missing: [], everyoneReads: null });
  });

  test('tells of each request when it is read and not yet posted', async () => {
    const { platform, post } = await aPlatform(flavour);
    const seen: unknown[] = [];
    platform.onRequest(({ channel, attempt }) => seen.push([channel, attempt, platform.read(channel).length]));

    await post('a');
    await post('b');

    expect(seen).toEqual([
      ['a', 1, 0],
      ['b', 1, 0],
    ]);
    expect(await platform.whenRead(2)).toMatchObject({ channel: 'b' });
  });
});
