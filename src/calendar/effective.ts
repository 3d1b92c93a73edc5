/** The calendar that is in force: the shipped files, the feed that is followed over them, and what an operator applied over both. */
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { overlay } from '../domain/calendar/layers.ts';
import type { Instant } from '../domain/time.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { fingerprint, loadThroughCache } from './cache.ts';
import { loadFeed } from './feed/read.ts';
import { keptSources, SOURCES_FILE } from './kept.ts';
import { CalendarError, type CalendarText, faultText, loadCalendar, loadOperatorFile, readCalendarFolder } from './load.ts';
import { LOOKED_FILE } from './looked.ts';
import type { Fault } from './yaml-file.ts';

/** Where a calendar is read from. */
export interface CalendarHome {
  /** Folder of the shipped files; null = as the store remembers them, which are the last that were taken up. */
  readonly folder: string | null;
  /** Data folder, for the cache; null reads without one. */
  readonly data: string | null;
}

/** The facts in force, and a mark that is the same for the same files read by the same code. */
export interface Effective {
  readonly facts: CalendarFacts;
  readonly fingerprint: string;
  /** Why the feed in the store is passed over, where it does not fit what was shipped since; else empty. */
  readonly passedOver: readonly Fault[];
  /** The dates of the feed that a newer image has overtaken, each passed over by itself. */
  readonly outdated: readonly string[];
  /** Why files that an operator applied are set aside, where they do not fit what lies below any more; they stay in the store. */
  readonly setAside: readonly Fault[];
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
  const stored = store === null ? [] : await store.calendar.files('shipped');
  const texts = folder === null ? stored.map(({ file, body }) => ({ file, text: body })) : await readCalendarFolder(folder);
  const shipped = await load(texts);
  const newer = stored.filter(({ file, version }) => version > (shipped.versions.get(file) ?? 0));
  const used = newer.length === 0 ? texts : replaced(texts, newer);
  const { facts } = newer.length === 0 ? shipped : loadCalendar(used);
  const fed = store === null ? [] : (await store.calendar.files('feed')).filter(({ body }) => body !== '');
  const applied = store === null ? [] : looksLast(await store.calendar.files('operator'));
  const known = new Map(stored.map(({ file, body }) => [file, body]));
  const older = new Set(newer.map(({ file }) => file));
  const fresh = texts
    .filter(({ file, text }) => !older.has(file) && known.get(file) !== text)
    .map(({ file, text }): StoredFile => ({ layer: 'shipped', file, version: shipped.versions.get(file) ?? 1, body: text }));
  const everything = [...used, ...[...fed, ...applied].map(({ file, body }) => ({ file, text: body }))];
  const { facts: followed, ...ofFeed } = withFeed(facts, fed);
  const kept = store === null || applied.length === 0 ? null : await keptSources(store, { facts: followed, shipped: known.get(SOURCES_FILE) ?? '', applied });
  const over = withOperatorFiles(kept === null ? followed : { ...followed, sources: new Map([...followed.sources, ...kept.sources]) }, applied);
  return { ...over, ...ofFeed, fingerprint: fingerprint(everything), fresh: kept?.fresh === undefined ? fresh : [...fresh, kept.fresh] };
}

/** A feed was sound when it was taken; should it not fit a newer image, the bot starts without it. */
function withFeed(base: CalendarFacts, fed: readonly StoredFile[]): Pick<Effective, 'facts' | 'passedOver' | 'outdated'> {
  const outdated: string[] = [];
  try {
    const facts = fed.reduce((below, { file, body }) => {
      const feed = loadFeed({ file, text: body }, below);
      outdated.push(...feed.outdated);
      return overlay(below, feed.layer);
    }, base);
    return { facts, passedOver: [], outdated };
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    return { facts: base, passedOver: cause.faults, outdated: [] };
  }
}

function replaced(texts: readonly CalendarText[], newer: readonly StoredFile[]): readonly CalendarText[] {
  const bodies = new Map(newer.map(({ file, body }) => [file, body]));
  return [...texts.filter(({ file }) => !bodies.has(file)), ...[...bodies].map(([file, text]) => ({ file, text }))];
}

/** A look is at what stands in the end. */
function looksLast(files: readonly StoredFile[]): readonly StoredFile[] {
  return [...files.filter(({ file }) => file !== LOOKED_FILE), ...files.filter(({ file }) => file === LOOKED_FILE)];
}

/** A file was sound when it was applied; should it not fit a newer image, the others count, and it is said. */
function withOperatorFiles(base: CalendarFacts, applied: readonly StoredFile[]): Pick<Effective, 'facts' | 'setAside'> {
  const setAside: Fault[] = [];
  let facts = base;
  for (const { file, body } of applied) {
    try {
      facts = overlay(facts, loadOperatorFile({ file, text: body }, facts).layer);
    } catch (cause) {
      if (!(cause instanceof CalendarError)) throw cause;
      setAside.push(...cause.faults);
    }
  }
  return { facts, setAside };
}

/** What is set aside now and was not before: what made it so must not come into force. */
export function newlySetAside(now: Pick<Effective, 'setAside'>, before: Pick<Effective, 'setAside'>): readonly Fault[] {
  const known = new Set(before.setAside.map(faultText));
  return now.setAside.filter((fault) => !known.has(faultText(fault)));
}
