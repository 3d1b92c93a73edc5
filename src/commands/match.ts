/** Finds what somebody means by what they typed: accents, case and one typo do not matter. */
import { foldName, oneTypoAway } from '../domain/calendar/state.ts';

export interface Candidate {
  readonly value: string;
  readonly label: string;
  /** Folded texts by which it is found. */
  readonly spellings: readonly string[];
}

export function candidate(value: string, label: string, more: readonly string[] = []): Candidate {
  return { value, label, spellings: [...new Set([value, label, ...more].map(foldName))] };
}

/** More than anybody types to name a thing. */
const LONGEST = 100;
const FAR = 9;

/** The best first; all of them, in their own order, when nothing was typed. */
export function ranked(typed: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return nearest(typed, candidates).map(({ candidate }) => candidate);
}

/**
 * The one that is meant, or all that may be, best first. Where several are equally near, the only one that is preferred
 * is meant.
 */
export function meant<C extends Candidate>(typed: string, candidates: readonly C[], preferred: (candidate: C) => boolean = () => false): C | readonly C[] {
  if (foldName(typed.slice(0, LONGEST)) === '') return [];
  const near = nearest(typed, candidates);
  const best = near.filter(({ distance }) => distance === near[0]?.distance);
  const [only, ...others] = best.length === 1 ? best : best.filter(({ candidate }) => preferred(candidate));
  return only !== undefined && others.length === 0 ? only.candidate : near.map(({ candidate }) => candidate);
}

function nearest<C extends Candidate>(typed: string, candidates: readonly C[]) {
  const wanted = foldName(typed.slice(0, LONGEST));
  const fits = wanted.split(' ').map(fitTo);
  return candidates
    .map((candidate) => ({ candidate, distance: wanted === '' ? 0 : distanceOf(wanted, fits, candidate.spellings) }))
    .filter(({ distance }) => distance < FAR)
    .sort((a, b) => a.distance - b.distance);
}

type Fit = 'begins' | 'nearly' | 'not';

/** How a word fits the words of names, which are few and come again and again. */
function fitTo(word: string): (part: string) => Fit {
  const known = new Map<string, Fit>();
  return (part) => {
    const seen = known.get(part);
    if (seen !== undefined) return seen;
    const fit = part.startsWith(word) ? 'begins' : word.length >= 4 && beginsNearly(word, part) ? 'nearly' : 'not';
    known.set(part, fit);
    return fit;
  };
}

/** 0 the same, 1 begins with it, 2 has words that begin with each of its words, 3 the same with one typo, 4 each word with one typo. */
function distanceOf(wanted: string, fits: readonly ((part: string) => Fit)[], spellings: readonly string[]): number {
  let best = FAR;
  for (const spelling of spellings) {
    if (spelling === wanted) return 0;
    if (spelling.startsWith(wanted)) best = Math.min(best, 1);
    else if (best > 2) best = Math.min(best, distanceOfWords(wanted, fits, spelling));
  }
  return best;
}

function distanceOfWords(wanted: string, fits: readonly ((part: string) => Fit)[], spelling: string): number {
  const parts = spelling.split(' ');
  if (fits.every((fitOf) => parts.some((part) => fitOf(part) === 'begins'))) return 2;
  if (wanted.length >= 4 && beginsNearly(wanted, spelling)) return 3;
  return fits.every((fitOf) => parts.some((part) => fitOf(part) !== 'not')) ? 4 : FAR;
}

/** Whether a text begins with another one but for one typo. */
function beginsNearly(wanted: string, text: string): boolean {
  if (text.length < wanted.length - 1) return false;
  return [-1, 0, 1].some((more) => oneTypoAway(wanted, text.slice(0, wanted.length + more)));
}
