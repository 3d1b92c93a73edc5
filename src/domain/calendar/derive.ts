/** From facts to the picture: every review with its stage, every deadline with its date, certainty and standing. */
import { GENEVA } from '../time.ts';
import { assemble } from './assemble.ts';
import { concernedBy, relatedId } from './avenues.ts';
import { councilDeadlineId, type Deadline, deadlineId, type Standing } from './deadline.ts';
import type { Picture } from './diff.ts';
import type { CalendarFacts, CouncilFacts, ReviewFacts, SessionFacts, StateCode } from './facts.ts';
import { DEADLINE_KINDS, type DeadlineKind, kindFacts } from './kinds.ts';
import { isReviewed } from './participation.ts';
import { hasFlag, leftSession, type Review, reviewOf } from './review.ts';
import * as rules from './rules.ts';

/** The same facts always give the same picture; nothing in it depends on the present. */
export function derivePicture(facts: CalendarFacts): Picture {
  const deadlines = new Map<string, Deadline>();
  const reviews = new Map<string, Review>();
  for (const session of facts.sessions.values()) {
    for (const listed of session.reviews) {
      const review = reviewOf(listed, session, facts);
      reviews.set(review.id, review);
      for (const deadline of ofReview({ facts, session, listed, review })) deadlines.set(deadline.id, deadline);
    }
    if (session.reviews.length === 0) for (const deadline of ofBareSession(facts, session)) deadlines.set(deadline.id, deadline);
  }
  for (const council of facts.councils.values()) {
    for (const deadline of ofCouncil(facts, council, [...reviews.values()])) deadlines.set(deadline.id, deadline);
  }
  for (const deadline of ofAvenues(facts)) deadlines.set(deadline.id, deadline);
  return { deadlines, reviews };
}

interface Scope {
  readonly facts: CalendarFacts;
  readonly session: SessionFacts;
  readonly listed: ReviewFacts;
  readonly review: Review;
}

function ofReview(scope: Scope): readonly Deadline[] {
  const { session, listed, review } = scope;
  const computed = computedDates(scope);
  const kinds = DEADLINE_KINDS.filter((kind) => !kindFacts(kind).council);
  const found = kinds.map((kind): Deadline | null => {
    const fact = (kind === 'review' ? listed.review : null) ?? listed.deadlines[kind] ?? session.deadlines[kind] ?? null;
    return assemble({
      kind,
      id: deadlineId(session.number, listed.state, kind),
      session: session.number,
      council: null,
      state: listed.state,
      concerns: [listed.state],
      standing: standingOf(kind, review),
      fact,
      computed: computed[kind] ?? null,
    });
  });
  return found.filter((deadline) => deadline !== null);
}

type ComputedDates = Partial<Record<DeadlineKind, rules.Computed | null>>;

function computedDates(scope: Scope): ComputedDates {
  const { facts, session, listed, review } = scope;
  const start = rules.anchorOf('session', session.dates);
  const meeting = rules.anchorOf('presession', listed.deadlines.presession ?? session.deadlines.presession ?? null);
  const day = rules.anchorOf('review', listed.review);
  const sessionEnd = session.dates.until ?? (session.dates.when.precision === 'day' ? null : session.dates.when.to);
  return {
    // Whether the portal opens again for a review that was put to another session is not regulated (domain.md B.2).
    stakeholder_submission: listed.from === null ? rules.stakeholderSubmission(facts, start) : null,
    national_report: rules.nationalReport(facts, day ?? start),
    documents_published: rules.documentsPublished(facts, start),
    presession: rules.presession(facts, start),
    presession_statement: rules.presessionStatement(facts, meeting),
    advance_questions: rules.advanceQuestions(facts, day ?? withEnd(facts, start)),
    review: rules.withinSession(facts, start),
    recommendations_circulated: rules.recommendationsCirculated(facts, day ?? withEnd(facts, start)),
    wg_report_adopted: rules.workingGroupReport(facts, day, sessionEnd),
    ...adoptionDates(scope, facts.councils.get(review.council ?? 0) ?? null),
  };
}

function adoptionDates({ facts, session, listed, review }: Scope, council: CouncilFacts | null): ComputedDates {
  if (review.stage === 'adoption-postponed') return {};
  const adoption = rules.outcomeAdoption(facts, council, session.council ?? { certainty: 'estimated' });
  const adopted = review.events.findLast((event) => event.what === 'outcome-adopted');
  const known = listed.deadlines.outcome_adoption ?? null;
  const anchor = rules.anchorOf('adoption', known) ?? (adoption === null ? null : { ...adoption.anchor, ...adoption, name: 'adoption' as const, until: null });
  const day = adopted?.on ?? null;
  const adoptedOn = adopted === undefined || day === null ? null : eventAnchor(day, adopted);
  return {
    addendum: rules.addendum(facts, rules.anchorOf('council', council?.dates ?? null)),
    outcome_adoption: adoptedOn === null ? adoption : { ...adoptedOn, rule: 'adopted', anchor: adoptedOn, holidaysUnknown: [] },
    mid_term_report: rules.midTermReport(facts, adoptedOn ?? anchor),
  };
}

