/** What every command needs that looks at the calendar of this machine, or changes it. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import type { CalendarHome } from '../calendar/effective.ts';
import { CalendarError, type CalendarText } from '../calendar/load.ts';
import { readText } from '../calendar/text-file.ts';
import { UserError } from '../commands/user-error.ts';
import { type Config, loadConfig } from '../config.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { GENEVA } from '../domain/time.ts';
import type { Voice } from '../message/content.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { loadWords } from '../words-file.ts';
import type { Io } from './io.ts';

export interface Room {
  readonly store: Store;
  readonly config: Config;
  readonly home: CalendarHome;
  readonly now: number;
  /** Speaks English to whoever runs the command, with the facts at hand. */
  readonly voice: (facts: CalendarFacts) => Promise<Voice>;
}

/**
 * Opens the store for one piece of work. With `looking` no database is made: where there is none, an empty one in memory
 * stands for it.
 *
 * @throws ConfigError, StoreError.
 */
export async function inRoom<T>(io: Io, options: { readonly config: string; readonly looking: boolean }, work: (room: Room) => Promise<T>): Promise<T> {
  const config = loadConfig({ env: io.env, folder: options.config, platforms: PLATFORM_NAMES });
  const { database, data, folder } = config;
  const none = options.looking && 'file' in database && !existsSync(database.file);
  const store = await openStore(none ? { file: ':memory:' } : database);
  const now = io.clock.now();
  const voice = async (facts: CalendarFacts): Promise<Voice> => {
    const words = (await loadWords(join(folder, 'locales')))('en');
    return { reader: { now, zone: GENEVA, locale: 'en', discreet: false, mentionRole: null, facts }, words };
  };
  try {
    return await work({ store, config, home: { folder: join(folder, 'calendar'), data: options.looking && !existsSync(data) ? null : data }, now, voice });
  } finally {
    await store.close();
  }
}

/** Reads files that a person names; each is known by its name alone. @throws UserError, CalendarError. */
export async function readFiles(paths: readonly string[]): Promise<readonly CalendarText[]> {
  const files: CalendarText[] = [];
  for (const path of paths) {
    const file = basename(path);
    if (files.some((other) => other.file === file)) throw new UserError(`Two files are called ${file}; a file is known by its name.`);
    const read = await readText(path);
    if ('text' in read) files.push({ file, text: read.text });
    else if (read.fault.startsWith('cannot')) throw new UserError(`${path} ${read.fault}; give the path of a YAML file.`);
    else throw new CalendarError([{ file, line: 0, message: read.fault }]);
  }
  return files;
}
