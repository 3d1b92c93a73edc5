/** The adapter against a Slack that is not ours, `emulate` by Vercel: what both understand is less likely to be a mistake of ours. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter, ChatError, Vault } from '../../../src/adapters/adapter.ts';
import { createSlackClient, type SlackClient } from '../../../src/adapters/slack/client.ts';
import { createSlackAdapter } from '../../../src/adapters/slack/index.ts';
import { SCOPES } from '../../../src/adapters/slack/install.ts';
import { slackSchema } from '../../../src/adapters/slack/schema.ts';
import { createLog } from '../../../src/lib/log.ts';
import { message } from '../../../src/message/build.ts';
import { aVoice } from '../../support/a-voice.ts';

const APP = { clientId: '12345.67890', clientSecret: 'a-client-secret' };
const RETURN = 'https://upr.example.org/slack/oauth_redirect';
/** Somebody of the workspace, who reads what the bot wrote. */
const READER = 'xoxp-a-reader';
const open = new AbortController().signal;

let emulator: Emulator;
let client: SlackClient;
let adapter: Adapter;
let team: string;
const secrets = new Map<string, string>();
const vault: Vault = {
  read: async (id) => secrets.get(id) ?? null,
  write: async (id, secret) => void secrets.set(id, secret),
  remove: async (id) => void secrets.delete(id),
  ids: async () => [...secrets.keys()],
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Somebody agrees on the page, and their browser is sent back with a code. */
async function agreed(): Promise<string> {
  const query = { client_id: APP.clientId, redirect_uri: RETURN, scope: SCOPES.join(',') };
  const page = await (await fetch(`${emulator.url}/oauth/v2/authorize?${new URLSearchParams(query)}`)).text();
  const user = /name="user_id" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ ...query, user_id: user });
  const response = await fetch(`${emulator.url}/oauth/v2/authorize/callback`, { method: 'POST', body, redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

const exchange = async (code: string) =>
  client.plain('oauth.v2.access', { client_id: APP.clientId, client_secret: APP.clientSecret, code, redirect_uri: RETURN });

async function asReader(method: string, args: object) {
  const headers = { authorization: `Bearer ${READER}`, 'content-type': 'application/json' };
  const response = await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(args) });
  return (await response.json()) as { ok: boolean; channel: { id: string }; messages: { ts: string; text: string; blocks?: unknown[]; thread_ts?: string }[] };
}

async function aChannel(name: string, more: object = {}): Promise<string> {
  const { channel } = await asReader('conversations.create', { name, ...more });
  return channel.id;
}

const said = (title: string) => message({ tone: 'soon', title, body: [[{ type: 'text', text: 'Friday, 17 July 2026, <Geneva>' }]] });
const post = (channel: string, title: string, more: object = {}) =>
  adapter.post({ installation: team, channel, ...more }, said(title), { key: title, signal: open });
const failureOf = (work: Promise<unknown>): Promise<ChatError> =>
  work.then(
    () => Promise.reject(new Error('it worked')),
    (cause: ChatError) => cause,
  );

beforeAll(async () => {
  const app = { client_id: APP.clientId, client_secret: APP.clientSecret, app_id: 'A0UPRWATCH', name: 'UPR Watch', redirect_uris: [RETURN] };
  const tokens = [{ token: READER, type: 'user' }];
  const slack = { team: { name: 'Geneva', domain: 'geneva' }, tokens, strict_scopes: true, oauth_apps: [{ ...app, scopes: [...SCOPES] }] };
  emulator = await createEmulator({ service: 'slack', port: await freePort(), seed: { slack } });
  const config = slackSchema.parse({ ...APP, apiUrl: `${emulator.url}/api/` });
  client = createSlackClient({ config, vault, refused: () => undefined });
  adapter = createSlackAdapter(config, { log: createLog('silent'), words: () => aVoice().words, refused: () => undefined, vault });

  const answer = (await exchange(await agreed())) as { access_token: string; bot_user_id: string; team: { id: string; name: string } };
  team = answer.team.id;
  await vault.write(team, JSON.stringify({ token: answer.access_token, botUser: answer.bot_user_id, botId: '', team, name: answer.team.name }));
});

afterAll(() => emulator.close());

describe('Another Slack', () => {
  test('gives a token for a code once, and says whose it is', async () => {
    const code = await agreed();
    await exchange(code);

    expect(await failureOf(exchange(code))).toMatchObject({ reason: 'rejected', message: expect.stringContaining('invalid_code') });
    expect(await client.call(team, 'auth.test', {})).toMatchObject({ team_id: team, user_id: (await client.identity(team)).botUser });
  });

  test('takes a message with its blocks, and an edit of it', async () => {
    const channel = await aChannel('dates');
    const { ref } = await post(channel, 'Kenya');

    const { messages } = await asReader('conversations.history', { channel });
    expect(messages).toMatchObject([
      {
        ...{ ts: ref.id, text: 'Kenya\nFriday, 17 July 2026, &lt;Geneva&gt;' },
        blocks: [{ type: 'header' }, { type: 'section', text: { type: 'mrkdwn', text: 'Friday, 17 July 2026, &lt;Geneva&gt;' } }],
      },
    ]);

    await adapter.edit(ref, said('Kenya: passed'), { signal: open });
    expect((await asReader('conversations.history', { channel })).messages).toMatchObject([{ ts: ref.id, blocks: [{ text: { text: 'Kenya: passed' } }, {}] }]);
  });

  test('puts a reply under its parent', async () => {
    const channel = await aChannel('threads');
    const parent = await post(channel, 'Kenya');
    const reply = await post(channel, 'Ghana', { thread: parent.ref.id });

    const { messages } = await asReader('conversations.replies', { channel, ts: parent.ref.id });
    expect(messages.map(({ ts }) => ts)).toEqual([parent.ref.id, reply.ref.id]);
    expect(messages[1]?.thread_ts).toBe(parent.ref.id);
  });

  test('refuses in words that are understood', async () => {
    const closed = await aChannel('closed');
    await asReader('conversations.archive', { channel: closed });
    const secret = await aChannel('secret', { is_private: true });

    expect(await failureOf(post(closed, 'Kenya'))).toMatchObject({ reason: 'channel-gone' });
    expect(await failureOf(post('C404', 'Kenya'))).toMatchObject({ reason: 'channel-gone' });
    expect((await failureOf(post(secret, 'Kenya'))).reason).toMatch(/^(?:channel-gone|forbidden)$/);
    expect(await failureOf(adapter.edit({ target: { installation: team, channel: closed }, id: '1.000001' }, said('Kenya'), { signal: open }))).toMatchObject({
      reason: 'message-gone',
    });
  });

  test('tells nothing of a channel to an app with the least rights', async () => {
    const channel = await aChannel('quiet');

    expect(await failureOf(adapter.check({ installation: team, channel }))).toMatchObject({ reason: 'rejected' });
  });
});
