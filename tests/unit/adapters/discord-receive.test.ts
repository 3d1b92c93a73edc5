import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelType } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { ChatError, type Presence, type Request, type Response } from '../../../src/adapters/adapter.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createLog } from '../../../src/lib/log.ts';
import { message } from '../../../src/message/build.ts';
import { aVoice } from '../../support/a-voice.ts';
import { startDiscord } from '../../support/discord/server.ts';

const TOKEN = 'MTIz.token.secret';
const [GUILD, CHANNEL] = ['100', '200'];
const TARGET = { installation: GUILD, channel: CHANNEL };
const asking = { user: '900', guild: GUILD, channel: CHANNEL, name: 'upr' };
const COMMAND = {
  ...{ name: 'upr', type: 1, description: 'UPR dates', contexts: [0], integration_types: [0] },
  options: [
    { type: 1, name: 'state', description: 'One State', options: [{ type: 3, name: 'state', description: 'Which', required: true, autocomplete: true }] },
    { type: 1, name: 'follow', description: 'Follow', options: [] },
    {
      ...{ type: 2, name: 'task', description: 'Tasks' },
      options: [
        {
          ...{ type: 1, name: 'assign', description: 'Give' },
          options: [
            { type: 3, name: 'task', description: 'Which', required: true, autocomplete: true },
            { type: 6, name: 'to', description: 'Whom' },
          ],
        },
      ],
    },
  ],
};

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** A bot that listens, and the requests it heard. */
async function aBot(answers: (request: Request) => Response | Promise<Response>, token = TOKEN) {
  const discord = await startDiscord({
    ...{ now: () => Date.UTC(2026, 6, 10, 7), token: TOKEN, application: { id: '123' } },
    guilds: [{ id: GUILD, name: 'UPR friends', channels: [{ id: CHANNEL, name: 'dates', type: ChannelType.GuildText }] }],
  });
  closing.push(() => discord.close());
  const tools = { log: createLog('silent'), words: () => aVoice().words, refused: () => undefined };
  const adapter = createDiscordAdapter({ token, applicationId: null, apiUrl: `${discord.url}/api` }, tools);
  closing.push(() => adapter.stop());
  await fetch(`${discord.url}/api/v10/applications/123/commands`, {
    ...{ method: 'PUT', headers: { authorization: `Bot ${TOKEN}`, 'content-type': 'application/json' } },
    body: JSON.stringify([COMMAND]),
  });
  const heard: Request[] = [];
  const told: Presence[] = [];
  const lost: string[] = [];
  const start = () =>
    adapter.start({
      request: async (request) => {
        heard.push(request);
        return answers(request);
      },
      presence: async (news) => void told.push(news),
      lost: (why) => void lost.push(why.message),
    });
  return { discord, adapter, heard, told, lost, start };
}

async function aListener(answers: (request: Request) => Response | Promise<Response>) {
  const bot = await aBot(answers);
  await bot.start();
  return bot;
}

const said = (title: string, label?: string) =>
  message({ tone: 'info', title, body: [], actions: label === undefined ? [] : [{ id: 'next-page', label, style: 'secondary' }] });
const answerOf = (title: string, audience: 'asker' | 'channel' = 'asker', label?: string): Response => ({
  type: 'message',
  audience,
  message: said(title, label),
});

