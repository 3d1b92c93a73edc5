import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { COMMANDS, type CommandSpec, groupOf, inputOf, keyOf, ownName } from '../commands/spec.ts';
import type { Words } from '../message/words.ts';
import { loadWords } from '../words-file.ts';
import type { Io } from './io.ts';
import { withDiscord } from './with-discord.ts';

/** `upr-watch commands publish discord`: tells Discord what may be asked; an unchanged set is left alone. */
export function commandsCommand(program: Command, io: Io): void {
  program
    .command('commands')
    .description('what may be asked in a chat')
    .command('publish')
    .description('register `/upr` and what is below it; needed once, and after an update that changes it')
    .addArgument(new Argument('<platform>', 'where').choices(['discord']))
    .action(async (_platform: string, _local: unknown, command: Command) => {
      const { config: folder } = command.optsWithGlobals<{ config: string }>();
      const words = (await loadWords(join(folder, 'locales')))('en');
      const { hash, changed } = await withDiscord(io, folder, (registrar) => registrar.publish(words('adapter.discord.upr'), described(words)));
      io.write(changed ? `Discord has the commands now (${hash}).\n` : `Discord has these commands already (${hash}); nothing was changed.\n`);
    });
}

/** The commands with their descriptions from the catalogue. */
export function described(words: Words, commands: readonly CommandSpec[] = COMMANDS) {
  const called = (name: string, key: string) => ({ name, description: words(`command.${key}`) });
  const groupNamed = (group: string | null) => (group === null ? null : called(group, group));
  return commands.map(({ name, options }) => ({
    ...called(ownName(name), keyOf(name)),
    group: groupNamed(groupOf(name)),
    options: options.map((option) => ({
      ...{ name: option.name, description: words(`option.${option.name}`) },
      ...{ required: option.required, input: inputOf(option.kind) },
    })),
  }));
}
