/**
 * The platforms there are. To add one: import its schema, and give it a line in {@link PLATFORMS}. Schemas import no
 * SDK, and an adapter is only loaded when it is made, so a platform that is not configured costs nothing.
 */
import type { z } from 'zod';
import type { Adapter } from './adapter.ts';
import type { ConsoleTools } from './console/index.ts';
import { consoleSchema } from './console/schema.ts';

/** What every adapter may use of the world. */
export type AdapterTools = ConsoleTools;

const PLATFORMS = {
  console: platform(consoleSchema, async () => (await import('./console/index.ts')).createConsoleAdapter),
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

type Create<Config> = (config: Config, tools: AdapterTools) => Adapter;

function platform<Schema extends z.ZodType>(schema: Schema, load: () => Promise<Create<z.infer<Schema>>>) {
  return {
    schema,
    make: async (settings: unknown, tools: AdapterTools): Promise<Adapter> => {
      const config = schema.parse(settings);
      return (await load())(config, tools);
    },
  };
}
