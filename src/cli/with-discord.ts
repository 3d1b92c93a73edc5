import { ChatError } from '../adapters/adapter.ts';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import type { Registrar } from '../adapters/discord/publish.ts';
import { UserError } from '../commands/user-error.ts';
import { loadConfig } from '../config.ts';
import { createLog } from '../lib/log.ts';
import type { Io } from './io.ts';

/** Asks Discord something in the name of the bot, without a bot that runs. @throws ConfigError; UserError when Discord does not take it. */
export async function withDiscord<T>(io: Io, folder: string, work: (registrar: Registrar) => Promise<T>): Promise<T> {
  const { discord } = loadConfig({ env: io.env, folder, platforms: PLATFORM_NAMES });
  if (discord === null) throw new UserError('Set DISCORD_TOKEN first; docs/discord.md says where to get it.');
  const { createRegistrar } = await import('../adapters/discord/publish.ts');
  try {
    return await work(createRegistrar(discord, createLog('warn')));
  } catch (cause) {
    if (cause instanceof ChatError) throw new UserError(`Discord did not take it: ${cause.message}`);
    throw cause;
  }
}
