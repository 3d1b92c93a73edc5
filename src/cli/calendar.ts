import { type Command, Option } from 'commander';
import { CERTAINTIES } from '../domain/calendar/certainty.ts';
import { checkFolder } from './calendar-check.ts';
import { writeSchemas } from './calendar-schema.ts';
import type { Io } from './io.ts';
import { atOption, jsonOption, readNumber, sessionOption, stateOption } from './options.ts';

/** `upr-watch calendar …`: what maintainers and operators do with dates. */
export function calendarCommand(program: Command, io: Io): void {
  const calendar = program.command('calendar').description('check and change the calendar');
  calendar
    .command('check')
    .description('read every calendar file and say what is wrong, or what there is')
    .addOption(jsonOption())
    .action((_local: unknown, command: Command) => checkFolder(io, command.optsWithGlobals()));
  addChanges(calendar, io);
  addLooks(calendar, io);
  calendar
    .command('keys')
    .description('make a pair of keys: one signs the calendar that you publish, the other shows its followers that it is yours')
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const { printKeys } = await import('./calendar-keys.ts');
      printKeys(io, command.optsWithGlobals());
    });
  calendar
    .command('export-corrections')
    .description('give what teams corrected in their chats as files for `calendar apply`, or for the shared calendar')
    .option('--installation <id>', 'of one server or workspace alone, such as discord/1234567890; left out: of all')
    .option('--out <folder>', 'write one file a session there, in place of printing them')
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const { exportCorrections } = await import('./calendar-corrections.ts');
      await exportCorrections(io, command.optsWithGlobals());
    });
  calendar
    .command('schema')
    .description('write the JSON Schemas of the calendar files and of --json')
    .action((_local: unknown, command: Command) => writeSchemas(io, command.optsWithGlobals()));
}

const FILES = 'YAML files shaped like config/calendar/sessions/50.yaml; parts may be left out';

function addChanges(calendar: Command, io: Io): void {
  calendar
    .command('import')
    .description('read dates from a spreadsheet, a calendar export or a file into a proposal')
    .argument('<file>', 'a file that ends in .yaml, .json, .csv, .tsv or .ics')
    .option('--out <folder>', 'write the proposal there, as files for `calendar apply`')
    .option('--source <id>', 'source of the rows that name none')
    .addOption(new Option('--certainty <certainty>', 'certainty of the rows that say none').choices(CERTAINTIES.filter((known) => known !== 'unknown')))
    .option('--skip-faulty', 'propose the rest when some rows cannot be used', false)
    .addOption(jsonOption())
    .action(async (file: string, _local: unknown, command: Command) => {
      const { importPath } = await import('./calendar-import.ts');
      await importPath(io, file, command.optsWithGlobals());
    });
  calendar
    .command('preview')
    .description('show what applying files would change, which channels hear of it, and what they read')
    .argument('<files...>', FILES)
    .addOption(jsonOption())
    .action(async (files: string[], _local: unknown, command: Command) => {
      const { previewPaths } = await import('./calendar-preview.ts');
      await previewPaths(io, files, command.optsWithGlobals());
    });
  calendar
    .command('apply')
    .description('lay the dates of files over the shipped calendar and tell the channels that follow them')
    .argument('<files...>', FILES)
    .option('--yes', 'also when it reaches many channels or withdraws many dates', false)
    .addOption(jsonOption())
    .action(async (files: string[], _local: unknown, command: Command) => {
      const { applyPaths } = await import('./calendar-apply.ts');
      await applyPaths(io, files, command.optsWithGlobals());
    });
  calendar
    .command('approve')
    .description('carry out a change that waits because it reaches many channels or withdraws many dates')
    .argument('[id]', 'what `apply`, or the log of the bot, called it; left out: list what waits')
    .addOption(jsonOption())
    .action(async (id: string | undefined, _local: unknown, command: Command) => {
      const { approve } = await import('./calendar-apply.ts');
      await approve(io, id, command.optsWithGlobals());
    });
}

function addLooks(calendar: Command, io: Io): void {
  calendar
    .command('log')
    .description('what became of the calendar, the latest first, and what stood before')
    .addOption(stateOption())
    .addOption(sessionOption())
    .option('--limit <number>', 'how many revisions', readNumber, 20)
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const { printLog } = await import('./calendar-log.ts');
      await printLog(io, command.optsWithGlobals());
    });
  calendar
    .command('stale')
    .description('what nobody has looked at for too long, the most urgent first, and where to look')
    .addOption(atOption())
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const { listStale } = await import('./calendar-stale.ts');
      await listStale(io, command.optsWithGlobals());
    });
  calendar
    .command('checked')
    .description('write down that you looked today and found what the calendar says')
    .argument('<facts...>', 'such as 54-KEN-national_report, 54-presession, session-54 or hrc65')
    .requiredOption('--source <id>', 'where you looked: an id of sources.yaml')
    .option('--seen', 'the document that is due was there')
    .addOption(new Option('--not-seen', 'the document that is due was not there').conflicts('seen'))
    .addOption(jsonOption())
    .action(async (facts: string[], _local: unknown, command: Command) => {
      const { recordLooks } = await import('./calendar-checked.ts');
      const { notSeen, ...options } = command.optsWithGlobals<Parameters<typeof recordLooks>[2] & { notSeen?: boolean }>();
      await recordLooks(io, facts, notSeen === true ? { ...options, seen: false } : options);
    });
}
