/**
 * Dates computed from other dates. Every rule answers with a date that is at most as certain as its anchor, or null
 * when its anchor is not known or the rule is not in `rules.yaml`. Offsets live in the data, not here.
 */
import { addDays, addMonths, atWallClock, clockTimeOf, type Day, dayOf, HOUR } from '../time.ts';
import { type Certainty, inherit } from './certainty.ts';
import type { Anchor } from './deadline.ts';
import type { CalendarFacts, CouncilFacts, DateFact, Provenance, Rule, SourceId } from './facts.ts';
import { dayWhen, hasDay, minuteWhen, rangeWhen, shiftDays, type When } from './when.ts';
import { workingDaysBefore } from './working-days.ts';

/** A date that a rule can be hung on. */
export interface AnchorDate {
  readonly name: Anchor;
  readonly when: When;
  readonly until: Day | null;
  readonly certainty: Certainty;
  readonly source: readonly SourceId[];
  readonly checked: Day | null;
  readonly known: Day | null;
}

export interface Computed {
  readonly when: When;
  readonly certainty: Certainty;
  readonly rule: string;
  readonly anchor: AnchorDate;
  readonly source: readonly SourceId[];
  readonly holidaysUnknown: readonly number[];
}

type Outcome = Computed | null;

export function anchorOf(name: Anchor, fact: DateFact | null): AnchorDate | null {
  if (fact === null || fact.when.from === null) return null;
  return { name, when: fact.when, until: fact.until, certainty: fact.certainty, source: fact.source, checked: fact.checked, known: fact.known };
}

interface Shape {
  readonly when: When;
  /** Where the shape itself is less sure than rule and anchor, as when holidays are not known. */
  readonly atMost?: Certainty;
  readonly holidaysUnknown?: readonly number[];
}

function compute(facts: CalendarFacts, id: string, anchor: AnchorDate | null, shape: (rule: Rule, anchor: AnchorDate) => Shape): Outcome {
  const rule = facts.rules.get(id);
  if (rule === undefined || anchor === null) return null;
  const { when, atMost, holidaysUnknown = [] } = shape(rule, anchor);
  const certainty = inherit(rule.certainty, anchor.certainty);
  return {
    when,
    certainty: atMost === undefined ? certainty : inherit(certainty, atMost),
    rule: id,
    anchor,
    source: [...new Set([...rule.source, ...anchor.source])],
    holidaysUnknown,
  };
}

/** Somewhere between two offsets before the anchor; an observed custom, so always a range. */
function daysBefore(facts: CalendarFacts, id: string, anchor: AnchorDate | null): Outcome {
  return compute(facts, id, anchor, (rule, { when }) => ({
    when: rangeWhen(addDays(when.from ?? '', -rule.max), addDays(when.to ?? '', -rule.min), when.zone),
  }));
}

export const stakeholderSubmission = (facts: CalendarFacts, session: AnchorDate | null) => daysBefore(facts, 'stakeholder_submission_days', session);
export const nationalReport = (facts: CalendarFacts, review: AnchorDate | null) => daysBefore(facts, 'national_report_days', review);
export const documentsPublished = (facts: CalendarFacts, session: AnchorDate | null) => daysBefore(facts, 'documents_published_days', session);
export const presession = (facts: CalendarFacts, session: AnchorDate | null) => daysBefore(facts, 'presession_days', session);
export const programmeOfWork = (facts: CalendarFacts, council: AnchorDate | null) => daysBefore(facts, 'programme_of_work_days', council);
export const speakersList = (facts: CalendarFacts, council: AnchorDate | null) => daysBefore(facts, 'ngo_speakers_list_days', council);
export const nhriSubmission = (facts: CalendarFacts, council: AnchorDate | null) => daysBefore(facts, 'nhri_written_submission_days', council);

/** Written views on the recommendations come at the latest when the Council session that adopts begins. */
export const addendum = (facts: CalendarFacts, council: AnchorDate | null) => daysBefore(facts, 'addendum_days', council);

/** Written statements close two weeks before the Council session (domain.md A.2, #24). */
export function writtenStatement(facts: CalendarFacts, council: AnchorDate | null): Outcome {
  return compute(facts, 'written_statement_days', council, (rule, { when }) => ({ when: shiftDays(when, -rule.min) }));
}

