/** The calendar that is in force: the shipped files, with what an operator applied laid over them. */
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { overlay } from '../domain/calendar/layers.ts';
import type { Instant } from '../domain/time.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { fingerprint, loadThroughCache } from './cache.ts';
import { type CalendarText, loadCalendar, loadOperatorFile, readCalendarFolder } from './load.ts';

/** Where a calendar is read from. */
export interface CalendarHome {
  /** Folder of the shipped files. */
  readonly folder: string;
  /** Data folder, for the cache; null reads without one. */
  readonly data: string | null;
}

/** The facts in force, and a mark that is the same for the same files read by the same code. */
export interface Effective {
  readonly facts: CalendarFacts;
  readonly fingerprint: string;
}

/**
 * Reads the folder and what the store holds. A shipped file older than the one in the store gives way to it, so that an
 * older image never takes back a date. The store is not written.
 *
 * @throws CalendarError with every fault of every file.
 */
export async function effectiveCalendar(home: CalendarHome, store: Store | null): Promise<Effective> {
  return readEffective(home, store);
}

/** Like {@link effectiveCalendar}, and remembers in the store which files were shipped. Unchanged files are not written. */
export async function adoptCalendar(home: CalendarHome, store: Store, now: Instant): Promise<Effective> {
  const { fresh, ...effective } = await readEffective(home, store);
  if (fresh.length > 0) await store.transaction((trx) => trx.calendar.putFiles(fresh, now));
  return effective;
}

async function readEffective({ folder, data }: CalendarHome, store: Store | null): Promise<Effective & { fresh: readonly StoredFile[] }> {
  const load = (files: readonly CalendarText[]) => (data === null ? loadCalendar(files) : loadThroughCache(files, data));
  const texts = await readCalendarFolder(folder);
  const shipped = await load(texts);
  const stored = store === null ? [] : await store.calendar.files('shipped');
  const newer = stored.filter(({ file, version }) => version > (shipped.versions.get(file) ?? 0));
  const used = newer.length === 0 ? texts : replaced(texts, newer);
  const { facts } = newer.length === 0 ? shipped : loadCalendar(used);
  const applied = store === null ? [] : await store.calendar.files('operator');
  const known = new Map(stored.map(({ file, body }) => [file, body]));
  const kept = new Set(newer.map(({ file }) => file));
  const fresh = texts
    .filter(({ file, text }) => !kept.has(file) && known.get(file) !== text)
    .map(({ file, text }): StoredFile => ({ layer: 'shipped', file, version: shipped.versions.get(file) ?? 1, body: text }));
  const everything = [...used, ...applied.map(({ file, body }) => ({ file, text: body }))];
  return { facts: applied.reduce(withOperatorFile, facts), fingerprint: fingerprint(everything), fresh };
}

function replaced(texts: readonly CalendarText[], newer: readonly StoredFile[]): readonly CalendarText[] {
  const bodies = new Map(newer.map(({ file, body }) => [file, body]));
  return [...texts.filter(({ file }) => !bodies.has(file)), ...[...bodies].map(([file, text]) => ({ file, text }))];
}

function withOperatorFile(facts: CalendarFacts, { file, body }: StoredFile): CalendarFacts {
  return overlay(facts, loadOperatorFile({ file, text: body }, facts).layer);
}
