/** Which names somebody may have meant by a word that is none of them. They are asked, never guessed. */
import { foldName } from '../domain/calendar/state.ts';

export interface Named {
  readonly name: string;
  /** Other words for it. */
  readonly also: readonly string[];
}

/** More than any name has. */
const LONGEST = 40;
const MOST = 3;
/** Words that are shorter are names of their own, and near to everything. */
const SHORTEST = 3;
const FAR = 3;
const BEHIND_ITS_NAME = 0.5;

/** A name as it is compared: case, accents, hyphens and underscores do not matter. */
export function nameKey(text: string): string {
  const cut = text.slice(0, LONGEST);
  return foldName(cut).replaceAll(' ', '') || cut.trim().toLowerCase();
}

export function isCalled(text: string, { name, also }: Named): boolean {
  return [name, ...also].some((called) => nameKey(called) === nameKey(text));
}

/** Those that the word begins, or that are one or two typos away; the nearest only, at most three. Of two that are equally near the name comes first. */
export function nearestNames(text: string, all: readonly Named[]): readonly string[] {
  const key = nameKey(text);
  const near = all.map(({ name, also }) => {
    const others = also.map((called) => distanceTo(key, nameKey(called)) + BEHIND_ITS_NAME);
    return { name, distance: Math.min(distanceTo(key, nameKey(name)), ...others) };
  });
  const best = Math.min(...near.map(({ distance }) => distance));
  return best >= FAR ? [] : near.flatMap(({ name, distance }) => (distance === best ? [name] : [])).slice(0, MOST);
}

/** In short words two typos would be another word. */
function distanceTo(key: string, called: string): number {
  if (key.length < 2 || called.length < SHORTEST) return FAR;
  if (called.startsWith(key)) return 1;
  const typos = typosBetween(key, called);
  return typos <= (key.length <= SHORTEST ? 1 : 2) ? typos : FAR;
}

/** How many letters were inserted, dropped, changed or swapped with their neighbour. */
export function typosBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column += 1) {
      const changed = cell(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? cell(row - 2, column - 2) + 1 : changed;
      rows[row]?.push(Math.min(changed, swapped, cell(row - 1, column) + 1, cell(row, column - 1) + 1));
    }
  }
  return cell(a.length, b.length);
}
