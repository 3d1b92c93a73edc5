/** Two sides share one response after both their managers agreed by a one-time code. Pure: who may manage is asked elsewhere. */
import { HOUR, type Instant } from '../time.ts';
import type { Bridge, Response, Shows } from './response.ts';
import { isSameSide, type Side } from './task.ts';

/** Random bytes that make a code. */
export const CODE_BYTES = 10;
export const CODE_VALID = HOUR;
/** How often an installation may be wrong within {@link TRIES_COUNT_FOR}. */
export const MOST_WRONG_TRIES = 5;
export const TRIES_COUNT_FOR = HOUR;

/** Crockford's 32: without I, L, O and U, which are mistaken for others. Each byte gives one evenly. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** @param bytes random ones, {@link CODE_BYTES} of them: 50 bits */
export function codeFrom(bytes: Uint8Array): string {
  return [...bytes.subarray(0, CODE_BYTES)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** As people read it to each other: two groups of five. */
export function spelled(code: string): string {
  return `${code.slice(0, CODE_BYTES / 2)}-${code.slice(CODE_BYTES / 2)}`;
}

/** What somebody typed for a code, with what is easily mistaken put right; null when it is none. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === CODE_BYTES && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}

export interface Offering {
  /** Of the bridge, where it is the first offer of the response. */
  readonly id: string;
  readonly response: Pick<Response, 'id' | 'side' | 'status'>;
  readonly shows: Shows;
  readonly codeHash: string;
  readonly now: Instant;
}

/**
 * Offers a response to whoever brings the code within an hour. An offer that nobody took gets the new code, and its old
 * one is void.
 *
 * @param bridges those of the response
 */
export function offer(
  { id, response, shows, codeHash, now }: Offering,
  bridges: readonly Bridge[],
): { readonly bridge: Bridge } | { readonly refused: 'closed' | 'shared' } {
  if (response.status === 'closed') return { refused: 'closed' };
  if (bridges.some(({ status }) => status === 'open')) return { refused: 'shared' };
  const waiting = bridges.find(({ status }) => status === 'offered');
  const nobody = { partner: null, partnerChannel: null, partnerShows: 'states', status: 'offered' } as const;
  const offered = { ...nobody, response: response.id, owner: response.side, ownerShows: shows, codeHash, codeUntil: now + CODE_VALID };
  return { bridge: { ...offered, id: waiting?.id ?? id, version: (waiting?.version ?? 0) + 1 } };
}

export interface Accepting {
  readonly partner: Side;
  /** The channel in the store where the partner's card will live. */
  readonly channel: string;
  readonly now: Instant;
}

/**
 * Takes an offer. A code that is wrong, used or over is one refusal, so that nobody learns which.
 *
 * @param bridge what the code names; null where it names nothing
 */
export function accept(bridge: Bridge | null, { partner, channel, now }: Accepting): { readonly bridge: Bridge } | { readonly refused: 'no-code' | 'oneself' } {
  if (bridge === null || bridge.status !== 'offered' || bridge.codeUntil <= now) return { refused: 'no-code' };
  if (isSameSide(bridge.owner, partner)) return { refused: 'oneself' };
  return { bridge: { ...bridge, partner, partnerChannel: channel, status: 'open', codeHash: null, version: bridge.version + 1 } };
}

/** Its code is void and it names its partner no more; an offer that nobody took is withdrawn in the same way. */
export function ended(bridge: Bridge): Bridge {
  return { ...bridge, partner: null, partnerChannel: null, status: 'ended', codeHash: null, version: bridge.version + 1 };
}

/** The bridge of a response that a side can end: an open one of either side, or an offer of its own. */
export function endable(bridges: readonly Bridge[], side: Side): Bridge | null {
  return bridges.find((bridge) => bridge.status !== 'ended' && sideIn(bridge, side) !== null) ?? null;
}

/** Which of the two a side is; null for a stranger, and for whoever was partner of a bridge that ended. */
export function sideIn({ owner, partner, status }: Pick<Bridge, 'owner' | 'partner' | 'status'>, side: Side): 'owner' | 'partner' | null {
  if (isSameSide(owner, side)) return 'owner';
  return status === 'open' && partner !== null && isSameSide(partner, side) ? 'partner' : null;
}

/** Wrong tries that still count. */
export function triesThatCount(tries: readonly Instant[], now: Instant): readonly Instant[] {
  return tries.filter((at) => at > now - TRIES_COUNT_FOR);
}

/** When an installation may try a code again; null where it may now. */
export function barredUntil(tries: readonly Instant[], now: Instant): Instant | null {
  const counting = triesThatCount(tries, now);
  return counting.length < MOST_WRONG_TRIES ? null : Math.min(...counting) + TRIES_COUNT_FOR;
}
