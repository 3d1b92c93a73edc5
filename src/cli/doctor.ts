import { join } from 'node:path';
import type { Command } from 'commander';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import { type Config, ConfigError, loadConfig } from '../config.ts';
import { openStore } from '../store/open-store.ts';
import { type Store, StoreError } from '../store/store.ts';
import { backupFolder } from './backup.ts';
import { calendarFindings, feedFinding, waitingFindings } from './doctor/calendar.ts';
import { type Finding, look, well } from './doctor/finding.ts';
import { backupFinding, diskFinding, portFinding } from './doctor/machine.ts';
import { clockFindings, platformFindings } from './doctor/platforms.ts';
import { databaseFindings, liveLeases, pausedFindings, postingFindings } from './doctor/posting.ts';
import type { Io } from './io.ts';
import { jsonOption } from './options.ts';

interface DoctorOptions {
  readonly config: string;
  readonly json: boolean;
  readonly backups?: string;
}

/** `upr-watch doctor`: looks at everything a bot needs and says what is not well, and what to do; exit code 1 then. */
export function doctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('look at settings, database, calendar, clock, tokens, rights, disk and what waits, and say what is not well and what to do')
    .option('--backups <folder>', 'where backups lie; `backups` in the data folder when left out')
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      const findings = await examine(io, options);
      const isWell = findings.every((finding) => finding.well);
      if (options.json) io.write(`${JSON.stringify({ well: isWell, findings }, null, 2)}\n`);
      else for (const finding of findings) io.write(`${finding.well ? 'well' : 'LOOK'}  ${finding.what.padEnd(10)}  ${finding.detail}\n`);
      if (!isWell) io.fail(1);
    });
}

/** Without settings there is nothing else to look at; without a database, little. */
async function examine(io: Io, options: DoctorOptions): Promise<readonly Finding[]> {
  const config = settingsOf(io, options.config);
  if (Array.isArray(config)) return config;
  const settings = well('settings', `channels: ${config.channels.length}, subscriptions: ${config.subscriptions.length}`);
  const store = await openStore(config.database, { verify: true }).catch((cause: unknown) => {
    if (cause instanceof StoreError) return look('database', cause.message);
    throw cause;
  });
  if ('well' in store) return [settings, store, await diskFinding(config.data)];
  try {
    return [
      settings,
      ...(await withDatabase(io, config, store)),
      await backupFinding(options.backups ?? backupFolder(config), await firstUse(store), io.clock.now()),
    ];
  } finally {
    await store.close();
  }
}

function settingsOf(io: Io, folder: string): Config | Finding[] {
  try {
    return loadConfig({ env: io.env, folder, platforms: PLATFORM_NAMES });
  } catch (cause) {
    if (cause instanceof ConfigError) return cause.faults.map((fault) => look('settings', fault));
    throw cause;
  }
}

async function withDatabase(io: Io, config: Config, store: Store): Promise<readonly Finding[]> {
  const now = io.clock.now();
  const home = { folder: join(config.folder, 'calendar'), data: config.data };
  const platforms = await platformFindings(config, store, io.clock.now);
  const server = await store.time();
  const aheadMs = new Map([...platforms.aheadMs, ...(server === null ? [] : [['the database', io.clock.now() - server] as const])]);
  const found = [
    ...(await calendarFindings(store, home, now)),
    ...(await databaseFindings(store, now)),
    ...clockFindings(aheadMs),
    ...platforms.findings,
    ...(await postingFindings(store, now)),
    ...(await waitingFindings(store)),
    ...(await pausedFindings(store)),
    await feedFinding(store, config.feed),
    await portFinding(config, (await liveLeases(store)).length > 0),
    await diskFinding(config.data),
  ];
  return found.filter((finding) => finding !== null);
}

/** When there was something to lose for the first time; null where a start never was. */
async function firstUse(store: Store): Promise<number | null> {
  return (await store.calendar.revisionsAfter(0))[0]?.at ?? null;
}
