import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type ChatInputCommandInteraction,
  Client,
  type ClientOptions,
  DiscordAPIError,
  type ForumChannel,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  RateLimitError,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  type TextChannel,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { aClock } from '../../support/a-clock.ts';
import { startDiscord } from '../../support/discord/server.ts';
import type { ChannelPlan, DiscordPlan } from '../../support/discord/store.ts';

const NOON = Date.UTC(2026, 6, 10, 12);
const APP = '900000000000000001';
const GUILD = '900000000000000002';
const TEXT = '900000000000000003';
const FORUM = '900000000000000004';
const MUTED = '900000000000000005';
const HIDDEN = '900000000000000006';
const ROLE = '900000000000000007';
const ANNA = '900000000000000008';
const TOKEN = 'a-token';

const channels: readonly ChannelPlan[] = [
  { id: TEXT, name: 'dates', type: ChannelType.GuildText },
  { id: FORUM, name: 'reviews', type: ChannelType.GuildForum },
  { id: MUTED, name: 'rules', type: ChannelType.GuildText, permissions: ['ViewChannel'] },
  { id: HIDDEN, name: 'board', type: ChannelType.GuildText, permissions: [] },
];

async function aDiscord(plan: Partial<DiscordPlan> = {}) {
  const clock = aClock(NOON);
  const guilds = [{ id: GUILD, name: 'Geneva', channels, roles: [{ id: ROLE, name: 'watchers' }] }];
  const discord = await startDiscord({ now: clock.now, application: { id: APP }, token: TOKEN, guilds, limits: { channel: null }, ...plan });
  onTestFinished(discord.close);
  /** A request as any program could make it. */
  const ask = async (method: string, path: string, body?: unknown, authorization = `Bot ${TOKEN}`) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${discord.url}/api/v10${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  };
  return { clock, discord, ask };
}

/** discord.js itself, logged in. */
async function aBot(
  answer: (interaction: Interaction) => Promise<unknown> = async () => {},
  plan: Partial<DiscordPlan> = {},
  options: Partial<ClientOptions> = {},
) {
  const { clock, discord, ask } = await aDiscord(plan);
  const failures: unknown[] = [];
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: `${discord.url}/api`, retries: 0, rejectOnRateLimit: () => true },
    ...options,
  });
  onTestFinished(() => client.destroy());
  client.on('interactionCreate', (interaction) => void answer(interaction).catch((failure: unknown) => failures.push(failure)));
  const ready = once(client, 'clientReady');
  await client.login(TOKEN);
  await ready;
  const channel = async (id: string) => (await client.channels.fetch(id)) as TextChannel;
  return { clock, discord, ask, client, channel, failures };
}

const anna = { guild: GUILD, channel: TEXT, user: ANNA, locale: 'fr' } as const;
const upr = { ...anna, name: 'upr' } as const;
const row = (...buttons: readonly ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
const button = (id: string) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary);

