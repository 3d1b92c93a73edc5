/**
 * How fast a lane may post: what the platform publishes, and what its answers teach. One gauge for the bot token, one a
 * channel. All times are monotonic milliseconds, so that a wall clock that jumps changes no pace.
 */
import type { ChatError, Pace, Room } from '../../adapters/adapter.ts';

/** An answer of the platform to one request. */
export interface Answer {
  readonly channel: string;
  readonly startedAt: number;
  readonly at: number;
  /** Null when the platform said nothing of it. */
  readonly room: Room | null;
  /** Null when the request was not refused for its pace. */
  readonly limited: Pick<ChatError, 'limit' | 'retryAfterMs'> | null;
  /** True when the platform took the message. */
  readonly taken: boolean;
}

export interface PaceKeeper {
  /** When the next request to the channel may start; in the past when it may at once. */
  next(channel: string): number;
  started(channel: string, at: number): void;
  answered(answer: Answer): void;
}

/**
 * A limit is never met exactly: requests overtake each other on their way. Those of a token, many a second in many
 * channels, do so more than the one at a time of a channel.
 */
const MARGIN = { token: 1.04, channel: 1.02 };
/** A pace at which so many messages were taken since the last refusal is right, but for requests that overtake each other. */
const [PROVEN, SLOWER] = [10, 1.03];
/** What a timer that woke late may make up for, of a token that posts many a second. */
const TOKEN_CREDIT = 20;
/** What was learnt is asked anew after this long: limits change. */
const FORGET_AFTER = 3_600_000;
/** Messages that are remembered, to learn from the next refusal. */
const KEPT_STARTS = 1_000;
/** No platform paces so slowly: a longer wait is a penalty, which is kept once and teaches nothing. */
const SLOWEST = { token: 1_000, channel: 10_000 };
/** A refusal that does not say for how long. */
const [FIRST_WAIT, LONGEST_WAIT] = [1_000, 60_000];
const KEPT_CHANNELS = 10_000;

export function createPace({ tokenMs, channelMs }: Pace): PaceKeeper {
  const token = createGauge({ publishedMs: tokenMs, margin: MARGIN.token, creditMs: TOKEN_CREDIT, slowestMs: SLOWEST.token });
  const channels = new Map<string, Gauge>();
  const of = (channel: string): Gauge => {
    const known = channels.get(channel);
    if (known !== undefined) return known;
    for (const [oldest] of channels) if (channels.size >= KEPT_CHANNELS) channels.delete(oldest);
    const gauge = createGauge({ publishedMs: channelMs, margin: MARGIN.channel, creditMs: 0, slowestMs: SLOWEST.channel });
    channels.set(channel, gauge);
    return gauge;
  };
  return {
    next: (channel) => Math.max(token.next(), channels.get(channel)?.next() ?? 0),
    started: (channel, at) => {
      token.started(at);
      of(channel).started(at);
    },
    answered: ({ channel, startedAt, at, room, limited, taken }) => {
      for (const gauge of taken ? [token, of(channel)] : []) gauge.taken(startedAt);
      if (room !== null && room.left <= 0) of(channel).block(at + room.refillsInMs);
      if (limited !== null) (limited.limit === 'token' ? token : of(channel)).limited({ startedAt, at, retryAfterMs: limited.retryAfterMs });
    },
  };
}

interface Limited {
  readonly startedAt: number;
  readonly at: number;
  readonly retryAfterMs: number | null;
}

type Gauge = ReturnType<typeof createGauge>;

interface GaugePlan {
  readonly publishedMs: number;
  readonly margin: number;
  readonly creditMs: number;
  readonly slowestMs: number;
}

/** One limit. Learns the time between two messages from the burst that was refused: so many were taken in so long. */
function createGauge({ publishedMs, margin, creditMs, slowestMs }: GaugePlan) {
  let gap = publishedMs * margin;
  /** Messages taken since the last refusal; what is published needs no proof. */
  let proven = publishedMs > 0 ? PROVEN : 0;
  let [nextAt, blockedUntil] = [0, 0];
  let starts: number[] = [];
  let [limitedAt, learntAt, strikes] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  return {
    next: () => Math.max(nextAt, blockedUntil),
    block: (until: number) => {
      blockedUntil = Math.max(blockedUntil, until);
    },
    started: (at: number) => {
      if (at - learntAt > FORGET_AFTER) [gap, proven, learntAt] = [publishedMs * margin, publishedMs > 0 ? PROVEN : 0, Number.POSITIVE_INFINITY];
      const credit = gap > 2 * creditMs ? 0 : Math.min(gap, creditMs);
      nextAt = Math.max(nextAt, at - credit) + gap;
    },
    taken: (startedAt: number) => {
      if (startedAt <= limitedAt) return;
      strikes = 0;
      if (gap > 0) proven += 1;
      starts.push(startedAt);
      if (starts.length > 2 * KEPT_STARTS) starts = starts.slice(-KEPT_STARTS);
    },
    limited: ({ startedAt, at, retryAfterMs }: Limited) => {
      const saidMs = retryAfterMs === 0 ? null : retryAfterMs;
      if (saidMs !== null) blockedUntil = Math.max(blockedUntil, at + saidMs);
      // Those that were on their way already when the first was refused teach nothing new.
      if (startedAt <= limitedAt) return;
      strikes += 1;
      if (saidMs === null) blockedUntil = Math.max(blockedUntil, at + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(strikes - 1, 10)));
      else if (starts.length > 0) {
        const learnt = Math.min(slowestMs, gapOf(starts, at + saidMs) * margin);
        gap = proven >= PROVEN ? gap * SLOWER : Math.max(gap, learnt);
        proven = 0;
        learntAt = at;
      }
      [limitedAt, starts] = [at, []];
    },
  };
}

/** The limit allows as many as the densest of the messages before it refused, until it takes one again. */
function gapOf(starts: readonly number[], until: number): number {
  return Math.min(...starts.map((start, index) => (until - start) / (starts.length - index)));
}
