/** What happened to a review and what is so beside its stage, as neutral sentences with their source. */
import type { ReviewChange } from '../domain/calendar/diff.ts';
import type { EventKind, ReviewEvent } from '../domain/calendar/facts.ts';
import { isReviewed, type StaysOpen } from '../domain/calendar/participation.ts';
import type { Flag, FlagName, Review, Stage } from '../domain/calendar/review.ts';
import { hasDay } from '../domain/calendar/when.ts';
import type { Day } from '../domain/time.ts';
import type { Voice } from './content.ts';
import { dayInline } from './dates.ts';
import { plainText } from './inline.ts';
import type { Line } from './message.ts';
import { stateInSentence } from './names.ts';
import { documentsLine, submissionLine } from './open-lines.ts';
import { sourceLinks } from './sources.ts';
import type { LineValues } from './words.ts';

/** Flags that change what a team can expect of a date, so they are told with every alert. */
const TOLD_WITH_ALERTS: readonly FlagName[] = ['non-participation-announced', 'postponement-requested', 'contributions-suspended', 'state-absent'];

/** While a review is still to come, what is announced about it leaves its dates standing, and that is said. */
const BEFORE_THE_REVIEW: readonly Stage[] = ['planned', 'scheduled', 'date-confirmed'];
const BEFORE_IT_TAKES_PLACE: ReadonlySet<EventKind> = new Set([
  'non-participation-announced',
  'postponement-requested',
  'postponed',
  'rescheduled',
  'contributions-suspended',
]);

export function flagLine(flag: Flag, review: Review, voice: Voice): Line {
  return voice.words.line(`flag-line.${flag.name}`, {
    ...stateInSentence(review.state, voice),
    ...dated(flag.since, voice),
    time: BEFORE_THE_REVIEW.includes(review.stage) ? 'before' : 'after',
    source: sourceLinks(flag.source, voice),
  });
}

/** The flags of some reviews that an alert must not leave out, each once. */
export function alertFlagLines(reviews: readonly (Review | null)[], voice: Voice): readonly Line[] {
  const unique = new Map(reviews.flatMap((review) => (review === null ? [] : [[review.id, review] as const])));
  return [...unique.values()].flatMap((review) =>
    review.flags.filter((flag) => TOLD_WITH_ALERTS.includes(flag.name)).map((flag) => flagLine(flag, review, voice)),
  );
}

/** An event with its condition and its document. */
export function eventLines(event: ReviewEvent, review: Review, voice: Voice): readonly Line[] {
  const { words } = voice;
  const lines: Line[] = [
    words.line(`event.${event.what}`, {
      ...stateInSentence(review.state, voice),
      ...dated(event.on, voice),
      ...movedTo(event, review, voice),
      council: event.council ?? 'none',
      source: eventSource(event, voice),
    }),
  ];
  if (event.condition !== undefined) lines.push(words.line('event.condition', { condition: sentence(event.condition) }));
  if (event.symbol !== undefined) lines.push(words.line('event.symbol', { symbol: event.symbol }));
  return lines;
}

/** That an event is no longer recorded, and on whose word it was. */
export function takenBackLine({ event, review }: ReviewChange, voice: Voice): Line {
  return voice.words.line('event.taken-back', {
    ...stateInSentence(review.state, voice),
    ...dated(event.on, voice),
    event: eventTitle(event, review, voice),
    source: eventSource(event, voice),
  });
}

/** What an absence means for those who follow the review: what no longer comes, what can be done, what is open. */
export function absenceLines(open: StaysOpen, voice: Voice): readonly Line[] {
  const { words } = voice;
  const submissions = open.submission === null ? plainText(words('absence.open')) : submissionLine(open, voice);
  return [plainText(words('absence.falls')), plainText(words('absence.can-do')), submissions];
}

/** Before a review: until when submissions stand, and that the documents of others do not wait for the State. After it there is nothing to hand in. */
export function stallLines(stalled: readonly ReviewChange[], open: StaysOpen, voice: Voice): readonly Line[] {
  const before = stalled.some(({ event }) => BEFORE_IT_TAKES_PLACE.has(event.what));
  return before && !stalled.some(({ review }) => isReviewed(review)) ? [submissionLine(open, voice), documentsLine(voice)] : [];
}

/** By whose word; an event that is not certain says so beside its source. */
function eventSource({ source, certainty }: ReviewEvent, voice: Voice): Line {
  const links = sourceLinks(source, voice);
  if (certainty === 'published' || certainty === 'fixed-rule') return links;
  return voice.words.line('event.unsure-source', { source: links, certainty: voice.words(`certainty.${certainty}`) });
}

/** What an event is called in a title, after the State's name. */
export function eventTitle(event: ReviewEvent, review: Review, voice: Voice): string {
  return voice.words(`event-title.${event.what}`, movedTo(event, review, voice));
}

/** Where a review went: a session with a day set, a session without, or none named. */
function movedTo(event: ReviewEvent, review: Review, { reader }: Voice): { readonly to: string; readonly moved: 'day' | 'session' | 'none' } {
  if (event.to === null) return { to: '', moved: 'none' };
  const there = reader.facts.sessions.get(event.to)?.reviews.find((facts) => facts.state === review.state);
  const when = there?.review?.when;
  return { to: String(event.to), moved: when !== undefined && hasDay(when) ? 'day' : 'session' };
}

/** For a sentence that says the day only where it is known. */
export function dated(day: Day | null, { words }: Voice): LineValues {
  return day === null ? { dated: 'no', day: '' } : { dated: 'yes', day: dayInline(day, 'short', words) };
}

/** Free text as a sentence: it ends with a full stop. */
function sentence(value: string): string {
  return /[.!?。]$/.test(value.trim()) ? value.trim() : `${value.trim()}.`;
}
