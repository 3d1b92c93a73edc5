import type { Ladder } from '../domain/alerts/ladder.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import type { Review } from '../domain/calendar/review.ts';
import { reviewId } from '../domain/calendar/review.ts';
import type { Holidays } from '../domain/calendar/working-days.ts';
import { DAY, type Instant } from '../domain/time.ts';
import type { Store, VersionedDeadline } from '../store/store.ts';
import { buildHorizon, type Horizon } from './horizon.ts';
import { type Views, viewsOver } from './views.ts';

/** What the planner keeps between ticks: the calendar of one revision and the moments still to come. */
export interface Memory {
  readonly revision: number;
  /** How many timings were in use; there are only ever more. */
  readonly timings: number;
  readonly picture: Picture;
  readonly holidays: Holidays;
  readonly versions: ReadonlyMap<string, VersionedDeadline>;
  /** Of all, and of installations for themselves. */
  readonly horizon: Horizon;
  readonly views: Views;
}

/** Moments this far behind the watermark are kept, so that a clock set back finds what it needs. */
const LOOK_BACK = 400 * DAY;

/** Reads the latest revision and the profiles in use, and builds the horizon from them. */
export async function remember(store: Store, facts: CalendarFacts, ladders: ReadonlyMap<string, Ladder>, now: Instant): Promise<Memory> {
  const latest = await store.calendar.latest();
  const stored = await store.calendar.picture();
  const watermark = (await store.mark('watermark')) ?? now;
  const versions = stored?.versions ?? new Map<string, VersionedDeadline>();
  const profiles = await store.subscriptions.profiles();
  const picture = stored?.picture ?? { deadlines: new Map(), reviews: new Map() };
  const views = viewsOver({ picture, versions }, await store.ownDates.views());
  const horizon = buildHorizon({
    deadlines: [...versions.values(), ...views.dates],
    profiles,
    ladders,
    holidays: facts.holidays,
    from: Math.min(watermark, now) - LOOK_BACK,
  });
  return { revision: latest?.id ?? 0, timings: profiles.length, picture, holidays: facts.holidays, versions, horizon, views };
}

/** The calendar that a recall follows. */
export interface RecalledCalendar {
  facts(): CalendarFacts;
  refresh(now: Instant): Promise<void>;
}

export interface Recall {
  /** The memory of the latest revision: the one at hand, or a new one when the store has a later revision or a timing more. */
  recall(now: Instant): Promise<Memory>;
  /** Reads anew at the next recall, after channels changed their timing. */
  forget(): void;
}

export function createRecall(deps: { readonly store: Store; readonly ladders: ReadonlyMap<string, Ladder>; readonly calendar: RecalledCalendar }): Recall {
  const { store, ladders, calendar } = deps;
  let memory: Memory | null = null;
  let reading: Promise<Memory> | null = null;
  const readAnew = async (now: Instant): Promise<Memory> => {
    if (memory !== null) await calendar.refresh(now);
    memory = await remember(store, calendar.facts(), ladders, now);
    return memory;
  };
  return {
    recall: async (now) => {
      const latest = await store.calendar.latest();
      const timings = (await store.subscriptions.profiles()).length;
      if (memory !== null && memory.revision === (latest?.id ?? 0) && memory.timings === timings) return memory;
      // Many lanes ask at once after a revision; it is read once for all of them.
      reading ??= readAnew(now).finally(() => {
        reading = null;
      });
      return reading;
    },
    forget: () => {
      memory = null;
    },
  };
}

/** The listing a deadline belongs to; null for a date of a Council session. */
export function reviewFor(picture: Picture, deadline: Pick<Deadline, 'session' | 'state'>): Review | null {
  if (deadline.session === null || deadline.state === null) return null;
  return picture.reviews.get(reviewId(deadline.session, deadline.state)) ?? null;
}
