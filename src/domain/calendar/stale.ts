/** Facts that nobody has looked at for too long (domain.md B.2, `status_stale`), and the list of what to look up. */
import { DAY, type Day, dayOf, daysBetween, GENEVA, type Instant } from '../time.ts';
import type { CalendarFacts, DateFact, SessionFacts, SourceId, StateCode } from './facts.ts';
import { type DeadlineKind, kindFacts } from './kinds.ts';
import { reviewOf } from './review.ts';
import { isOverAt, passesAt, sortsAt, type When } from './when.ts';

/** Days after which a look is old; fewer when the date is near. */
const FRESH_DAYS = 30;
const FRESH_DAYS_WHEN_NEAR = 7;
const NEAR = 30 * DAY;

/** What is asked of a date to know whether a look at it is old. Without `when` it is something that happened. */
interface Looked {
  readonly checked: Day | null;
  readonly when?: When;
  readonly until?: Day | null;
}

/** True for what is not over and was not checked for 30 days, or for 7 when it begins within 30 days or is under way. */
export function isStale({ checked, when, until = null }: Looked, now: Instant): boolean {
  if (checked === null) return false;
  const over = when === undefined ? null : isOverAt({ when, until });
  if (over !== null && over <= now) return false;
  const near = when !== undefined && when.from !== null && sortsAt(when) - now < NEAR;
  return daysBetween(checked, dayOf(now, GENEVA)) > (near ? FRESH_DAYS_WHEN_NEAR : FRESH_DAYS);
}

/** One thing to look up. */
export interface StaleFact {
  /** As `upr-watch calendar checked` takes it: `54-KEN-national_report`, `session-54`, `hrc65`. */
  readonly id: string;
  readonly kind: DeadlineKind | 'session';
  readonly session: number | null;
  readonly council: number | null;
  readonly state: StateCode | null;
  readonly when: When;
  readonly until: Day | null;
  readonly checked: Day;
  /** Days since somebody looked. */
  readonly unseen: number;
  readonly source: readonly SourceId[];
  /** Where it is published, if it is: the id of a place. */
  readonly place: string;
}

type Named = Pick<StaleFact, 'id' | 'kind' | 'session' | 'council' | 'state'>;

/**
 * Written facts that are stale, the most urgent first: what comes soonest, then what was not looked at for longest. A
 * date that nobody published is as near as what it belongs to, and is looked for until that is over.
 */
export function staleFacts(facts: CalendarFacts, now: Instant): readonly StaleFact[] {
  const found: { readonly stale: StaleFact; readonly urgency: Instant }[] = [];
  const look = (named: Named, fact: DateFact | null | undefined, belongsTo: When) => {
    if (fact === null || fact === undefined) return;
    const { when, until, checked, source } = fact;
    const asked = when.from === null ? { checked, when: belongsTo } : { checked, when, until };
    if (!isStale(asked, now)) return;
    const place = kindFacts(named.kind === 'session' ? 'review' : named.kind).place;
    const unseen = daysBetween(checked, dayOf(now, GENEVA));
    found.push({ stale: { ...named, when, until, checked, unseen, source, place }, urgency: sortsAt(asked.when) });
  };
  for (const session of facts.sessions.values()) lookAtSession(session, facts, look);
  for (const { number: council, dates, adoptions, deadlines } of facts.councils.values()) {
    const named = { session: null, council, state: null };
    look({ ...named, id: `hrc${council}`, kind: 'session' }, dates, dates.when);
    look({ ...named, id: `hrc${council}-outcome_adoption`, kind: 'outcome_adoption' }, adoptions, dates.when);
    for (const [kind, fact] of entries(deadlines)) look({ ...named, id: `hrc${council}-${kind}`, kind }, fact, dates.when);
  }
  return found.sort((a, b) => a.urgency - b.urgency || b.stale.unseen - a.stale.unseen || a.stale.id.localeCompare(b.stale.id)).map(({ stale }) => stale);
}

type Look = (named: Named, fact: DateFact | null | undefined, belongsTo: When) => void;

function lookAtSession(session: SessionFacts, facts: CalendarFacts, look: Look): void {
  const { number, dates } = session;
  const council = facts.councils.get(session.council?.session ?? 0)?.dates.when ?? dates.when;
  const anchorOf = (kind: DeadlineKind, own: When) => (kindFacts(kind).phase === 'after-review' ? council : own);
  const named = { session: number, council: null, state: null };
  look({ ...named, id: `session-${number}`, kind: 'session' }, dates, wholeOf(session));
  for (const [kind, fact] of entries(session.deadlines)) look({ ...named, id: `${number}-${kind}`, kind }, fact, anchorOf(kind, wholeOf(session)));
  for (const listed of session.reviews) {
    if (reviewOf(listed, session, facts).movedTo !== null) continue;
    const own = { ...named, state: listed.state };
    const day = listed.review !== null && listed.review.when.from !== null ? listed.review.when : wholeOf(session);
    look({ ...own, id: `${number}-${listed.state}-review`, kind: 'review' }, listed.review, day);
    for (const [kind, fact] of entries(listed.deadlines)) look({ ...own, id: `${number}-${listed.state}-${kind}`, kind }, fact, anchorOf(kind, day));
  }
}

/** The days of a session from the first to the last. */
function wholeOf({ dates: { when, until } }: SessionFacts): When {
  return until === null || passesAt(when) === null ? when : { ...when, precision: 'month', to: until, time: null };
}

function entries(dates: SessionFacts['deadlines']): [DeadlineKind, DateFact][] {
  return Object.entries(dates) as [DeadlineKind, DateFact][];
}
