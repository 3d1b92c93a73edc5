/**
 * Reads what somebody typed after `/upr`: a command, then values with their names (`kind:review`, `kind="national
 * report"`, `--kind review`) and words without one. Those belong to the main option of the command; where that is given
 * otherwise, they go on with the value before them. Only exact names and other words for commands are taken; what comes
 * near is asked back.
 */
import type { Options } from '../adapters/adapter.ts';
import type { Words } from '../message/words.ts';
import type { Question } from './asked.ts';
import { COMMANDS, type CommandSpec, type OptionSpec } from './spec.ts';
import { type Part, partsOf } from './typed-parts.ts';
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
}

export type Typed = { readonly question: Question } | { readonly problem: Problem };

export const LONGEST_LINE = 8_000;
export const LONGEST_VALUE = 2_000;

/** Never throws. */
export function readTyped(line: string, words: Words): Typed {
  if (line.length > LONGEST_LINE) return { problem: { what: 'too-long', typed: '', command: null, maybe: [] } };
  const text = line.trim();
  const first = /^\S*/.exec(text)?.[0] ?? '';
  const rest = text.slice(first.length).trim();
  const names = COMMANDS.map(({ name }) => ({ name, also: aliasesOf(name, words) }));
  const called = names.find((named) => isCalled(first, named))?.name;
  const command = COMMANDS.find(({ name }) => name === called);
  if (command !== undefined) return optionsIn(rest, command);
  const maybe = nearestNames(first, names).map((name) => ({ name, line: lineOf(name, rest) }));
  return { problem: { what: 'no-command', typed: first, command: null, maybe } };
}

/** Other words for a command; a language has its own. */
function aliasesOf(command: string, words: Words): readonly string[] {
  const key = `typed.alias.${command}`;
  return words.has(key) ? words(key).split(',') : [];
}

export function lineOf(command: string, rest: string): string {
  return `/upr ${command} ${rest}`.trimEnd();
}

/** What words without a name belong to: what the command cannot do without, else its State. */
function mainOf({ options }: CommandSpec): OptionSpec | undefined {
  return options.find(({ required }) => required) ?? options.find(({ name }) => name === 'state');
}

const isFor = (part: Part, { name }: OptionSpec) => part.name !== null && isCalled(part.name, { name, also: [] });

function optionsIn(rest: string, command: CommandSpec): Typed {
  const parts = partsOf(rest);
  const main = mainOf(command);
  const mainIsGiven = main === undefined || parts[0]?.name === null || parts.some((part) => isFor(part, main));
  const values = new Map<string, string>();
  /** The option that a word belongs to. */
  let open = main?.name;
  for (const part of parts) {
    const option = part.name === null ? open : command.options.find((each) => isFor(part, each))?.name;
    const what = wrongIn(part, { command, option, isTwice: part.name !== null && values.has(option ?? '') });
    if (what !== null)
      return { problem: { what, typed: part.name ?? part.value ?? '', command, maybe: what === 'no-option' ? renamed(part, rest, command) : [] } };
    if (option !== undefined) values.set(option, [values.get(option) ?? '', part.value ?? ''].filter((value) => value !== '').join(' '));
    if (part.name !== null && mainIsGiven) open = part.quoted ? undefined : option;
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
