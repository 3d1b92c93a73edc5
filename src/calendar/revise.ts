import { derivePicture } from '../domain/calendar/derive.ts';
import { diffPictures, type Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Store, StoredRevision } from '../store/store.ts';
import { recorded, revisedTeams } from './team.ts';

export interface Revised {
  readonly revision: StoredRevision;
  readonly changes: number;
}

/** True when two pictures say the same in every word, notes, looks and days of checking included. */
function samePicture(a: Picture, b: Picture): boolean {
  return sameEntries(a.deadlines, b.deadlines) && sameEntries(a.reviews, b.reviews);
}

function sameEntries<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  return a.size === b.size && [...b].every(([id, value]) => JSON.stringify(a.get(id)) === JSON.stringify(value));
}

/** The store's mark of the calendar files that its picture was derived from. */
const DERIVED_FROM = 'calendar-fingerprint';

/**
 * Makes what `facts` say the calendar of the store. The first calendar is a revision without changes, behind which the
 * event cursor is set: nobody is told what was so from the start. The same facts again are no revision; null then. A
 * revision that only adds looks, notes or days of checking has no changes. Installations that corrected a date see the new
 * calendar with their corrections over it. A fingerprint that the store has seen last
 * saves deriving the same picture again.
 */
export async function revise(
  store: Store,
  facts: CalendarFacts,
  made: { readonly now: Instant; readonly reason: string; readonly fingerprint?: string },
): Promise<Revised | null> {
  const { now, reason, fingerprint } = made;
  const known = async (from: Store) => fingerprint !== undefined && (await isTakenUp(from, fingerprint));
  if (await known(store)) return null;
  const picture = derivePicture(facts);
  return store.transaction(async (trx) => {
    if (await known(trx)) return null; // another process came first
    if (fingerprint !== undefined) await trx.setMark(DERIVED_FROM, numberOf(fingerprint));
    const before = await trx.calendar.picture();
    const same = before !== null && samePicture(before.picture, picture);
    const changes = before === null ? [] : diffPictures(before.picture, picture);
    const teams = before === null ? [] : await revisedTeams(trx, facts, { before: before.picture, after: picture, changes });
    if (same && teams.length === 0) return null;
    const revision = await trx.calendar.revise({ picture: same ? null : picture, changes: changes.map(recorded), teams, now, reason });
    if (before === null) await trx.setMark('event-cursor', revision.id);
    return { revision, changes: changes.length };
  }, 'calendar');
}

/** True when the picture of the store was derived from the calendar with this fingerprint. */
export async function isTakenUp(store: Store, fingerprint: string): Promise<boolean> {
  return (await store.mark(DERIVED_FROM)) === numberOf(fingerprint);
}

/** Marks are numbers: 48 bits of a fingerprint are plenty to tell two calendars apart. */
function numberOf(fingerprint: string): number {
  return Buffer.from(fingerprint, 'base64url').readUIntBE(0, 6);
}
