import { createServer } from 'node:http';
import { ChannelType } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { type Adapter, ChatError } from '../../../src/adapters/adapter.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createLog } from '../../../src/lib/log.ts';
import { message } from '../../../src/message/build.ts';
import { aVoice } from '../../support/a-voice.ts';
import { startDiscord } from '../../support/discord/server.ts';

const NOW = Date.UTC(2026, 6, 10, 7);
const TOKEN = 'MTIz.token.secret';
const [GUILD, CHANNEL, FORUM, ROLE, PRIVATE] = ['100', '200', '300', '400', '500'];
const TARGET = { installation: GUILD, channel: CHANNEL };
const IN_FORUM = { installation: GUILD, channel: FORUM };
const open = new AbortController().signal;

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function aDiscord() {
  const discord = await startDiscord({
    ...{ now: () => NOW, token: TOKEN, application: { id: '123' } },
    guilds: [
      {
        ...{ id: GUILD, name: 'UPR friends', roles: [{ id: ROLE, name: 'alerts' }] },
        channels: [
          { id: CHANNEL, name: 'dates', type: ChannelType.GuildText },
          { id: FORUM, name: 'forum', type: ChannelType.GuildForum },
          { id: PRIVATE, name: 'staff', type: ChannelType.GuildText, isPrivate: true },
          { id: '501', name: 'a thread', type: ChannelType.PublicThread, parent: CHANNEL },
          { id: '502', name: 'a closed thread', type: ChannelType.PrivateThread, parent: CHANNEL },
          { id: '503', name: 'a thread of the staff', type: ChannelType.PublicThread, parent: PRIVATE },
        ],
      },
    ],
  });
  closing.push(() => discord.close());
  return discord;
}

function anAdapter(url: string, token = TOKEN): Adapter {
  const adapter = createDiscordAdapter(
    { token, applicationId: null, apiUrl: `${url}/api` },
    { log: createLog('silent'), words: () => aVoice().words, refused: () => undefined },
  );
  closing.push(() => adapter.stop());
  return adapter;
}

async function both() {
  const discord = await aDiscord();
  return { discord, adapter: anAdapter(discord.url) };
}

const said = (title: string) => message({ tone: 'soon', title, body: [[{ type: 'text', text: 'Friday, 17 July 2026, Geneva' }]] });

async function failureOf(work: Promise<unknown>): Promise<ChatError> {
  const failure = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(failure).toBeInstanceOf(ChatError);
  return failure as ChatError;
}

