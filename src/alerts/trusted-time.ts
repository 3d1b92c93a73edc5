import { MINUTE } from '../domain/time.ts';
import type { Clock } from '../lib/clock.ts';

/** Asks somebody else for the time: a database, a platform. Null when they do not say. */
export type AskTime = () => Promise<number | null>;

export interface TrustedTime {
  /** Wall time while it is believed; else the last believed time plus what has passed since on the monotonic clock. */
  now(): number;
  /** The same, without counting as a look at the clocks. */
  read(): number;
  /** True while the wall clock is doubted. */
  readonly doubted: boolean;
  /** How far wall and monotonic time drifted apart since the last call of `now`, in milliseconds. */
  readonly drift: number;
  /** Asks the references when doubted; settles who is right. Cheap when all is well. */
  settle(): Promise<void>;
}

/** Wall time that gains this much on monotonic time is doubted (design.md §6, "Clocks"). */
const DOUBT_AFTER = 10 * MINUTE;
/** With nobody to ask, the wall clock is believed again after this long. */
const BELIEVE_ALONE_AFTER = MINUTE;
const AGREES_WITHIN = MINUTE;
const ASK_EVERY = 10_000;

/** Guards against a wall clock that jumps forward, as after a bad time synchronisation. A clock set back is believed. */
export function createTrustedTime(clock: Clock, references: readonly AskTime[]): TrustedTime {
  let believed = { wall: clock.now(), monotonic: clock.monotonic() };
  let last = believed;
  let doubtedSince: number | null = null;
  let drift = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  const expected = () => Math.round(believed.wall + (clock.monotonic() - believed.monotonic));
  const believe = (wall: number) => {
    believed = { wall, monotonic: clock.monotonic() };
    doubtedSince = null;
  };
  const read = () => {
    const wall = clock.now();
    if (wall - expected() > DOUBT_AFTER) doubtedSince ??= clock.monotonic();
    else believe(wall);
    return doubtedSince === null ? wall : expected();
  };
  return {
    now: () => {
      const [wall, monotonic] = [clock.now(), clock.monotonic()];
      drift = wall - last.wall - (monotonic - last.monotonic);
      last = { wall, monotonic };
      return read();
    },
    read,
    get doubted() {
      return doubtedSince !== null;
    },
    get drift() {
      return drift;
    },
    settle: async () => {
      if (doubtedSince === null || clock.monotonic() - askedAt < ASK_EVERY) return;
      askedAt = clock.monotonic();
      const answers = (await Promise.all(references.map((ask) => ask().catch(() => null)))).filter((time) => time !== null);
      const wall = clock.now();
      if (answers.some((time) => Math.abs(time - wall) < AGREES_WITHIN)) believe(wall);
      else if (answers.length === 0 && clock.monotonic() - doubtedSince >= BELIEVE_ALONE_AFTER) believe(wall);
    },
  };
}
