import { compareCertainty, fires } from './certainty.ts';
import { alerts, type Deadline, type DeadlineId } from './deadline.ts';
import type { ReviewEvent } from './facts.ts';
import type { Review, ReviewId } from './review.ts';
import { hasDay, whenKey } from './when.ts';

/** Everything that the calendar says at one state of knowledge. */
export interface Picture {
  readonly deadlines: ReadonlyMap<DeadlineId, Deadline>;
  readonly reviews: ReadonlyMap<ReviewId, Review>;
}

/**
 * What became of a date.
 *
 * - `announced`: it has a day now and had none; `moved`: another day or instant; `withdrawn`: it has no day any more
 * - `surer`, `doubtful`: the same day, another certainty
 * - `conflict-opened`, `conflict-settled`: another value is, or is no longer, kept beside it
 * - `conflict-changed`: the values beside it are others than before, or one of them is now of equal standing
 * - `standing`: it was suspended, fell, moved away with its review, or stands again
 * - `range-moved`: a review whose day is not published is expected in other days, as when its session moves
 * - `estimate-moved`, `source-changed`, `listed`, `dropped`: for the log and the digest only
 */
export type DateChangeKind =
  | 'announced'
  | 'moved'
  | 'withdrawn'
  | 'surer'
  | 'doubtful'
  | 'conflict-opened'
  | 'conflict-settled'
  | 'conflict-changed'
  | 'standing'
  | 'range-moved'
  | 'estimate-moved'
  | 'source-changed'
  | 'listed'
  | 'dropped';

export interface DateChange {
  readonly about: 'date';
  readonly what: DateChangeKind;
  readonly before: Deadline | null;
  readonly after: Deadline | null;
}

/** Something that happened to a review: an event that was not known before, or one that is taken back and not said anew. */
export interface ReviewChange {
  readonly about: 'review';
  readonly what: 'event' | 'taken-back';
  readonly review: Review;
  readonly event: ReviewEvent;
}

export type Change = DateChange | ReviewChange;

/** What differs between two pictures: events first, then dates in the order of their ids. The same picture twice gives nothing. */
export function diffPictures(before: Picture, after: Picture): readonly Change[] {
  const changes: Change[] = [];
  for (const review of after.reviews.values()) changes.push(...newEvents(before.reviews.get(review.id) ?? null, review));
  for (const review of before.reviews.values()) changes.push(...takenBack(review, after.reviews.get(review.id) ?? null));
  for (const [id, deadline] of after.deadlines) changes.push(...dateChanges(before.deadlines.get(id) ?? null, deadline));
  for (const [id, deadline] of before.deadlines) {
    if (!after.deadlines.has(id)) changes.push({ about: 'date', what: hasDay(deadline.when) ? 'withdrawn' : 'dropped', before: deadline, after: null });
  }
  return changes;
}

function newEvents(before: Review | null, after: Review): readonly ReviewChange[] {
  if (before?.events === after.events) return [];
  const seen = new Set((before?.events ?? []).map(eventKey));
  return after.events.filter((event) => !seen.has(eventKey(event))).map((event) => ({ about: 'review', what: 'event', review: after, event }));
}

/** What is said anew, on another day or with another session, corrects itself. */
function takenBack(before: Review, after: Review | null): readonly ReviewChange[] {
  if (before.events === after?.events) return [];
  const stand = new Set((after?.events ?? []).map(eventKey));
  const known = new Set(before.events.map(eventKey));
  const anew = new Set((after?.events ?? []).filter((event) => !known.has(eventKey(event))).map(({ what }) => what));
  const gone = before.events.filter((event) => !stand.has(eventKey(event)) && !anew.has(event.what));
  return gone.map((event) => ({ about: 'review', what: 'taken-back', review: after ?? before, event }));
}

/** Two events with the same key are the same happening, whatever sources were added since. */
export function eventKey(event: ReviewEvent): string {
  return `${event.what}|${event.on ?? 'undated'}|${event.to ?? ''}|${event.council ?? ''}`;
}

