/** A plan for one kind of deadline, as a team writes it into `config/plans/`. */
import type { DeadlineKind } from '../calendar/kinds.ts';

/** So many calendar days, or working days of the UN Office at Geneva. */
export interface Offset {
  readonly count: number;
  readonly unit: 'd' | 'wd';
}

/** When a task is to be done: before or after the official day, or on the team's own day before it. */
export type Due = { readonly side: 'before' | 'after'; readonly offset: Offset } | { readonly side: 'internal' };

export interface TaskTemplate {
  readonly title: string;
  /** The title of its phase. */
  readonly phase: string;
  readonly due: Due;
  /** The role that it suits, in the template's words; null for anybody. */
  readonly suits: string | null;
  readonly cluster: string | null;
}

export interface Template {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  /** The kinds that it is used for when nobody names a template. */
  readonly for: readonly DeadlineKind[];
  /** The kinds that it may be named for. */
  readonly alsoFor: readonly DeadlineKind[];
  /** How long before the official deadline the team's own lies. */
  readonly internal: Offset;
  /** In the order of their days. */
  readonly tasks: readonly TaskTemplate[];
}

/** The longest lead that a plan may have, in days: five years, longer than a cycle of the UPR. */
export const LONGEST_LEAD = 1830;

/** `180d` or `2wd`; null for anything else. */
export function readOffset(text: string): Offset | null {
  const [, count = '', unit] = /^(\d{1,4})(d|wd)$/.exec(text) ?? [];
  if (unit === undefined || Number(count) > LONGEST_LEAD) return null;
  return { count: Number(count), unit: unit === 'd' ? 'd' : 'wd' };
}

/** The one that is used for a kind of deadline when nobody names one; null where a person has to choose. */
export function templateFor(kind: DeadlineKind, templates: Iterable<Template>): Template | null {
  return [...templates].find((template) => template.for.includes(kind)) ?? null;
}

/** Those that suit a kind of deadline, the usual one first. */
export function templatesThatSuit(kind: DeadlineKind, templates: Iterable<Template>): readonly Template[] {
  const all = [...templates];
  return [...all.filter((template) => template.for.includes(kind)), ...all.filter((template) => template.alsoFor.includes(kind))];
}
