/** The commands as Discord registers them. An unchanged set is left alone: creating commands is limited to 200 a day. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import { createAsk, read } from './rest.ts';
import { inviteLink } from './rights.ts';
import type { DiscordConfig } from './schema.ts';
import { shorten } from './text.ts';

/** One command below `/upr`, its descriptions in words. */
interface Described {
  /** As it is called inside its group, where it is of one. */
  readonly name: string;
  readonly description: string;
  readonly group: { readonly name: string; readonly description: string } | null;
  readonly options: readonly { readonly name: string; readonly description: string; readonly required: boolean; readonly input: keyof typeof INPUT }[];
}

const TYPE = { command: 1, subCommand: 1, group: 2 } as const;
/** What a list may hold at most when a person says how many. */
const LARGEST_COUNT = 25;
const [DESCRIPTION, SHORTEST_DESCRIPTION] = [100, 20];
/**
 * Characters of all names, descriptions and values of a command:
 * https://docs.discord.com/developers/interactions/application-commands#slash-commands (read 2026-11-24).
 */
const WHOLE_COMMAND = 8_000;
/** What an option is to Discord: text, whole number, role or person. */
const INPUT = {
  choice: { type: 3, autocomplete: true },
  count: { type: 4, min_value: 1, max_value: LARGEST_COUNT },
  text: { type: 3 },
  role: { type: 8 },
  member: { type: 6 },
} as const;

/** A command, a group or an option, as Discord takes it. */
interface Node {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly options?: readonly Node[];
}

const optionSchema = z.object({
  type: z.int(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
});
const belowSchema = optionSchema.extend({ options: z.array(optionSchema).default([]) });
const commandSchema = z.object({
  type: z.int().default(1),
  name: z.string(),
  description: z.string(),
  contexts: z.array(z.int()).nullish(),
  integration_types: z.array(z.int()).nullish(),
  options: z.array(optionSchema.extend({ options: z.array(belowSchema).default([]) })).default([]),
});
type Registered = z.infer<typeof commandSchema>;

/**
 * `/upr` with its sub-commands and groups of them, in servers only. Options that are required come first, as Discord asks.
 * Descriptions are as long as all of them together may be.
 */
export function commandSet(description: string, commands: readonly Described[]) {
  const contexts = { contexts: [0], integration_types: [0] };
  for (let longest = DESCRIPTION; ; longest -= 5) {
    const upr = { type: TYPE.command, name: 'upr', description: shorten(description, longest), ...contexts, options: below(commands, longest) };
    if (lettersOf(upr) <= WHOLE_COMMAND || longest <= SHORTEST_DESCRIPTION) return [upr];
  }
}

/** A group stands where its first command does. */
function below(commands: readonly Described[], longest: number): readonly Node[] {
  const say = (text: string) => shorten(text, longest);
  const node = (command: Described): Node => ({
    ...{ type: TYPE.subCommand, name: command.name, description: say(command.description) },
    options: [...command.options]
      .sort((a, b) => Number(b.required) - Number(a.required))
      .map(({ name, description, required, input }) => ({ name, description: say(description), required, ...INPUT[input] })),
  });
  const places = Map.groupBy(commands, ({ name, group }) => group?.name ?? name);
  return [...places.values()].flatMap((members): readonly Node[] => {
    const group = members[0]?.group ?? null;
    return group === null ? members.map(node) : [{ type: TYPE.group, name: group.name, description: say(group.description), options: members.map(node) }];
  });
}

function lettersOf({ name, description, options = [] }: Node): number {
  return options.reduce((sum, option) => sum + lettersOf(option), name.length + description.length);
}

/** The same commands have the same hash, whatever Discord adds to them. */
export function hashOf(commands: unknown): string {
  const known = z.array(commandSchema).parse(commands);
  const inOrder = [...known]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ contexts, integration_types: types, ...rest }: Registered) => ({ ...rest, contexts: contexts ?? null, types: types ?? null }));
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('hex').slice(0, 12);
}

/** The bot's own account with Discord, for the command line. Its failures are ChatErrors. */
export interface Registrar {
  inviteLink(): Promise<string>;
  /** Registers `/upr` with these commands below it, unless Discord has exactly them already. */
  publish(description: string, commands: readonly Described[]): Promise<{ readonly hash: string; readonly changed: boolean }>;
}

export function createRegistrar(config: DiscordConfig, log: Logger): Registrar {
  const ask = createAsk(config, { log, refused: () => undefined });
  const applicationId = async () =>
    config.applicationId ?? read(z.object({ id: z.string().regex(/^\d+$/) }), await ask({ method: 'GET', path: '/applications/@me' })).id;
  return {
    inviteLink: async () => inviteLink(await applicationId()),
    publish: async (description, commands) => {
      const path = `/applications/${await applicationId()}/commands` as const;
      const set = commandSet(description, commands);
      const hash = hashOf(set);
      const { json } = await ask({ method: 'GET', path });
      const same = z.array(commandSchema).safeParse(json).success && hashOf(json) === hash;
      if (!same) await ask({ method: 'PUT', path, body: set });
      return { hash, changed: !same };
    },
  };
}
