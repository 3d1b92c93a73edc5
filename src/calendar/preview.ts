/** What a change of the calendar would do, before it is made. Nothing is written. */
import { derivePicture } from '../domain/calendar/derive.ts';
import { type Change, diffPictures, type Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Store, StoredFile } from '../store/store.ts';
import { audienceOf, type Hearers } from './audience.ts';
import { type CalendarHome, effectiveCalendar, newlySetAside } from './effective.ts';
import { CalendarError, type CalendarText, loadOperatorFile } from './load.ts';

/** A revision that would post to more channels, or withdraw more dates, waits until somebody approves it (design.md §4). */
export const MOST_CHANNELS = 20;
export const MOST_WITHDRAWN = 10;

export interface Preview {
  /** The calendar as it would be. */
  readonly facts: CalendarFacts;
  readonly changes: readonly Change[];
  readonly heard: readonly Hearers[];
  /** How many channels hear of it, each in one message. */
  readonly channels: number;
  /** How many dates that had a day would have none. */
  readonly withdrawn: number;
}

/** What laying operator's files over the calendar in force would do. @throws CalendarError when one has a fault. */
export async function previewFiles(
  store: Store,
  { home, files }: { readonly home: CalendarHome; readonly files: readonly CalendarText[] },
  now: Instant,
): Promise<Preview> {
  const stored = await store.calendar.picture();
  const before = stored?.picture ?? derivePicture((await effectiveCalendar(home, store)).facts);
  const { facts, setAside } = await effectiveCalendar(home, await withFiles(store, files));
  const faults = setAside.length === 0 ? [] : newlySetAside({ setAside }, await effectiveCalendar(home, await withFiles(store, files, 'without')));
  if (faults.length > 0) throw new CalendarError(faults);
  return previewFacts(store, { before, facts }, now);
}

/** What making `facts` the calendar would do. */
export async function previewFacts(
  store: Store,
  { before, facts }: { readonly before: Picture; readonly facts: CalendarFacts },
  now: Instant,
): Promise<Preview> {
  const after = derivePicture(facts);
  const changes = diffPictures(before, after);
  const heard = await audienceOf(store, { changes, after }, now);
  const channels = heard.reduce((sum, group) => sum + group.channels.length, 0);
  return { facts, changes, heard, channels, withdrawn: changes.filter(({ what }) => what === 'withdrawn').length };
}

/** True when a person must approve it first. */
export function needsApproval({ channels, withdrawn }: Pick<Preview, 'channels' | 'withdrawn'>): boolean {
  return channels > MOST_CHANNELS || withdrawn > MOST_WITHDRAWN;
}

/** The store as it would be with some more of an operator's files, or without those of these names; for reading only. */
async function withFiles(store: Store, files: readonly CalendarText[], how: 'with' | 'without' = 'with'): Promise<Store> {
  const named = new Map((await store.calendar.files('operator')).map((stored) => [stored.file, stored]));
  for (const { file, text } of files) {
    if (how === 'with') named.set(file, { layer: 'operator', file, version: 1, body: text });
    else named.delete(file);
  }
  const applied: readonly StoredFile[] = [...named.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  return { ...store, calendar: { ...store.calendar, files: async (layer) => (layer === 'operator' ? applied : store.calendar.files(layer)) } };
}

/** The version that each file gives itself, read over the calendar it is for. @throws CalendarError when one has a fault. */
export function versionsOf(files: readonly CalendarText[], facts: CalendarFacts): ReadonlyMap<string, number> {
  return new Map(files.map((file) => [file.file, loadOperatorFile(file, facts).version]));
}
