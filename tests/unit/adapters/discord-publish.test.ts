import * as spec from 'discord-api-spec/zod';
import { afterEach, describe, expect, test } from 'vitest';
import { commandSet, createRegistrar, hashOf } from '../../../src/adapters/discord/publish.ts';
import { inviteLink, permissionsIn } from '../../../src/adapters/discord/rights.ts';
import { described } from '../../../src/cli/commands.ts';
import { COMMANDS, type CommandSpec, groupsIn, keyOf } from '../../../src/commands/spec.ts';
import { createLog } from '../../../src/lib/log.ts';
import { createWords } from '../../../src/message/words.ts';
import { ENGLISH } from '../../support/a-voice.ts';
import { flawsOfCommands } from '../../support/discord/command-rules.ts';
import { startDiscord } from '../../support/discord/server.ts';

const TOKEN = 'MTIz.token.secret';

/** Words for every command, as long as a translator may write them. */
function longWords(commands: readonly CommandSpec[]) {
  const own = commands.flatMap(({ name, options }) => [`command.${keyOf(name)}`, ...options.map((option) => `option.${option.name}`)]);
  const keys = [...own, ...groupsIn(commands).map((group) => `command.${group}`)];
  return createWords('en', Object.fromEntries(keys.map((key) => [key, `${key} in many words `.repeat(9)])));
}
const WORDS = longWords(COMMANDS);
const WHAT = ['Dates of the Universal Periodic Review', described(WORDS)] as const;
const commands = () => commandSet(...WHAT);

let close: (() => Promise<unknown>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

async function aDiscord() {
  const discord = await startDiscord({ now: () => Date.UTC(2026, 6, 10), token: TOKEN, application: { id: '123' }, guilds: [] });
  close = () => discord.close();
  const registrar = createRegistrar({ token: TOKEN, applicationId: null, apiUrl: `${discord.url}/api` }, createLog('silent'));
  const written = () => discord.requests().filter(({ route }) => route.startsWith('PUT')).length;
  return { discord, registrar, written };
}

describe('The commands', () => {
  test('are as Discord wants them, with what is required first', () => {
    expect(spec.ApplicationCommandUpdateRequestSchema.safeParse(commands()[0]).error?.issues).toBeUndefined();
    for (const { options = [], description } of commands()[0]?.options ?? []) {
      expect(description.length).toBeLessThanOrEqual(100);
      expect(options.map(({ required }) => required)).toEqual([...options.map(({ required }) => required)].sort((a, b) => Number(b) - Number(a)));
    }
  });

  test('ask for each option as Discord can: completed, counted, chosen among roles, or written freely', () => {
    const options = new Map(commands()[0]?.options.flatMap(({ name, options: own = [] }) => own.map((option) => [`${name} ${option.name}`, option])));

    expect(options.get('next state')).toMatchObject({ type: 3, autocomplete: true });
    expect(options.get('settings zone')).toMatchObject({ type: 3, autocomplete: true });
    expect(options.get('next limit')).toMatchObject({ type: 4, min_value: 1 });
    expect(options.get('next limit')).not.toHaveProperty('autocomplete');
    for (const role of ['settings mention-role', 'settings manage-role']) expect(options.get(role)).toMatchObject({ type: 8 });
    expect(options.get('settings manage-role')).not.toHaveProperty('autocomplete');
    expect(options.get('mute reason')).toMatchObject({ type: 3, required: false });
    expect(options.get('mute reason')).not.toHaveProperty('autocomplete');
  });

  test('are in groups where they have two words, and ask for people', () => {
    const grouped: readonly CommandSpec[] = [
      { name: 'plan new', options: [], manages: false },
      { name: 'next', options: [], manages: false },
      { name: 'plan sign-on', options: [{ name: 'to', kind: 'member', required: false }], manages: false },
    ];
    const [upr] = commandSet('Dates', described(longWords(grouped), grouped));

    expect(upr?.options).toMatchObject([
      {
        type: 2,
        name: 'plan',
        options: [
          { type: 1, name: 'new', options: [] },
          { type: 1, name: 'sign-on', options: [{ type: 6, name: 'to' }] },
        ],
      },
      { type: 1, name: 'next' },
    ]);
    expect(spec.ApplicationCommandUpdateRequestSchema.safeParse(upr).error?.issues).toBeUndefined();
    expect(flawsOfCommands([upr as never])).toEqual([]);
    expect(hashOf([upr])).toBe(hashOf(JSON.parse(JSON.stringify([upr]))));
    const other = grouped.map((command) => ({ ...command, options: [] }));
    expect(hashOf(commandSet('Dates', described(longWords(grouped), other)))).not.toBe(hashOf([upr]));
  });

  test('say less of each where together they would say more than Discord takes, and all of it where they do not', () => {
    const many = ['a', 'b', 'c'].flatMap((group) =>
      Array.from({ length: 25 }, (_, at): CommandSpec => {
        return { name: `${group} x${at}`, options: [{ name: 'state', kind: 'state', required: false }], manages: false };
      }),
    );
    const [upr] = commandSet('Dates', described(longWords(many), many));

    expect(flawsOfCommands([upr as never])).toEqual([]);
    const english = described(createWords('en', ENGLISH));
    const published = saidIn(commandSet('Dates', english)[0]?.options ?? []);
    const groups = [...new Set(english.flatMap(({ group }) => group?.description ?? []))];
    const all = english.flatMap(({ description, options }) => [description, ...options.map((one) => one.description)]);
    expect(published.toSorted()).toEqual([...groups, ...all].toSorted());
  });

  test('have names that Discord takes', () => {
    type Named = Pick<ReturnType<typeof commands>[number]['options'][number], 'name' | 'options'>;
    const namesIn = ({ name, options = [] }: Named): readonly string[] => [name, ...options.flatMap(namesIn)];
    const names = commands().flatMap(namesIn);

    expect(names.filter((name) => !/^[a-z][a-z0-9-]{0,31}$/.test(name))).toEqual([]);
  });

  test('are other commands to the hash when an option is asked for otherwise', () => {
    const [name, described] = WHAT;
    const asText = described.map((command) => ({ ...command, options: command.options.map((option) => ({ ...option, input: 'text' as const })) }));

    expect(hashOf(commandSet(name, asText))).not.toBe(hashOf(commands()));
  });

  test('are registered once; a second time nothing is written', async () => {
    const { discord, registrar, written } = await aDiscord();

    expect(await registrar.publish(...WHAT)).toEqual({ changed: true, hash: hashOf(commands()) });
    expect(await registrar.publish(...WHAT)).toEqual({ changed: false, hash: hashOf(commands()) });

    expect(written()).toBe(1);
    expect(discord.commands().map(({ name }) => name)).toEqual(['upr']);
    expect(discord.violations()).toEqual([]);
  });

  test('are written again when a word changes', async () => {
    const { registrar, written } = await aDiscord();
    await registrar.publish(...WHAT);

    await registrar.publish('Other words', WHAT[1]);

    expect(written()).toBe(2);
  });
});

describe('The invitation', () => {
  test('asks for the rights to read, post and open threads, and no more', async () => {
    const { registrar } = await aDiscord();
    const link = new URL(await registrar.inviteLink());

    expect(link.toString()).toBe(inviteLink('123'));
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: '123',
      scope: 'bot applications.commands',
      permissions: `${(1n << 10n) | (1n << 11n) | (1n << 35n) | (1n << 38n)}`,
    });
  });
});

