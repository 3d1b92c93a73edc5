/** Options as texts, read by what they hold. What cannot be read is answered with what to write. */
import { PRESETS, type Preset } from '../domain/alerts/preset.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { REGIONS, type Region, type State } from '../domain/calendar/facts.ts';
import { AUDIENCES, type Audience, type DeadlineKind, isDeadlineKind } from '../domain/calendar/kinds.ts';
import { nameOf, resolveState } from '../domain/calendar/state.ts';
import type { Ask } from './asked.ts';
import { type Candidate, meant } from './match.ts';
import { clip, quoted } from './quote.ts';
import { audiencesIn, cyclesIn, deadlinesIn, kindsIn, presetsIn, regionsIn, termsIn } from './things.ts';
import { UserError } from './user-error.ts';

/** What nobody needs to write to name a thing; the rest is not looked at. */
const LONGEST = 200;
const NAMED = 5;
/** A list in an answer is no longer than this. */
const LONGEST_LIST = 600;

/** Null when it was left out or is empty. */
export function textOf(ask: Ask, name: string): string | null {
  const typed = (Object.hasOwn(ask.options, name) ? ask.options[name] : undefined)?.slice(0, LONGEST).trim() ?? '';
  return quoted(typed) === '' ? null : typed;
}

/** @throws UserError that names the option. */
export function required<T>(value: T | null, name: string, { words }: Ask): T {
  if (value === null) throw new UserError(words('option-error.missing', { name, what: words(`option.${name}`) }));
  return value;
}

export function stateOf(ask: Ask, name = 'state'): State | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const found = resolveState(typed, ask.facts.states.values());
  if ('state' in found) return found.state;
  const [nearest, ...others] = found.candidates;
  if (nearest !== undefined && others.length === 0) return nearest;
  const names = found.candidates.map((state) => ask.words('complete.state', { name: nameOf(state, ask.words.locale), code: state.code }));
  throw new UserError(unread('state', typed, names, ask));
}

export function regionOf(ask: Ask, name = 'region'): Region | null {
  const value = read(ask, name, 'region', regionsIn(ask.words));
  return REGIONS.find((region) => region === value) ?? null;
}

export function sessionOf(ask: Ask, name = 'session'): number | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const number = Number(/^\D{0,20}(\d{1,3})(?!\d)/.exec(typed.normalize('NFKC'))?.[1] ?? Number.NaN);
  if (ask.facts.sessions.has(number)) return number;
  const known = [...ask.facts.sessions.keys()];
  const values = { typed: quoted(typed), first: Math.min(...known), last: Math.max(...known) };
  throw new UserError(ask.words(known.length === 0 ? 'option-error.session.none' : 'option-error.session.unknown', values));
}

export function cycleOf(ask: Ask, name = 'cycle'): number | null {
  const value = read(ask, name, 'cycle', cyclesIn(ask.facts, ask.words));
  return value === null ? null : Number(value);
}

export function kindOf(ask: Ask, name = 'kind'): DeadlineKind | null {
  const value = read(ask, name, 'deadline-kind', kindsIn(ask.words));
  return value !== null && isDeadlineKind(value) ? value : null;
}

export function deadlineOf(ask: Ask, name = 'deadline'): Deadline | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const exact = ask.picture.deadlines.get(typed);
  if (exact !== undefined) return exact;
  // One that is ahead is meant before those that passed.
  const found = meant(typed, deadlinesIn(ask), ({ over }) => over !== null && over > ask.now);
  if ('value' in found) return ask.picture.deadlines.get(found.value) ?? null;
  throw new UserError(unread('deadline', typed, labels(found), ask));
}

export function termOf(ask: Ask, name = 'term'): string | null {
  return read(ask, name, 'term', termsIn(ask.words));
}

export function presetAsked(ask: Ask, name = 'preset'): Preset | null {
  const value = read(ask, name, 'preset', presetsIn(ask.words));
  return PRESETS.find((preset) => preset === value) ?? null;
}

export function audienceOf(ask: Ask, name = 'audience'): Audience | null {
  const value = read(ask, name, 'audience', audiencesIn(ask.words));
  return AUDIENCES.find((audience) => audience === value) ?? null;
}

export const MOST_LINES = 50;

export function countOf(ask: Ask, name: string, otherwise: number): number {
  const typed = textOf(ask, name);
  if (typed === null) return otherwise;
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  if (count >= 1 && count <= MOST_LINES) return count;
  throw new UserError(ask.words('option-error.count', { typed: quoted(typed), most: MOST_LINES }));
}

/** The value of the one that is meant. @throws UserError that names those that may be, or all there are to choose from. */
export function read(ask: Ask, name: string, kind: Unread, all: readonly Candidate[]) {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const found = meant(typed, all);
  if ('value' in found) return found.value;
  if (found.length > 0) throw new UserError(unread(kind, typed, labels(found), ask));
  throw new UserError(ask.words(`option-error.${kind}.unknown`, { typed: quoted(typed), names: nameList(labels(all), ask) }));
}

const labels = (candidates: readonly Candidate[]) => candidates.map(({ label }) => label);

type Unread =
  | 'plan'
  | 'task'
  | 'template'
  | 'export-format'
  | 'board-view'
  | 'length-kind'
  | 'state'
  | 'cycle'
  | 'region'
  | 'deadline-kind'
  | 'deadline'
  | 'term'
  | 'preset'
  | 'audience'
  | 'certainty'
  | 'subscription'
  | 'zone'
  | 'language'
  | 'ladder'
  | 'weekday'
  | 'switch'
  | 'shows'
  | 'clear';

/** What cannot be one thing alone, with those that it may be. */
export function unread(kind: Unread, typed: string, names: readonly string[], ask: Ask): string {
  const values = { typed: quoted(typed), names: nameList(names, ask), count: Math.max(0, names.length - NAMED) };
  return names.length === 0 ? ask.words(`option-error.${kind}.unknown`, values) : ask.words('option-error.many', values);
}

function nameList(names: readonly string[], { words }: Ask): string {
  const shown = names.slice(0, NAMED).map((name) => words('option-error.name', { name: clip(name, 90) }));
  return clip(shown.join(words('list.comma')), LONGEST_LIST);
}
