import type { State } from './facts.ts';

/** What a typed name came to: one State, several to choose from (best first), or nothing near. */
export type Resolution = { readonly state: State } | { readonly candidates: readonly State[] };

/** Words that are one State's own short name but that people type for several; the bot asks (domain.md D.4, story 1). */
const ASKED = new Set(['congo', 'guinea', 'korea', 'guinee', 'конго', 'гвинея', '几内亚', 'الكونغو', 'غينيا'].map(foldName));
const MAX_CANDIDATES = 8;

/** Lower case without accents, punctuation, invisible marks and articles, so that "Cote d'Ivoire" finds "Côte d’Ivoire". */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(the )+/, '');
}

/** Finds a State by code, by a name in any of the six languages, by alias, by a part of a name, or with one typo. */
export function resolveState(query: string, states: Iterable<State>): Resolution {
  const wanted = foldName(query);
  const all = [...states];
  if (wanted === '') return { candidates: [] };
  const exact = all.filter((state) => spellings(state).includes(wanted));
  const [only] = exact;
  if (only !== undefined && exact.length === 1 && !ASKED.has(wanted)) return { state: only };
  const ranked = all
    .map((state) => ({ state, distance: nearness(wanted, spellings(state)) }))
    .filter((entry) => entry.distance < 4)
    .sort((a, b) => a.distance - b.distance || english(a.state).localeCompare(english(b.state)));
  const best = ranked.filter((entry) => entry.distance === ranked[0]?.distance);
  if (best.length === 1 && best[0] !== undefined && best[0].distance > 0 && best[0].distance <= 2) return { state: best[0].state };
  return { candidates: ranked.slice(0, MAX_CANDIDATES).map((entry) => entry.state) };
}

export function english(state: State): string {
  return state.names.en ?? state.code;
}

/** The State's name in a locale, else in English. */
export function nameOf(state: State, locale: string): string {
  return state.names[locale.slice(0, 2)] ?? english(state);
}

const folded = new WeakMap<State, readonly string[]>();

function spellings(state: State): readonly string[] {
  const known = folded.get(state);
  if (known !== undefined) return known;
  const list = [state.code, state.iso2, ...Object.values(state.names), ...state.aliases].map(foldName);
  folded.set(state, list);
  return list;
}

/** 0 the same, 1 starts with it, 2 has it as a word, 3 one typo away, 4 far. */
function nearness(wanted: string, names: readonly string[]): number {
  let best = 4;
  const enough = wanted.length >= (/\p{Script=Han}/u.test(wanted) ? 2 : 3);
  for (const name of names) {
    if (name === wanted) return 0;
    if (enough && name.startsWith(wanted)) best = Math.min(best, 1);
    else if (enough && ` ${name} `.includes(` ${wanted} `)) best = Math.min(best, 2);
    else if (wanted.length >= 4 && name.length >= 4 && oneTypoAway(wanted, name)) best = Math.min(best, 3);
  }
  return best;
}

/** True when one inserted, dropped, changed or swapped letter turns `a` into `b`. */
export function oneTypoAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
