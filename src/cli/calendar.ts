import type { Command } from 'commander';
import { checkFolder } from './calendar-check.ts';
import { writeSchemas } from './calendar-schema.ts';
import type { Io } from './io.ts';
import { jsonOption } from './options.ts';

/** `upr-watch calendar …`: what maintainers and operators do with dates. */
export function calendarCommand(program: Command, io: Io): void {
  const calendar = program.command('calendar').description('check and change the calendar');
  calendar
    .command('check')
    .description('read every calendar file and say what is wrong, or what there is')
    .addOption(jsonOption())
    .action((_local: unknown, command: Command) => checkFolder(io, command.optsWithGlobals()));
  calendar
    .command('apply')
    .description('lay the dates of a file over the shipped calendar and tell the channels that follow them')
    .argument('<file>', 'a YAML file shaped like config/calendar/sessions/50.yaml; parts may be left out')
    .addOption(jsonOption())
    .action(async (file: string, _local: unknown, command: Command) => {
      const { applyFile } = await import('./calendar-apply.ts');
      await applyFile(io, file, command.optsWithGlobals());
    });
  calendar
    .command('schema')
    .description('write the JSON Schemas of the calendar files and of --json')
    .action((_local: unknown, command: Command) => writeSchemas(io, command.optsWithGlobals()));
}
