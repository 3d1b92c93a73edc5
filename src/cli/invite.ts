import { Argument, type Command } from 'commander';
import { inviteLink } from '../adapters/discord/rights.ts';
import type { Io } from './io.ts';
import { withDiscord } from './with-discord.ts';

/** `upr-watch invite discord`: the link where somebody adds the bot to a server, with the least rights. */
export function inviteCommand(program: Command, io: Io): void {
  program
    .command('invite')
    .description('print the link that adds the bot to a server, with the least rights')
    .addArgument(new Argument('<platform>', 'where').choices(['discord']))
    .action(async (_platform: string, _local: unknown, command: Command) => {
      const { config: folder } = command.optsWithGlobals<{ config: string }>();
      const id = io.env.DISCORD_APPLICATION_ID ?? '';
      const link = /^\d+$/.test(id) ? inviteLink(id) : await withDiscord(io, folder, (registrar) => registrar.inviteLink());
      io.write(`${link}\n`);
    });
}
