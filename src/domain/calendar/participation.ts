/** Reviews off the ordinary path: what happened, by whose word, where they stand and what stays open (domain.md B). */
import { type Day, dayOf, GENEVA, type Instant } from '../time.ts';
import type { Certainty } from './certainty.ts';
import { alerts, type Deadline } from './deadline.ts';
import type { Change, Picture } from './diff.ts';
import type { EventKind, ReviewEvent, SourceId, StateCode } from './facts.ts';
import { hasFlag, leftSession, type Review, type Stage } from './review.ts';
import { passesAt, sortsAt } from './when.ts';

/** What takes a review off its path, the gravest first. Events but for the last, which is a look at what was due. */
export const OFF_PATH = [
  'absent',
  'non-participation-announced',
  'non-cooperation-decision',
  'absent-at-adoption',
  'adoption-postponed',
  'contributions-suspended',
  'postponed',
  'rescheduled',
  'postponement-requested',
  'report-not-seen',
] as const;
export type OffPath = (typeof OFF_PATH)[number];

const EVENTS_OFF: ReadonlySet<string> = new Set(OFF_PATH);
const EVENTS_OF_RETURN: ReadonlySet<EventKind> = new Set(['cooperation-resumed', 'contributions-resumed', 'president-reported']);

/** True for what leads a review off its path, back onto it, and the report of the President of the Council. */
export function isOfParticipation(change: Change): boolean {
  return change.about === 'review' && (EVENTS_OFF.has(change.event.what) || EVENTS_OF_RETURN.has(change.event.what));
}

/** True for what leaves those who follow a review asking what stays open. */
export function stalls(change: Change): boolean {
  return change.about === 'review' && change.what === 'event' && EVENTS_OFF.has(change.event.what);
}

export interface Happening {
  readonly what: OffPath;
  /** For a report that was not seen, the day on which it was due. */
  readonly since: Day | null;
  readonly source: readonly SourceId[];
  /** Null for a look. */
  readonly certainty: Certainty | null;
  readonly review: Review;
  readonly event: ReviewEvent | null;
  /** The review came back to its path since. */
  readonly settled: boolean;
}

/** One State in one cycle, whatever the number of its listings. */
export interface OffPathReview {
  readonly state: StateCode;
  readonly happenings: readonly [Happening, ...Happening[]];
  /** The listing that counts now. */
  readonly current: Review;
  readonly day: Deadline | null;
  readonly open: StaysOpen;
}

/** What stays open to stakeholders of one State. */
export interface StaysOpen {
  readonly state: StateCode;
  /** The date until which stakeholder submissions stand; null when none that can be counted on lies ahead. */
  readonly submission: Deadline | null;
  /** A source says that contributions are not received for now. */
  readonly suspended: boolean;
}

/**
 * Reviews of a cycle that are or were off their path, those that still are first, the gravest before, then the latest.
 *
 * @param cycle null = the one that is under way, and any later
 */
export function offPath(picture: Picture, cycle: number | null, now: Instant): readonly OffPathReview[] {
  const present = currentCycle(picture, now);
  const asked = [...picture.reviews.values()].filter((review) => (cycle === null ? review.cycle >= present : review.cycle === cycle));
  const chains = [...Map.groupBy(asked, ({ cycle: own, state }) => `${own}-${state}`).values()];
  return chains.flatMap((chain) => entryOf(chain, picture, now)).sort(inOrder);
}

/** The cycle of the last session that has begun; the first there is, when none has. */
export function currentCycle(picture: Picture, now: Instant): number {
  const today = dayOf(now, GENEVA);
  const cycles = [...picture.deadlines.values()].flatMap(({ kind, session, state, when }) => {
    const review = kind === 'review' && (when.from ?? '9') <= today ? picture.reviews.get(`${session}-${state}`) : undefined;
    return review === undefined ? [] : [review.cycle];
  });
  return cycles.length > 0 ? Math.max(...cycles) : Math.min(...[...picture.reviews.values()].map((review) => review.cycle), 4);
}

