import { hasDay, passesAt, type When } from '../calendar/when.ts';
import { DAY, type Instant } from '../time.ts';

/** A channel that somebody keeps silent for a while. */
export interface Mute {
  readonly until: Instant;
  /** Free text, shown to those who ask. */
  readonly reason: string;
}

/**
 * Until when something about these dates is held back, or null where it is not. The last 24 hours before a date that is
 * ahead break through, as they do through quiet hours (design.md §6).
 */
export function heldUntil(mute: Mute | null, now: Instant, dates: readonly When[]): Instant | null {
  if (mute === null || mute.until <= now) return null;
  const lastDays = dates
    .filter(hasDay)
    .map((when) => passesAt(when))
    .filter((ends) => ends !== null && ends >= now)
    .map((ends) => (ends ?? 0) - DAY);
  const until = Math.min(mute.until, ...lastDays);
  return until > now ? until : null;
}