describe('Posting to Discord', () => {
  test('a message arrives once, however often it is posted under its key', async () => {
    const { discord, adapter } = await both();

    const first = await adapter.post(TARGET, said('Kenya'), { key: 'a-key', signal: open });
    const again = await adapter.post(TARGET, said('Kenya'), { key: 'a-key', signal: open });

    expect(again.ref).toEqual(first.ref);
    expect(discord.read(CHANNEL)).toMatchObject([{ text: '## Kenya\nFriday, 17 July 2026, Geneva', nonce: 'a-key', pinged: [] }]);
    expect(first.room).toEqual({ left: 4, refillsInMs: expect.any(Number) });
    expect(discord.violations()).toEqual([]);
  });

  test('an edit changes it and calls nobody', async () => {
    const { discord, adapter } = await both();
    const calling = message({ tone: 'soon', title: 'Kenya', body: [[{ type: 'role', id: ROLE, text: '@alerts' }]] });

    const { ref } = await adapter.post(TARGET, calling, { key: 'k', signal: open });
    expect(discord.read(CHANNEL)[0]?.pinged).toEqual([ROLE]);
    await adapter.edit(ref, said('Kenya: passed'), { signal: open });

    expect(discord.read(CHANNEL)[0]).toMatchObject({ text: '## Kenya: passed\nFriday, 17 July 2026, Geneva', edited: true });
    expect(discord.violations()).toEqual([]);
  });

  test('a forum gets one thread of the bot, also after a restart', async () => {
    const { discord, adapter } = await both();

    const first = await adapter.post(IN_FORUM, said('Kenya'), { key: 'k1', signal: open });
    await adapter.post(IN_FORUM, said('Ghana'), { key: 'k2', signal: open });
    await anAdapter(discord.url).post(IN_FORUM, said('Peru'), { key: 'k3', signal: open });

    const [thread, ...others] = discord.threads(FORUM);
    expect(others).toEqual([]);
    expect(first.ref.target).toEqual({ ...IN_FORUM, thread: thread?.id });
    expect(discord.read(thread?.id ?? '').map((read) => read.text.split('\n')[0])).toEqual(['## Kenya', '## Ghana', '## Peru']);
    expect(discord.violations()).toEqual([]);
  });

  test('the message that opens a thread is not safe to repeat, every other is for 90 seconds', async () => {
    const { discord, adapter } = await both();
    expect(adapter.repeatSafeMs(TARGET)).toBe(90_000);

    discord.fail(FORUM, { kind: 'error', code: 50008 });
    const lost = discord.failWhen(({ text }) => (text.includes('auto_archive_duration') ? { kind: 'lost-answer' } : null));
    expect(await failureOf(adapter.post(IN_FORUM, said('Kenya'), { key: 'k1', signal: open }))).toMatchObject({ reason: 'ambiguous' });
    expect(adapter.repeatSafeMs(IN_FORUM)).toBe(0);
    lost();
    await adapter.post(IN_FORUM, said('Kenya'), { key: 'k1', signal: open });

    expect(adapter.repeatSafeMs(IN_FORUM)).toBe(90_000);
    expect(discord.threads(FORUM)).toHaveLength(1);
  });

  test.each([
    ['is limited', { kind: 'limited', retryAfterMs: 1_500 }, { reason: 'rate-limited', limit: 'channel', retryAfterMs: expect.closeTo(1_500, -2) }],
    ['limits the whole bot', { kind: 'limited', retryAfterMs: 700, scope: 'token' }, { reason: 'rate-limited', limit: 'token', retryAfterMs: 1_000 }],
    ['is not well', { kind: 'status', status: 503 }, { reason: 'ambiguous' }],
    ['breaks the connection', { kind: 'lost-answer' }, { reason: 'ambiguous' }],
    ['lacks a right', { kind: 'error', code: 50013 }, { reason: 'forbidden' }],
    ['has no such channel', { kind: 'error', code: 10003 }, { reason: 'channel-gone' }],
  ] as const)('when Discord %s, the error says what follows', async (_what, fault, expected) => {
    const { discord, adapter } = await both();
    discord.fail(CHANNEL, fault);

    expect(await failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open }))).toMatchObject(expected);
  });

  test('nobody at the address is no doubt: nothing was sent', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === 'object' ? address?.port : 0;

    expect(await failureOf(anAdapter(`http://127.0.0.1:${port}`).post(TARGET, said('Kenya'), { key: 'k', signal: open }))).toMatchObject({
      reason: 'unavailable',
    });
  });

  test('a token that was refused once is tried again, and not forgotten', async () => {
    const { discord, adapter } = await both();
    const refusing = discord.failWhen(() => ({ kind: 'status', status: 401 }));
    expect((await failureOf(adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open }))).reason).toBe('fatal');
    refusing();

    await adapter.post(TARGET, said('Kenya'), { key: 'k', signal: open });

    expect(discord.read(CHANNEL)).toHaveLength(1);
  });

  test('a wrong token is a clear error without the token in it', async () => {
    const discord = await aDiscord();

    const failure = await failureOf(anAdapter(discord.url, 'wrong-token').verify());

    expect(failure.reason).toBe('fatal');
    expect(failure.message).toContain('DISCORD_TOKEN');
    expect(failure.message).not.toContain('wrong-token');
  });
});

