import type { Deadline } from '../calendar/deadline.ts';
import type { Change } from '../calendar/diff.ts';
import type { State, StateCode } from '../calendar/facts.ts';
import { kindOfChange, statesOfChange } from '../calendar/news.ts';
import { type Selector, selectedStates, wantsDate } from './subscription.ts';

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
  return wishes.some((wish) => wants(wish, deadline.concerns, deadline));
}

/** Whether any of the wishes asks for news of this kind. */
export function isNewsWished(wishes: readonly Wish[], change: Change): boolean {
  return wishes.some((wish) => wants(wish, statesOfChange(change), kindOfChange(change)));
}

function wants(wish: Wish, states: readonly StateCode[], what: Pick<Deadline, 'kind' | 'session'>): boolean {
  return (wish.states === null || states.some((state) => wish.states?.includes(state))) && wantsDate(wish.selector, what);
}
