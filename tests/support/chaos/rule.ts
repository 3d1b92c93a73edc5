/** The one rule for every reader, whatever happened: what it saw, held against what the store says. Pure. */
import type { ProofRow } from '../../../src/store/store.ts';
import type { Seen } from '../fake-platform/ledger.ts';

/** One message that somebody was to read. */
export interface Due {
  readonly channel: string;
  /** Its place among those of its channel. */
  readonly place: number;
}

export interface Verdicts {
  /** Where the rule was broken, in words; empty when it held for every reader. */
  readonly broken: readonly string[];
  /** Sends whose outcome nobody knows. */
  readonly inDoubt: number;
  readonly secondCopies: number;
}

export interface Evidence {
  readonly due: readonly Due[];
  /** What readers of a channel see, oldest first. */
  readonly read: (channel: string) => readonly Seen[];
  readonly rows: readonly ProofRow[];
  /** Which of its channel's messages a text, or a once-key, is. */
  readonly placeOf: (text: string) => number;
  /** Channels in which a key is known, with the times after which a message was in doubt all the same. */
  readonly givenUp: readonly { readonly channel: string; readonly afterMs: number }[];
}

/** By then a message under a key that is tried again and again may be given up (`src/alerts/delivery/outcome.ts`). */
const TRIED_FOR = 30_000;

/**
 * Nothing is lost, and in a channel everything comes in its order. Once, or twice with the second marked, and no more
 * second copies than sends in doubt, message by message. Where the platform knows the key nothing is in doubt, and so
 * everything is seen once, unless nobody could ask again for so long that the key was worth nothing.
 */
export function judge({ due, read, rows, placeOf, givenUp }: Evidence): Verdicts {
  const rowOf = new Map(rows.map((row) => [`${row.channel} ${placeOf(row.onceKey)}`, row]));
  const broken: string[] = [];
  let [inDoubt, secondCopies] = [0, 0];
  for (const { channel, place } of due) {
    const copies = read(channel).filter(({ text }) => placeOf(text) === place);
    const row = rowOf.get(`${channel} ${place}`);
    const doubts = row === undefined ? 0 : row.repeats + (row.state === 'in-doubt' ? 1 : 0);
    const fault = faultOf(copies, { doubts, state: row?.state ?? 'never planned' });
    const seen = copies.map(({ marked, at }) => `${marked ? 'marked' : 'unmarked'} at ${at}`).join(', ');
    if (fault !== null) broken.push(`${channel}, message ${place}: ${fault} (${row?.state}, in doubt ${doubts}; seen: ${seen})`);
    inDoubt += doubts;
    secondCopies += Math.max(0, copies.length - 1);
  }
  for (const channel of new Set(due.map((message) => message.channel))) {
    const places = read(channel).map(({ text }) => placeOf(text));
    if (places.some((place, index) => place < (places[index - 1] ?? 0))) broken.push(`${channel}: out of order, ${places.join(' ')}`);
  }
  for (const { channel, afterMs } of givenUp) if (afterMs < TRIED_FOR) broken.push(`${channel}: in doubt after ${afterMs} ms, while its key was known`);
  return { broken, inDoubt, secondCopies };
}

interface Told {
  readonly doubts: number;
  readonly state: ProofRow['state'] | 'never planned';
}

function faultOf(copies: readonly Seen[], { doubts, state }: Told): string | null {
  if (state !== 'sent' && state !== 'in-doubt') return `it came to rest as ${state}`;
  if (copies.length === 0) return 'lost';
  if (copies.length > 2) return `${copies.length} copies`;
  if (copies.length - 1 > doubts) return 'a second copy of what was not in doubt';
  if (copies.length === 2 && copies[0]?.marked === true) return 'the first copy came after its marked repeat';
  if (copies.length === 2 && copies[1]?.marked !== true) return 'a second copy without a mark';
  if (doubts === 0 && copies[0]?.marked === true) return 'marked without a doubt';
  return null;
}
