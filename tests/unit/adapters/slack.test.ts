import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { ChatError, type Vault } from '../../../src/adapters/adapter.ts';
import { createSlackClient } from '../../../src/adapters/slack/client.ts';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { type SlackConfig, slackSchema } from '../../../src/adapters/slack/schema.ts';
import { createLog } from '../../../src/lib/log.ts';
import { message } from '../../../src/message/build.ts';
import type { Inline } from '../../../src/message/message.ts';
import { aVoice } from '../../support/a-voice.ts';
import { aSlack, BOT, channels, geneva, NOON } from '../../support/slack/a-slack.ts';
import type { SlackPlan } from '../../support/slack/plan.ts';

const TARGET = { installation: 'T1', channel: 'C1' };
const open = new AbortController().signal;
const lagos = { team: 'T2', name: 'Lagos', botToken: 'xoxb-lagos', botUser: 'U0LAGOS', channels: [{ id: 'C9', name: 'dates' }], users: [] };
const LEAST = ['commands', 'chat:write', 'users:read'];

let refusals: string[] = [];
beforeEach(() => {
  refusals = [];
});

function aVault(kept: Readonly<Record<string, string>> = {}): Vault {
  const secrets = new Map(Object.entries(kept));
  return {
    read: async (id) => secrets.get(id) ?? null,
    write: async (id, secret) => void secrets.set(id, secret),
    remove: async (id) => void secrets.delete(id),
    ids: async () => [...secrets.keys()],
  };
}

const stored = (token: string) => JSON.stringify({ token, botUser: 'U0LAGOS', botId: 'B0T2', team: 'T2', name: 'Lagos' });

function anAdapter(apiUrl: string, more: Partial<SlackConfig> = {}, vault = aVault()) {
  const config = slackSchema.parse({ botToken: BOT, apiUrl, ...more });
  return createSlackAdapter(config, { log: createLog('silent'), words: () => aVoice().words, refused: (platform) => void refusals.push(platform), vault });
}

async function both(plan: Partial<SlackPlan> = {}) {
  const parts = await aSlack(plan);
  return { ...parts, adapter: anAdapter(parts.slack.url) };
}

const said = (title: string, ...more: readonly Inline[]) =>
  message({ tone: 'soon', title, body: [[{ type: 'text', text: 'Friday, 17 July 2026, Geneva' }, ...more]] });

async function failureOf(work: Promise<unknown>): Promise<ChatError> {
  const failure = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(failure).toBeInstanceOf(ChatError);
  return failure as ChatError;
}

