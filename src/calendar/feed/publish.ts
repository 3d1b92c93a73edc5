/** What an instance answers at `/calendar.json`: its calendar in force, for others to follow. */
import type { KeyObject } from 'node:crypto';
import type { CalendarFacts } from '../../domain/calendar/facts.ts';
import type { Instant } from '../../domain/time.ts';
import { SIGNATURE_HEADER, signFeed } from './signature.ts';
import { writeFeed } from './write.ts';

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

/** A feed as it is answered: written and signed once, however many follow it. */
interface Page extends Publishing {
  readonly etag: string;
  readonly body: string;
  /** None where nobody signs. */
  readonly signed: Readonly<Record<string, string>>;
}

/** Answers `GET /calendar.json`, given its `If-None-Match`. @param key signs what is answered; null signs nothing */
export function createFeedPage(key: KeyObject | null): (publishing: Publishing, ifNoneMatch: string | null) => FeedAnswer {
  let last: Page | null = null;
  return ({ facts, published }, ifNoneMatch) => {
    if (last === null || last.facts !== facts || last.published !== published) last = pageOf({ facts, published }, key);
    const { etag, body, signed } = last;
    const headers = { etag, 'cache-control': CACHE, 'access-control-allow-origin': '*' };
    if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: '' };
    return { status: 200, headers: { ...headers, ...signed, 'content-type': 'application/json; charset=utf-8' }, body };
  };
}

function pageOf(publishing: Publishing, key: KeyObject | null): Page {
  const { body, etag } = writeFeed(publishing.facts, publishing.published);
  return { ...publishing, body, etag, signed: key === null ? {} : { [SIGNATURE_HEADER]: signFeed(Buffer.from(body), key) } };
}

/** Weak comparison, as RFC 9110 §13.1.2 asks. */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