export function presessionStatement(facts: CalendarFacts, meeting: AnchorDate | null): Outcome {
  if (meeting === null || !hasDay(meeting.when)) return null;
  return compute(facts, 'presession_statement_days', meeting, (rule, { when }) => ({ when: shiftDays(when, -rule.min) }));
}

/**
 * Advance questions are transmitted no later than ten working days before the review (PRST/8/1). Where the UN holidays
 * of a year are not known the day is the latest possible one, and tentative.
 */
export function advanceQuestions(facts: CalendarFacts, review: AnchorDate | null): Outcome {
  return compute(facts, 'advance_questions_working_days', review, (rule, { when }) => {
    const first = workingDaysBefore(when.from ?? '', rule.min, facts.holidays);
    const last = workingDaysBefore(when.to ?? '', rule.min, facts.holidays);
    const holidaysUnknown = [...new Set([...first.unchecked, ...last.unchecked])];
    const shape: Shape = { when: hasDay(when) ? dayWhen(last.day, when.zone) : rangeWhen(first.day, last.day, when.zone), holidaysUnknown };
    return holidaysUnknown.length === 0 ? shape : { ...shape, atMost: 'tentative' };
  });
}

/** The recommendations are circulated within 48 hours of the review; to the minute only when the review has an hour. */
export function recommendationsCirculated(facts: CalendarFacts, review: AnchorDate | null): Outcome {
  return compute(facts, 'recommendations_circulated_hours', review, (rule, { when }) => ({ when: hoursLater(when, rule.min) }));
}

function hoursLater(when: When, hours: number): When {
  if (when.time === null || when.from === null) return shiftDays(when, Math.ceil(hours / 24));
  const at = atWallClock(when.from, when.time, when.zone) + hours * HOUR;
  return minuteWhen(dayOf(at, when.zone), clockTimeOf(at, when.zone), when.zone);
}

/** The Working Group adopts its report not sooner than 48 hours after the review and before its session ends. */
export function workingGroupReport(facts: CalendarFacts, review: AnchorDate | null, sessionEnd: Day | null): Outcome {
  if (review === null || !hasDay(review.when) || sessionEnd === null) return null;
  return compute(facts, 'wg_report_adopted_hours', review, (rule, { when }) => {
    const first = addDays(when.from ?? '', Math.ceil(rule.min / 24));
    return { when: rangeWhen(first, first > sessionEnd ? first : sessionEnd, when.zone), atMost: 'estimated' };
  });
}

/** Somewhere within the Council session that takes up the outcome; `link` is how sure it is that this session does. */
export function outcomeAdoption(facts: CalendarFacts, council: CouncilFacts | null, link: Pick<Provenance, 'certainty'>): Outcome {
  // That somebody looked for the days of adoption and found none leaves those of the session.
  const anchor = anchorOf('council', council?.adoptions ?? null) ?? anchorOf('council', council?.dates ?? null);
  return compute(facts, 'council_offset', anchor, (_rule, { when, until }) => ({
    when: rangeWhen(when.from ?? '', until ?? when.to ?? '', when.zone),
    atMost: inherit(link.certainty, 'estimated'),
  }));
}

/** A voluntary report about two and a half years after the adoption (UPR Info: "no official deadline"). */
export function midTermReport(facts: CalendarFacts, adoption: AnchorDate | null): Outcome {
  return compute(facts, 'mid_term_months', adoption, (rule, { when }) => ({
    when: rangeWhen(addMonths(when.from ?? '', rule.min), addMonths(when.to ?? '', rule.min), when.zone),
  }));
}

/** A review without a published day lies somewhere within its session; where its last day is not published, within its usual length. */
export function withinSession(facts: CalendarFacts, session: AnchorDate | null): Outcome {
  if (session === null) return null;
  const { when, until } = session;
  const length = hasDay(when) && until === null ? (facts.rules.get('session_days') ?? null) : null;
  return {
    when: rangeWhen(when.from ?? '', until ?? addDays(when.to ?? '', length?.max ?? 0), when.zone),
    certainty: length === null ? session.certainty : inherit(length.certainty, session.certainty),
    rule: 'within_session',
    anchor: session,
    source: [...new Set([...session.source, ...(length?.source ?? [])])],
    holidaysUnknown: [],
  };
}