describe('Posting to Slack', () => {
  test('a message arrives, with its text for phones, no preview, and nobody called', async () => {
    const { slack, adapter } = await both();

    const { ref, room } = await adapter.post(TARGET, said('Kenya <!channel>'), { key: 'k', signal: open });

    expect(slack.read('C1')).toMatchObject([{ ts: ref.id, text: 'Kenya <!channel>\nFriday, 17 July 2026, Geneva', thread: null }]);
    expect(slack.message({ channel: 'C1', ts: ref.id })?.text).toBe('Kenya &lt;!channel&gt;\nFriday, 17 July 2026, Geneva');
    expect(slack.mentions()).toEqual([]);
    expect(slack.violations()).toEqual([]);
    expect([ref.target, room, adapter.repeatSafeMs(TARGET)]).toEqual([TARGET, null, 0]);
  });

  test('a group that the message names is called', async () => {
    const { slack, adapter } = await both();

    await adapter.post(TARGET, said('Kenya', { type: 'role', id: 'S042', text: '@role' }), { key: 'k', signal: open });

    expect(slack.mentions()).toEqual([{ channel: 'C1', kind: 'usergroup', id: 'S042' }]);
  });

  test('a thread is answered in, under its parent', async () => {
    const { slack, adapter } = await both();
    const { ref } = await adapter.post(TARGET, said('Kenya'), { key: 'k1', signal: open });

    const reply = await adapter.post({ ...TARGET, thread: ref.id }, said('Ghana'), { key: 'k2', signal: open });

    expect(slack.read('C1').map(({ ts, thread }) => [ts, thread])).toEqual([
      [ref.id, null],
      [reply.ref.id, ref.id],
    ]);
    expect(slack.violations()).toEqual([]);
  });

  test('an edit changes it, text and blocks', async () => {
    const { slack, adapter } = await both();
    const { ref } = await adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open });

    await adapter.edit(ref, said('Kenya: passed'), { signal: open });

    expect(slack.read('C1')).toMatchObject([{ ts: ref.id, text: 'Kenya: passed\nFriday, 17 July 2026, Geneva', edited: true }]);
    expect(slack.message({ channel: 'C1', ts: ref.id })?.text).toMatch(/^Kenya: passed/);
    expect(slack.violations()).toEqual([]);
  });

  test.each([
    ['is limited', { kind: 'limited', retryAfterMs: 30_000 }, { reason: 'rate-limited', limit: 'channel', retryAfterMs: 30_000 }],
    ['is limited and does not say for how long', { kind: 'limited' }, { reason: 'rate-limited', limit: 'channel', retryAfterMs: null }],
    ['is not well', { kind: 'status', status: 503 }, { reason: 'ambiguous' }],
    ['answers with a page', { kind: 'status', status: 200 }, { reason: 'ambiguous' }],
    ['breaks off its answer', { kind: 'malformed', posted: true }, { reason: 'ambiguous' }],
    ['breaks the connection', { kind: 'lost-answer' }, { reason: 'ambiguous' }],
    ['resets the connection', { kind: 'reset-before' }, { reason: 'ambiguous' }],
    ['has a fault of its own', { kind: 'error', code: 'fatal_error', posted: true }, { reason: 'ambiguous' }],
    ['is closed', { kind: 'error', code: 'service_unavailable' }, { reason: 'unavailable' }],
  ] as const)('when Slack %s, the error says what follows, and one request was made', async (_what, fault, expected) => {
    const { slack, adapter } = await both();
    slack.fail('chat.postMessage', fault);

    expect(await failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open }))).toMatchObject(expected);
    expect(slack.requests('chat.postMessage').length).toBeLessThanOrEqual(1);
    expect(refusals).toEqual(fault.kind === 'limited' ? ['slack'] : []);
  });

  test.each([
    ['C4', 'channel-gone'],
    ['C404', 'channel-gone'],
    ['C3', 'channel-gone'],
    ['C2', 'forbidden'],
  ])('in %s it is %s', async (channel, reason) => {
    const { slack, adapter } = await both({ workspaces: [{ ...geneva, scopes: LEAST }] });

    expect(await failureOf(adapter.post({ ...TARGET, channel }, said('Kenya'), { key: 'k', signal: open }))).toMatchObject({ reason });
    expect(slack.violations()).toEqual([]);
  });

  test('what is given up is in doubt once it was sent, and surely not sent before', async () => {
    const { slack, adapter } = await both();
    const [stop, stopped] = [new AbortController(), AbortSignal.abort()];
    expect(await failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: stopped }))).toMatchObject({ reason: 'unavailable' });
    expect(slack.requests('chat.postMessage')).toEqual([]);

    slack.fail('chat.postMessage', { kind: 'hang', posted: true });
    const posting = failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: stop.signal }));
    const other = adapter.post({ ...TARGET, channel: 'C5' }, said('Ghana'), { key: 'k2', signal: open });
    await other;
    stop.abort();

    expect(await posting).toMatchObject({ reason: 'ambiguous' });
    expect(slack.read('C5')).toHaveLength(1);
  });

  test('nobody at the address is no doubt: nothing was sent', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const posting = anAdapter(`http://127.0.0.1:${port}/api/`).post(TARGET, said('Kenya'), { key: 'k', signal: open });

    expect(await failureOf(posting)).toMatchObject({ reason: 'unavailable' });
  });

  test('an unknown answer to what is asked before a message is no doubt about the message', async () => {
    const { slack, adapter } = await both();
    slack.fail('auth.test', { kind: 'lost-answer' });

    expect(await failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open }))).toMatchObject({ reason: 'unavailable' });
    expect(slack.requests('chat.postMessage')).toEqual([]);
  });
});

