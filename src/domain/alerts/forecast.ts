/** What a channel will be sent as things are known now, message by message, in the way the bot says it. Pure. */
import type { Deadline } from '../calendar/deadline.ts';
import type { Picture } from '../calendar/diff.ts';
import { type Review, reviewId } from '../calendar/review.ts';
import type { Holidays } from '../calendar/working-days.ts';
import type { Instant } from '../time.ts';
import { stageAllows } from './check.ts';
import { type DigestTime, nextDigest } from './digest.ts';
import type { Ladder, Lead } from './ladder.ts';
import { momentsOf, type Timing } from './moment.ts';
import { heldUntil, type Mute } from './mute.ts';
import { notBefore, type QuietHours } from './quiet-hours.ts';
import { isWished, type Wish } from './wish.ts';

export interface ForecastInput {
  readonly picture: Picture;
  readonly wishes: readonly Wish[];
  readonly ladder: Ladder;
  readonly timing: Timing;
  readonly quiet: QuietHours | null;
  readonly mute: Mute | null;
  readonly holidays: Holidays;
  readonly now: Instant;
}

interface ForecastItem {
  readonly deadline: Deadline;
  readonly review: Review | null;
  readonly lead: Lead;
}

/** One message to come. */
export interface Forecast {
  readonly at: Instant;
  /** Quiet hours or a mute hold it for so long that it comes as a catch-up. */
  readonly late: boolean;
  /** A line a date. */
  readonly items: readonly ForecastItem[];
}

type Due = ForecastItem & Omit<Forecast, 'items'> & { readonly dueAt: Instant };

/** Alerts ahead in time order; what is posted at one instant is one message, and a catch-up is another. */
export function forecast(input: ForecastInput): readonly Forecast[] {
  const due = [...input.picture.deadlines.values()].filter((deadline) => isWished(input.wishes, deadline)).flatMap((deadline) => dueOf(deadline, input));
  due.sort((a, b) => a.at - b.at || Number(b.late) - Number(a.late) || a.dueAt - b.dueAt);
  return [...Map.groupBy(due, ({ at, late }) => `${at}|${late}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ at: first.at, late: first.late, items: lastOfEachDate(same) }];
  });
}

/** When the next digest is due; one that falls into a mute is left out. */
export function digestAhead(time: DigestTime, { timing, quiet, mute, now }: Pick<ForecastInput, 'timing' | 'quiet' | 'mute' | 'now'>): Instant {
  const after = mute === null ? now : Math.max(now, mute.until - 1);
  return notBefore(nextDigest(time, timing.zone, after), quiet, timing.zone);
}

function dueOf(deadline: Deadline, { picture, ladder, timing, quiet, mute, holidays, now }: ForecastInput): readonly Due[] {
  const { session, state, kind, when } = deadline;
  const review = session === null || state === null ? null : (picture.reviews.get(reviewId(session, state)) ?? null);
  if (!stageAllows(deadline, review)) return [];
  const ahead = momentsOf(deadline, ladder[kind] ?? [], timing, holidays).filter(({ lead, at }) => lead.mode === 'alert' && at > now);
  return ahead.map(({ lead, at: dueAt, grace }) => {
    const free = notBefore(dueAt, quiet, timing.zone, [when]);
    const at = heldUntil(mute, free, [when]) ?? free;
    return { at, late: at - dueAt > grace, dueAt, deadline, review, lead };
  });
}

function lastOfEachDate(due: readonly Due[]): readonly ForecastItem[] {
  return [...new Map(due.map(({ deadline, review, lead }) => [deadline.id, { deadline, review, lead }])).values()];
}
