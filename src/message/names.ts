/** Names of States and of what a date is about. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { StateCode } from '../domain/calendar/facts.ts';
import { nameOf } from '../domain/calendar/state.ts';
import type { Voice } from './content.ts';

/** How many names a line holds before it says how many more there are. */
const NAMES_IN_A_LINE = 6;

/** A State's name as a label: `United States of America`. */
export function stateName(code: StateCode, { reader }: Voice): string {
  const state = reader.facts.states.get(code);
  return state === undefined ? code : nameOf(state, reader.locale);
}

/** A State's name inside a sentence (`the United States of America`) and at its start. */
export function stateInSentence(code: StateCode, voice: Voice): { readonly state: string; readonly State: string } {
  const values = { code, name: stateName(code, voice) };
  return { state: voice.words('state.in-sentence', values), State: voice.words('state.at-start', values) };
}

/** `Kenya, France and Peru`; more than the limit end in `and 8 more`. */
export function stateList(codes: readonly StateCode[], voice: Voice, limit = NAMES_IN_A_LINE): string {
  const names = codes.map((code) => stateName(code, voice)).sort((a, b) => a.localeCompare(b, voice.words.locale));
  const comma = voice.words('list.comma');
  if (names.length > limit) return voice.words('list.more', { names: names.slice(0, limit).join(comma), count: names.length - limit });
  const last = names.pop() ?? '';
  return names.length === 0 ? last : voice.words('list.and', { names: names.join(comma), last });
}

/** The States that some deadlines belong to, each once. */
export function statesOf(deadlines: readonly Deadline[]): readonly StateCode[] {
  return [...new Set(deadlines.flatMap((deadline) => deadline.state ?? []))];
}

/** What a title says some deadlines are about: a State, `14 States, session 54`, a session, a Council session. */
export function whoOf(deadlines: readonly Deadline[], voice: Voice): string {
  const states = statesOf(deadlines);
  const [first] = deadlines;
  const [state] = states;
  const onlyItsOwn = deadlines.every((deadline) => deadline.state === state || deadline.concerns.includes(state ?? ''));
  if (state !== undefined && states.length === 1 && onlyItsOwn) return stateName(state, voice);
  const session = first?.session ?? null;
  const sameSession = deadlines.every((deadline) => deadline.session === session);
  if (states.length > 1) {
    return sameSession && session !== null ? voice.words('who.states', { count: states.length, session }) : stateList(states, voice, 3);
  }
  if (session !== null && sameSession) return voice.words('who.session', { session });
  const council = first?.council ?? null;
  const sameCouncil = council !== null && deadlines.every((deadline) => deadline.council === council);
  return sameCouncil ? voice.words('who.council', { council }) : voice.words('who.all');
}
