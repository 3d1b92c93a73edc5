/** Which option each part of a typed line belongs to. */
import type { CommandSpec, OptionSpec } from './spec.ts';
import type { Part } from './typed-parts.ts';
import { isCalled } from './typos.ts';

function isFor(part: Part, { name }: Pick<OptionSpec, 'name'>): boolean {
  return part.name !== null && isCalled(part.name, { name, also: [] });
}

/** Asked once for each part, in their order. Undefined for what no option takes. */
type PlaceOf = (part: Part) => string | undefined;

export function placesIn(parts: readonly Part[], command: CommandSpec): PlaceOf {
  return command.inOrder === undefined ? byMain(parts, command) : byOrder(parts, command, command.inOrder);
}

/** What words without a name belong to: what the command cannot do without, else its State. */
function mainOf({ options }: CommandSpec): OptionSpec | undefined {
  return options.find(({ required }) => required) ?? options.find(({ name }) => name === 'state');
}

function byMain(parts: readonly Part[], command: CommandSpec): PlaceOf {
  const main = mainOf(command);
  const mainIsGiven = main === undefined || parts[0]?.name === null || parts.some((part) => isFor(part, main));
  /** The option that a word belongs to. */
  let open = main?.name;
  return (part) => {
    if (part.name === null) return open;
    const option = optionOf(part, command);
    if (mainIsGiven) open = part.quoted ? undefined : option;
    return option;
  };
}

/**
 * Each word is for the next option that is not named in the line, and the last of them has what is left. Behind a name
 * words go on with its value, unless the command cannot do without the next option.
 */
function byOrder(parts: readonly Part[], command: CommandSpec, order: readonly string[]): PlaceOf {
  const left = order.filter((name) => !parts.some((part) => isFor(part, { name })));
  const isNeeded = () => command.options.some(({ name, required }) => name === left[0] && required);
  let open = order.at(-1);
  let isBehindName = false;
  return (part) => {
    const next = part.name !== null ? optionOf(part, command) : !isBehindName || isNeeded() ? (left.shift() ?? open) : open;
    isBehindName = part.name !== null ? !part.quoted : isBehindName && next === open;
    open = part.name !== null && part.quoted ? undefined : next;
    return next;
  };
}

function optionOf(part: Part, { options }: CommandSpec): string | undefined {
  return options.find((each) => isFor(part, each))?.name;
}