describe('Tokens', () => {
  test('a wrong one is a clear error without the token in it', async () => {
    const { slack } = await aSlack();

    const failure = await failureOf(anAdapter(slack.url, { botToken: 'xoxb-wrong-token' }).verify());

    expect(failure.reason).toBe('fatal');
    expect(failure.message).toContain('SLACK_BOT_TOKEN');
    expect(JSON.stringify([failure, failure.message, failure.stack, failure.cause])).not.toContain('xoxb-wrong');
    expect(refusals).toEqual(['slack']);
  });

  test('none at all is the operator’s to mend', async () => {
    const { slack } = await aSlack();

    expect(await failureOf(anAdapter(slack.url, { botToken: null }).verify())).toMatchObject({ reason: 'fatal' });
  });

  test('each workspace hears with its own: that of the settings, and those that installed the app', async () => {
    const { slack } = await aSlack({ workspaces: [geneva, lagos] });
    const adapter = anAdapter(slack.url, {}, aVault({ T2: stored('xoxb-lagos') }));

    await adapter.post(TARGET, said('Kenya'), { key: 'k1', signal: open });
    await adapter.post({ installation: 'T2', channel: 'C9' }, said('Ghana'), { key: 'k2', signal: open });

    expect(slack.requests('chat.postMessage').map(({ token, args }) => [token, args.channel])).toEqual([
      [BOT, 'C1'],
      ['xoxb-lagos', 'C9'],
    ]);
    expect(slack.requests('auth.test').map(({ token }) => token)).toEqual([BOT]);
    expect(slack.violations()).toEqual([]);
  });

  test('a workspace that threw the bot out is gone, and heard again once it has installed it anew', async () => {
    const { slack } = await aSlack({ workspaces: [geneva, lagos] });
    const vault = aVault({ T2: stored('xoxb-lagos') });
    const adapter = anAdapter(slack.url, { botToken: null, clientId: '1.1' }, vault);
    const post = () => adapter.post({ installation: 'T2', channel: 'C9' }, said('Kenya'), { key: 'k', signal: open });
    await post();

    slack.uninstall('T2');
    expect(await failureOf(post())).toMatchObject({ reason: 'installation-gone' });
    await vault.remove('T2');
    expect(await failureOf(post())).toMatchObject({ reason: 'installation-gone' });

    await vault.write('T2', stored(BOT));
    expect(await failureOf(post())).toMatchObject({ reason: 'channel-gone' });
    expect(slack.requests('chat.postMessage').at(-1)?.token).toBe(BOT);
  });

  test('one that cannot be read is in no error', async () => {
    const { slack } = await aSlack();
    const adapter = anAdapter(slack.url, {}, aVault({ T2: '{"token":"xoxb-secret"' }));

    const failure = await failureOf(adapter.post({ installation: 'T2', channel: 'C9' }, said('Kenya'), { key: 'k', signal: open }));

    expect(failure.reason).toBe('fatal');
    expect(JSON.stringify([failure, failure.message, failure.stack, failure.cause])).not.toContain('xoxb-secret');
  });

  test('a vault that does not answer is no doubt: nothing was sent', async () => {
    const { slack } = await aSlack();
    const vault = { ...aVault(), read: () => Promise.reject(new Error('the database is away')) };

    const posting = anAdapter(slack.url, {}, vault).post({ installation: 'T2', channel: 'C9' }, said('Kenya'), { key: 'k', signal: open });

    expect(await failureOf(posting)).toMatchObject({ reason: 'unavailable' });
  });

  test('the client knows its workspaces, and who it is in each', async () => {
    const { slack } = await aSlack({ workspaces: [geneva, lagos] });
    const config = { botToken: BOT, apiUrl: slack.url };
    const client = createSlackClient({ config, vault: aVault({ T2: stored('xoxb-lagos') }), refused: () => undefined });

    expect(await client.teams()).toEqual(['T1', 'T2']);
    expect(await client.identity('file')).toEqual({ team: 'T1', botUser: 'U0BOT', botId: 'B0T1' });
    expect(await client.identity('T2')).toEqual({ team: 'T2', botUser: 'U0LAGOS', botId: 'B0T2' });
    expect(client.serverTime()).toBe(NOON);
    expect(await client.call('T1', 'users.info', { user: 'U1', include_locale: true })).toMatchObject({ user: { tz: 'Asia/Dili' } });
  });
});

