/** What a reader of each channel sees, and what the platform counts of the requests. */
import { ENGLISH } from '../a-voice.ts';

export interface Seen {
  readonly at: number;
  readonly channel: string;
  readonly text: string;
  readonly token: string;
  /** The text itself says that it may be a repeat. */
  readonly marked: boolean;
  readonly id: string;
}

const REPEAT = ENGLISH['mark.repeat'];

/** Messages in the order in which they were posted. A nonce gives the earlier message while its window lasts. */
export function createLedger(nonceWindowMs: number) {
  if (REPEAT === undefined) throw new Error('The catalogue no longer says how a repeat is marked');
  const seen: Seen[] = [];
  const byNonce = new Map<string, Seen>();
  return {
    post: (message: Pick<Seen, 'channel' | 'text' | 'token' | 'id'>, { nonce, now }: { readonly nonce: string | null; readonly now: number }): Seen => {
      const name = `${message.token} ${nonce}`;
      const earlier = nonce === null ? undefined : byNonce.get(name);
      if (earlier !== undefined && now < earlier.at + nonceWindowMs) return earlier;
      const entry = { ...message, at: now, marked: message.text.includes(REPEAT) };
      seen.push(entry);
      if (nonce !== null) byNonce.set(name, entry);
      return entry;
    },
    all: (): readonly Seen[] => seen,
    of: (channel: string): readonly Seen[] => seen.filter((entry) => entry.channel === channel),
    channels: (): readonly string[] => [...new Set(seen.map(({ channel }) => channel))],
  };
}

export interface Traffic {
  readonly count: number;
  /** The most that were in flight at the same time. */
  readonly peak: number;
}

const ALL = '*';

/** Counts by channel and in total. */
export function createTraffic() {
  const channels = new Map<string, { count: number; peak: number; open: number }>();
  const limited = new Map<string, number>();
  const of = (channel = ALL) => {
    const traffic = channels.get(channel) ?? { count: 0, peak: 0, open: 0 };
    channels.set(channel, traffic);
    return traffic;
  };
  return {
    /** Counts one in; returns its number for the channel and what counts it out of flight. */
    begin: (channel: string) => {
      const both = [of(), of(channel)];
      for (const traffic of both) {
        traffic.count += 1;
        traffic.open += 1;
        traffic.peak = Math.max(traffic.peak, traffic.open);
      }
      const end = () => {
        for (const traffic of both) traffic.open -= 1;
      };
      return { attempt: of(channel).count, end };
    },
    limit: (channel: string) => {
      for (const name of [ALL, channel]) limited.set(name, (limited.get(name) ?? 0) + 1);
    },
    requests: (channel?: string): Traffic => ({ count: of(channel).count, peak: of(channel).peak }),
    limited: (channel = ALL): number => limited.get(channel) ?? 0,
  };
}