describe('The gateway', () => {
  test('lets discord.js log in and tells it of guilds, channels and rights', async () => {
    const { client, discord } = await aBot();

    const guild = client.guilds.cache.get(GUILD);
    expect([guild?.name, guild?.available, guild?.roles.cache.get(ROLE)?.name]).toEqual(['Geneva', true, 'watchers']);
    expect(guild?.channels.cache.map(({ name }) => name)).toEqual(['dates', 'reviews', 'rules', 'board']);
    const rights = (id: string) => {
      const me = guild?.members.me;
      return me && guild.channels.cache.get(id)?.permissionsFor(me).has('SendMessages');
    };
    expect([rights(TEXT), rights(MUTED)]).toEqual([true, false]);
    expect(discord.gateway()).toMatchObject({ identifies: 1, resumes: 0 });
  });

  test('replays to a client that was cut off what it missed', async () => {
    const { client, discord } = await aBot(async (interaction) => (interaction as ChatInputCommandInteraction).reply('here I am'));

    const resumed = once(client, 'shardResume');
    discord.cut();
    const answer = discord.command(upr);

    expect(await answer).toMatchObject({ text: 'here I am' });
    await resumed;
    expect(discord.gateway()).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test('asks to reconnect, and the client resumes', async () => {
    const { client, discord } = await aBot();

    const resumed = once(client, 'shardResume');
    discord.reconnect();
    await resumed;

    expect(discord.gateway()).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test('lets a client resume on the connection it has, when its session is only shaken', async () => {
    const { client, discord } = await aBot();

    const resumed = once(client, 'shardResume');
    discord.invalidate({ resumable: true });
    await resumed;

    expect(discord.gateway()).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test.each([
    ['a wrong token', { token: 'another', intents: 1 }, 4004],
    ['intents that do not exist', { token: TOKEN, intents: 1 << 30 }, 4013],
    ['intents nobody approved', { token: TOKEN, intents: GatewayIntentBits.MessageContent }, 4014],
    ['a shard that does not exist', { token: TOKEN, intents: 1, shard: [2, 2] }, 4010],
  ])('closes on %s', async (_, d, code) => {
    const { discord } = await aDiscord();
    const socket = await aSocket(discord.gatewayUrl);

    socket.say(2, { properties: {}, ...d });

    expect(await socket.closed).toBe(code);
    expect(discord.gateway().identifies).toBe(0);
  });

  test('acknowledges heartbeats, and counts its dispatches', async () => {
    const { discord } = await aDiscord();
    const socket = await aSocket(discord.gatewayUrl);

    socket.say(1, null);
    expect(await socket.next()).toMatchObject({ op: 11 });
    socket.say(2, { token: TOKEN, intents: 1, properties: {} });

    expect(await socket.next()).toMatchObject({ op: 0, s: 1, t: 'READY', d: { guilds: [{ id: GUILD, unavailable: true }] } });
    expect(await socket.next()).toMatchObject({ op: 0, s: 2, t: 'GUILD_CREATE', d: { id: GUILD } });
    expect(discord.gateway()).toEqual({ identifies: 1, resumes: 0, heartbeats: 1 });
  });

  test('says that a session it does not know is invalid, and ends sessions when told to', async () => {
    const { discord } = await aDiscord();
    const stranger = await aSocket(discord.gatewayUrl);
    stranger.say(6, { token: TOKEN, session_id: 'gone', seq: 3 });
    expect(await stranger.next()).toEqual({ op: 9, d: false });

    stranger.say(2, { token: TOKEN, intents: 1, properties: {} });
    const { d } = (await stranger.next()) as { d: { session_id: string } };
    await stranger.next();
    discord.invalidate();
    expect(await stranger.next()).toEqual({ op: 9, d: false });

    stranger.say(6, { token: TOKEN, session_id: d.session_id, seq: 2 });
    expect(await stranger.next()).toEqual({ op: 9, d: false });
  });
});

/** The gateway as its protocol, without discord.js; HELLO is behind it. */
async function aSocket(url: string) {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  onTestFinished(() => socket.terminate());
  const heard: unknown[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)));
    wake();
  });
  const next = async (): Promise<unknown> => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard.shift();
  };
  const closed = once(socket, 'close').then(([code]) => code as number);
  expect(await next()).toMatchObject({ op: 10 });
  return { next, closed, say: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })) };
}

