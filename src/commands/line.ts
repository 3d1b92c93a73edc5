/** A typed line as the question that it asks, or a kind word on what to type. */
import { resolveState } from '../domain/calendar/state.ts';
import type { Words } from '../message/words.ts';
import type { CommandDeps, Question } from './asked.ts';
import { oneLine, quoted } from './quote.ts';
import { COMMANDS, type CommandSpec, groupOf, keyOf, ownName } from './spec.ts';
import { LONGEST_LINE, LONGEST_VALUE, lineOf, type Problem, readTyped } from './typed.ts';
import { isCalled } from './typos.ts';
import { UserError } from './user-error.ts';

/** A line to type that is longer is shown without its options. */
const LONGEST_SHOWN = 300;
const LONGEST_STATE = 100;

interface Known extends Pick<CommandDeps, 'facts'> {
  readonly words: Words;
  readonly commands?: readonly CommandSpec[];
}

/** A question, or a group where nothing follows it. Null when nothing was typed. @throws UserError that says what to type. */
export function questionTyped(text: string, { facts, words, commands = COMMANDS }: Known): Question | { readonly group: string } | null {
  if (oneLine(text.slice(0, LONGEST_LINE)) === '') return null;
  const typed = readTyped(text, words, commands);
  if ('question' in typed) return typed.question;
  if ('group' in typed) return typed;
  const { problem } = typed;
  const maybe = problem.what === 'no-command' && problem.maybe.length === 0 ? ofState(text, facts) : problem.maybe;
  throw new UserError(told({ ...problem, maybe }, words, commands));
}

/** Somebody who types a State alone wants to know of it. */
function ofState(text: string, facts: CommandDeps['facts']): Problem['maybe'] {
  const name = oneLine(text.slice(0, LONGEST_STATE));
  if (text.length > LONGEST_STATE || !('state' in resolveState(name, facts().states.values()))) return [];
  return ['state', 'next'].map((command) => ({ name: command, line: lineOf(command, name) }));
}

function told(problem: Problem, words: Words, commands: readonly CommandSpec[]): string {
  const { what, typed, command } = problem;
  const why = words(`typed.${what}`, { typed: quoted(typed), command: command?.name ?? '', longest: LONGEST_VALUE, longestLine: LONGEST_LINE });
  const help = helpFor(problem, words, commands);
  return help === null ? why : words('typed.with', { why, help });
}

/** What to type instead; null where the problem says it all. */
function helpFor({ what, typed, command, maybe, group }: Problem, words: Words, commands: readonly CommandSpec[]): string | null {
  if (maybe.length > 0) return meant(maybe, words);
  if (group !== undefined) return words('typed.goes-on', { group, names: namesIn(group, commands).join(words('list.comma')) });
  if (what === 'no-command') return words('typed.look');
  if (command === null) return null;
  const names = command.options.map(({ name }) => name);
  const option = names.find((name) => isCalled(typed, { name, also: [] }));
  if (what === 'no-value' && option !== undefined) return words('typed.write', { what: words(`option.${option}`) });
  if (what !== 'no-option' && what !== 'unnamed') return null;
  return words('typed.takes', { command: command.name, options: names.join(words('list.comma')), example: words(`typed.example.${keyOf(command.name)}`) });
}

function namesIn(group: string, commands: readonly CommandSpec[]): readonly string[] {
  return commands.flatMap(({ name }) => (groupOf(name) === group ? [ownName(name)] : []));
}

function meant(maybe: Problem['maybe'], words: Words): string {
  const lines = maybe.map(({ name, line }) => (line.length > LONGEST_SHOWN ? lineOf(name, '') : oneLine(line)));
  const or = words('typed.or');
  return words('typed.meant', {
    names: maybe.map(({ name }) => name).join(or),
    lines: lines.map((line) => words('option-error.name', { name: line })).join(or),
  });
}
