/** How a date of one layer lies over the date that the layer below has for the same thing (design.md §4). */
import { classOf, compareClass, fires, type SourceClasses } from './certainty.ts';
import type { Claim, DateFact } from './facts.ts';
import { hasDay, passesAt, whenKey } from './when.ts';

/**
 * The upper date drives, and the lower one is kept beside it. A lower one that is later, and of an equal or a higher
 * class of source, contests it: the earlier of the two drives then, and the fact says so. Where the upper layer only says
 * that nothing was found, what was found later drives. The same two dates always give the same fact.
 */
export function overDate(base: DateFact | null, top: DateFact | undefined, sources: SourceClasses): DateFact | null {
  if (top === undefined || base === null) return top ?? base;
  // What the layer says stood before is over, not in dispute.
  const over = new Set([top.when, ...top.earlier.map(({ when }) => when)].map(whenKey));
  const below = [base, ...(base.contested === undefined ? [] : [base.contested.other])].filter(({ when }) => when.from !== null && !over.has(whenKey(when)));
  const rivals = below.filter((fact) => contests(fact, top, sources)).sort(byEarlier);
  const [rival] = rivals;
  const [drives = top] = top.when.from === null && rival !== undefined ? [rival] : [top, ...rivals].sort(byEarlier);
  const claims = [...(drives === top ? [] : [claimOf(top, 'the calendar above')]), ...below.map((fact) => claimOf(fact, 'the calendar as shipped', rivals))];
  const said = new Set([drives.when, ...top.earlier.map(({ when }) => when)].map(whenKey));
  const others = [...top.disagrees, ...base.disagrees, ...claims].filter(({ when }) => when.from !== null && !said.has(whenKey(when)));
  const { contested: standing, ...fact } = drives;
  const contested = contestOf({ top, drives, rival }) ?? (drives === top ? standing : undefined);
  return {
    ...fact,
    looks: unlike([...base.looks, ...top.looks]),
    disagrees: unlike(others, ({ when, source }) => `${whenKey(when)} ${source.join()}`),
    earlier: [drives, top, base].find(({ earlier }) => earlier.length > 0)?.earlier ?? [],
    ...(contested === undefined ? {} : { contested }),
  };
}

/** The day from which a date of a lower layer speaks against what was laid over it. */
function since({ known, checked }: DateFact): string {
  return known ?? checked;
}

/** A date that only says less finely what the other says is no other date. */
function contests(below: DateFact, top: DateFact, sources: SourceClasses): boolean {
  const later = since(below) > top.checked;
  return later && compareClass(classOf(below.source, sources), classOf(top.source, sources)) <= 0 && !isCoarser(below, top);
}

function isCoarser({ when: coarse }: DateFact, { when: fine }: DateFact): boolean {
  if (coarse.zone !== fine.zone || coarse.time !== null || fine.from === null) return false;
  return (coarse.from ?? '') <= fine.from && (fine.to ?? '') <= (coarse.to ?? '');
}

/** A date that can alert comes before one that cannot; else what is over first. */
function byEarlier(a: DateFact, b: DateFact): number {
  const silent = (fact: DateFact) => (hasDay(fact.when) && fires(fact.certainty) ? 0 : 1);
  return silent(a) - silent(b) || (passesAt(a.when) ?? Number.MAX_SAFE_INTEGER) - (passesAt(b.when) ?? Number.MAX_SAFE_INTEGER);
}

function contestOf({ top, drives, rival }: { top: DateFact; drives: DateFact; rival: DateFact | undefined }): DateFact['contested'] {
  if (rival === undefined || top.when.from === null) return undefined;
  const { contested: _before, ...other } = drives === top ? rival : top;
  return { other, since: since(drives === top ? rival : drives), drives: drives === top ? 'above' : 'below' };
}

function claimOf(fact: DateFact, otherwise: string, rivals: readonly DateFact[] = []): Claim {
  const { when, source, known, note } = fact;
  return { when, source, known: rivals.includes(fact) ? since(fact) : known, why: note ?? otherwise };
}

/** Without repeats; the first of those with the same key stays. */
function unlike<T>(items: readonly T[], key: (item: T) => string = (item) => JSON.stringify(item)): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