describe('What a person sees', () => {
  test('of a reply: when, to whom, and which words', async () => {
    const { clock, discord } = await aBot(async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      clock.pass(400);
      await command.reply({ content: `${command.locale} ${command.options.getString('state')}`, flags: MessageFlags.Ephemeral });
    });

    const seen = await discord.command({ ...upr, sub: 'next', options: { state: 'Chad' } });

    expect(seen).toMatchObject({ acknowledgedAfterMs: 400, ephemeral: true, text: 'fr Chad' });
    expect(discord.read(TEXT)).toEqual([]);
    expect(discord.violations()).toEqual([]);
  });

  test('of a promised answer is its edit, and a follow-up is another message', async () => {
    const { clock, discord } = await aBot(async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.deferReply();
      clock.pass(60_000);
      await command.editReply('late, but here');
      await command.followUp('and more');
      await command.deleteReply();
    });

    expect(await discord.command(upr)).toMatchObject({ acknowledgedAfterMs: 0, text: 'late, but here' });
    await expect.poll(() => discord.read(TEXT).map(({ text }) => text)).toEqual(['and more']);
    expect(discord.violations()).toEqual([]);
  });

  test('of an answer after three seconds is that there is none', async () => {
    const { clock, discord, failures } = await aBot(async (interaction) => {
      clock.pass(3_001);
      await (interaction as ChatInputCommandInteraction).reply('too late');
    });

    expect(await discord.command(upr)).toMatchObject({ acknowledgedAfterMs: null, text: 'The application did not respond' });
    await expect.poll(() => failures).toMatchObject([{ code: 10062, status: 404 }]);
  });

  test('ends a quarter of an hour after the command', async () => {
    const { clock, discord, failures } = await aBot(async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.deferReply();
      clock.pass(15 * 60_000);
      await command.editReply('too late');
    });

    expect(await discord.command(upr)).toMatchObject({ acknowledgedAfterMs: 0, text: '', message: null });
    await expect.poll(() => failures).toMatchObject([{ code: 50027, status: 401 }]);
  });

  test('is answered once only', async () => {
    const { discord, ask } = await aBot(async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      const { resource } = await command.reply({ content: 'once', withResponse: true });
      const twice = await ask('POST', `/interactions/${command.id}/${command.token}/callback`, { type: 4, data: { content: 'twice' } });
      await command.followUp(`${resource?.message?.content} ${twice.status} ${twice.json.code}`);
    });

    await discord.command(upr);
    await expect.poll(() => discord.read(TEXT).map(({ text }) => text)).toEqual(['once', 'once 400 40060']);
  });

  test('while typing are choices of a registered command', async () => {
    const { client, discord } = await aBot(async (interaction) => {
      if (interaction.isAutocomplete()) await interaction.respond([{ name: `${interaction.options.getFocused()}d`, value: 'TCD' }]);
    });
    const command = new SlashCommandBuilder().setName('upr').setDescription('Dates').setDefaultMemberPermissions(32);
    command.addSubcommand((sub) =>
      sub
        .setName('state')
        .setDescription('One State')
        .addStringOption((option) => option.setName('state').setDescription('Which').setRequired(true).setAutocomplete(true)),
    );
    await client.application?.commands.set([command]);

    const seen = await discord.complete({ ...upr, sub: 'state', options: { state: 'Cha' }, focused: 'state' });

    expect(seen.choices).toEqual([{ name: 'Chad', value: 'TCD' }]);
    expect(discord.commands()).toMatchObject([{ name: 'upr', default_member_permissions: '32' }]);
    await expect(discord.command({ ...upr, sub: 'state' })).rejects.toThrow('asks for state');
    await expect(discord.command({ ...upr, name: 'other' })).rejects.toThrow('There is no /other');
    await expect(discord.command(upr)).rejects.toThrow('asks for a sub-command');
    expect(discord.violations()).toEqual([]);
  });

  test('of buttons and selects is the message as it was changed', async () => {
    const select = new StringSelectMenuBuilder()
      .setCustomId('zone')
      .addOptions({ label: 'Geneva', value: 'Europe/Zurich' }, { label: 'Dili', value: 'Asia/Dili' });
    const { discord, channel } = await aBot(async (interaction) => {
      if (interaction.isButton()) await interaction.update({ content: `pressed ${interaction.customId}` });
      if (!interaction.isStringSelectMenu()) return;
      await interaction.deferUpdate();
      await interaction.editReply({ content: `chose ${interaction.values}`, components: [] });
    });
    const message = await (await channel(TEXT)).send({
      content: 'what now',
      components: [row(button('mute')), new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)],
    });

    expect(await discord.press(message, 'mute', anna)).toMatchObject({ text: 'pressed mute\nmute\nGeneva\nDili', ephemeral: false });
    expect(await discord.choose(message, 'zone', ['Asia/Dili'], anna)).toMatchObject({ text: 'chose Asia/Dili' });
    await expect(discord.press(message, 'mute', anna)).rejects.toThrow('nothing called mute');
    expect(discord.read(TEXT)).toMatchObject([{ text: 'chose Asia/Dili', edited: true }]);
    expect(discord.violations()).toEqual([]);
  });

  test('of a form is its fields, and its answer once it is sent', async () => {
    const input = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Short).setMaxLength(10);
    const modal = new ModalBuilder().setCustomId('form').setTitle('Correct');
    modal.addLabelComponents(new LabelBuilder().setLabel('Why').setTextInputComponent(input));
    const { discord } = await aBot(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(modal);
      if (interaction.isModalSubmit()) await interaction.reply(`because ${interaction.fields.getTextInputValue('why')}`);
    });

    const { text, modal: opened } = await discord.command(upr);
    if (opened === undefined) throw new Error('no form was opened');

    expect(text).toBe('Correct');
    await expect(discord.submit(opened, {})).rejects.toThrow('why has to be filled in');
    await expect(discord.submit(opened, { why: 'far too long a text' })).rejects.toThrow('does not take');
    expect(await discord.submit(opened, { why: 'it moved' })).toMatchObject({ text: 'because it moved' });
    expect(discord.violations()).toEqual([]);
  });
});

