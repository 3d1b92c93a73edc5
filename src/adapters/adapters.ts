/**
 * The platforms there are. To add one: import its schema, and give it a line in {@link PLATFORMS}. Schemas import no
 * SDK, and an adapter is only loaded when it is made, so a platform that is not configured costs nothing.
 */
import type { z } from 'zod';
import type { Adapter } from './adapter.ts';
import type { ConsoleTools } from './console/index.ts';
import { consoleSchema } from './console/schema.ts';
import type { DiscordTools } from './discord/index.ts';
import { discordSchema } from './discord/schema.ts';
import type { SlackTools } from './slack/index.ts';
import { slackSchema } from './slack/schema.ts';

/** What every adapter may use of the world. */
export type AdapterTools = ConsoleTools & DiscordTools & SlackTools;

const PLATFORMS = {
  console: platform(consoleSchema, { tokens: 'one', load: async () => (await import('./console/index.ts')).createConsoleAdapter }),
  discord: platform(discordSchema, { tokens: 'one', load: async () => (await import('./discord/index.ts')).createDiscordAdapter }),
  slack: platform(slackSchema, { tokens: 'one-an-installation', load: async () => (await import('./slack/index.ts')).createSlackAdapter }),
};

export type PlatformName = keyof typeof PLATFORMS;
export const PLATFORM_NAMES = Object.keys(PLATFORMS) as readonly PlatformName[];

/** The schema of what an operator sets for a platform. */
export function schemaOf(name: PlatformName): z.ZodType {
  return PLATFORMS[name].schema;
}

/** Loads and makes an adapter; settings that do not fit its schema throw zod's error, with every fault in it. */
export function makeAdapter(name: PlatformName, settings: unknown, tools: AdapterTools): Promise<Adapter> {
  return PLATFORMS[name].make(settings, tools);
}

/** The lane of a channel: what its bot token serves. */
export function laneOf(name: string, installation: string): string {
  const known = Object.hasOwn(PLATFORMS, name) ? PLATFORMS[name as PlatformName] : undefined;
  return known?.tokens === 'one' ? name : `${name}:${installation}`;
}

type Create<Config> = (config: Config, tools: AdapterTools) => Adapter;

interface Loading<Config> {
  /** Whether the bot has one token on the platform, or one in each installation. */
  readonly tokens: 'one' | 'one-an-installation';
  readonly load: () => Promise<Create<Config>>;
}

function platform<Schema extends z.ZodType>(schema: Schema, { tokens, load }: Loading<z.infer<Schema>>) {
  return {
    schema,
    tokens,
    make: async (settings: unknown, tools: AdapterTools): Promise<Adapter> => {
      const config = schema.parse(settings);
      return (await load())(config, tools);
    },
  };
}
