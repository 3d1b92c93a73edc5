import type { Day } from '../time.ts';
import type { CalendarFacts, DateFact, EventKind, ReviewEvent, ReviewFacts, SessionFacts, SourceId, StateCode } from './facts.ts';
import { hasDay, type When } from './when.ts';

/** Where a review stands (domain.md B.2). */
export type Stage =
  | 'planned'
  | 'scheduled'
  | 'date-confirmed'
  | 'held'
  | 'wg-report-adopted'
  | 'awaiting-responses'
  | 'adoption-scheduled'
  | 'adoption-postponed'
  | 'outcome-adopted'
  | 'postponed'
  | 'rescheduled'
  | 'not-held-state-absent';

export type FlagName =
  | 'national-report-overdue'
  | 'non-participation-announced'
  | 'postponement-requested'
  | 'state-absent'
  | 'non-cooperation-decision'
  | 'president-reporting'
  | 'documents-partial'
  | 'responses-missing'
  | 'state-absent-at-adoption'
  | 'contributions-suspended'
  | 'session-wide-shift'
  | 'conflicting-sources';

/** Something that is so beside the stage, since when and by whose word. */
export interface Flag {
  readonly name: FlagName;
  readonly since: Day | null;
  readonly source: readonly SourceId[];
}

/** `50-USA`: one State's listing in one session. A review that moves has one listing a session. */
export type ReviewId = string;

export interface Review {
  readonly id: ReviewId;
  readonly state: StateCode;
  readonly session: number;
  readonly cycle: number;
  readonly stage: Stage;
  /** The event that led to the stage; null when the stage follows from the calendar alone. */
  readonly by: ReviewEvent | null;
  readonly flags: readonly Flag[];
  readonly events: readonly ReviewEvent[];
  readonly movedFrom: number | null;
  readonly movedTo: number | null;
  /** The Council session that adopts the outcome, where known or estimated. */
  readonly council: number | null;
}

export function reviewId(session: number, state: StateCode): ReviewId {
  return `${session}-${state}`;
}

const STAGE_AFTER: Partial<Record<EventKind, Stage>> = {
  'date-confirmed': 'date-confirmed',
  held: 'held',
  absent: 'not-held-state-absent',
  postponed: 'postponed',
  rescheduled: 'rescheduled',
  'wg-report-adopted': 'wg-report-adopted',
  'adoption-scheduled': 'adoption-scheduled',
  'adoption-postponed': 'adoption-postponed',
  'outcome-adopted': 'outcome-adopted',
};

const BEFORE_THE_REVIEW: readonly Stage[] = ['planned', 'scheduled', 'date-confirmed'];
const NEVER_REVIEWED_HERE: readonly Stage[] = [...BEFORE_THE_REVIEW, 'postponed', 'rescheduled', 'not-held-state-absent'];

/** What the facts say of one listing. Depends on nothing but the facts, so the same facts always give the same review. */
export function reviewOf(facts: ReviewFacts, session: SessionFacts, calendar: CalendarFacts): Review {
  const events = inOrder(facts.events);
  const council = councilByEvent(events) ?? session.council?.session ?? councilByPattern(session, calendar);
  const flags = flagsOf(facts, session, { events, adoption: calendar.councils.get(council ?? 0)?.dates.when.to ?? null });
  let stage: Stage = openingStage(facts, session);
  let by: ReviewEvent | null = null;
  for (const event of events) {
    const next = STAGE_AFTER[event.what];
    if (next === undefined) continue;
    stage = next;
    by = event;
  }
  if (session.held !== null && BEFORE_THE_REVIEW.includes(stage) && !isInDoubt(flags, facts, session)) stage = 'held';
  // After the session the State is asked for its views on the recommendations.
  const answered = events.some((event) => event.what === 'responses-received');
  if (stage === 'wg-report-adopted' && session.held !== null && !answered) stage = 'awaiting-responses';
  // An adoption that was put off goes its own way; that the Council adopted the other outcomes says nothing of it.
  const putOff = events.some((event) => event.what === 'adoption-postponed');
  if (session.council?.adopted === true && !putOff && !NEVER_REVIEWED_HERE.includes(stage)) stage = 'outcome-adopted';
  const moved = events.findLast((event) => event.what === 'rescheduled' || event.what === 'postponed');
  return {
    id: reviewId(session.number, facts.state),
    state: facts.state,
    session: session.number,
    cycle: session.cycle,
    stage,
    by,
    flags,
    events,
    movedFrom: facts.from,
    movedTo: moved?.to ?? null,
    council,
  };
}

/** That a session took place does not say that a State came which had said before that it would not, or had asked for another time. */
function isInDoubt(flags: readonly Flag[], facts: ReviewFacts, session: SessionFacts): boolean {
  const last = facts.review?.when.to ?? session.dates.until ?? session.dates.when.to ?? '';
  return flags.some(({ name, since }) => (name === 'non-participation-announced' || name === 'postponement-requested') && (since ?? '') <= last);
}

