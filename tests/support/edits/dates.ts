/** Every date that follows from a sheet, by brute force from design.md §6, §7 and domain.md A.2, B.2. No code of the bot. */
import { dayPlus, firstShown, type OracleDate, wallClock } from '../oracle.ts';
import { HOLIDAYS } from './files.ts';
import { type Entry, FIRST, isDay, type Listing, SESSIONS, type SessionNumber, type Sheet, WRITTEN } from './sheet.ts';

const GENEVA = 'Europe/Zurich';

export type Shown = 'fixed-rule' | 'published' | 'tentative' | 'estimated' | 'unknown';
/** By certainty, how sure it is. */
export const SURENESS: Readonly<Record<string, number>> = { 'fixed-rule': 4, published: 4, tentative: 3, estimated: 1, voluntary: 1, unknown: 0 };

/** One date as it is known. `day` is empty where no day is. */
export interface Known extends OracleDate {
  readonly certainty: Shown;
  /** What it was computed from and how sure that is; null where it is written. */
  readonly anchor: Shown | null;
  readonly stands: boolean;
  /** The days in which a review without a day is expected. */
  readonly range: string;
  /** Other values that are kept beside it, in an order of their own. */
  readonly others: readonly string[];
}

/** Dates that have a day, or may have one, by id. What is only ever estimated is not among them: it is never told. */
export function datesOf(sheet: Sheet): ReadonlyMap<string, Known> {
  const all = SESSIONS.flatMap((session) => sheet[session].listings.flatMap((listing) => ofListing(sheet, session, listing)));
  return new Map(all.map((date) => [date.id, date]));
}

interface Day {
  readonly day: string;
  readonly time: string | null;
  readonly certainty: Shown;
}

interface Made extends Day {
  readonly anchor?: Shown;
  readonly others?: readonly string[];
  readonly range?: string;
}

const NO_DAY: Day = { day: '', time: null, certainty: 'unknown' };

function ofListing(sheet: Sheet, session: SessionNumber, listing: Listing): readonly Known[] {
  const { dates, deadlines } = sheet[session];
  const first = session === 55 ? FIRST[55] : null;
  const firstListing = first?.listings.find(({ state }) => state === listing.state);
  const written = (kind: (typeof WRITTEN)[number]) => {
    const own = listing.own[kind];
    const made = own === undefined ? madeOf(deadlines[kind], first?.deadlines[kind]) : madeOf(own);
    const isEstimated = kind === 'national_report' || (kind === 'stakeholder_submission' && listing.from === null);
    return made.certainty === 'unknown' && isEstimated ? { ...made, certainty: 'estimated' as const } : made;
  };
  const ofReview = madeOf(listing.review, firstListing?.review);
  // A review of which nothing is known lies somewhere in its session.
  const inSession = { ...ofReview, certainty: dates.certainty, anchor: dates.certainty, range: `${dates.from}..${dates.until}` };
  const review: Made = listing.review.date === 'unknown' ? inSession : ofReview;
  const presession = written('presession');
  const made: Readonly<Record<string, Made>> = {
    ...Object.fromEntries(WRITTEN.map((kind) => [kind, written(kind)])),
    review,
    advance_questions: after(review, 'fixed-rule', ({ day }) => ({ day: workingDaysBefore(day, 10), time: null })),
    recommendations_circulated: after(review, 'fixed-rule', twoDaysLater),
    presession_statement: after(presession, 'tentative', ({ day }) => ({ day: dayPlus(day, -14), time: null })),
  };
  return Object.entries(made).map(([kind, date]) => {
    const stands = isStanding(kind, listing);
    const known = { anchor: null, range: '', others: [], ...date };
    const fires = stands && known.day !== '' && (kind !== 'recommendations_circulated' || wasHeld(listing));
    return { ...known, id: `${session}-${listing.state}-${kind}`, kind, state: listing.state, session, zone: GENEVA, stands, fires };
  });
}

/** What a file says, with the value of the layer below kept beside it. */
function madeOf({ date, time, certainty, other }: Entry, below?: Entry): Made {
  const isBeside = below !== undefined && isDay(below.date) && (below.date !== date || below.time !== time);
  const beside = [...(other === null ? [] : [`${other} by day`]), ...(isBeside ? [`${below.date} ${below.time ?? 'by day'}`] : [])];
  const others = [...new Set(beside)].sort();
  if (isDay(date)) return { day: date, time, certainty, others };
  return date === 'unknown' ? { ...NO_DAY, others } : { ...NO_DAY, certainty, others, range: `${date}-01..${dayPlus(`${nextMonth(date)}-01`, -1)}` };
}

function nextMonth(month: string): string {
  return dayPlus(`${month}-01`, 31).slice(0, 7);
}

/** A date computed from another one is at most as sure as that one, and has a day only if that one has. */
function after(anchor: Made, rule: Shown, shape: (anchor: Made) => Pick<Day, 'day' | 'time'>): Made {
  const certainty = (SURENESS[anchor.certainty] ?? 0) < (SURENESS[rule] ?? 0) ? anchor.certainty : rule;
  return { ...(anchor.day === '' ? { day: '', time: null } : shape(anchor)), certainty, anchor: anchor.certainty };
}

function workingDaysBefore(day: string, count: number): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = dayPlus(at, -1);
    const isFree = [0, 6].includes(new Date(`${at}T12:00:00Z`).getUTCDay()) || HOLIDAYS.includes(at);
    if (!isFree) left -= 1;
  }
  return at;
}

function twoDaysLater({ day, time }: Made): Pick<Day, 'day' | 'time'> {
  if (time === null) return { day: dayPlus(day, 2), time };
  const [later = '', hour = ''] = wallClock(firstShown(day, time, GENEVA) + 48 * 3_600_000, GENEVA).split(' ');
  return { day: later, time: hour };
}

const AFTER_THE_REVIEW = 'recommendations_circulated';
const STAGES = ['held', 'absent', 'postponed', 'rescheduled'];

/** Where the review stands by the last that happened to it. */
export function stageOf({ events }: Pick<Listing, 'events'>): string | null {
  return events.findLast(({ what }) => STAGES.includes(what))?.what ?? null;
}

export function happened({ events }: Pick<Listing, 'events'>, what: string): boolean {
  return events.some((event) => event.what === what);
}

/** An absence ends what follows a review and leaves the rest alive; a review that was put off takes its dates with it. */
function isStanding(kind: string, listing: Listing): boolean {
  const ofContributions = listing.events.findLast(({ what }) => what.startsWith('contributions-'));
  if (kind === 'stakeholder_submission' && ofContributions?.what === 'contributions-suspended') return false;
  const stage = stageOf(listing);
  if (stage === null || stage === 'held') return true;
  return happened(listing, 'absent') ? kind !== AFTER_THE_REVIEW : false;
}

function wasHeld(listing: Listing): boolean {
  return happened(listing, 'held') && stageOf(listing) === 'held';
}
