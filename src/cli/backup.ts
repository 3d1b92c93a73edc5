import { join } from 'node:path';
import type { Command } from 'commander';
import type { z } from 'zod';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import { UserError } from '../commands/user-error.ts';
import { type Config, loadConfig } from '../config.ts';
import { toIso } from '../domain/time.ts';
import { isGone } from '../lib/identity.ts';
import { proveBackup } from '../store/backup/read.ts';
import { NotEmptyError, restoreBackup } from '../store/backup/restore.ts';
import { expireBackups, writeBackup } from '../store/backup/write.ts';
import type { backupJson, restoreJson } from './backup-json.ts';
import type { Io } from './io.ts';
import { jsonOption, readNumber } from './options.ts';
import { showProgress } from './progress.ts';
import { settledBy } from './settle-restored.ts';

const KEEP_DAYS = 30;

/** Where backups are made when nobody says where. */
export function backupFolder({ data }: Pick<Config, 'data'>): string {
  return join(data, 'backups');
}

interface BackupOptions {
  readonly config: string;
  readonly json: boolean;
  readonly to?: string;
  readonly keepDays: number;
}

/** `upr-watch backup`: the database as it is now, while the bot goes on; old backups of the same folder go. */
export function backupCommand(program: Command, io: Io): void {
  program
    .command('backup')
    .description('write the database as it is now into one file, while the bot goes on')
    .option('--to <folder>', 'where to; `backups` in the data folder when left out')
    .option('--keep-days <number>', 'backups there that are older are deleted', readNumber, KEEP_DAYS)
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<BackupOptions>();
      const config = loadConfig({ env: io.env, folder: options.config, platforms: PLATFORM_NAMES });
      const folder = options.to ?? backupFolder(config);
      const progress = showProgress(io, 'Backing up');
      const now = io.clock.now();
      const written = await writeBackup(config.database, { folder, now, progress: progress.at }).finally(progress.end);
      const expired = await expireBackups(folder, options.keepDays, now);
      const answer: z.infer<typeof backupJson> = { ...written, at: toIso(now), expired: [...expired] };
      if (options.json) return io.write(`${JSON.stringify(answer, null, 2)}\n`);
      io.write(`${written.file}\n${written.rows} rows, ${written.bytes} bytes, sha256 ${written.sha256}\n`);
      if (expired.length > 0) io.write(`${expired.length} older than ${options.keepDays} days ${expired.length === 1 ? 'was' : 'were'} deleted.\n`);
    });
}

interface RestoreOptions {
  readonly config: string;
  readonly json: boolean;
  readonly yes?: boolean;
}

/** `upr-watch restore <file>`: the database as a backup has it; nothing of the time since is said as an alert. */
export function restoreCommand(program: Command, io: Io): void {
  program
    .command('restore')
    .description('put a backup in the place of the database; what fell due since is not said, but one catch-up a channel lists what is ahead')
    .argument('<file>', 'a backup, of SQLite or PostgreSQL alike')
    .option('--yes', 'also where there is a database already')
    .addOption(jsonOption())
    .action(async (file: string, _local: unknown, command: Command) => {
      const options = command.optsWithGlobals<RestoreOptions>();
      const config = loadConfig({ env: io.env, folder: options.config, platforms: PLATFORM_NAMES });
      const backup = await proveBackup(file);
      const progress = showProgress(io, 'Restoring');
      const settled = settledBy(config, backup.header.id, io.clock.now());
      const plan = { replace: options.yes ?? false, isGone, settle: settled.settle, progress: progress.at };
      const aside = await restoreBackup(config.database, backup, plan).catch(emptyFirst).finally(progress.end);
      const answer: z.infer<typeof restoreJson> = {
        id: backup.header.id,
        made: toIso(backup.header.at),
        rows: backup.rows,
        catchingUp: settled.channels(),
        aside,
      };
      if (options.json) return io.write(`${JSON.stringify(answer, null, 2)}\n`);
      io.write(`Restored ${answer.rows} rows of ${answer.made}${backup.isSealed ? '' : ' (no .sha256 lay beside the file)'}.\n`);
      io.write(
        `${answer.catchingUp} ${answer.catchingUp === 1 ? 'channel hears' : 'channels hear'} in one catch-up what is ahead; nothing else of the time since is posted.\n`,
      );
      if (aside !== null) io.write(`The database that was there is ${aside} now; delete it when all is well.\n`);
    });
}

function emptyFirst(cause: unknown): never {
  if (!(cause instanceof NotEmptyError)) throw cause;
  throw new UserError('There is a database already. Make a backup of it with `upr-watch backup`, and add --yes to put this one in its place.');
}
