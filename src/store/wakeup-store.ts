/** What the house asks of a database for what comes by a time of its own. */
import type { Instant } from '../domain/time.ts';

export interface Wakeup {
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: Instant;
  readonly body: string;
}

export interface WakeupStore {
  put(wakeup: Wakeup): Promise<void>;
  of(kind: string): Promise<readonly Wakeup[]>;
  remove(kind: string, subject: string): Promise<void>;
  /** Puts it, in place of one of the same kind and subject. */
  set(wakeup: Wakeup): Promise<void>;
  find(kind: string, subject: string): Promise<Wakeup | null>;
  /** What is due of some kinds, the longest due first. */
  due(kinds: readonly string[], now: Instant, limit: number): Promise<readonly Wakeup[]>;
}
