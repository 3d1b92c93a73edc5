import type { Deadline } from '../calendar/deadline.ts';
import type { Change } from '../calendar/diff.ts';
import type { State, StateCode } from '../calendar/facts.ts';
import { kindOfChange, statesOfChange } from '../calendar/news.ts';
import { isOfParticipation } from '../calendar/participation.ts';
import { EVERYTHING, type Selector, selectedStates, wantsDate } from './subscription.ts';

/** What a channel wishes to hear of, its States resolved (regions included); null = all. */
export interface Wish {
  readonly selector: Selector;
  readonly states: readonly StateCode[] | null;
}

export function wishesOf(selectors: readonly Selector[], states: ReadonlyMap<StateCode, State>): readonly Wish[] {
  return selectors.map((selector) => ({ selector, states: selectedStates(selector, states) }));
}

/** Whether any of the wishes asks for a date. */
export function isWished(wishes: readonly Wish[], deadline: Pick<Deadline, 'kind' | 'session' | 'concerns'>): boolean {
  return wishes.some((wish) => isAbout(wish, deadline.concerns) && wantsDate(wish.selector, deadline));
}

/** Whether any of the wishes asks for news of this kind. */
export function isNewsWished(wishes: readonly Wish[], change: Change): boolean {
  return wishes.some((wish) => isAbout(wish, statesOfChange(change)) && wantsNews(wish.selector, change));
}

/** Whether a selector asks for news, its States aside: news of a date are heard by who asks for the date. */
export function wantsNews(selector: Selector, change: Change): boolean {
  if (selector.news === undefined) return wantsDate(selector, kindOfChange(change));
  return isOfParticipation(change) && wantsDate({ ...EVERYTHING, sessions: selector.sessions }, kindOfChange(change));
}

function isAbout({ states: wished }: Wish, states: readonly StateCode[]): boolean {
  return wished === null || states.some((state) => wished.includes(state));
}
