/** Dates of a feed that a newer image has overtaken: read again since, by a source that is no lower. */
import { classOf, compareClass } from '../../domain/calendar/certainty.ts';
import type { CalendarFacts, DateFact } from '../../domain/calendar/facts.ts';
import type { CouncilPatch, Layer, ReviewPatch, SessionPatch } from '../../domain/calendar/layers.ts';
import { whenKey } from '../../domain/calendar/when.ts';
import { type Day, dayOf, GENEVA, type Instant } from '../../domain/time.ts';

export interface Current {
  readonly layer: Layer;
  /** The dates that are passed over and say another day than the calendar below: `54-KEN-national_report`. */
  readonly outdated: readonly string[];
}

/**
 * The layer without the dates that were looked at before what lies below was, where that was after the feed was published.
 * What a living feed says beside a later look is not passed over: the two contest each other.
 */
export function withoutOutdated(layer: Layer, published: Instant, below: CalendarFacts): Current {
  const outdated: string[] = [];
  const since = dayOf(published, GENEVA);
  const pick = (id: string, fact: DateFact | null | undefined, other: DateFact | null | undefined) => {
    if (fact == null || other == null || !isOvertaken(fact, other, { since, below })) return fact;
    if (whenKey(fact.when) !== whenKey(other.when)) outdated.push(id);
    return undefined;
  };
  const picked = (id: string, facts: SessionPatch['deadlines'], others: SessionPatch['deadlines']) =>
    Object.fromEntries(
      Object.entries(facts ?? {})
        .map(([kind, fact]) => [kind, pick(`${id}-${kind}`, fact, others?.[kind as keyof typeof others])])
        .filter(([, fact]) => fact !== undefined),
    ) as NonNullable<SessionPatch['deadlines']>;

  const reviewOf = (patch: ReviewPatch, session: number): ReviewPatch => {
    const own = below.sessions.get(session)?.reviews.find(({ state }) => state === patch.state);
    const { review, ...rest } = patch;
    const kept = pick(`${session}-${patch.state}-review`, review, own?.review);
    return { ...rest, ...(kept == null ? {} : { review: kept }), deadlines: picked(`${session}-${patch.state}`, patch.deadlines, own?.deadlines) };
  };
  const sessionOf = (patch: SessionPatch): SessionPatch => {
    const own = below.sessions.get(patch.number);
    const { dates, ...rest } = patch;
    const kept = pick(`session-${patch.number}`, dates, own?.dates);
    const reviews = (patch.reviews ?? []).map((review) => reviewOf(review, patch.number));
    return { ...rest, ...(kept == null ? {} : { dates: kept }), deadlines: picked(`${patch.number}`, patch.deadlines, own?.deadlines), reviews };
  };
  const councilOf = (patch: CouncilPatch): CouncilPatch => {
    const own = below.councils.get(patch.number);
    const { dates, adoptions, ...rest } = patch;
    const [days, adopting] = [pick(`hrc${patch.number}`, dates, own?.dates), pick(`hrc${patch.number}-outcome_adoption`, adoptions, own?.adoptions)];
    const kept = { ...(days == null ? {} : { dates: days }), ...(adopting == null ? {} : { adoptions: adopting }) };
    return { ...rest, ...kept, deadlines: picked(`hrc${patch.number}`, patch.deadlines, own?.deadlines) };
  };
  return { layer: { ...layer, sessions: layer.sessions.map(sessionOf), councils: layer.councils.map(councilOf) }, outdated };
}

/** A look that found nothing takes no date away; and a date that somebody found since stands against such a look. */
function isOvertaken(fact: DateFact, other: DateFact, { since, below }: { since: Day; below: CalendarFacts }): boolean {
  if (fact.checked >= other.checked || other.checked <= since) return false;
  if (fact.when.from === null || other.when.from === null) return other.when.from !== null;
  return compareClass(classOf(other.source, below.sources), classOf(fact.source, below.sources)) <= 0;
}
