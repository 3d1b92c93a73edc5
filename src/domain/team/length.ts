/** How long a text may be. Takes a number of words: no text is ever asked for. */
import type { SourceId } from '../calendar/facts.ts';
import type { Day } from '../time.ts';

export const LENGTH_KINDS = [
  'individual-submission',
  'joint-submission',
  'national-report',
  'addendum',
  'written-statement-general',
  'written-statement-special',
  'nhri-statement',
  'treaty-body-input',
] as const;
export type LengthKind = (typeof LENGTH_KINDS)[number];

export interface LengthLimit {
  readonly kind: LengthKind;
  readonly words: number;
  /** Cycles of the UPR for which a page says so; `any` where the rule is not one of a cycle. */
  readonly confirmedFor: readonly number[] | 'any';
  /** Empty where no page was read that says so. */
  readonly source: readonly SourceId[];
  readonly checked: Day;
  /** The id of a place of the calendar where the figure of now is published. */
  readonly place: string;
  readonly note: string | null;
}

export type LengthLimits = ReadonlyMap<LengthKind, LengthLimit>;

export interface LengthAnswer {
  readonly limit: LengthLimit;
  readonly words: number;
  /** Words above the limit; 0 where it fits. */
  readonly over: number;
  /** Words that are left; 0 where there are none. */
  readonly under: number;
  /** The cycle that was asked about. */
  readonly cycle: number;
  /** A page says that this is the limit in that cycle. Where none does, the last that is known is given. */
  readonly confirmed: boolean;
}

export function checkLength(limit: LengthLimit, words: number, cycle: number): LengthAnswer {
  const { confirmedFor, source } = limit;
  const confirmed = source.length > 0 && (confirmedFor === 'any' || confirmedFor.includes(cycle));
  return { limit, words, over: Math.max(0, words - limit.words), under: Math.max(0, limit.words - words), cycle, confirmed };
}
