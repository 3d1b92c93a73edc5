/** The doors through which the calendar changes: the files that are shipped, and those that an operator applies. */
import type { Instant } from '../domain/time.ts';
import type { Store, StoredChange } from '../store/store.ts';
import { adoptCalendar, type CalendarHome, type Effective, effectiveCalendar } from './effective.ts';
import type { CalendarText } from './load.ts';
import { needsApproval, type Preview, previewFacts, previewFiles, versionsOf } from './preview.ts';
import { isTakenUp, revise } from './revise.ts';
import { letWait, type Waiting, waitNoMore } from './waiting.ts';

/** What is in force after the shipped files were looked at. */
export interface TakenUp extends Effective {
  /** How many changes the files made. */
  readonly changes: number;
  /** What the files would do, and somebody must approve first; null when they are in force. */
  readonly waiting: Waiting | null;
  /** What the files do, where somebody was asked; else null. */
  readonly preview: Preview | null;
  /** Where the calendar in force is read from: not from files that wait. */
  readonly home: CalendarHome;
}

interface Taking {
  readonly now: Instant;
  readonly reason: string;
  /** The id under which the files waited and were approved. */
  readonly approved?: string;
}

/**
 * Makes the calendar files those in force. What would reach very many channels, or withdraw very many dates, waits; the
 * files that were taken up last stay in force then. The first files a store sees are taken up without asking: nobody
 * hears of them.
 *
 * @throws CalendarError with every fault of every file.
 */
export async function takeUp(store: Store, home: CalendarHome, { now, reason, approved }: Taking): Promise<TakenUp> {
  const effective = await effectiveCalendar(home, store);
  const stored = (await isTakenUp(store, effective.fingerprint)) ? null : await store.calendar.picture();
  const preview = stored === null ? null : await previewFacts(store, { before: stored.picture, facts: effective.facts }, now);
  if (preview !== null && needsApproval(preview)) {
    const waiting = await letWait(store, [], preview, now);
    const kept = { folder: null, data: null };
    if (waiting.id !== approved) return { ...(await effectiveCalendar(kept, store)), changes: 0, waiting, preview, home: kept };
  }
  const adopted = await adoptCalendar(home, store, now);
  const revised = await revise(store, adopted.facts, { now, reason, fingerprint: adopted.fingerprint });
  await waitNoMore(store, []);
  return { ...adopted, changes: revised?.changes ?? 0, waiting: null, preview, home };
}

/** An operator's files, and whether a person stands behind all that they do. */
export interface Application {
  readonly home: CalendarHome;
  readonly files: readonly CalendarText[];
  readonly now: Instant;
  /** The id under which it waited and was approved, or true whatever it does. */
  readonly approved: string | boolean;
}

/** What came of it: changes in force, or what waits. */
export interface Applied {
  readonly preview: Preview;
  readonly changes: readonly StoredChange[];
  readonly waiting: Waiting | null;
}

/** Thrown when a file was applied already in a later version. */
export class OlderVersionError extends Error {
  constructor(file: string, version: number, applied: number) {
    super(`${file} has version ${version}, but version ${applied} was applied already; raise \`version\` to go on.`);
    this.name = 'OlderVersionError';
  }
}

/**
 * Lays an operator's files over the calendar, all or nothing, unless what they do waits for approval.
 *
 * @throws CalendarError when one has a fault; OlderVersionError.
 */
export async function applyFiles(store: Store, { home, files, now, approved }: Application): Promise<Applied> {
  const taken = await takeUp(store, home, { now, reason: 'the calendar files before an operator applied theirs' });
  const preview = await previewFiles(store, { home: taken.home, files }, now);
  const versions = versionsOf(files, preview.facts);
  const stored = new Map((await store.calendar.files('operator')).map(({ file, version }) => [file, version]));
  for (const [file, version] of versions) if ((stored.get(file) ?? 0) > version) throw new OlderVersionError(file, version, stored.get(file) ?? 0);
  if (approved !== true && needsApproval(preview)) {
    const waiting = await letWait(store, files, preview, now);
    if (waiting.id !== approved) return { preview, changes: [], waiting };
  }
  const changes = await store.transaction(async (trx) => {
    await trx.calendar.putFiles(
      files.map(({ file, text }) => ({ layer: 'operator', file, version: versions.get(file) ?? 1, body: text })),
      now,
    );
    const { facts } = await effectiveCalendar(taken.home, trx);
    const made = await revise(trx, facts, { now, reason: `the operator applied ${files.map(({ file }) => file).join(', ')}` });
    await waitNoMore(trx, files);
    return made === null ? [] : trx.calendar.changesOf(made.revision.id);
  }, 'calendar');
  return { preview, changes, waiting: null };
}
