/** What an instance answers at `/calendar.json`: its calendar in force, for others to follow. */
import type { CalendarFacts } from '../../domain/calendar/facts.ts';
import type { Instant } from '../../domain/time.ts';
import { type WrittenFeed, writeFeed } from './write.ts';

export interface FeedAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Tells apart what is published; the facts are the same object for as long as they are in force. */
interface Publishing {
  readonly facts: CalendarFacts;
  readonly published: Instant;
}

/** Followers come every six hours; a proxy may keep it for some minutes. */
const CACHE = 'public, max-age=300';

/** Answers `GET /calendar.json`, given its `If-None-Match`. A feed is written once, however many follow it. */
export function createFeedPage(): (publishing: Publishing, ifNoneMatch: string | null) => FeedAnswer {
  let last: (Publishing & { readonly feed: WrittenFeed }) | null = null;
  return ({ facts, published }, ifNoneMatch) => {
    if (last === null || last.facts !== facts || last.published !== published) last = { facts, published, feed: writeFeed(facts, published) };
    const { body, etag } = last.feed;
    const headers = { etag, 'cache-control': CACHE, 'access-control-allow-origin': '*' };
    if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: '' };
    return { status: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body };
  };
}

/** Weak comparison, as RFC 9110 §13.1.2 asks. */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