describe('Looking at Slack', () => {
  test('the bot knows itself and what time Slack has', async () => {
    const { adapter } = await both();

    expect(await adapter.verify()).toEqual({ identity: 'upr_watch', serverTime: NOON });
  });

  test('without a token of its own, it asks what time Slack has', async () => {
    const { slack } = await aSlack();

    expect(await anAdapter(slack.url, { botToken: null, clientId: '1.1' }).verify()).toEqual({ identity: 'slack', serverTime: NOON });
    expect(slack.requests().map(({ method, token }) => [method, token])).toEqual([['api.test', '']]);
  });

  test.each([
    ['C1', { missing: [], everyoneReads: true }],
    ['C5', { missing: [], everyoneReads: false }],
    ['DU1', { missing: [], everyoneReads: false }],
  ])('in %s it may post, and it knows who reads there', async (channel, standing) => {
    const { adapter, post } = await both();
    await post({ channel: 'U1' });

    expect(await adapter.check({ ...TARGET, channel })).toEqual(standing);
  });

  test('a public channel that it was not invited to is open to it only with a right for that', async () => {
    const { adapter } = await both();
    expect(await adapter.check({ ...TARGET, channel: 'C2' })).toEqual({ missing: [], everyoneReads: true });

    const modest = await both({ workspaces: [{ ...geneva, scopes: [...LEAST, 'channels:read'] }] });
    expect(await modest.adapter.check({ ...TARGET, channel: 'C2' })).toEqual({ missing: ['invite @upr_watch'], everyoneReads: true });
  });

  test('with the least rights nothing is known of a channel, until it refuses the bot', async () => {
    const { slack, adapter } = await both({ workspaces: [{ ...geneva, scopes: LEAST, channels }] });
    const target = { ...TARGET, channel: 'C2' };
    expect(await failureOf(adapter.check(target))).toMatchObject({ reason: 'rejected' });

    expect(await failureOf(adapter.post(target, said('Kenya'), { key: 'k', signal: open }))).toMatchObject({ reason: 'forbidden' });

    expect(await adapter.check(target)).toEqual({ missing: ['invite @upr_watch'], everyoneReads: null });
    expect(await failureOf(adapter.check(target))).toMatchObject({ reason: 'rejected' });
    expect(slack.violations()).toEqual([]);
  });

  test.each(['C4', 'C404'])('%s is gone', async (channel) => {
    const { adapter } = await both();

    expect(await failureOf(adapter.check({ ...TARGET, channel }))).toMatchObject({ reason: 'channel-gone' });
  });
});

describe('The thread below a message on Slack', () => {
  test('is that of the message, and nothing of it is shown in the channel', async () => {
    const { slack, adapter } = await both();
    const options = { key: 'k', signal: open };
    const { ref } = await adapter.post(TARGET, said('Kenya'), options);

    const target = await adapter.threadOf(ref, 'Kenya', options);
    const below = await adapter.post(target, said('Somebody took a task'), options);

    expect(target).toEqual({ ...TARGET, thread: ref.id });
    expect(await adapter.threadOf(below.ref, 'Kenya', options)).toEqual(target);
    expect(slack.read('C1').map(({ thread }) => thread)).toEqual([null, ref.id]);
    expect(slack.message({ channel: 'C1', ts: below.ref.id })).not.toMatchObject({ reply_broadcast: true });
    expect(slack.violations()).toEqual([]);
  });

  test('a card that somebody deleted is gone', async () => {
    const { adapter } = await both();

    const failure = await failureOf(adapter.edit({ target: TARGET, id: '1.000001' }, said('Kenya'), { signal: open }));

    expect(failure.reason).toBe('message-gone');
  });
});