describe('A channel', () => {
  test('shows each message once, whatever is repeated with its nonce', async () => {
    const { clock, discord, channel } = await aBot();
    const dates = await channel(TEXT);
    const post = () => dates.send({ content: 'moved', nonce: 'n1', enforceNonce: true });

    const [first, again] = [await post(), await post()];
    expect(again.id).toBe(first.id);
    clock.pass(180_000);
    await post();

    expect(discord.read(TEXT).map(({ at, nonce }) => [at - NOON, nonce])).toEqual([
      [0, 'n1'],
      [180_000, 'n1'],
    ]);
  });

  test('shows content, embeds and components in reading order, and pings only whom it may', async () => {
    const { discord, channel } = await aBot();
    const dates = await channel(TEXT);

    await dates.send({
      content: `<@&${ROLE}> @everyone`,
      embeds: [{ title: 'Title', description: 'Words', fields: [{ name: 'Due', value: 'Friday' }], footer: { text: 'Source' } }],
      components: [row(button('mute'))],
      allowedMentions: { roles: [ROLE] },
    });
    await dates.send({ flags: MessageFlags.IsComponentsV2, components: [new TextDisplayBuilder({ content: `<@&${ROLE}>` })] });

    expect(discord.read(TEXT)).toMatchObject([
      { text: '@watchers @everyone\nTitle\nWords\nDue\nFriday\nSource\nmute', pinged: [ROLE], edited: false },
      { text: `<@&${ROLE}>`, pinged: [] },
    ]);
    expect(discord.violations()).toEqual([]);
  });

  test('takes a file beside the words', async () => {
    const { discord, channel } = await aBot();

    await (await channel(TEXT)).send({ content: 'the dates', files: [{ attachment: Buffer.from('BEGIN:VCALENDAR'), name: 'dates.ics' }] });
    await (await channel(TEXT)).send({ files: [{ attachment: Buffer.from('BEGIN:VCALENDAR'), name: 'dates.ics' }] });

    expect(discord.read(TEXT).map(({ text }) => text)).toEqual(['the dates', '']);
    expect(discord.violations()).toEqual([]);
  });

  test('of a forum takes a thread with its first message, and messages in it', async () => {
    const { discord, channel } = await aBot();
    const forum = (await channel(FORUM)) as unknown as ForumChannel;

    const thread = await forum.threads.create({ name: 'Chad', message: { content: 'first' } });
    await thread.send('second');

    expect(discord.threads(FORUM)).toEqual([{ id: thread.id, name: 'Chad' }]);
    expect(discord.read(thread.id).map(({ text }) => text)).toEqual(['first', 'second']);
    expect(discord.violations()).toEqual([]);
  });

  test.each([
    ['that is unknown', '1', 404, 10003],
    ['that is hidden', HIDDEN, 403, 50001],
    ['in which the bot is mute', MUTED, 403, 50013],
    ['that is a forum', FORUM, 400, 50008],
  ])('%s takes no message', async (_, id, status, code) => {
    const { ask } = await aDiscord();

    expect(await ask('POST', `/channels/${id}/messages`, { content: 'hello' })).toMatchObject({ status, json: { code } });
  });

  test('takes nothing from a stranger, or from a bot that was thrown out', async () => {
    const { discord, ask } = await aDiscord();

    expect(await ask('POST', `/channels/${TEXT}/messages`, { content: 'hello' }, 'Bot wrong')).toMatchObject({ status: 401, json: { code: 0 } });
    discord.kick(GUILD);
    expect(await ask('POST', `/channels/${TEXT}/messages`, { content: 'hello' })).toMatchObject({ status: 403, json: { code: 50001 } });
    expect(await ask('GET', `/guilds/${GUILD}`)).toMatchObject({ status: 404, json: { code: 10004 } });
  });

  test('can be closed to the bot, or deleted', async () => {
    const { client, discord } = await aBot();
    const gone = once(client, 'channelDelete');

    discord.permit(TEXT, ['ViewChannel']);
    discord.deleteChannel(MUTED);
    await gone;

    const guild = client.guilds.cache.get(GUILD);
    expect(guild?.members.me && guild.channels.cache.get(TEXT)?.permissionsFor(guild.members.me).has('SendMessages')).toBe(false);
    expect(guild?.channels.cache.has(MUTED)).toBe(false);
  });
});

