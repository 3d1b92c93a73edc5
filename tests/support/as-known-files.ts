/** Calendar files as a maintainer would have had them on an earlier day: of a case, or of sessions that are shipped. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Day } from '../../src/domain/time.ts';
import type { Home } from './a-process.ts';

type Entry = Readonly<Record<string, unknown>>;

/** Sessions as a file writes them, and the sources that the shipped ones do not have. */
export interface Course {
  readonly sources: Entry;
  readonly sessions: readonly Entry[];
}

const CONFIG = join(import.meta.dirname, '../../config/calendar');
const read = (file: string) => parse(readFileSync(file, 'utf8')) as Entry;

/** A case of `tests/fixtures/`. */
export function courseOf(name: string): Course {
  const { sources, sessions } = read(join(import.meta.dirname, `../fixtures/${name}.yaml`));
  return { sources: sources as Entry, sessions: sessions as readonly Entry[] };
}

/** Shipped sessions, with these States only; what was found out afterwards about documents is left away. */
export function shippedCourse(numbers: readonly number[], states: readonly string[]): Course {
  const sessions = numbers.map((number) => {
    const { states: listed, version: _version, checked: _checked, notes: _notes, ...session } = read(join(CONFIG, `sessions/${number}.yaml`));
    const kept = (listed as readonly Entry[]).filter(({ state }) => states.includes(String(state)));
    return { ...session, states: kept.map(({ documents: _documents, ...review }) => review) };
  });
  return { sources: {}, sessions };
}

/** Takes out of the folder what a course does not speak of: reading all States and sources of the world takes most of a story's time. */
export function writeWorldOf(home: Home, { sources, sessions }: Course): void {
  const folder = join(home.config, 'calendar');
  for (const file of readdirSync(join(folder, 'sessions'))) rmSync(join(folder, 'sessions', file));
  const kept = ['hrc-sessions', 'rules', 'holidays', ...readdirSync(join(folder, 'related')).map((file) => `related/${file.replace('.yaml', '')}`)];
  const others = [...kept.map((name) => join(folder, `${name}.yaml`)), join(home.config, 'length-limits.yaml')];
  const text = JSON.stringify(sessions) + others.map((file) => readFileSync(file, 'utf8')).join('');
  const words = new Set(text.match(/\w+/g));
  const ofThese = (entries: Entry) => Object.fromEntries(Object.entries(entries).filter(([id]) => words.has(id)));
  const { states, names_source, ...world } = read(join(folder, 'states.yaml'));
  const cited = new Set(names_source as readonly string[]);
  const named = read(join(folder, 'sources.yaml'));
  const all = named.sources as Entry;
  const write = (file: string, entry: Entry) => writeFileSync(join(folder, file), JSON.stringify(entry));
  write('states.yaml', { ...world, names_source, states: (states as readonly Entry[]).filter(({ code }) => words.has(String(code))) });
  write('sources.yaml', { ...named, sources: { ...ofThese(all), ...Object.fromEntries(Object.entries(all).filter(([id]) => cited.has(id))), ...sources } });
}

/** Makes these sessions, as known on `day`, those of the folder. */
export function writeCourse(home: Home, { sessions }: Course, day: Day): void {
  // Days count up, and so does the version of a file that is written on them.
  const header = { version: Number(day.replaceAll('-', '')), checked: day };
  for (const session of sessions) {
    const known = sessionOn(session, day);
    if (known !== null) writeFileSync(join(home.config, `calendar/sessions/${session.session}.yaml`), JSON.stringify({ ...header, ...known }));
  }
}

function sessionOn(session: Entry, day: Day): Entry | null {
  const dates = dateOn(session.dates as Entry, day);
  if (dates === null) return null;
  const { held, deadlines, states, ...rest } = session;
  const over = String(dates.until ?? dates.date) <= day;
  return {
    ...{ ...rest, dates, deadlines: datesOn(deadlines as Entry, day) },
    ...(over && held !== undefined ? { held } : {}),
    states: (states as readonly Entry[]).filter((review) => isKnown(review, day)).map((review) => reviewOn(review, day)),
  };
}

function reviewOn({ review, deadlines, events = [], ...rest }: Entry, day: Day): Entry {
  const date = review === undefined ? null : dateOn(review as Entry, day);
  const happened = (events as readonly Entry[]).filter((event) => String(event.known ?? event.on) <= day);
  return { ...rest, ...(date === null ? {} : { review: date }), deadlines: datesOn(deadlines as Entry, day), events: happened };
}

function datesOn(dates: Entry = {}, day: Day): Entry {
  const known = Object.entries(dates).map(([kind, fact]) => [kind, dateOn(fact as Entry, day)] as const);
  return Object.fromEntries(known.filter(([, fact]) => fact !== null));
}

/** The value that stood on that day, without the looks that were still to come; null when there was none. */
function dateOn({ looks, earlier, ...fact }: Entry, day: Day): Entry | null {
  const stood = isKnown(fact, day) ? { ...fact, ...(earlier === undefined ? {} : { earlier }) } : earlierValue(fact, earlier as readonly Entry[] | undefined);
  const seen = ((looks ?? []) as readonly Entry[]).filter((look) => String(look.date).slice(0, day.length) <= day);
  return stood === null ? null : { ...stood, ...(seen.length === 0 ? {} : { looks: seen }) };
}

function earlierValue(fact: Entry, earlier: readonly Entry[] = []): Entry | null {
  const claim = earlier.at(-1);
  return claim === undefined ? null : { ...claim, certainty: fact.certainty };
}

function isKnown({ known }: Entry, day: Day): boolean {
  return known === undefined || String(known) <= day;
}
