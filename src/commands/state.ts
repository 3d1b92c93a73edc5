import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts, State, StateCode } from '../domain/calendar/facts.ts';
import { english, resolveState } from '../domain/calendar/state.ts';
import { sortsAt } from '../domain/calendar/when.ts';
import type { StateAnswer } from '../message/content.ts';
import { formatState } from '../message/format-state.ts';
import type { Run } from './asked.ts';
import { quoted } from './quote.ts';
import { required, stateOf } from './read-options.ts';
import { UserError } from './user-error.ts';

/** @throws UserError that asks which State was meant, or names the nearest ones. */
export function stateNamed(typed: string, facts: CalendarFacts): State {
  const found = resolveState(typed, facts.states.values());
  if ('state' in found) return found.state;
  const names = found.candidates.map((state) => `${english(state)} (${state.code})`).join(', ');
  if (names === '') throw new UserError(`No State is called "${quoted(typed)}". Try the name in a UN language, or the ISO code such as KEN.`);
  throw new UserError(`"${quoted(typed)}" may be: ${names}. Write one of them, or its code.`);
}

export const runState: Run = async (ask) => {
  const { code } = required(stateOf(ask), 'state', ask);
  const message = formatState(stateAnswer(ask.picture, code), ask.voice);
  return { message, audience: 'asker', again: { command: 'state', options: { state: code } } };
};

/** Every listing of a State in the calendar, the latest session first, with its dates in time order; those of the Council session last. */
export function stateAnswer(picture: Picture, state: StateCode): StateAnswer {
  const deadlines = [...picture.deadlines.values()].filter((deadline) => deadline.concerns.includes(state));
  const reviews = [...picture.reviews.values()].filter((review) => review.state === state).sort((a, b) => b.session - a.session);
  return {
    state,
    reviews: reviews.map((review) => ({
      review,
      deadlines: inTimeOrder(deadlines.filter(({ session, council }) => session === review.session || (council !== null && council === review.council))),
    })),
  };
}

function inTimeOrder(deadlines: readonly Deadline[]): readonly Deadline[] {
  return [...deadlines].sort((a, b) => sortsAt(a.when) - sortsAt(b.when));
}
