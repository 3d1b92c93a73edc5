/** The calendar as feeds tell it: the picture in force, and what became of each date until now. */
import type { DeadlineId } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { type OwnSources, withSources } from '../domain/calendar/team.ts';
import type { Instant } from '../domain/time.ts';
import type { Place, Store, StoredChange } from '../store/store.ts';
import { type Course, coursesOf } from './course.ts';

export interface Reading {
  readonly picture: Picture;
  readonly facts: CalendarFacts;
  readonly courses: ReadonlyMap<DeadlineId, Course>;
  /** What channels were told of, the latest last, at most {@link TOLD}. */
  readonly told: readonly StoredChange[];
  /** When the calendar became what it is. */
  readonly made: Instant;
}

export interface ReadingDeps {
  readonly store: Pick<Store, 'calendar'>;
  readonly facts: () => CalendarFacts;
  /** As all see it, or one installation. */
  readonly seen: (now: Instant, place: Place | undefined) => Promise<{ readonly picture: Picture; readonly sources: OwnSources; readonly revision: number }>;
}

export type Read = (now: Instant, place?: Place) => Promise<Reading>;

export const TOLD = 50;

/** What all see is read once a revision; what one installation sees each time it is asked for. */
export function createReading({ store, facts, seen }: ReadingDeps): Read {
  let last: { readonly revision: number; readonly reading: Promise<Reading> } | null = null;
  const read = async (place: Place | undefined, { picture, sources }: { picture: Picture; sources: OwnSources }): Promise<Reading> => {
    const made = (await (place === undefined ? store.calendar.latestOfAll() : store.calendar.latest()))?.at ?? 0;
    const changes = await store.calendar.changesBetween(0, made, place);
    const told = changes.filter(({ posted }) => posted).slice(-TOLD);
    return { picture, facts: withSources(facts(), sources), courses: coursesOf(changes), told, made };
  };
  return async (now, place) => {
    const { revision, ...calendar } = await seen(now, place);
    if (place !== undefined) return read(place, calendar);
    if (last?.revision === revision) return last.reading;
    const reading = read(undefined, calendar);
    last = { revision, reading };
    // What could not be read is read anew by whoever asks next.
    reading.catch(() => {
      last = null;
    });
    return reading;
  };
}