export function isOpen({ happenings }: OffPathReview): boolean {
  return happenings.some(({ settled }) => !settled);
}

export function staysOpen(picture: Picture, state: StateCode, now: Instant): StaysOpen {
  const ofState = [...picture.deadlines.values()].filter((deadline) => deadline.kind === 'stakeholder_submission' && deadline.state === state);
  const ahead = ofState.filter((deadline) => alerts(deadline) && (passesAt(deadline.when) ?? 0) > now);
  const [submission = null] = [...ahead].sort((a, b) => sortsAt(a.when) - sortsAt(b.when));
  const suspended = ofState.some(({ standing, session }) => standing === 'suspended' && !isReviewed(picture.reviews.get(`${session}-${state}`)));
  return { state, submission, suspended };
}

function entryOf(chain: readonly Review[], picture: Picture, now: Instant): readonly OffPathReview[] {
  const bySession = [...chain].sort((a, b) => b.session - a.session);
  const current = bySession.find((review) => !leftSession(review)) ?? bySession[0];
  if (current === undefined) return [];
  const [first, ...rest] = chain.flatMap((review) => happeningsOf(review, current)).sort((a, b) => (a.since ?? '').localeCompare(b.since ?? ''));
  if (first === undefined) return [];
  const { state } = current;
  const day = picture.deadlines.get(`${current.id}-review`) ?? null;
  return [{ state, happenings: [first, ...rest], current, day, open: staysOpen(picture, state, now) }];
}

function happeningsOf(review: Review, current: Review): readonly Happening[] {
  const events = review.events.flatMap((event): Happening[] => {
    const what = OFF_PATH.find((name) => name === event.what);
    const { on: since, source, certainty } = event;
    return what === undefined ? [] : [{ what, since, source, certainty, review, event, settled: isSettled(what, review, current) }];
  });
  const overdue = review.flags.filter(({ name }) => name === 'national-report-overdue');
  const looks = overdue.map(({ since, source }): Happening => {
    const what = 'report-not-seen';
    return { what, since, source, certainty: null, review, event: null, settled: isSettled(what, review, current) };
  });
  return [...events, ...looks].filter(({ source }) => source.length > 0);
}

/** Back on the path: the State cooperates again, was reviewed after all, or its outcome was adopted. */
function isSettled(what: OffPath, review: Review, current: Review): boolean {
  if (current.stage === 'outcome-adopted') return true;
  const reviewed = isReviewed(current);
  switch (what) {
    case 'absent-at-adoption':
    case 'adoption-postponed':
      return false;
    case 'non-cooperation-decision':
      return reviewed && current.stage !== 'adoption-postponed';
    case 'non-participation-announced':
    case 'postponement-requested':
      return !hasFlag(review, what) || (reviewed && current !== review);
    case 'contributions-suspended':
      return !hasFlag(review, what) || reviewed;
    default:
      return reviewed;
  }
}

const REVIEWED: readonly Stage[] = ['held', 'wg-report-adopted', 'awaiting-responses', 'adoption-scheduled', 'adoption-postponed', 'outcome-adopted'];

/** Whether the review took place, as far as the calendar says. */
export function isReviewed(review: Review | undefined): boolean {
  return review !== undefined && REVIEWED.includes(review.stage);
}

function inOrder(a: OffPathReview, b: OffPathReview): number {
  const byGravity = gravity(a) - gravity(b);
  const latest = ({ happenings }: OffPathReview) => happenings.at(-1)?.since ?? '';
  return Number(isOpen(b)) - Number(isOpen(a)) || byGravity || latest(b).localeCompare(latest(a)) || a.state.localeCompare(b.state);
}

function gravity(entry: OffPathReview): number {
  const counted = isOpen(entry) ? entry.happenings.filter(({ settled }) => !settled) : entry.happenings;
  return Math.min(...counted.map(({ what }) => OFF_PATH.indexOf(what)));
}