/** True when the review left this session without having taken place, whether or not a new session was named. */
export function leftSession(review: Review): boolean {
  return review.stage === 'postponed' || review.stage === 'rescheduled' || review.stage === 'not-held-state-absent';
}

export function hasFlag(review: Review, name: FlagName): boolean {
  return review.flags.some((flag) => flag.name === name);
}

/** A Council session that was set for this State alone; one that an adoption was put off to on a condition is not assumed. */
function councilByEvent(events: readonly ReviewEvent[]): number | null {
  return events.findLast(({ what, council }) => council !== null && (what === 'adoption-scheduled' || what === 'outcome-adopted'))?.council ?? null;
}

/** By the observed pattern of the cycle (rules.yaml, `council_offset`); null when the pattern says nothing. */
function councilByPattern(session: SessionFacts, calendar: CalendarFacts): number | null {
  const rule = calendar.rules.get('council_offset');
  if (rule === undefined) return null;
  const number = session.number + rule.min;
  return session.cycle === 4 && calendar.councils.has(number) ? number : null;
}

/** Undated events first, then by day; on one day in the order written. */
function inOrder(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  return [...events].sort((a, b) => (a.on ?? '').localeCompare(b.on ?? ''));
}

function openingStage(facts: ReviewFacts, session: SessionFacts): Stage {
  const own = facts.review;
  if (own !== null && hasDay(own.when)) return own.certainty === 'published' ? 'date-confirmed' : 'scheduled';
  const { certainty } = own ?? session.dates;
  return certainty === 'published' || certainty === 'tentative' ? 'scheduled' : 'planned';
}

const FLAG_OPENED: Partial<Record<EventKind, FlagName>> = {
  'non-participation-announced': 'non-participation-announced',
  'postponement-requested': 'postponement-requested',
  absent: 'state-absent',
  'absent-at-adoption': 'state-absent-at-adoption',
  'non-cooperation-decision': 'non-cooperation-decision',
  'president-reported': 'president-reporting',
  'contributions-suspended': 'contributions-suspended',
};

const FLAG_CLOSED: Partial<Record<EventKind, readonly FlagName[]>> = {
  'cooperation-resumed': ['non-participation-announced', 'postponement-requested'],
  'contributions-resumed': ['contributions-suspended'],
  held: ['non-participation-announced', 'postponement-requested'],
};

interface Course {
  readonly events: readonly ReviewEvent[];
  /** By when the State answers the recommendations: the Council session that takes up the outcome. */
  readonly adoption: Day | null;
}

function flagsOf(facts: ReviewFacts, session: SessionFacts, { events, adoption }: Course): readonly Flag[] {
  const flags = new Map<FlagName, Flag>();
  for (const event of events) {
    const opened = FLAG_OPENED[event.what];
    if (opened !== undefined) flags.set(opened, { name: opened, since: event.on, source: event.source });
    for (const closed of FLAG_CLOSED[event.what] ?? []) flags.delete(closed);
  }
  const dateOf = (kind: 'national_report' | 'addendum') => facts.deadlines[kind] ?? session.deadlines[kind];
  const came = (what: EventKind) => events.some((event) => event.what === what);
  const overdue = came('national-report-submitted') ? null : notSeen('national-report-overdue', dateOf('national_report'));
  const missing = came('responses-received') ? null : notSeen('responses-missing', dateOf('addendum'), adoption);
  for (const flag of [overdue, missing]) if (flag !== null) flags.set(flag.name, flag);
  const documents = events.find((event) => event.what === 'documents-published');
  if (overdue !== null && documents !== undefined) {
    flags.set('documents-partial', { name: 'documents-partial', since: documents.on, source: documents.source });
  }
  if (session.dates.earlier.some((claim) => !isWithin(session.dates.when, claim.when)))
    flags.set('session-wide-shift', { name: 'session-wide-shift', since: session.dates.known, source: session.dates.source });
  const [other] = facts.review?.disagrees ?? [];
  if (other !== undefined) flags.set('conflicting-sources', { name: 'conflicting-sources', since: other.known, source: other.source });
  return [...flags.values()];
}

/** True when `when` only says more finely what `coarse` said: days of a month that was known, not another month. */
function isWithin(when: When, coarse: When): boolean {
  return coarse.from === null || (when.from !== null && when.from >= coarse.from && (when.to ?? '') <= (coarse.to ?? ''));
}

/** Not seen only on the word of a look after the due day that did not find it, and of none later that did (design.md §6). */
function notSeen(name: FlagName, due: DateFact | undefined, otherwise: Day | null = null): Flag | null {
  const dueDay = due?.when.to ?? otherwise;
  if (due === undefined || dueDay === null) return null;
  const after = due.looks.filter((look) => look.from > dueDay).sort((a, b) => a.to.localeCompare(b.to));
  const last = after.at(-1);
  if (last === undefined || last.seen) return null;
  return { name, since: dueDay, source: after.filter((look) => !look.seen).map((look) => look.source) };
}
