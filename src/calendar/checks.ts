/** Faults that only show when files are read together. */
import { classOf, compareCertainty, compareClass } from '../domain/calendar/certainty.ts';
import { derivePicture } from '../domain/calendar/derive.ts';
import type { CalendarFacts, DateFact, ReviewFacts, SessionFacts } from '../domain/calendar/facts.ts';
import type { DeadlineKind } from '../domain/calendar/kinds.ts';
import { hasDay } from '../domain/calendar/when.ts';
import type { Fault, Locate } from './yaml-file.ts';

export type Where = (file: string, path: readonly PropertyKey[]) => { file: string; line: number };

interface ParsedFile {
  readonly file: string;
  readonly value: unknown;
  readonly locate: Locate;
}

/** Every source and State that a file names must exist. */
export function checkReferences(files: readonly ParsedFile[], facts: CalendarFacts): Fault[] {
  const faults: Fault[] = [];
  for (const { file, value, locate } of files) {
    walk(value, [], (path, key, text) => {
      const missing =
        (key === 'source' || key === 'names_source') && !facts.sources.has(text)
          ? `names the source \`${text}\`, which is not in sources.yaml; add it there first`
          : (key === 'state' || path.includes('troika')) && key !== 'source' && /^[A-Z]{3}$/.test(text) && !facts.states.has(text)
            ? `names the State ${text}, which is not in states.yaml`
            : null;
      if (missing !== null) faults.push({ file, line: locate(path), message: missing });
    });
  }
  return faults;
}

/** A session file holds the session that it is named for, and each State once. */
export function checkSessionFiles(files: readonly ParsedFile[]): readonly Fault[] {
  const faults: Fault[] = [];
  for (const { file, value, locate } of files) {
    if (!file.startsWith('sessions/')) continue;
    const { session, states = [] } = value as { session: number; states?: readonly { state: string }[] };
    if (file !== fileOf(session))
      faults.push({ file, line: locate(['session']), message: `is session ${session}; a file is named for its session, so call it ${fileOf(session)}` });
    for (const [index, { state }] of states.entries()) {
      if (states.findIndex((other) => other.state === state) < index)
        faults.push({ file, line: locate(['states', index]), message: `lists ${state} a second time` });
    }
  }
  return faults;
}

/** Calls back for every text below `value`, with its path and the nearest key (list positions skipped). */
function walk(value: unknown, path: readonly PropertyKey[], visit: (path: readonly PropertyKey[], key: string, text: string) => void): void {
  if (typeof value === 'string') visit(path, String(path.findLast((part) => typeof part === 'string') ?? ''), value);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
}

/** What cannot be true of a calendar, whoever wrote it. */
export function checkFacts(facts: CalendarFacts, where: Where): readonly Fault[] {
  const sessions = [...facts.sessions.values()];
  return [
    ...sessions.flatMap((session) => checkSession(session, facts, where)),
    ...checkOriginalListings(sessions, where),
    ...checkConflicts(sessions, facts, where),
    ...checkCertainty(facts, where),
  ];
}

function fileOf(session: number): string {
  return `sessions/${session}.yaml`;
}

function checkSession(session: SessionFacts, facts: CalendarFacts, where: Where): readonly Fault[] {
  const file = fileOf(session.number);
  const faults: Fault[] = [];
  const fault = (path: readonly PropertyKey[], message: string) => faults.push({ ...where(file, path), message });
  if (session.council !== null && !facts.councils.has(session.council.session)) {
    fault(['council'], `names Council session ${session.council.session}, which is not in hrc-sessions.yaml`);
  }
  const start = session.dates.when;
  for (const [kind, fact] of datesOf(session.deadlines)) {
    if (isAfterAnchor(kind, fact, session.dates)) fault(['deadlines', kind], `falls after the session it comes before (${start.from}); look for a wrong year`);
  }
  for (const [index, review] of session.reviews.entries()) {
    const at = (...path: PropertyKey[]) => ['states', index, ...path];
    for (const [kind, fact] of datesOf(review.deadlines)) {
      if (isAfterAnchor(kind, fact, review.review ?? session.dates))
        fault(at('deadlines', kind), 'falls after the review it comes before; look for a wrong year');
    }
    if (isOutside(review.review, session)) fault(at('review'), `lies outside session ${session.number} (${start.from} to ${session.dates.until ?? start.to})`);
    for (const message of checkMoves(review, session, facts)) fault(at(), message);
  }
  return faults;
}

