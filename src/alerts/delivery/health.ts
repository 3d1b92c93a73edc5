/**
 * Whether a platform answers at all. When requests to several channels in a row find nobody there, the lane waits and
 * tries with one message at a time, so that an outage of hours is asked a few times and not thousands.
 */
export interface Health {
  /** How many requests may be under way, at this monotonic time. */
  slots(most: number, at: number): number;
  /** When the next try may be; in the past when it may at once. */
  next(): number;
  well(): void;
  /** Nobody there, or no answer. */
  silent(channel: string, at: number): void;
  /** The token or the settings are refused: no request has a chance until that is mended. */
  refused(at: number): void;
}

const IN_A_ROW = 5;
const CHANNELS = 3;
const [FIRST_WAIT, LONGEST_WAIT] = [1_000, 60_000];
const [FIRST_REFUSED, LONGEST_REFUSED] = [60_000, 900_000];

export function createHealth(random: () => number): Health {
  let silences: string[] = [];
  let [tries, openUntil, ill] = [0, 0, false];
  const wait = (at: number, first: number, longest: number) => {
    openUntil = at + jittered(Math.min(longest, first * 2 ** Math.min(tries, 20)), random);
    tries += 1;
    ill = true;
  };
  return {
    slots: (most, at) => (!ill ? most : at < openUntil ? 0 : 1),
    next: () => (ill ? openUntil : 0),
    well: () => {
      [silences, tries, ill] = [[], 0, false];
    },
    silent: (channel, at) => {
      silences = [...silences, channel].slice(-IN_A_ROW);
      // What was under way when the wait began is no new try.
      if (ill ? at >= openUntil : silences.length === IN_A_ROW && new Set(silences).size >= CHANNELS) wait(at, FIRST_WAIT, LONGEST_WAIT);
    },
    refused: (at) => {
      if (!ill || at >= openUntil) wait(at, FIRST_REFUSED, LONGEST_REFUSED);
    },
  };
}

/** A time ± 20 %, so that many who were refused at once do not come back at once. */
export function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (0.8 + 0.4 * random()));
}