describe('Asking on Discord', () => {
  test('a command is heard with who asks, and answered to them alone', async () => {
    const { discord, heard } = await aListener(() => answerOf('Kenya'));

    const seen = await discord.command({ ...asking, sub: 'state', options: { state: 'Kenya' }, permissions: ['ManageChannels'] });

    expect(heard).toEqual([
      {
        ...{ platform: 'discord', target: TARGET, by: { id: '900', locale: 'en', zone: null, ids: ['900'], may: 'channel' } },
        ...{ type: 'command', command: 'state', options: { state: 'Kenya' } },
      },
    ]);
    expect(JSON.stringify(seen)).toContain('## Kenya');
    expect(discord.read(CHANNEL)).toEqual([]);
    expect(discord.violations()).toEqual([]);
  });

  test('an answer to the channel is read by all, and its buttons change it', async () => {
    const { discord, heard } = await aListener((request) =>
      request.type === 'action' ? { type: 'view', message: said('Page 2') } : answerOf('Page 1', 'channel', 'More'),
    );

    await discord.command({ ...asking, sub: 'follow' });
    const [shown] = discord.read(CHANNEL);
    await discord.press({ id: shown?.id ?? '' }, 'next-page', { user: '901', permissions: ['SendMessages'] });

    expect(discord.read(CHANNEL).map(({ text }) => text)).toEqual(['## Page 2']);
    expect(heard.at(-1)).toMatchObject({
      type: 'action',
      action: 'next-page',
      values: [],
      message: { target: TARGET, id: shown?.id },
      by: { may: 'if-named' },
    });
    expect(discord.violations()).toEqual([]);
  });

  test('a command of a group is heard by both of its words, with a person by their id, and completed', async () => {
    const { discord, heard } = await aListener((request) => (request.type === 'complete' ? { type: 'choices', choices: [] } : answerOf('Given')));

    await discord.command({ ...asking, sub: 'task assign', options: { task: '7', to: '901' } });
    await discord.complete({ ...asking, sub: 'task assign', options: { task: '7' }, focused: 'task' });

    expect(heard).toMatchObject([
      { type: 'command', command: 'task assign', options: { task: '7', to: '901' } },
      { type: 'complete', command: 'task assign', option: 'task', typed: '7' },
    ]);
    expect(discord.violations()).toEqual([]);
  });

  const CARD = message({
    ...{ tone: 'info', title: 'The plan', body: [] },
    actions: [
      { id: 'do.1.task.claim:k3f9/7', label: 'Claim', style: 'primary' },
      { id: 'do.1.task.take:k3f9', label: 'Take a task…', style: 'select', choices: [{ label: 'Draft', value: '7' }] },
    ],
  });

  test.each([0, 600])('what is pressed on a posted card is answered to the one who pressed, and the card stays, after %d ms', async (ms) => {
    const { discord, adapter, heard } = await aListener(() => sleep(ms, answerOf('Yours')));
    const { ref } = await adapter.post(TARGET, CARD, { key: 'card', signal: new AbortController().signal });

    const pressed = await discord.press({ id: ref.id }, 'do.1.task.claim:k3f9/7', { user: '901' });
    await discord.choose({ id: ref.id }, 'do.1.task.take:k3f9', ['7'], { user: '902' });

    expect(pressed).toMatchObject({ ephemeral: true, text: '## Yours' });
    expect(heard.map((request) => request.type === 'action' && [request.action, request.values, request.message.id])).toEqual([
      ['do.1.task.claim:k3f9/7', [], ref.id],
      ['do.1.task.take:k3f9', ['7'], ref.id],
    ]);
    expect(discord.read(CHANNEL)).toMatchObject([{ text: expect.stringContaining('Take a task…'), edited: false }]);
    expect(discord.violations()).toEqual([]);
  });

  test('a button of a posted card opens a form, which comes back with its id and the person in it, and the card stays', async () => {
    const field = { label: 'To', hint: '', value: '', required: true, choices: [], completes: null } as const;
    const fields = [
      { ...field, id: 'receipt', input: 'line' as const },
      { ...field, id: 'to', input: 'member' as const },
    ];
    const { discord, adapter, heard } = await aListener((request) =>
      request.type === 'submit' ? answerOf('Done') : { type: 'form', id: 'do.1.task.finish:k3f9/7', title: 'Done', submit: 'Send', fields },
    );
    const { ref } = await adapter.post(TARGET, CARD, { key: 'card', signal: new AbortController().signal });

    const { modal } = await discord.press({ id: ref.id }, 'do.1.task.claim:k3f9/7', { user: '901' });
    if (modal === undefined) throw new Error('No form was opened');
    const done = await discord.submit(modal, { receipt: 'UPR-1', to: ['902'] });

    expect(heard.at(-1)).toMatchObject({ type: 'submit', form: 'do.1.task.finish:k3f9/7', values: { receipt: 'UPR-1', to: '902' }, by: { id: '901' } });
    expect(done).toMatchObject({ ephemeral: true, text: '## Done' });
    expect(discord.read(CHANNEL)).toMatchObject([{ edited: false }]);
    expect(discord.violations()).toEqual([]);
  });

  test('what is typed is completed', async () => {
    const { discord, heard } = await aListener(() => ({ type: 'choices', choices: [{ label: 'Kenya', value: 'KEN' }] }));

    const seen = await discord.complete({ ...asking, sub: 'state', options: { state: 'Ken' }, focused: 'state' });

    expect(heard[0]).toMatchObject({ type: 'complete', command: 'state', option: 'state', typed: 'Ken' });
    expect(JSON.stringify(seen)).toContain('KEN');
    expect(discord.violations()).toEqual([]);
  });

  test('a form opens, and comes back filled', async () => {
    const field = { id: 'why', label: 'Why', hint: '', value: '', required: true, input: 'line' as const, choices: [], completes: null };
    const { discord, heard } = await aListener((request) =>
      request.type === 'submit' ? answerOf('Thank you') : { type: 'form', id: 'wish', title: 'A wish', submit: 'Send', fields: [field] },
    );

    const opened = await discord.command({ ...asking, sub: 'follow' });
    if (opened.modal === undefined) throw new Error('No form was opened');
    await discord.submit(opened.modal, { why: 'because' });

    expect(heard.at(-1)).toMatchObject({ type: 'submit', form: 'wish', values: { why: 'because' } });
    expect(discord.violations()).toEqual([]);
  });

  test.each(['asker', 'channel'] as const)('an answer to the %s that takes longer comes after Discord was told to wait', async (audience) => {
    const slow = Promise.withResolvers<Response>();
    const { discord } = await aListener(() => slow.promise);

    void discord.command({ ...asking, sub: 'follow' });
    await expect.poll(() => discord.requests().filter(({ route }) => route.endsWith('/callback')).length).toBe(1);
    slow.resolve(answerOf('At last', audience));
    await expect.poll(() => JSON.stringify(discord.requests().at(-1)?.body ?? '')).toContain('At last');

    await expect.poll(() => discord.read(CHANNEL).map(({ text }) => text)).toEqual(audience === 'channel' ? ['## At last'] : []);
    expect(discord.violations()).toEqual([]);
  });

  test('a failure that nobody foresaw is answered kindly', async () => {
    const { discord } = await aListener(() => Promise.reject(new Error('a fault of the bot')));

    const seen = await discord.command({ ...asking, sub: 'follow' });

    expect(JSON.stringify(seen)).toContain('That did not work');
    expect(JSON.stringify(seen)).not.toContain('a fault of the bot');
    expect(discord.violations()).toEqual([]);
  });

  test('a connection that breaks is taken up again', async () => {
    const { discord } = await aListener(() => answerOf('Kenya'));

    discord.cut();
    await expect.poll(() => discord.gateway(), { timeout: 20_000 }).toMatchObject({ identifies: 1, resumes: 1 });
    const seen = await discord.command({ ...asking, sub: 'follow' });

    expect(JSON.stringify(seen)).toContain('## Kenya');
  });

  test('a bad token ends the login at once, with what to do', async () => {
    const { discord, start } = await aBot(() => answerOf('unused'), 'wrong-token');

    const failure = await start().catch((cause: unknown) => cause);

    expect(failure).toBeInstanceOf(ChatError);
    expect(failure).toMatchObject({ reason: 'fatal', message: expect.stringContaining('DISCORD_TOKEN') });
    expect(discord.gateway()).toMatchObject({ identifies: 0 });
  });
});