function datesOf(dates: Readonly<Partial<Record<DeadlineKind, DateFact>>>): [DeadlineKind, DateFact][] {
  return Object.entries(dates) as [DeadlineKind, DateFact][];
}

const BEFORE_REVIEW: ReadonlySet<DeadlineKind> = new Set([
  'submission_portal_open',
  'stakeholder_submission',
  'un_entity_contribution',
  'national_report',
  'presession_application',
  'presession_statement',
  'presession',
  'advance_questions',
]);

function isAfterAnchor(kind: DeadlineKind, fact: DateFact, anchor: DateFact): boolean {
  return BEFORE_REVIEW.has(kind) && fact.when.from !== null && anchor.when.to !== null && fact.when.from > anchor.when.to;
}

function isOutside(review: DateFact | null, session: SessionFacts): boolean {
  if (review === null || !hasDay(review.when) || session.dates.when.from === null) return false;
  const last = session.dates.until ?? (session.dates.when.precision === 'day' ? null : session.dates.when.to);
  return review.when.from < session.dates.when.from || (last !== null && review.when.from > last);
}

function checkMoves(review: ReviewFacts, session: SessionFacts, facts: CalendarFacts): readonly string[] {
  const faults: string[] = [];
  const listing = (number: number) => facts.sessions.get(number)?.reviews.find((other) => other.state === review.state);
  for (const { to } of review.events) {
    if (to !== null && listing(to)?.from !== session.number)
      faults.push(`is moved to session ${to}, but sessions/${to}.yaml does not list ${review.state} with \`from: ${session.number}\``);
  }
  if (review.from !== null && !listing(review.from)?.events.some((event) => event.to === session.number)) {
    faults.push(`came from session ${review.from}, but sessions/${review.from}.yaml has no event of ${review.state} with \`to: ${session.number}\``);
  }
  return faults;
}

/** In one cycle a State is listed once; a second listing must say `from`. */
function checkOriginalListings(sessions: readonly SessionFacts[], where: Where): readonly Fault[] {
  const first = new Map<string, number>();
  const faults: Fault[] = [];
  for (const session of sessions) {
    for (const [index, review] of session.reviews.entries()) {
      if (review.from !== null) continue;
      const key = `${session.cycle}-${review.state}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, session.number);
      else
        faults.push({
          ...where(fileOf(session.number), ['states', index]),
          message: `lists ${review.state}, which session ${other} lists already; if the review moved, write \`from: ${other}\``,
        });
    }
  }
  return faults;
}

/** The highest class of source drives; a value kept beside one of the same or a higher class needs a reason. */
function checkConflicts(sessions: readonly SessionFacts[], facts: CalendarFacts, where: Where): readonly Fault[] {
  const faults: Fault[] = [];
  const check = (fact: DateFact | null | undefined, file: string, path: readonly PropertyKey[]) => {
    for (const claim of fact?.disagrees ?? []) {
      if (claim.why !== undefined || compareClass(classOf(fact?.source ?? [], facts.sources), classOf(claim.source, facts.sources)) < 0) continue;
      faults.push({
        ...where(file, path),
        message: 'disagrees with a source of the same or a higher class; say in `why` which is believed and for what reason',
      });
    }
  };
  for (const session of sessions) {
    const file = fileOf(session.number);
    check(session.dates, file, ['dates']);
    for (const [kind, fact] of datesOf(session.deadlines)) check(fact, file, ['deadlines', kind]);
    for (const [index, review] of session.reviews.entries()) {
      check(review.review, file, ['states', index, 'review']);
      for (const [kind, fact] of datesOf(review.deadlines)) check(fact, file, ['states', index, 'deadlines', kind]);
    }
  }
  return faults;
}

/** Only an official source makes a date published (design.md §4). */
function checkCertainty(facts: CalendarFacts, where: Where): readonly Fault[] {
  const faults: Fault[] = [];
  for (const deadline of derivePicture(facts).deadlines.values()) {
    if (compareCertainty(deadline.certainty, 'published') > 0 || deadline.basis.by !== 'fact') continue;
    if (deadline.source.some((id) => facts.sources.get(id)?.class === 'official')) continue;
    const { session, council, kind } = deadline;
    const file = council === null ? 'related' : 'hrc-sessions.yaml';
    const at = session === null ? where(file, []) : where(fileOf(session), ['deadlines', kind]);
    faults.push({ ...at, message: `${deadline.id} is \`${deadline.certainty}\`, but no official source says so; write \`tentative\`` });
  }
  return faults;
}