describe('A request', () => {
  test('beyond the limit of its channel is told how long to wait', async () => {
    const { discord, ask } = await aDiscord({ limits: {} });

    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await ask('POST', `/channels/${TEXT}/messages`, { content: `${n}` }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0']);
    expect(answers[5]).toMatchObject({ json: { retry_after: 5, global: false } });
    expect([answers[5]?.headers.get('retry-after'), answers[5]?.headers.get('x-ratelimit-scope'), discord.limited(TEXT)]).toEqual(['5', 'user', 1]);
  });

  test('that is limited becomes an error of discord.js when it may not wait', async () => {
    const { discord, channel } = await aBot();
    const dates = await channel(TEXT);
    discord.fail(TEXT, { kind: 'limited', retryAfterMs: 7_000 });

    const failure = await dates.send('hello').catch((cause: unknown) => cause);

    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({ retryAfter: expect.closeTo(7_000, -3) });
  });

  test('that goes where nothing is known is remembered', async () => {
    const { discord, ask } = await aDiscord();

    expect(await ask('GET', '/nowhere')).toMatchObject({ status: 404 });
    expect(discord.violations()).toMatchObject([{ route: 'GET /nowhere' }]);
  });

  test('meets the faults it was promised', async () => {
    const { discord, ask } = await aDiscord();
    const post = (content: string) =>
      ask('POST', `/channels/${TEXT}/messages`, { content }).then(
        ({ status }) => status,
        () => 'broken',
      );
    discord.fail(TEXT, { kind: 'status', status: 502 }, { kind: 'reset-before' }, { kind: 'lost-answer' }, { kind: 'error', code: 50013 }, { kind: 'hang' });

    expect([await post('a'), await post('b'), await post('c'), await post('d')]).toEqual([502, 'broken', 'broken', 403]);
    const hanging = post('e');
    await expect.poll(() => discord.requests().length).toBe(4);
    expect(discord.read(TEXT).map(({ text }) => text)).toEqual(['c']);
    discord.release();
    expect(await hanging).toBe(200);
  });
});

const v2 = MessageFlags.IsComponentsV2;
const linkRow = (n: number) => ({ type: 1, components: Array.from({ length: n }, (_, i) => ({ type: 2, style: 5, label: `${i}`, url: 'https://un.org' })) });
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ label: `${i}`, value: `${i}` }));
const embed = (description: string) => ({ description });
const press = (more: object) => ({ components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x', ...more }] }] });

describe('A body that Discord would not take is refused and remembered', () => {
  test.each<[string, object]>([
    ['nothing to say', {}],
    ['a content of 2001', { content: 'x'.repeat(2_001) }],
    ['an unknown field', { content: 'x', colour: 'red' }],
    ['an unknown field deep inside', { embeds: [{ title: 'x', feilds: [] }] }],
    ['an embed that shows nothing', { embeds: [{}] }],
    ['an embed title of 257', { embeds: [{ title: 'x'.repeat(257) }] }],
    ['26 fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] }],
    ['an empty field', { embeds: [{ fields: [{ name: 'a', value: '' }] }] }],
    ['embeds of 6001 in all', { embeds: [embed('x'.repeat(4_000)), embed('x'.repeat(2_001))] }],
    ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }],
    ['an ephemeral post', { content: 'x', flags: MessageFlags.Ephemeral }],
    ['mentions said twice', { content: 'x', allowed_mentions: { parse: ['users'], users: [ANNA] } }],
    ['six rows', { components: Array.from({ length: 6 }, () => linkRow(1)) }],
    ['41 components, nested ones included', { flags: v2, components: Array.from({ length: 7 }, () => linkRow(5)) }],
    ['texts of 4001 in all', { flags: v2, components: [10, 10].map((type) => ({ type, content: 'x'.repeat(2_001) })) }],
    ['content beside components of version 2', { flags: v2, content: 'x', components: [{ type: 10, content: 'x' }] }],
    ['embeds beside components of version 2', { flags: v2, embeds: [embed('x')], components: [{ type: 10, content: 'x' }] }],
    ['a text component without the flag', { components: [{ type: 10, content: 'x' }] }],
    ['six buttons in a row', { components: [linkRow(6)] }],
    ['a custom id twice', { components: ['a', 'a'].map((custom_id) => ({ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id }] })) }],
    ['a custom id of 101', press({ custom_id: 'x'.repeat(101) })],
    ['a button without an id', press({ custom_id: undefined })],
    ['a link button without a url', press({ style: 5, custom_id: undefined })],
    ['a link button with an id', press({ style: 5, url: 'https://un.org' })],
    ['a button without a label', press({ label: undefined })],
    ['a label of 81', press({ label: 'x'.repeat(81) })],
    ['a select of 26', { components: [{ type: 1, components: [{ type: 3, custom_id: 'x', options: options(26) }] }] }],
    ['a select beside a button', { components: [{ type: 1, components: [{ type: 3, custom_id: 'x', options: options(2) }, ...linkRow(1).components] }] }],
    ['the same option twice', { components: [{ type: 1, components: [{ type: 3, custom_id: 'x', options: [...options(2), ...options(1)] }] }] }],
  ])('%s', async (_, body) => {
    const { discord, ask } = await aDiscord();

    expect(await ask('POST', `/channels/${TEXT}/messages`, body)).toMatchObject({
      status: 400,
      json: { code: expect.any(Number), message: expect.any(String) },
    });
    expect(discord.violations()).toMatchObject([{ route: `POST /channels/${TEXT}/messages` }]);
    expect(discord.violations()[0]?.flaws).toHaveLength(1);
    expect(discord.read(TEXT)).toEqual([]);
  });

  const command = (more: object) => [{ name: 'upr', description: 'Dates', ...more }];
  const option = (more: object = {}) => ({ type: 3, name: 'state', description: 'Which', ...more });
  const choices = (n: number) => options(n).map(({ label, value }) => ({ name: label, value }));
  test.each<[string, object]>([
    ['capitals in a name', command({ name: 'Upr' })],
    ['a space in a name', command({ name: 'u p' })],
    ['a command without a description', command({ description: undefined })],
    ['a description of 101', command({ description: 'x'.repeat(101) })],
    ['a language that Discord does not have', command({ description_localizations: { ar: 'x' } })],
    ['26 choices', command({ options: [option({ choices: choices(26) })] })],
    ['choices and autocomplete', command({ options: [option({ choices: choices(1), autocomplete: true })] })],
    ['26 options', command({ options: Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` })) })],
    ['an option twice', command({ options: [option(), option()] })],
    ['a required option behind another', command({ options: [option({ name: 'a' }), option({ required: true })] })],
    ['options beside sub-commands', command({ options: [option(), { type: 1, name: 'sub', description: 'x' }] })],
    ['a command twice', [...command({}), ...command({})]],
    [
      'more than 8000 letters',
      command({
        options: Array.from({ length: 25 }, (_, i) =>
          option({ name: `o${i}`, choices: choices(25).map(({ name, value }) => ({ name: name.padEnd(20), value })) }),
        ),
      }),
    ],
  ])('%s', async (_, body) => {
    const { discord, ask } = await aDiscord();

    expect(await ask('PUT', `/applications/${APP}/commands`, body)).toMatchObject({ status: 400, json: { code: 50035 } });
    expect(discord.violations()[0]?.flaws).toHaveLength(1);
  });

  const field = (custom_id: string, more: object = {}) => ({ type: 18, label: 'Why', component: { type: 4, style: 1, custom_id, ...more } });
  const modal = (components: readonly object[], more: object = {}) => ({ type: 9, data: { custom_id: 'm', title: 'T', components, ...more } });
  test.each<[string, object]>([
    ['26 choices to complete with', { type: 8, data: { choices: choices(26) } }],
    ['an empty answer', { type: 4, data: {} }],
    ['a deferral with another flag', { type: 5, data: { flags: v2 } }],
    ['a form title of 46', modal([field('a')], { title: 'x'.repeat(46) })],
    ['a form of six parts', modal(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => field(id)))],
    ['a form with an id twice', modal([field('a'), field('a')])],
    ['a form field whose text is longer than it takes', modal([field('a', { max_length: 2, value: 'abc' })])],
    ['an update of no message', { type: 7, data: { content: 'x' } }],
  ])('%s', async (_, body) => {
    const { discord, ask } = await aBot(async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      const { status, json } = await ask('POST', `/interactions/${command.id}/${command.token}/callback`, body);
      await command.reply(`${status} ${json.code}`);
    });

    expect((await discord.command(upr)).text).toMatch(/^400 500(06|35)$/);
  });

  test('an edit that leaves nothing, or takes the flag of version 2 lightly', async () => {
    const { discord, ask } = await aDiscord();
    const { json: old } = await ask('POST', `/channels/${TEXT}/messages`, { content: 'x' });
    const { json: modern } = await ask('POST', `/channels/${TEXT}/messages`, { flags: v2, components: [{ type: 10, content: 'x' }] });

    expect(await ask('PATCH', `/channels/${TEXT}/messages/${old.id}`, { content: '' })).toMatchObject({ status: 400, json: { code: 50006 } });
    expect(await ask('PATCH', `/channels/${TEXT}/messages/${modern.id}`, { content: 'y' })).toMatchObject({ status: 400, json: { code: 50035 } });
    expect(discord.violations()).toHaveLength(2);
  });

  test('and discord.js hears why, at the place that is wrong', async () => {
    const { channel } = await aBot();

    const failure = await (await channel(TEXT)).send({ embeds: [{ title: 'x'.repeat(257) }] }).catch((cause: unknown) => cause);

    expect(failure).toBeInstanceOf(DiscordAPIError);
    expect(failure).toMatchObject({ code: 50035, status: 400, message: expect.stringContaining('embeds[0].title') });
  });
});
