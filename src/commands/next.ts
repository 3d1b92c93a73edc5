import { EVERYTHING, isFor, selectedStates } from '../domain/alerts/subscription.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { StateCode } from '../domain/calendar/facts.ts';
import { type Audience, type DeadlineKind, kindFacts } from '../domain/calendar/kinds.ts';
import { leftSession } from '../domain/calendar/review.ts';
import { passesAt, sortsAt } from '../domain/calendar/when.ts';
import { DAY, type Instant } from '../domain/time.ts';
import type { DeadlineGroup, NextAnswer } from '../message/content.ts';
import { formatNext } from '../message/format-next.ts';
import { groupDeadlines } from '../message/group.ts';
import { given, type Run } from './asked.ts';
import { countOf, kindOf, regionOf, sessionOf, stateOf } from './read-options.ts';

export interface NextQuery {
  /** Null = all. */
  readonly states: readonly StateCode[] | null;
  readonly sessions: readonly number[] | null;
  readonly kinds: readonly DeadlineKind[] | null;
  /** All when left out too. */
  readonly audiences?: readonly Audience[] | null;
  readonly limit: number;
}

/** Sessions whose review days lie this far back are over, and what nobody published for them is not asked for any more. */
const STILL_ASKED_FOR = 45 * DAY;

const USUAL_LINES = 20;

export const runNext: Run = async (ask) => {
  const [state, region, session, kind] = [stateOf(ask), regionOf(ask), sessionOf(ask), kindOf(ask)];
  const limit = countOf(ask, 'limit', USUAL_LINES);
  const states = selectedStates({ ...EVERYTHING, states: state && [state.code], regions: region && [region] }, ask.facts.states);
  const answer = nextAnswer(ask.picture, { states, sessions: session === null ? null : [session], kinds: kind && [kind], limit }, ask.now);
  const options = given({ state: state?.code, region, session, kind, limit: limit === USUAL_LINES ? null : limit });
  return { message: formatNext(answer, ask.voice), audience: 'asker', again: { command: 'next', options } };
};

/** What comes next, in time order, and what nobody has published yet for the sessions ahead. */
export function nextAnswer(picture: Picture, query: NextQuery, now: Instant): NextAnswer {
  const asked = [...picture.deadlines.values()].filter((deadline) => isAsked(deadline, query) && stands(deadline, picture));
  const ahead = asked.filter((deadline) => deadline.when.from !== null && (passesAt(deadline.when) ?? 0) > now);
  const groups = inTimeOrder(groupDeadlines(ahead));
  const open = sessionsAhead(picture, now);
  const unknown = asked.filter(({ when, session }) => when.from === null && session !== null && open.has(session));
  const silent = (query.kinds ?? []).filter((kind) => ![...ahead, ...unknown].some((deadline) => deadline.kind === kind));
  const more = Math.max(0, groups.length - query.limit);
  return { upcoming: groups.slice(0, query.limit), more, unknown: groupDeadlines(unknown), ...(silent.length === 0 ? {} : { silent }) };
}

function isAsked(deadline: Deadline, { states, sessions, kinds, audiences = null }: NextQuery): boolean {
  if (!isFor(audiences, deadline.kind)) return false;
  // Dates of other bodies are told to who names their kind (domain.md B.4).
  if (kinds === null ? kindFacts(deadline.kind).phase === 'related' : !kinds.includes(deadline.kind)) return false;
  if (sessions !== null && (deadline.session === null || !sessions.includes(deadline.session))) return false;
  return states === null || deadline.concerns.some((state) => states.includes(state));
}

/** Suspended dates are shown, with the word for it; what moved away or fell is not ahead of anybody. */
function stands(deadline: Deadline, picture: Picture): boolean {
  if (deadline.standing === 'moved-away' || deadline.standing === 'fallen') return false;
  const review = picture.reviews.get(`${deadline.session}-${deadline.state}`);
  return review === undefined || deadline.when.from !== null || !leftSession(review);
}

function inTimeOrder(groups: readonly DeadlineGroup[]): readonly DeadlineGroup[] {
  return [...groups].sort((a, b) => sortsAt(a.sample.when) - sortsAt(b.sample.when) || (passesAt(a.sample.when) ?? 0) - (passesAt(b.sample.when) ?? 0));
}

function sessionsAhead(picture: Picture, now: Instant): ReadonlySet<number> {
  const ahead = [...picture.deadlines.values()].filter(
    ({ kind, session, when }) => kind === 'review' && session !== null && (passesAt(when) ?? now) > now - STILL_ASKED_FOR,
  );
  return new Set(ahead.map(({ session }) => session ?? 0));
}