describe('Looking at Discord', () => {
  test('the bot knows itself and what time Discord has', async () => {
    const { adapter } = await both();

    expect(await adapter.verify()).toMatchObject({ serverTime: NOW, identity: expect.any(String) });
  });

  test('the rights that are missing are named, and whether everybody reads there', async () => {
    const { discord, adapter } = await both();
    expect(await adapter.check(TARGET)).toEqual({ missing: [], everyoneReads: true });

    discord.permit(CHANNEL, ['ViewChannel']);
    expect(await adapter.check(TARGET)).toEqual({ missing: ['SEND_MESSAGES'], everyoneReads: true });

    // Discord does not tell a bot about a channel that it may not see.
    discord.permit(CHANNEL, []);
    expect(await adapter.check(TARGET)).toEqual({ missing: ['VIEW_CHANNEL'], everyoneReads: false });
  });

  test.each([
    ['a forum', FORUM, true],
    ['a private channel', PRIVATE, false],
    ['a thread of a channel that all see', '501', true],
    ['a private thread of a channel that all see', '502', false],
    ['a thread of a private channel', '503', false],
  ])('everybody reads in %s (%s): %s', async (_, channel, everyoneReads) => {
    const { adapter } = await both();

    expect(await adapter.check({ installation: GUILD, channel })).toEqual({ missing: [], everyoneReads });
  });

  test('a thread that is named beside its channel is what is looked at', async () => {
    const { adapter } = await both();

    expect(await adapter.check({ ...TARGET, thread: '502' })).toEqual({ missing: [], everyoneReads: false });
  });
});

describe('The thread below a message on Discord', () => {
  const options = { signal: open };

  test('is opened once, named for the plan, and what is posted there is not in the channel', async () => {
    const { discord, adapter } = await both();
    const { ref } = await adapter.post(TARGET, said('Kenya'), { key: 'k', ...options });

    const target = await adapter.threadOf(ref, `Kenya: joint submission ${'x'.repeat(120)}`, options);
    const again = await adapter.threadOf(ref, 'Kenya', options);
    await adapter.post(target, said('Somebody took a task'), { key: 'l', ...options });

    expect([target, again]).toEqual([
      { ...TARGET, thread: ref.id },
      { ...TARGET, thread: ref.id },
    ]);
    expect(discord.threads(CHANNEL).filter(({ id }) => id === ref.id)).toMatchObject([{ name: 'Kenya: joint submission…' }]);
    expect([discord.read(CHANNEL).length, discord.read(ref.id).length]).toEqual([1, 1]);
    expect(discord.violations()).toEqual([]);
  });

  test('of a message in a thread is that thread, whether the bot opened it or somebody else did', async () => {
    const { discord, adapter } = await both();
    const inForum = await adapter.post(IN_FORUM, said('Kenya'), { key: 'k', ...options });
    const inThread = await adapter.post({ ...TARGET, channel: '501' }, said('Kenya'), { key: 'l', ...options });

    expect(await adapter.threadOf(inForum.ref, 'Kenya', options)).toEqual(inForum.ref.target);
    expect(await adapter.threadOf(inThread.ref, 'Kenya', options)).toEqual(inThread.ref.target);
    expect(discord.violations()).toEqual([]);
  });

  test('is not opened without the right, and a card that somebody deleted is gone', async () => {
    const { discord, adapter } = await both();
    const { ref } = await adapter.post(TARGET, said('Kenya'), { key: 'k', ...options });
    const gone = { ...ref, id: '999' };

    await expect(adapter.edit(gone, said('Kenya'), options)).rejects.toMatchObject({ reason: 'message-gone' });
    await expect(adapter.threadOf(gone, 'Kenya', options)).rejects.toMatchObject({ reason: 'message-gone' });
    discord.permit(CHANNEL, ['ViewChannel', 'SendMessages']);
    await expect(adapter.threadOf(ref, 'Kenya', options)).rejects.toMatchObject({ reason: 'forbidden' });
  });
});
