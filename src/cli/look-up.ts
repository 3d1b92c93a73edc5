/** What every command that looks things up needs: the calendar as asked for, a voice, and a printer. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM_NAMES } from '../adapters/adapters.ts';
import { render } from '../adapters/console/render.ts';
import { effectiveCalendar } from '../calendar/effective.ts';
import { type Config, loadConfig } from '../config.ts';
import { asOf, sourcesAsOf } from '../domain/calendar/as-of.ts';
import { derivePicture } from '../domain/calendar/derive.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { Voice } from '../message/content.ts';
import type { Message } from '../message/message.ts';
import { loadWords } from '../words-file.ts';
import type { Io } from './io.ts';

export interface LookUpOptions {
  readonly at?: Instant;
  readonly asOf?: Day;
  readonly json: boolean;
  readonly config?: string;
}

export interface LookUp {
  readonly config: Config;
  readonly facts: CalendarFacts;
  readonly picture: Picture;
  readonly now: Instant;
  /** Null when everything that is known is used. */
  readonly asOf: Day | null;
  readonly voice: Voice;
}

/** @throws ConfigError, CalendarError or StoreError. */
export async function lookUp(io: Io, options: LookUpOptions): Promise<LookUp> {
  const config = loadConfig({ env: io.env, folder: options.config ?? io.configFolder, platforms: PLATFORM_NAMES });
  const now = options.at ?? io.clock.now();
  const known = options.asOf ?? null;
  const all = await calendarInForce(config);
  const facts = known === null ? all : { ...asOf(all, known), sources: sourcesAsOf(all, known) };
  const words = await loadWords(join(config.folder, 'locales'));
  const [channel] = config.channels;
  const reader = { now, zone: channel?.zone ?? 'Europe/Zurich', locale: channel?.locale ?? 'en', discreet: false, mentionRole: null, facts };
  return { config, facts, picture: derivePicture(facts), now, asOf: known, voice: { reader, words: words(reader.locale) } };
}

/** With what was applied, where there is a database; a look-up never makes one. */
async function calendarInForce({ folder, data, database }: Config): Promise<CalendarFacts> {
  const home = { folder: join(folder, 'calendar'), data: existsSync(data) ? data : null };
  if ('file' in database && !existsSync(database.file)) return (await effectiveCalendar(home, null)).facts;
  const { openStore } = await import('../store/open-store.ts');
  const store = await openStore(database);
  try {
    return (await effectiveCalendar(home, store)).facts;
  } finally {
    await store.close();
  }
}

/** Prints the message for a person, or the JSON for a program. */
export function print(io: Io, options: { readonly json: boolean }, answer: { readonly message: () => Message; readonly json: () => unknown }): void {
  if (options.json) io.write(`${JSON.stringify(answer.json(), null, 2)}\n`);
  else io.write(render(answer.message(), { width: Math.min(100, Math.max(40, io.columns)), styled: io.isTerminal }));
}
