/** Asks for a feed now and then. What is wrong with it changes nothing in force and is told once. */
import type { KeyObject } from 'node:crypto';
import { HOUR, type Instant, MINUTE } from '../../domain/time.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/log.ts';
import type { Store } from '../../store/store.ts';
import { decode } from '../text-file.ts';
import { type FeedFaults, faultRecord } from './faults.ts';
import { type FeedReach, type Fetched, fetchFeed } from './fetch.ts';
import { signatureFault } from './signature.ts';
import { type FeedShelf, feedName, takeFeed, whyNot } from './take.ts';

/** What the operator is told of a feed, each thing once. */
export interface FeedNews {
  readonly host: string;
  /** What is wrong, going on from "the feed …"; null when it is well again. */
  readonly reason: string | null;
  /** Since when it is, or was, not taken. */
  readonly since: Instant;
}

export interface FollowerDeps extends FeedShelf {
  readonly url: string;
  /** Whose signature every feed must bear; null takes unsigned ones. */
  readonly key: KeyObject | null;
  readonly reach: FeedReach;
  readonly clock: Clock;
  readonly now: () => Instant;
  readonly log: Logger;
  /** Only one process asks: the one that plans. */
  readonly mayAsk: () => Promise<boolean>;
  /** Makes what was taken the calendar in force, as when files are read again. */
  readonly apply: (now: Instant) => Promise<void>;
  /** Through the store it is handed, so that what is told and what is written down of it stand or fall together. */
  readonly tell: (news: FeedNews, store: Store) => Promise<void>;
  readonly random: () => number;
}

export interface FeedFollower {
  /** The first time a minute after the start, then every six hours. */
  start(): void;
  /** Asks once. Rejects only when the store fails. */
  ask(): Promise<void>;
  /** Breaks off what is under way. */
  stop(): Promise<void>;
}

const FIRST = MINUTE;
const EVERY = 6 * HOUR;
/** Up to this share earlier or later, so that followers of one feed do not all come at once. */
const JITTER = 0.1;

export function createFeedFollower(deps: FollowerDeps): FeedFollower {
  const { url, key, reach, clock, log, random } = deps;
  const file = feedName(url);
  const host = new URL(url).host;
  const stopping = new AbortController();
  let etag: string | null = null;
  let following: Promise<void> = Promise.resolve();

  async function settle(got: Fetched, now: Instant): Promise<string | null> {
    if (got.outcome === 'refused') return got.reason;
    if (got.outcome === 'unchanged') return null;
    const unsigned = key === null ? null : signatureFault(got.bytes, got.signature, key);
    if (unsigned !== null) return unsigned;
    const text = decode(got.bytes);
    if (text === null) return 'is not UTF-8';
    const taken = await takeFeed(deps, { file, text }, { now, approved: null });
    const why = whyNot(taken);
    if (why !== null) return why;
    etag = got.etag;
    if (taken.outcome === 'same') return null;
    log.info({ feed: host }, 'A new calendar was taken from the feed');
    await deps.apply(now);
    return null;
  }

  async function ask(): Promise<void> {
    const got = await fetchFeed({ url, etag }, reach, stopping.signal);
    if (stopping.signal.aborted) return;
    const reason = await settle(got, deps.now());
    const before = await faultRecord(deps.store, file).read();
    if (reason === null) return well(before);
    if (before?.reasons.includes(reason)) return;
    const since = before?.since ?? deps.now();
    log.warn({ feed: host, reason }, 'The calendar feed is not taken; the last good one stays in force');
    await deps.store.transaction(async (trx) => {
      await deps.tell({ host, reason, since }, trx);
      await faultRecord(trx, file).write({ since, reasons: [...(before?.reasons ?? []), reason] });
    });
  }

  async function well(before: FeedFaults | null): Promise<void> {
    if (before === null) return;
    log.info({ feed: host }, 'The calendar feed is well again');
    await deps.store.transaction(async (trx) => {
      await deps.tell({ host, reason: null, since: before.since }, trx);
      await faultRecord(trx, file).forget();
    });
  }

  async function follow(): Promise<void> {
    let wait = FIRST;
    while (!stopping.signal.aborted) {
      await clock.sleep(wait, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        const mine = await deps.mayAsk();
        wait = mine ? EVERY * (1 + JITTER * (2 * random() - 1)) : FIRST;
        if (mine) await ask();
      } catch (cause) {
        log.error({ err: cause }, 'The calendar feed could not be looked at; it is asked again later');
      }
    }
  }

  return {
    start: () => {
      following = follow();
    },
    ask,
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}