describe('What the bot may do', () => {
  const [VIEW, SEND] = [1n << 10n, 1n << 11n];
  const standing = {
    ...{ guildId: '1', memberId: '9', owner: false, roleIds: ['2'], overwrites: [] },
    roles: [
      { id: '1', permissions: `${VIEW}` },
      { id: '2', permissions: `${SEND}` },
      { id: '3', permissions: '8' },
    ],
  };

  test('is what its roles give, and no other role', () => {
    expect(permissionsIn(standing)).toBe(VIEW | SEND);
  });

  test('is what the channel leaves of it: everyone, then roles, then the bot itself', () => {
    const deny = { id: '1', allow: '0', deny: `${VIEW | SEND}` };
    const role = { id: '2', allow: `${VIEW}`, deny: '0' };
    const own = { id: '9', allow: `${SEND}`, deny: `${VIEW}` };

    expect(permissionsIn({ ...standing, overwrites: [deny] })).toBe(0n);
    expect(permissionsIn({ ...standing, overwrites: [own, role, deny] })).toBe(SEND);
    expect(permissionsIn({ ...standing, overwrites: [deny, role] })).toBe(VIEW);
  });

  test('is everything for an administrator and for the owner', () => {
    const deny = { id: '1', allow: '0', deny: `${VIEW}` };

    expect(permissionsIn({ ...standing, roleIds: ['3'], overwrites: [deny] }) & VIEW).toBe(VIEW);
    expect(permissionsIn({ ...standing, owner: true, overwrites: [deny] }) & VIEW).toBe(VIEW);
  });
});

interface Said {
  readonly description: string;
  readonly options?: readonly Said[];
}

function saidIn(nodes: readonly Said[]): readonly string[] {
  return nodes.flatMap(({ description, options = [] }) => [description, ...saidIn(options)]);
}
