/**
 * How sure a date is, from surest to least sure.
 *
 * - `fixed-rule`: a written norm computed on a published anchor (ten working days, 48 hours)
 * - `published`: an official page gives it as fixed
 * - `tentative`: published but marked as not final, or read on a page that is not official
 * - `estimated`: an offset or a pattern; always a range, never a countdown
 * - `voluntary`: nobody is obliged (mid-term report)
 * - `unknown`: nothing found
 */
export const CERTAINTIES = ['fixed-rule', 'published', 'tentative', 'estimated', 'voluntary', 'unknown'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** Who says it, from the class that drives to the class that never overrides (design.md §4). */
export const SOURCE_CLASSES = ['official', 'upr-info', 'organisation', 'media'] as const;
export type SourceClass = (typeof SOURCE_CLASSES)[number];

const RANK: Record<Certainty, number> = {
  'fixed-rule': 4,
  published: 4,
  tentative: 3,
  voluntary: 1,
  estimated: 1,
  unknown: 0,
};

/** Negative when `a` is surer than `b`. `fixed-rule` and `published` are equally sure, and so are `voluntary` and `estimated`. */
export function compareCertainty(a: Certainty, b: Certainty): number {
  return RANK[b] - RANK[a];
}

/**
 * The certainty of a date computed by a rule from an anchor: never surer than either
 * (the inheritance rule, domain.md D.3). A fixed rule on a published anchor stays a fixed rule.
 */
export function inherit(rule: Certainty, anchor: Certainty): Certainty {
  return RANK[anchor] < RANK[rule] ? anchor : rule;
}

/** True when a date of this certainty may alert a channel; the others are only listed (design.md §6). */
export function fires(certainty: Certainty): boolean {
  return RANK[certainty] >= RANK.tentative;
}

/** Negative when `a` drives over `b`. */
export function compareClass(a: SourceClass, b: SourceClass): number {
  return SOURCE_CLASSES.indexOf(a) - SOURCE_CLASSES.indexOf(b);
}

/** Sources by id, as far as their class goes. */
export type SourceClasses = ReadonlyMap<string, { readonly class: SourceClass }>;

/** The class of the best of some sources; none, or none that is known, count as the lowest. */
export function classOf(ids: readonly string[], sources: SourceClasses): SourceClass {
  return ids.map((id) => sources.get(id)?.class ?? 'media').sort(compareClass)[0] ?? 'media';
}
