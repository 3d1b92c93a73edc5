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

/** Something that happened to a review: an event that was not known before. */
export interface ReviewChange {
  readonly about: 'review';
  readonly what: 'event';
  readonly review: Review;
  readonly event: ReviewEvent;
}

export type Change = DateChange | ReviewChange;

/** What differs between two pictures: events first, then dates in the order of their ids. The same picture twice gives nothing. */
export function diffPictures(before: Picture, after: Picture): readonly Change[] {
  const changes: Change[] = [];
  for (const review of after.reviews.values()) changes.push(...newEvents(before.reviews.get(review.id) ?? null, review));
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
  if (before.disagrees.length !== after.disagrees.length) {
    changes.push(change(after.disagrees.length > before.disagrees.length ? 'conflict-opened' : 'conflict-settled'));
  }
  if (changes.length === 0 && before.source.join() !== after.source.join()) changes.push(change('source-changed'));
  return changes;
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
  return change.about === 'review' ? (change.event.known ?? change.event.on) : (change.after?.known ?? null);
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
  return false;
}
