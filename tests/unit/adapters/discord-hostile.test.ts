/** Every command and every option, asked through Discord with what people should not type: a kind answer, inside the limits, that calls nobody. */
import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Adapter } from '../../../src/adapters/adapter.ts';
import { createDiscordAdapter } from '../../../src/adapters/discord/index.ts';
import { createRegistrar } from '../../../src/adapters/discord/publish.ts';
import { described } from '../../../src/cli/commands.ts';
import { COMMANDS, inputOf } from '../../../src/commands/spec.ts';
import { createLog } from '../../../src/lib/log.ts';
import { at, aVoice } from '../../support/a-voice.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { shippedFacts } from '../../support/shipped.ts';
import { aChat, type Chat } from '../commands/a-chat.ts';

const [GUILD, CHANNEL, TOKEN] = ['100', '200', 'MTIz.token.secret'];
const MANAGER = { user: '900', guild: GUILD, channel: CHANNEL, name: 'upr', permissions: ['ManageGuild'] } as const;
const NOW = at('2026-11-24');
/** As many characters as Discord lets somebody type in an option. */
const MOST = 6_000;

let [chat, discord, adapter]: [Chat, Discord, Adapter] = [] as never;

beforeAll(async () => {
  chat = await aChat({ facts: await shippedFacts(), now: NOW });
  discord = await startDiscord({
    ...{ now: () => NOW, token: TOKEN, application: { id: '123' }, limits: { channel: null, token: null } },
    guilds: [{ id: GUILD, name: 'UPR friends', channels: [{ id: CHANNEL, name: 'dates', type: ChannelType.GuildText }] }],
  });
  const config = { token: TOKEN, applicationId: '123', apiUrl: `${discord.url}/api` };
  const { words } = aVoice();
  await createRegistrar(config, createLog('silent')).publish('Dates', described(words));
  adapter = createDiscordAdapter(config, { log: createLog('silent'), words: () => words, refused: () => undefined });
  await adapter.start({
    request: ({ target, by, ...request }) => chat.ask(request, { target, by }),
    presence: async () => undefined,
    lost: () => undefined,
  });
});

afterAll(async () => {
  await adapter.stop();
  await discord.close();
  await chat.close();
});

/** The options that Discord asks for before it sends anything, filled as people fill them. */
const FILLED: Readonly<Record<string, string>> = { state: 'KEN', session: '54', deadline: '54-KEN-review', term: 'troika', follow: 'all', until: '2 days' };

const asked = COMMANDS.flatMap(({ name, options }) =>
  options.filter(({ kind }) => inputOf(kind) !== 'count').map((option) => [name, option.name, options.filter(({ required }) => required)] as const),
);

describe.each(Object.entries(HOSTILE))('Input that is %s', (_name, typed) => {
  test.each(asked)('in /upr %s %s is answered to its asker, inside the limits, and calls nobody', async (sub, option, required) => {
    const options = { ...Object.fromEntries(required.map(({ name }) => [name, FILLED[name] ?? 'x'])), [option]: typed.slice(0, MOST) };

    const seen = await discord.command({ ...MANAGER, sub, options });

    expect(seen.ephemeral).toBe(true);
    expect(seen.text).toMatch(/^## \S/);
    expect(seen.text).not.toMatch(/reference [0-9a-f]{8}|undefined|\[object/);
    expect(seen.message?.pinged).toEqual([]);
    expect(discord.violations()).toEqual([]);
  });
});

describe('Every command as it is', () => {
  test.each(COMMANDS.map(({ name, options }) => [name, options.filter(({ required }) => required)] as const))('/upr %s is answered', async (sub, required) => {
    const seen = await discord.command({ ...MANAGER, sub, options: Object.fromEntries(required.map(({ name }) => [name, FILLED[name] ?? 'x'])) });

    expect([seen.ephemeral, seen.text]).toEqual([sub !== 'test', expect.stringMatching(/^## \S/)]);
    expect(discord.violations()).toEqual([]);
  });
});

test('Whatever was typed, the channel reads tests alone, and nobody was called', () => {
  const read = discord.read(CHANNEL);

  expect(read.filter(({ text }) => !text.startsWith('## Test'))).toEqual([]);
  expect(read.flatMap(({ pinged }) => pinged)).toEqual([]);
});
