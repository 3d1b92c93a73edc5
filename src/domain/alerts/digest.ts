/** The weekly digest: when it comes, and what it tells. Pure. */
import { alerts, type Deadline } from '../calendar/deadline.ts';
import type { Change } from '../calendar/diff.ts';
import { hasDay, passesAt, sortsAt } from '../calendar/when.ts';
import type { Holidays } from '../calendar/working-days.ts';
import { addDays, atWallClock, type ClockTime, DAY, type Day, dayOf, type Instant, weekday, type Zone } from '../time.ts';
import type { Ladder } from './ladder.ts';
import { momentsOf, type Timing } from './moment.ts';
import { isNewsWished, isWished, type Wish } from './wish.ts';

/** When in the week a channel has its digest, in its own zone. */
export interface DigestTime {
  /** 1 = Monday … 7 = Sunday. */
  readonly day: number;
  readonly hour: ClockTime;
}

/** The first digest after `after`. */
export function nextDigest({ day, hour }: DigestTime, zone: Zone, after: Instant): Instant {
  const today = dayOf(after, zone);
  const ahead = (day - weekday(today) + 7) % 7;
  const at = atWallClock(addDays(today, ahead), hour, zone);
  return at > after ? at : atWallClock(addDays(today, ahead + 7), hour, zone);
}

/** `2026-W48`: the ISO week of a day. */
export function isoWeek(day: Day): string {
  const thursday = addDays(day, 4 - weekday(day));
  const year = thursday.slice(0, 4);
  const number = 1 + Math.floor((Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / (7 * DAY));
  return `${year}-W${String(number).padStart(2, '0')}`;
}

export interface Digest {
  /** Dates of the next 30 days, and those whose digest lead fell since the last digest. */
  readonly ahead: readonly Deadline[];
  readonly changed: readonly Change[];
  /** Dates that have no day yet, and may come soon. */
  readonly estimated: readonly Deadline[];
}

export interface DigestInput {
  readonly deadlines: Iterable<Deadline>;
  /** Everything that became known since the last digest. */
  readonly changes: readonly Change[];
  readonly wishes: readonly Wish[];
  readonly ladder: Ladder;
  readonly timing: Timing;
  readonly holidays: Holidays;
  /** When the last one told. */
  readonly since: Instant;
  readonly now: Instant;
  /** Deadlines the channel was told of a moment ago; they are left out. */
  readonly told: ReadonlySet<string>;
}

const SOON = 30 * DAY;
/** No ladder begins earlier. */
const FARTHEST = 370 * DAY;
const ESTIMATES_WITHIN = 120 * DAY;
/** What may come before the next digest is worth one, whether or not it has a day. */
const WEEK = 7 * DAY;

/** What a channel reads this week, in time order; null when there is nothing ahead, nothing changed and nothing may begin this week. */
export function digestOf(input: DigestInput): Digest | null {
  const { now, wishes, told } = input;
  const wanted = [...input.deadlines].filter((deadline) => !told.has(deadline.id) && (passesAt(deadline.when) ?? 0) > now && isWished(wishes, deadline));
  const ahead = inTimeOrder(wanted.filter((deadline) => isDue(deadline, input)));
  const changed = input.changes.filter((change) => isNewsWished(wishes, change));
  const estimated = inTimeOrder(wanted.filter((deadline) => mayComeSoon(deadline, now)));
  const begins = estimated.some(({ when }) => sortsAt(when) > now && sortsAt(when) <= now + WEEK);
  return ahead.length + changed.length === 0 && !begins ? null : { ahead, changed, estimated };
}

function isDue(deadline: Deadline, { ladder, timing, holidays, since, now }: DigestInput): boolean {
  const left = (passesAt(deadline.when) ?? 0) - now;
  if (!alerts(deadline) || left > FARTHEST) return false;
  if (left <= SOON) return true;
  const moments = momentsOf(deadline, ladder[deadline.kind] ?? [], timing, holidays);
  return moments.some(({ lead, at }) => lead.mode === 'digest' && at > since && at <= now);
}

function mayComeSoon({ when, standing }: Deadline, now: Instant): boolean {
  return standing === 'standing' && !hasDay(when) && when.from !== null && sortsAt(when) <= now + ESTIMATES_WITHIN;
}

function inTimeOrder(deadlines: readonly Deadline[]): readonly Deadline[] {
  return [...deadlines].sort((a, b) => sortsAt(a.when) - sortsAt(b.when));
}