function eventAnchor(day: string, event: Review['events'][number]): rules.AnchorDate {
  const { certainty, source, checked } = event;
  return {
    name: 'adoption',
    when: { precision: 'day', from: day, to: day, time: null, zone: GENEVA },
    until: null,
    certainty,
    source,
    checked,
    known: event.known ?? day,
  };
}

/** A session as the range of its days, for rules that hang on a review whose day is not known. */
function withEnd(facts: CalendarFacts, session: rules.AnchorDate | null): rules.AnchorDate | null {
  const range = rules.withinSession(facts, session);
  return session === null || range === null ? null : { ...session, when: range.when };
}

function standingOf(kind: DeadlineKind, review: Review): Standing {
  const { phase } = kindFacts(kind);
  if (kind === 'stakeholder_submission' && hasFlag(review, 'contributions-suspended')) return 'suspended';
  if (!leftSession(review) || phase === 'related') return 'standing';
  if (hasFlag(review, 'state-absent')) return phase === 'after-review' ? 'fallen' : 'standing';
  return 'moved-away';
}

function ofBareSession(facts: CalendarFacts, session: SessionFacts): readonly Deadline[] {
  const start = rules.anchorOf('session', session.dates);
  const computed: ComputedDates = { review: rules.withinSession(facts, start), stakeholder_submission: rules.stakeholderSubmission(facts, start) };
  const kinds: readonly DeadlineKind[] = ['stakeholder_submission', 'un_entity_contribution', 'national_report', 'presession', 'review'];
  return kinds
    .map((kind) =>
      assemble({
        kind,
        id: deadlineId(session.number, null, kind),
        session: session.number,
        council: null,
        state: null,
        concerns: [],
        standing: 'standing',
        fact: session.deadlines[kind] ?? null,
        computed: computed[kind] ?? null,
      }),
    )
    .filter((deadline) => deadline !== null);
}

function ofCouncil(facts: CalendarFacts, council: CouncilFacts, reviews: readonly Review[]): readonly Deadline[] {
  const concerns = reviews.filter((review) => review.council === council.number && !leftSession(review)).map((review) => review.state);
  const reported = reportedOn(reviews, council);
  const start = rules.anchorOf('council', council.dates);
  const computed: ComputedDates = {
    hrc_programme_of_work: rules.programmeOfWork(facts, start),
    hrc_written_statement: rules.writtenStatement(facts, start),
    nhri_written_submission: rules.nhriSubmission(facts, start),
    ngo_speakers_list_open: rules.speakersList(facts, start),
    // Under item 6, on some day of the session.
    president_report: reported.length === 0 ? null : rules.outcomeAdoption(facts, { ...council, adoptions: null }, { certainty: 'estimated' }),
  };
  return DEADLINE_KINDS.filter((kind) => kindFacts(kind).council)
    .map((kind) =>
      assemble({
        kind,
        id: councilDeadlineId(council.number, kind),
        session: null,
        council: council.number,
        state: null,
        concerns: kind === 'president_report' ? reported : concerns,
        standing: 'standing',
        fact: council.deadlines[kind] ?? null,
        computed: computed[kind] ?? null,
      }),
    )
    .filter((deadline) => deadline !== null);
}

/** States of whose cooperation the President of the Council is to report at a session: decided on before it, and not yet back (domain.md B.2). */
function reportedOn(reviews: readonly Review[], council: CouncilFacts): readonly StateCode[] {
  const begins = council.dates.when.from ?? '';
  const isAwaited = (review: Review) => {
    const decided = review.events.some(({ what, on }) => DECIDED.has(what) && on !== null && on < begins);
    return decided && !reviews.some((other) => other.state === review.state && other.cycle === review.cycle && isBack(other));
  };
  return [...new Set(reviews.filter(isAwaited).map(({ state }) => state))];
}

const DECIDED: ReadonlySet<string> = new Set(['absent', 'non-cooperation-decision', 'adoption-postponed']);

function isBack(review: Review): boolean {
  return isReviewed(review) && review.stage !== 'adoption-postponed';
}

/** Dates of other bodies. They belong to no session, and concern every State that they may be of use to. */
function ofAvenues(facts: CalendarFacts): readonly Deadline[] {
  const found = [...facts.avenues.values()].flatMap((avenue) =>
    Object.entries(avenue.dates).map(([name, fact]) =>
      assemble({
        kind: avenue.kind,
        id: relatedId(avenue, name),
        session: null,
        council: null,
        state: null,
        concerns: concernedBy(avenue, facts.states.keys()),
        standing: 'standing',
        fact,
        computed: null,
      }),
    ),
  );
  return found.filter((deadline) => deadline !== null);
}
