/** Two values for one date: which drives, and what becomes of the other (design.md §4). Nothing is dropped. */
import { classOf, compareClass } from '../../domain/calendar/certainty.ts';
import type { CalendarFacts, DateFact } from '../../domain/calendar/facts.ts';
import { whenKey } from '../../domain/calendar/when.ts';
import type { DateFactInput } from '../date-schema.ts';
import { dateFactOf, whenOf } from '../file-facts.ts';
import { joined } from './session-file.ts';

/** True when a value may not drive over what stands: its source is of a lower class, and it says another date. */
export function isOutranked(input: DateFactInput, stands: DateFact | null, facts: CalendarFacts): boolean {
  if (stands === null || stands.when.from === null) return false;
  const differs = whenKey(dateFactOf(input, { checked: stands.checked }).when) !== whenKey(stands.when);
  return differs && compareClass(classOf(stands.source, facts.sources), classOf(input.source ?? [], facts.sources)) < 0;
}

/**
 * One fact out of the one that a file holds and a new one for the same place. The same date: both sources. Another date:
 * the higher class of source drives; in one class the earlier date, unless the same page says otherwise now: then the
 * date moved, and the old one is kept as what stood before.
 */
export function decide(old: DateFactInput | undefined, fresh: DateFactInput, facts: CalendarFacts): DateFactInput {
  if (old === undefined || old.date === 'unknown') return old?.looks === undefined ? fresh : { ...fresh, looks: [...old.looks, ...(fresh.looks ?? [])] };
  const keep = (winner: DateFactInput, loser: DateFactInput): DateFactInput => ({
    ...winner,
    looks: joined(loser.looks, winner.looks),
    disagrees: joined(loser.disagrees, winner.disagrees),
    earlier: joined(loser.earlier, winner.earlier),
  });
  if (keyOf(old) === keyOf(fresh)) return { ...keep(fresh, old), source: [...new Set([...(old.source ?? []), ...(fresh.source ?? [])])] };
  const [oldClass, freshClass] = [classOf(old.source ?? [], facts.sources), classOf(fresh.source ?? [], facts.sources)];
  const order = compareClass(freshClass, oldClass);
  const samePage = (old.source ?? []).every((id) => fresh.source?.includes(id)) && (fresh.checked ?? '9999') >= (old.checked ?? '');
  if (order === 0 && samePage) return { ...keep(fresh, old), earlier: joined(joined(old.earlier, [claimOf(old)]), fresh.earlier) };
  const freshDrives = order < 0 || (order === 0 && fresh.date < old.date);
  const [winner, loser] = freshDrives ? [fresh, old] : [old, fresh];
  const why = order === 0 ? 'Of two sources of one class, the earlier date drives.' : undefined;
  return { ...keep(winner, loser), disagrees: joined(joined(loser.disagrees, winner.disagrees), [claimOf(loser, why)]) };
}

export type ClaimInput = NonNullable<DateFactInput['disagrees']>[number];

export function claimOf({ date, time, source, known }: DateFactInput, why?: string): ClaimInput {
  return {
    date,
    ...(time === undefined ? {} : { time }),
    source: source ?? [],
    ...(known === undefined ? {} : { known }),
    ...(why === undefined ? {} : { why }),
  };
}

export function keyOf({ date, time, zone }: Pick<DateFactInput, 'date' | 'time' | 'zone'>): string {
  return whenKey(whenOf(date, time, zone));
}
