/** The calendar that is in force: the shipped files, with what an operator applied laid over them. */
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { overlay } from '../domain/calendar/layers.ts';
import type { Instant } from '../domain/time.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { type CalendarText, loadCalendar, loadOperatorFile, readCalendarFolder } from './load.ts';

/**
 * Reads the folder and what the store holds. A shipped file older than the one in the store gives way to it, so that an
 * older image never takes back a date. Nothing is written.
 *
 * @throws CalendarError with every fault of every file.
 */
export async function effectiveCalendar(folder: string, store: Store | null): Promise<CalendarFacts> {
  return (await readEffective(folder, store)).facts;
}

/** Like {@link effectiveCalendar}, and remembers in the store which files were shipped. Unchanged files are not written. */
export async function adoptCalendar(folder: string, store: Store, now: Instant): Promise<CalendarFacts> {
  const { facts, fresh } = await readEffective(folder, store);
  if (fresh.length > 0) await store.transaction((trx) => trx.calendar.putFiles(fresh, now));
  return facts;
}

async function readEffective(folder: string, store: Store | null): Promise<{ facts: CalendarFacts; fresh: readonly StoredFile[] }> {
  const texts = await readCalendarFolder(folder);
  const shipped = loadCalendar(texts);
  const stored = store === null ? [] : await store.calendar.files('shipped');
  const newer = stored.filter(({ file, version }) => version > (shipped.versions.get(file) ?? 0));
  const { facts } = newer.length === 0 ? shipped : loadCalendar(replaced(texts, newer));
  const applied = store === null ? [] : await store.calendar.files('operator');
  const known = new Map(stored.map(({ file, body }) => [file, body]));
  const kept = new Set(newer.map(({ file }) => file));
  const fresh = texts
    .filter(({ file, text }) => !kept.has(file) && known.get(file) !== text)
    .map(({ file, text }): StoredFile => ({ layer: 'shipped', file, version: shipped.versions.get(file) ?? 1, body: text }));
  return { facts: applied.reduce(withOperatorFile, facts), fresh };
}

function replaced(texts: readonly CalendarText[], newer: readonly StoredFile[]): readonly CalendarText[] {
  const bodies = new Map(newer.map(({ file, body }) => [file, body]));
  return [...texts.filter(({ file }) => !bodies.has(file)), ...[...bodies].map(([file, text]) => ({ file, text }))];
}

function withOperatorFile(facts: CalendarFacts, { file, body }: StoredFile): CalendarFacts {
  return overlay(facts, loadOperatorFile({ file, text: body }, facts).layer);
}
