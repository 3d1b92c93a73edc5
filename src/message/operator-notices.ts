/** What only the operator is told: nobody else can do something about it. */
import type { LookUps } from '../domain/alerts/look-ups.ts';
import type { Instant } from '../domain/time.ts';

/** A calendar feed that is not taken, or is again; told once a fault. */
export interface FeedNotice {
  readonly about: 'feed';
  /** Of its address, which may hold a secret elsewhere. */
  readonly host: string;
  /** What is wrong, going on from "the feed …": free text. Null when it is well again. */
  readonly reason: string | null;
  /** Since when it is, or was, not taken. */
  readonly since: Instant;
}

/** What nobody has looked at for too long, or looked for when it was due; once a week. */
export interface StaleNotice extends LookUps {
  readonly about: 'stale';
}
