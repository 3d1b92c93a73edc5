/**
 * Reads what somebody typed after `/upr`: a command, of one word or of a group and a word, then values with their names (`kind:review`, `kind="national
 * report"`, `--kind review`) and words without one. Those belong to the main option of the command; where that is given
 * otherwise, they go on with the value before them (`typed-places.ts`). Only exact names and other words for commands are taken; what comes
 * near is asked back.
 */
import type { Options } from '../adapters/adapter.ts';
import type { Words } from '../message/words.ts';
import type { Question } from './asked.ts';
import { COMMANDS, type CommandSpec, groupOf, groupsIn, keyOf, ownName } from './spec.ts';
import { type Part, partsOf } from './typed-parts.ts';
import { placesIn } from './typed-places.ts';
import { isCalled, type Named, nearestNames } from './typos.ts';

/**
 * Why a line cannot be read.
 *
 * - `no-value`: nothing stands behind the name of an option
 * - `unnamed`: a word that no option takes
 * - `takes-nothing`: more than the command alone
 */
export interface Problem {
  readonly what: 'too-long' | 'no-command' | 'no-option' | 'no-value' | 'twice' | 'unnamed' | 'takes-nothing';
  /** What is at fault, as it was typed. */
  readonly typed: string;
  /** Null for one that there is not. */
  readonly command: CommandSpec | null;
  /** What may be meant, each with the line to type. */
  readonly maybe: readonly { readonly name: string; readonly line: string }[];
  /** The group that was typed, where what follows it is no command. */
  readonly group?: string;
}

/** A question, why it is none, or a group alone. */
export type Typed = { readonly question: Question } | { readonly problem: Problem } | { readonly group: string };

export const LONGEST_LINE = 8_000;
export const LONGEST_VALUE = 2_000;
const MOST_INSIDE = 3;

/** Never throws. */
export function readTyped(line: string, words: Words, commands: readonly CommandSpec[] = COMMANDS): Typed {
  if (line.length > LONGEST_LINE) return { problem: { what: 'too-long', typed: '', command: null, maybe: [] } };
  const { first, rest } = cut(line);
  // Both words of a command may be written as one: `plan-new`.
  const command = commands.find(({ name }) => isCalled(first, { name, also: groupOf(name) === null ? aliasesOf(name, words) : [] }));
  if (command !== undefined) return optionsIn(rest, command);
  const group = groupsIn(commands).find((name) => isCalled(first, { name, also: aliasesOf(name, words) }));
  return group === undefined ? { problem: notCalled({ first, rest }, words, commands) } : inGroup(group, rest, { words, commands });
}

interface Cut {
  readonly first: string;
  readonly rest: string;
}

function cut(line: string): Cut {
  const text = line.trim();
  const first = /^\S*/.exec(text)?.[0] ?? '';
  return { first, rest: text.slice(first.length).trim() };
}

function inGroup(group: string, text: string, { words, commands }: { readonly words: Words; readonly commands: readonly CommandSpec[] }): Typed {
  const { first, rest } = cut(text);
  if (first === '') return { group };
  const members = commands.filter(({ name }) => groupOf(name) === group);
  const names = members.map(({ name }): Named => ({ name: ownName(name), also: aliasesOf(name, words) }));
  const called = names.find((named) => isCalled(first, named))?.name;
  const command = members.find(({ name }) => ownName(name) === called);
  if (command !== undefined) return optionsIn(rest, command);
  const maybe = nearestNames(first, names).map((near) => ({ name: `${group} ${near}`, line: lineOf(`${group} ${near}`, rest) }));
  return { problem: { what: 'no-command', typed: `${group} ${first}`, command: null, maybe, group } };
}

/** Commands and groups that may be meant; where there is none, what groups have by that name. */
function notCalled({ first, rest }: Cut, words: Words, commands: readonly CommandSpec[]): Problem {
  const alone = [...new Set(commands.map(({ name }) => groupOf(name) ?? name))];
  const near = nearestNames(
    first,
    alone.map((name) => ({ name, also: aliasesOf(name, words) })),
  );
  const inside = commands.filter(({ name }) => groupOf(name) !== null && nearestNames(first, [{ name: ownName(name), also: [] }]).length > 0);
  const meant = near.length > 0 ? near : inside.map(({ name }) => name).slice(0, MOST_INSIDE);
  return { what: 'no-command', typed: first, command: null, maybe: meant.map((name) => ({ name, line: lineOf(name, rest) })) };
}

/** Other words for a command or a group; a language has its own. */
function aliasesOf(name: string, words: Words): readonly string[] {
  const key = `typed.alias.${keyOf(name)}`;
  return words.has(key) ? words(key).split(',') : [];
}

export function lineOf(command: string, rest: string): string {
  return `/upr ${command} ${rest}`.trimEnd();
}

function optionsIn(rest: string, command: CommandSpec): Typed {
  const parts = partsOf(rest);
  const placeOf = placesIn(parts, command);
  const values = new Map<string, string>();
  for (const part of parts) {
    const option = placeOf(part);
    const what = wrongIn(part, { command, option, isTwice: part.name !== null && values.has(option ?? '') });
    if (what !== null)
      return { problem: { what, typed: part.name ?? part.value ?? '', command, maybe: what === 'no-option' ? renamed(part, rest, command) : [] } };
    if (option !== undefined) values.set(option, [values.get(option) ?? '', part.value ?? ''].filter((value) => value !== '').join(' '));
  }
  const options: Options = Object.fromEntries(values);
  if (Object.values(options).some((value) => value.length > LONGEST_VALUE)) return { problem: { what: 'too-long', typed: '', command, maybe: [] } };
  return { question: { command: command.name, options } };
}

/** The same line with an option that there is. */
function renamed({ name, at }: Part, rest: string, command: CommandSpec): Problem['maybe'] {
  const typed = name ?? '';
  const names = command.options.map((each): Named => ({ name: each.name, also: [] }));
  return nearestNames(typed, names).map((near) => ({ name: near, line: lineOf(command.name, rest.slice(0, at) + near + rest.slice(at + typed.length)) }));
}

interface Place {
  readonly command: CommandSpec;
  readonly option: string | undefined;
  readonly isTwice: boolean;
}

function wrongIn({ name, value }: Part, { command, option, isTwice }: Place): Problem['what'] | null {
  if (command.options.length === 0) return 'takes-nothing';
  if (option === undefined) return name === null ? 'unnamed' : 'no-option';
  if (value === null) return 'no-value';
  return isTwice ? 'twice' : null;
}
