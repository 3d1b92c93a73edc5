/**
 * What the calendar files said when they were last read and found sound, so that a start does not parse them again
 * (parsing and checking the YAML costs 0.4 s and 60 MB). The cache is only an echo: it is used when every byte of the
 * files, and of the code that reads them, is the same; anything else about it is ignored.
 */
import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { type CalendarText, type LoadedCalendar, loadCalendar } from './load.ts';

/** The rooms that decide what a file means. */
const READERS = [import.meta.dirname, join(import.meta.dirname, 'feed'), join(import.meta.dirname, '../domain/calendar')];
const FILE = 'calendar.cache.json';

interface Echo {
  readonly key: string;
  readonly versions: readonly (readonly [string, number])[];
  readonly facts: { readonly [Part in keyof CalendarFacts]: readonly (readonly unknown[])[] };
}

/**
 * Like {@link loadCalendar}, by way of the cache in `folder` (the data folder). A cache that cannot be read or written
 * costs time and nothing else.
 *
 * @throws CalendarError with every fault of every file.
 */
export async function loadThroughCache(texts: readonly CalendarText[], folder: string): Promise<LoadedCalendar> {
  const key = fingerprint(texts);
  const echo = await readEcho(join(folder, FILE));
  if (echo?.key === key) return revive(echo);
  const loaded = loadCalendar(texts);
  await writeEcho(folder, { key, versions: [...loaded.versions], facts: flat(loaded.facts) }).catch(() => undefined);
  return loaded;
}

let readersAtStart: Hash | null = null;

/** The code that this process runs, whatever becomes of its files meanwhile. */
function readers(): Hash {
  if (readersAtStart !== null) return readersAtStart.copy();
  const hash = createHash('sha256');
  for (const room of READERS) {
    for (const name of readdirSync(room)
      .filter((entry) => entry.endsWith('.ts'))
      .sort())
      hash.update(readFileSync(join(room, name))).update('\0');
  }
  readersAtStart = hash;
  return hash.copy();
}

/** The same for the same files read by the same code, and for nothing else. */
export function fingerprint(texts: readonly CalendarText[]): string {
  const hash = readers();
  for (const { file, text } of texts) hash.update(file).update('\0').update(text).update('\0');
  return hash.digest('base64url');
}

async function readEcho(file: string): Promise<Echo | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Echo;
  } catch {
    return null;
  }
}

/** Written aside and moved into place, so that a reader never sees half of it. */
async function writeEcho(folder: string, echo: Echo): Promise<void> {
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `${FILE}.${process.pid}`);
  await writeFile(aside, JSON.stringify(echo));
  await rename(aside, join(folder, FILE));
}

function flat(facts: CalendarFacts): Echo['facts'] {
  return {
    sources: [...facts.sources],
    places: [...facts.places],
    states: [...facts.states],
    sessions: [...facts.sessions],
    councils: [...facts.councils],
    holidays: [...facts.holidays],
    rules: [...facts.rules],
    avenues: [...facts.avenues],
  };
}

function revive({ versions, facts }: Echo): LoadedCalendar {
  const map = <K, V>(entries: readonly (readonly unknown[])[]) => new Map(entries as readonly (readonly [K, V])[]);
  return {
    versions: new Map(versions),
    facts: {
      sources: map(facts.sources),
      places: map(facts.places),
      states: map(facts.states),
      sessions: map(facts.sessions),
      councils: map(facts.councils),
      holidays: map(facts.holidays),
      rules: map(facts.rules),
      avenues: map(facts.avenues),
    },
  };
}
