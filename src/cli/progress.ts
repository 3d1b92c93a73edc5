import type { Io } from './io.ts';

/** How far a long piece of work has come: one line in a terminal that is written over, and nothing anywhere else. */
export interface Progress {
  at(done: number, total: number): void;
  /** Clears the line. */
  end(): void;
}

const EVERY_MS = 100;
const CLEAR = '\r\u001b[K';

/** Written to standard error, so that what the command answers stays apart. Short work shows nothing. */
export function showProgress({ isTerminal, warn, clock }: Pick<Io, 'isTerminal' | 'warn' | 'clock'>, what: string): Progress {
  let [shownAt, isShown] = [clock.monotonic(), false];
  return {
    at: (done, total) => {
      if (!isTerminal || clock.monotonic() - shownAt < EVERY_MS) return;
      [shownAt, isShown] = [clock.monotonic(), true];
      const share = total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
      warn(`${CLEAR}${what}: ${done} of ${total} (${share} %)`);
    },
    end: () => {
      if (isShown) warn(CLEAR);
      isShown = false;
    },
  };
}
