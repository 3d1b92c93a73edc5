/** What the house asks of a database for private links to what channels follow. */
import type { Instant } from '../domain/time.ts';

/** One a channel. The token itself is nowhere. */
export interface FeedLinkStore {
  /** Its channel is one of the store; an earlier link of it ends. */
  put(link: { readonly channel: string; readonly hash: string; readonly at: Instant }): Promise<void>;
  of(channel: string): Promise<{ readonly made: Instant } | null>;
  channelOf(hash: string): Promise<string | null>;
  /** Whether there was one. */
  remove(channel: string): Promise<boolean>;
}
