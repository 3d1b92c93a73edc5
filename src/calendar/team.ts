/** Corrections of one installation over the calendar of all: how they come, go, and follow what changes for all. */
import { derivePicture } from '../domain/calendar/derive.ts';
import { type Change, isPosted, knownFrom, type Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import {
  type Corrected,
  type Correction,
  corrected,
  deriveOwn,
  MOST_CORRECTIONS,
  NOTHING_OWN,
  type OwnView,
  ownChanges,
  ownDates,
} from '../domain/calendar/team.ts';
import type { Instant } from '../domain/time.ts';
import type { Place, RecordedChange, Store, TeamRevision } from '../store/store.ts';
import { checkFacts } from './checks.ts';

export function recorded(change: Change): RecordedChange {
  return { change, posted: isPosted(change), known: knownFrom(change) };
}

/** What changes for all, with the calendar before and after it. */
interface Step {
  readonly before: Picture;
  readonly after: Picture;
  readonly changes: readonly Change[];
}

/** What becomes of each installation's view when the calendar of all changes; those that stay as they are, and hear nothing apart, are left out. */
export async function revisedTeams(store: Store, facts: CalendarFacts, step: Step): Promise<readonly TeamRevision[]> {
  const views = await store.ownDates.views();
  return views.flatMap(({ place, own, corrections }) => revisionOf(place, step, { before: own, after: deriveOwn(facts, corrections) }) ?? []);
}

function revisionOf(place: Place, { before, after, changes }: Step, own: { readonly before: OwnView; readonly after: OwnView }): TeamRevision | null {
  const ids = ownDates(own.before, own.after);
  const apart = [...new Set(changes.flatMap((change) => (change.about === 'date' ? ((change.after ?? change.before)?.id ?? []) : [])))].filter((id) =>
    ids.has(id),
  );
  if (apart.length === 0 && sameView(own.before, own.after)) return null;
  const told = ownChanges({ picture: before, own: own.before }, { picture: after, own: own.after });
  return { place, own: own.after, changes: told.map(recorded), apart };
}

function sameView(a: OwnView, b: OwnView): boolean {
  const text = ({ deadlines, reviews }: OwnView) => JSON.stringify([[...deadlines].sort(byId), [...reviews].sort(byId)]);
  return text(a) === text(b);
}

function byId([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** A correction, or null to withdraw the one there is. */
export interface Correcting {
  readonly place: Place;
  readonly deadline: string;
  readonly correction: Correction | null;
  readonly now: Instant;
}

/** Makes a correction what the installation sees, in one revision that changes nothing for anybody else. */
export function correct(store: Store, known: { readonly facts: CalendarFacts; readonly revision: number }, correcting: Correcting): Promise<Corrected> {
  const { place, deadline, correction, now } = correcting;
  const { facts } = known;
  return store.transaction(async (trx): Promise<Corrected> => {
    if (((await trx.calendar.latest())?.id ?? 0) !== known.revision) return { refused: 'stale' };
    const before = (await trx.ownDates.corrections(place)).map((entry) => entry.correction);
    const others = before.filter((entry) => entry.deadline !== deadline);
    if (correction === null && others.length === before.length) return { refused: 'nothing' };
    if (correction !== null && others.length >= MOST_CORRECTIONS) return { refused: 'many' };
    const after = correction === null ? others : [...others, correction];
    if (correction !== null && !fits(facts, others, correction)) return { refused: 'order' };
    if (correction === null) await trx.ownDates.withdraw(place, deadline);
    else await trx.ownDates.put(place, correction);
    const view = (await trx.ownDates.views()).find((entry) => entry.place.platform === place.platform && entry.place.id === place.id);
    const picture = (await trx.calendar.picture())?.picture ?? derivePicture(facts);
    const own = { before: view?.own ?? NOTHING_OWN, after: deriveOwn(facts, after) };
    const team = revisionOf(place, { before: picture, after: picture, changes: [] }, own);
    if (team === null) return { changes: [] };
    await trx.calendar.revise({ picture: null, changes: [], teams: [team], now, reason: 'a correction from a chat' });
    return { changes: team.changes.map(({ change }) => change) };
  }, 'calendar');
}

interface Known {
  readonly facts: () => CalendarFacts;
  readonly recall: (now: Instant) => Promise<{ readonly revision: number }>;
}

/** How often a calendar is read again that changes meanwhile. */
const TRIES = 3;

/** Like {@link correct}, with the facts of the latest revision. */
export async function correctAnew(store: Store, { facts, recall }: Known, correcting: Correcting): Promise<Corrected> {
  for (let tried = 1; ; tried += 1) {
    const { revision } = await recall(correcting.now);
    const done = await correct(store, { facts: facts(), revision }, correcting);
    if (tried === TRIES || !('refused' in done) || done.refused !== 'stale') return done;
  }
}

/** Whether a date can be true beside the others of its session: not after what it comes before, a review within its days. */
function fits(facts: CalendarFacts, others: readonly Correction[], correction: Correction): boolean {
  const ofSession = [...facts.sessions].filter(([number]) => number === correction.session);
  const near: CalendarFacts = { ...facts, sessions: new Map(ofSession), avenues: new Map() };
  const beside = others.filter(({ session }) => session === correction.session);
  const faults = (corrections: readonly Correction[]) => checkFacts(corrected(near, corrections), () => ({ file: '', line: 0 })).length;
  return faults([...beside, correction]) <= faults(beside);
}
