/** Things that would be said in the same words become one thing to say, with its States. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { DEADLINE_KINDS } from '../domain/calendar/kinds.ts';
import { sortsAt, whenKey } from '../domain/calendar/when.ts';
import type { DeadlineGroup, LeadItem } from './content.ts';

/** Lead items that are one line: the same date of one or more States, at the same lead. */
export interface LeadGroup extends DeadlineGroup {
  readonly items: readonly LeadItem[];
}

/** Deadlines of one kind, session or Council session, date, certainty and standing; in time order, then as a review runs. */
export function groupDeadlines(deadlines: readonly Deadline[]): readonly DeadlineGroup[] {
  return bucket(deadlines, deadlineKey)
    .map((group) => ({ sample: group[0], deadlines: group }))
    .sort(inTimeOrder);
}

/** Lead items as groups. The same deadline at two leads is said once: the nearest lead speaks. */
export function groupLeads(items: readonly LeadItem[]): readonly LeadGroup[] {
  return bucket(nearestLeads(items), leadKey)
    .map((group) => ({ sample: group[0].deadline, deadlines: group.map((item) => item.deadline), items: group }))
    .sort(inTimeOrder);
}

function nearestLeads(items: readonly LeadItem[]): readonly LeadItem[] {
  return bucket(items, (item) => item.deadline.id).map((same) => same.reduce((best, item) => (hours(item) < hours(best) ? item : best)));
}

const HOURS = { day: 24, 'working-day': 24, hour: 1, minute: 1 / 60 } as const;

/** A check (after the date) is the last word on a deadline, so it counts as nearest. */
function hours({ lead }: LeadItem): number {
  return lead.before * HOURS[lead.unit];
}

/** Values with the same key together, in the order of their first. */
export function bucket<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly [T, ...T[]])[] {
  const buckets = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const found = buckets.get(key);
    if (found === undefined) buckets.set(key, [value]);
    else found.push(value);
  }
  return [...buckets.values()];
}

/** Deadlines with the same key are told in the same words. */
export function deadlineKey(deadline: Deadline): string {
  const { kind, session, council, when, until, certainty, standing, disagrees, contested } = deadline;
  return [kind, session, council, when.precision, whenKey(when), until, certainty, standing, JSON.stringify(disagrees), contested?.since].join('|');
}

function leadKey({ deadline, lead }: LeadItem): string {
  return `${deadlineKey(deadline)}|${lead.mode}|${lead.key}`;
}

function inTimeOrder(a: DeadlineGroup, b: DeadlineGroup): number {
  return sortsAt(a.sample.when) - sortsAt(b.sample.when) || DEADLINE_KINDS.indexOf(a.sample.kind) - DEADLINE_KINDS.indexOf(b.sample.kind);
}
