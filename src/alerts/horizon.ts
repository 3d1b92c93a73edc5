import type { Ladder, Lead } from '../domain/alerts/ladder.ts';
import { momentsOf } from '../domain/alerts/moment.ts';
import { alerts, type Deadline } from '../domain/calendar/deadline.ts';
import { passesAt, whenKey } from '../domain/calendar/when.ts';
import type { Holidays } from '../domain/calendar/working-days.ts';
import { DAY, endOfDay, type Instant } from '../domain/time.ts';
import type { Profile, VersionedDeadline } from '../store/store.ts';

/** One lead of deadlines that share kind and date, at the instant it fires for one profile. */
export interface HorizonMoment {
  readonly at: Instant;
  readonly lead: Lead;
  readonly grace: number;
  readonly profile: number;
  readonly deadlines: readonly VersionedDeadline[];
}

/**
 * Every moment still to come, in memory and in time order, so that a tick with nothing due reads nothing. Built anew
 * after a revision or a change of the profiles in use.
 */
export interface Horizon {
  /** Moments in `(after, until]`. */
  between(after: Instant, until: Instant): readonly HorizonMoment[];
  /** Dates that are over since then: in `(after, until]`. */
  passed(after: Instant, until: Instant): readonly VersionedDeadline[];
  /** The first moment later than `after`; null when there is none. */
  next(after: Instant): Instant | null;
}

export interface HorizonInput {
  readonly deadlines: Iterable<VersionedDeadline>;
  readonly profiles: readonly Profile[];
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly holidays: Holidays;
  /** Moments before it are left out: they are behind every watermark. */
  readonly from: Instant;
  /** True to have the leads that only the digest tells, and not those that alert. */
  readonly digest?: boolean;
}

/** The longest a check may lie behind its deadline. */
const LONGEST_AFTER = 60 * DAY;

export function buildHorizon(input: HorizonInput): Horizon {
  const groups = groupByDate(input);
  const moments: HorizonMoment[] = [];
  for (const profile of input.profiles) {
    const ladder = input.ladders.get(profile.ladder) ?? {};
    for (const [sample, deadlines] of groups) {
      const leads = ladder[sample.deadline.kind] ?? [];
      for (const { lead, at, grace } of momentsOf(sample.deadline, leads, profile, input.holidays)) {
        if (at <= input.from || (lead.mode === 'digest') !== (input.digest ?? false)) continue;
        moments.push({ at, lead, grace, profile: profile.id, deadlines });
      }
    }
  }
  moments.sort((a, b) => a.at - b.at);
  const ends = groups.map(([{ deadline }, deadlines]) => ({ at: overAt(deadline), deadlines })).sort((a, b) => a.at - b.at);
  return {
    between: (after, until) => moments.slice(firstAfter(moments, after), firstAfter(moments, until)),
    passed: (after, until) => ends.slice(firstAfter(ends, after), firstAfter(ends, until)).flatMap(({ deadlines }) => deadlines),
    next: (after) => moments[firstAfter(moments, after)]?.at ?? null,
  };
}

/** Something that lasts several days is over at the end of its last day. */
function overAt({ when, until }: Deadline): Instant {
  return until === null ? (passesAt(when) ?? 0) : endOfDay(until, when.zone);
}

function groupByDate({ deadlines, from }: HorizonInput): readonly [VersionedDeadline, readonly VersionedDeadline[]][] {
  const groups = new Map<string, VersionedDeadline[]>();
  for (const entry of deadlines) {
    const { deadline } = entry;
    if (!alerts(deadline) || (passesAt(deadline.when) ?? 0) + LONGEST_AFTER < from) continue;
    const key = `${deadline.kind}|${whenKey(deadline.when)}|${deadline.until}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map((group) => [group[0] as VersionedDeadline, group]);
}

function firstAfter(moments: readonly { readonly at: Instant }[], at: Instant): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
