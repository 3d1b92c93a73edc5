import type { Deadline } from '../calendar/deadline.ts';
import type { State, StateCode } from '../calendar/facts.ts';
import { type Audience, type DeadlineKind, kindFacts } from '../calendar/kinds.ts';

/** What a channel wishes to hear of. Null asks for everything; several wishes must all hold, but States and regions together name the States. */
export interface Selector {
  readonly states: readonly StateCode[] | null;
  readonly regions: readonly string[] | null;
  readonly sessions: readonly number[] | null;
  readonly kinds: readonly DeadlineKind[] | null;
  readonly audiences: readonly Audience[] | null;
  /** Only what happens to the taking part of States, and no dates. Left out: all. */
  readonly news?: 'participation';
}

export const EVERYTHING: Selector = { states: null, regions: null, sessions: null, kinds: null, audiences: null };

/** The States that a selector names, with those of its regions; null = all. */
export function selectedStates(selector: Selector, states: ReadonlyMap<StateCode, State>): readonly StateCode[] | null {
  if (selector.states === null && selector.regions === null) return null;
  const ofRegions = [...states.values()].filter((state) => state.region !== null && selector.regions?.includes(state.region)).map((state) => state.code);
  return [...new Set([...(selector.states ?? []), ...ofRegions])].sort();
}

/**
 * Whether a selector asks for a deadline, its States aside. Dates of other bodies are heard only by who names their
 * kind (domain.md B.4). A date of a Council session belongs to no Working Group session, so a wish for sessions passes it by.
 */
export function wantsDate(selector: Pick<Selector, 'kinds' | 'sessions' | 'audiences' | 'news'>, deadline: Pick<Deadline, 'kind' | 'session'>): boolean {
  if (selector.news !== undefined) return false;
  const { phase } = kindFacts(deadline.kind);
  if (selector.kinds === null ? phase === 'related' : !selector.kinds.includes(deadline.kind)) return false;
  if (selector.sessions !== null && (deadline.session === null || !selector.sessions.includes(deadline.session))) return false;
  return isFor(selector.audiences, deadline.kind);
}

/** Whether dates of a kind are for any of some people; null = all. */
export function isFor(audiences: readonly Audience[] | null, kind: DeadlineKind): boolean {
  const { audience } = kindFacts(kind);
  return audiences === null || audience.includes('everyone') || audiences.some((wanted) => audience.includes(wanted));
}
