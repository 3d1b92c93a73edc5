/** What commands may do with bridges. The room of alerts does it, since each has cards and reminders to follow. */
import type { Instant } from '../time.ts';
import type { Called } from './bridge-view.ts';
import type { Bridge, Shows } from './response.ts';
import type { Side } from './task.ts';
import type { Actor } from './teamwork.ts';

export interface Offer {
  readonly response: string;
  readonly by: Actor;
  readonly shows: Shows;
  readonly codeHash: string;
}

/** Who brings a code, and to which channel of the store. */
export interface Taking {
  readonly codeHash: string;
  readonly side: Side;
  readonly channel: string;
}

/** `barred`: too many wrong codes from there; until then no code is looked at. */
export type NotTaken = { readonly refused: 'no-code' | 'oneself' } | { readonly refused: 'barred'; readonly until: Instant };

export interface Ending {
  readonly response: string;
  readonly by: Actor;
  /** What stands in the copy of the partner for titles that it did not see. */
  readonly called: Called;
}

export interface Ended {
  /** True for an offer that nobody had taken. */
  readonly withdrawn: boolean;
  /** What the partner keeps; null where it has no channel any more, and of an offer. */
  readonly copy: string | null;
  /** Tasks that the partner had, and nobody has now. */
  readonly freed: number;
}

export interface Bridgework {
  /** `not-there`: no plan of that side. */
  offer(offer: Offer): Promise<Bridge | { readonly refused: 'not-there' | 'closed' | 'shared' }>;
  /** What a code names, before it is taken. A code that names nothing counts against the side that brought it. */
  look(taking: Taking): Promise<Bridge | NotTaken>;
  /** The same, and takes it: the card follows. Only one of many takes it. */
  take(taking: Taking): Promise<Bridge | NotTaken>;
  /** By either side, at once. What the partner had is free again, and the partner keeps a copy. */
  end(ending: Ending): Promise<Ended | { readonly refused: 'not-there' }>;
}