function dateChanges(before: Deadline | null, after: Deadline): readonly DateChange[] {
  if (before === after) return [];
  const change = (what: DateChangeKind): DateChange => ({ about: 'date', what, before, after });
  if (before === null) return [change(hasDay(after.when) ? 'announced' : 'listed')];
  const changes: DateChange[] = [];
  if (whenKey(before.when) !== whenKey(after.when) || before.when.precision !== after.when.precision) changes.push(change(moveOf(before, after)));
  else if (compareCertainty(before.certainty, after.certainty) !== 0)
    changes.push(change(compareCertainty(after.certainty, before.certainty) < 0 ? 'surer' : 'doubtful'));
  if (before.standing !== after.standing) changes.push(change('standing'));
  const conflict = conflictBetween(before, after);
  if (conflict !== null) changes.push(change(conflict));
  if (changes.length === 0 && before.source.join() !== after.source.join()) changes.push(change('source-changed'));
  return changes;
}

/** What became of the values that stand beside a date; null when they are the same. */
export function conflictBetween(before: Deadline, after: Deadline): Extract<DateChangeKind, `conflict-${string}`> | null {
  if (valuesBeside(before).join() === valuesBeside(after).join() && isContested(before) === isContested(after)) return null;
  if (after.disagrees.length === 0) return 'conflict-settled';
  return before.disagrees.length === 0 ? 'conflict-opened' : 'conflict-changed';
}

function valuesBeside({ disagrees }: Deadline): readonly string[] {
  return [...new Set(disagrees.map(({ when }) => whenKey(when)))].sort();
}

function isContested({ contested }: Deadline): boolean {
  return contested !== undefined;
}

/** True when a value stands beside a date that did not, or does so now with equal standing. */
function isMoreInConflict(before: Deadline | null, after: Deadline): boolean {
  const beside = new Set(before === null ? [] : [...valuesBeside(before), whenKey(before.when)]);
  return valuesBeside(after).some((value) => !beside.has(value)) || (isContested(after) && (before === null || !isContested(before)));
}

/** What became of a date that is not where it was. */
export function moveOf(before: Deadline, after: Deadline): DateChangeKind {
  const [had, has] = [hasDay(before.when), hasDay(after.when)];
  if (had && has) return 'moved';
  if (has) return 'announced';
  if (had) return 'withdrawn';
  return after.kind === 'review' && after.when.from !== null && fires(after.certainty) ? 'range-moved' : 'estimate-moved';
}

/** The day from which a change was known, for the rule on old news; null = never written down. */
export function knownFrom(change: Change): string | null {
  if (change.about === 'date') return change.after?.known ?? null;
  return change.what === 'taken-back' ? null : (change.event.known ?? change.event.on);
}

/**
 * True when a channel should hear of it (design.md §6, "Several things for one channel"): what moves, appears or goes,
 * what gets surer or less sure, the days in which a review is expected, what happens to a review, and a conflict on a published date. Moves of estimates and
 * of dates that never alert stay in the log and the digest.
 */
export function isPosted(change: Change): boolean {
  if (change.about === 'review') return true;
  const { what, before, after } = change;
  if (what === 'announced') return after !== null && alerts(after);
  const wasCountedOn = before !== null && alerts(before) && (after === null || after.standing === 'standing');
  if (what === 'moved') return wasCountedOn || (after !== null && alerts(after));
  if (what === 'withdrawn') return wasCountedOn;
  if (what === 'surer' || what === 'doubtful') return [before, after].some((deadline) => deadline !== null && alerts(deadline));
  if (what === 'range-moved') return after?.standing === 'standing';
  if (what === 'conflict-opened') return after?.certainty === 'published' && alerts(after);
  if (what === 'conflict-changed') return after?.certainty === 'published' && alerts(after) && isMoreInConflict(before, after);
  return false;
}
