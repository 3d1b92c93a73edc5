/** Reads the folder of calendar files into facts, or says everything that is wrong with it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { emptyCouncil, emptySession, type Layer, overlay, patchSession } from '../domain/calendar/layers.ts';
import { alsoPatches } from './also.ts';
import { checkFacts, checkReferences, checkSessionFiles, type Where } from './checks.ts';
import { councilsOf, holidaysOf, placesOf, rulesOf, sessionOf, sourcesOf, statesOf } from './file-facts.ts';
import { LOOKED_FILE, lookedFile, lookedLayer } from './looked.ts';
import { avenuesOf, checkRelated, operatorRelatedFile, relatedFile } from './related.ts';
import { councilFile, holidaysFile, operatorFile, rulesFile, sessionFile, sourcesFile, statesFile } from './schema.ts';
import { readText } from './text-file.ts';
import { type Fault, type Locate, parseYamlFile } from './yaml-file.ts';

/** Thrown when calendar files are not fit to run on. Holds every fault. */
export class CalendarError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(faultText).join('\n'));
    this.name = 'CalendarError';
    this.faults = faults;
  }
}

export function faultText({ file, line, message }: Fault): string {
  return line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

/** A calendar file as it stands on disk. */
export interface CalendarText {
  readonly file: string;
  readonly text: string;
}

export interface LoadedCalendar {
  readonly facts: CalendarFacts;
  /** Version of each file by its name, for "an older file never replaces a newer one". */
  readonly versions: ReadonlyMap<string, number>;
}

/** @throws CalendarError when the folder cannot be read or any file has a fault. */
export async function readCalendarFolder(folder: string): Promise<readonly CalendarText[]> {
  const names = await listYaml(folder);
  return Promise.all(names.map(async (file) => ({ file, text: await textOf(join(folder, file), file) })));
}

async function textOf(path: string, file: string): Promise<string> {
  const read = await readText(path);
  if ('fault' in read) throw new CalendarError([{ file, line: 0, message: read.fault }]);
  return read.text;
}

/** With those that end in `.yml`, so that they are refused by name and not passed over. */
async function listYaml(folder: string): Promise<readonly string[]> {
  const names = await orFault(folder, readdir(folder, { recursive: true }));
  return names.filter((name) => /\.ya?ml$/i.test(name)).sort();
}

async function orFault<T>(file: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new CalendarError([{ file, line: 0, message: `cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'})` }]);
  }
}

/** @throws CalendarError with every fault of every file. */
export function loadCalendar(texts: readonly CalendarText[]): LoadedCalendar {
  const reading = new Reading(texts);
  const sources = reading.one('sources.yaml', sourcesFile);
  const states = reading.one('states.yaml', statesFile);
  const councils = reading.one('hrc-sessions.yaml', councilFile);
  const holidays = reading.one('holidays.yaml', holidaysFile);
  const rules = reading.one('rules.yaml', rulesFile);
  const sessions = reading.all(/^sessions\/\d+\.yaml$/, sessionFile);
  const related = reading.all(/^related\/[a-z-]+\.yaml$/, relatedFile);
  reading.strangers();
  if (reading.faults.length > 0 || !sources || !states || !councils || !holidays || !rules) throw new CalendarError(reading.faults);

  const named = new Map(sourcesOf(sources).map((source) => [source.id, source]));
  const facts: CalendarFacts = {
    sources: named,
    places: placesOf(sources),
    states: statesOf(states),
    sessions: new Map(sessions.map((file) => sessionOf(file)).map((patch) => [patch.number, patchSession(emptySession(patch), patch, named)])),
    councils: new Map(councilsOf(councils).map((patch) => [patch.number, { ...emptyCouncil(patch), ...patch }])),
    holidays: new Map(holidaysOf(holidays).map((year) => [year.year, year])),
    rules: rulesOf(rules),
    avenues: avenuesOf(related),
  };
  const { parsed, where } = reading;
  const faults = [
    ...checkSessionFiles(parsed),
    ...checkReferences(parsed, facts),
    ...checkRelated(
      parsed.filter(({ file }) => file.startsWith('related/')),
      facts,
    ),
    ...checkFacts(facts, where),
  ];
  if (faults.length > 0) throw new CalendarError(faults);
  return { facts, versions: reading.versions };
}

