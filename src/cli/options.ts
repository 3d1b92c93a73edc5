/** Options that several commands share, read from text. */
import { InvalidArgumentError, Option } from 'commander';
import { REGIONS, type Region } from '../domain/calendar/facts.ts';
import { DEADLINE_KINDS, type DeadlineKind, isDeadlineKind } from '../domain/calendar/kinds.ts';
import { type Day, isRealDay } from '../domain/time.ts';

export const jsonOption = () => new Option('--json', 'print JSON (its shape: docs/cli-output.schema.json)').default(false);

export const atOption = () => new Option('--at <instant>', 'answer as if it were this instant, such as 2026-11-24T12:00:00Z').argParser(readInstant);

export const asOfOption = () => new Option('--as-of <day>', 'use what was known on this day, such as 2025-11-10').argParser(readDay);

export const kindOption = () =>
  new Option('--kind <kind...>', `only these kinds of date (${DEADLINE_KINDS.slice(0, 4).join(', ')}, …)`).argParser(
    (text: string, before?: DeadlineKind[]) => [...(before ?? []), readKind(text)],
  );

export const sessionOption = () =>
  new Option('--session <number...>', 'only these Working Group sessions').argParser((text: string, before?: number[]) => [
    ...(before ?? []),
    readNumber(text),
  ]);

export const stateOption = () =>
  new Option('--state <name...>', 'only these States: a name in a UN language, an alias or a code').argParser((text: string, before?: string[]) => [
    ...(before ?? []),
    text,
  ]);

export const regionOption = () =>
  new Option('--region <group...>', `only States of these regional groups (${REGIONS.join(', ')})`).argParser((text: string, before?: Region[]) => [
    ...(before ?? []),
    readRegion(text),
  ]);

export function readInstant(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('Write an instant with its offset, such as 2026-11-24T12:00:00Z.');
  return at;
}

export function readDay(text: string): Day {
  if (!isRealDay(text)) throw new InvalidArgumentError('Write a day of the calendar, such as 2025-11-10.');
  return text;
}

export function readNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('Write a whole number above zero.');
  return Number(text);
}

function readKind(text: string): DeadlineKind {
  if (isDeadlineKind(text)) return text;
  throw new InvalidArgumentError(`Kinds are: ${DEADLINE_KINDS.join(', ')}.`);
}

function readRegion(text: string): Region {
  const found = REGIONS.find((region) => region.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError(`Regional groups are: ${REGIONS.join(', ')}.`);
  return found;
}
