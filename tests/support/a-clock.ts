import type { Instant } from '../../src/domain/time.ts';
import type { Clock } from '../../src/lib/clock.ts';

/** A clock that only moves when it is told to. The wall can be set; the monotonic clock only goes forward. */
export function aClock(start: Instant) {
  const sleepers = new Set<{ until: number; wake: () => void }>();
  let [wall, monotonic] = [start, 0];
  return {
    now: () => wall,
    monotonic: () => monotonic,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const sleeper = { until: monotonic + ms, wake: resolve };
        if (signal?.aborted === true) return resolve();
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    /** Somebody turns the hands; no time passes. */
    setWall: (to: Instant) => {
      wall = to;
    },
    /** Time passes; who slept long enough wakes. */
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
      for (const sleeper of [...sleepers].filter(({ until }) => until <= monotonic)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  } satisfies Clock & Record<string, unknown>;
}