/** @throws CalendarError when the operator's file has a fault, also in what it refers to. */
export function loadOperatorFile(text: CalendarText, base: CalendarFacts): { layer: Layer; version: number } {
  const { layer, version, value, locate } = readOperatorText(text, base);
  const sources = new Map([...base.sources, ...layer.sources.map((source) => [source.id, source] as const)]);
  const where: Where = () => ({ file: text.file, line: 0 });
  const faults = checkReferences([{ file: text.file, value, locate }], { ...base, sources });
  if (layer.avenues !== undefined) faults.push(...checkRelated([{ file: text.file, value, locate }], base));
  if (faults.length === 0) faults.push(...checkFacts(overlay(base, layer), where));
  if (faults.length > 0) throw new CalendarError(faults);
  return { layer, version };
}

interface OperatorText {
  readonly layer: Layer;
  readonly version: number;
  readonly value: unknown;
  readonly locate: Locate;
}

function readOperatorText(text: CalendarText, base: CalendarFacts): OperatorText {
  if (text.file === LOOKED_FILE) return readLooked(text, base);
  return /^avenues:/m.test(text.text) ? readRelated(text) : readDates(text, base);
}

/** Dates of other bodies, in the shape of the files in `related/`. */
function readRelated({ file, text }: CalendarText): OperatorText {
  const parsed = parseYamlFile(file, text, operatorRelatedFile);
  if ('faults' in parsed) throw new CalendarError(parsed.faults);
  const { value, locate } = parsed;
  const layer = { sources: sourcesOf({ sources: value.sources ?? {} }), sessions: [], councils: [], holidays: [], avenues: [...avenuesOf([value]).values()] };
  return { layer, version: value.version, value, locate };
}

function readDates({ file, text }: CalendarText, base: CalendarFacts): OperatorText {
  const parsed = parseYamlFile(file, text, operatorFile);
  if ('faults' in parsed) throw new CalendarError(parsed.faults);
  const { value, locate } = parsed;
  const said: Layer = { sources: sourcesOf({ sources: value.sources ?? {} }), sessions: [sessionOf(value)], councils: [], holidays: [] };
  const layer = { ...said, sessions: [...said.sessions, ...alsoPatches(value, overlay(base, said))] };
  return { layer, version: value.version, value, locate };
}

function readLooked({ file, text }: CalendarText, base: CalendarFacts): OperatorText {
  const parsed = parseYamlFile(file, text, lookedFile);
  if ('faults' in parsed) throw new CalendarError(parsed.faults);
  return { layer: lookedLayer(parsed.value, base), version: parsed.value.version, value: parsed.value, locate: parsed.locate };
}

/** Parses file by file and remembers where every key stood. */
class Reading {
  readonly faults: Fault[] = [];
  readonly parsed: { file: string; value: unknown; locate: Locate }[] = [];
  readonly versions = new Map<string, number>();
  private readonly texts: ReadonlyMap<string, string>;

  constructor(texts: readonly CalendarText[]) {
    this.texts = new Map(texts.map(({ file, text }) => [file.replaceAll('\\', '/'), text]));
  }

  readonly where: Where = (file, path) => ({ file, line: this.parsed.find((entry) => entry.file === file)?.locate(path) ?? 0 });

  one<S extends z.ZodType>(file: string, schema: S): z.infer<S> | null {
    const text = this.texts.get(file);
    if (text !== undefined) return this.read(file, text, schema);
    this.faults.push({ file, line: 0, message: 'is missing' });
    return null;
  }

  all<S extends z.ZodType>(pattern: RegExp, schema: S): z.infer<S>[] {
    const files = [...this.texts].filter(([file]) => pattern.test(file));
    return files.map(([file, text]) => this.read(file, text, schema)).filter((value) => value !== null);
  }

  /** Files that belong nowhere are faults too: a misnamed session would silently be missing. */
  strangers(): void {
    for (const file of this.texts.keys()) {
      if (this.versions.has(file) || this.faults.some((fault) => fault.file === file)) continue;
      this.faults.push({ file, line: 0, message: 'is not a calendar file; sessions are named sessions/50.yaml' });
    }
  }

  private read<S extends z.ZodType>(file: string, text: string, schema: S): z.infer<S> | null {
    const parsed = parseYamlFile(file, text, schema);
    if ('faults' in parsed) {
      this.faults.push(...parsed.faults);
      return null;
    }
    this.parsed.push({ file, value: parsed.value, locate: parsed.locate });
    this.versions.set(file, (parsed.value as { version: number }).version);
    return parsed.value;
  }
}
