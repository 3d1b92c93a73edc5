import { hasDay, passesAt, type When } from '../calendar/when.ts';
import { addDays, atWallClock, type ClockTime, clockTimeOf, DAY, dayOf, type Instant, type Zone } from '../time.ts';

/** A nightly span in the channel's zone in which nothing is posted; may cross midnight. */
export interface QuietHours {
  readonly from: ClockTime;
  readonly to: ClockTime;
}

/** The end of the quiet hours that contain `at`, or `at` itself outside them. */
export function endOfQuiet(at: Instant, quiet: QuietHours | null, zone: Zone): Instant {
  if (quiet === null || quiet.from === quiet.to) return at;
  const now = clockTimeOf(at, zone);
  const overnight = quiet.from > quiet.to;
  const inside = overnight ? now >= quiet.from || now < quiet.to : now >= quiet.from && now < quiet.to;
  if (!inside) return at;
  const today = dayOf(at, zone);
  const ends = atWallClock(overnight && now >= quiet.from ? addDays(today, 1) : today, quiet.to, zone);
  return Math.max(at, ends);
}

/**
 * Before when something due at `at` must not be posted. The last day before any of the dates concerned breaks through:
 * the earlier of the end of the quiet hours and 24 hours before the date passes (design.md §6, "Lateness, one rule"). The
 * end of a range, such as an estimate has, is no such date.
 */
export function notBefore(at: Instant, quiet: QuietHours | null, zone: Zone, dates: readonly When[] = []): Instant {
  const quietEnds = endOfQuiet(at, quiet, zone);
  const lastDays = dates
    .filter(hasDay)
    .map((when) => passesAt(when))
    .filter((ends) => ends !== null && ends >= at)
    .map((ends) => (ends ?? 0) - DAY);
  return Math.max(at, Math.min(quietEnds, ...lastDays));
}
