import type { Digest } from '../domain/alerts/digest.ts';
import type { Instant, Zone } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { formatDigest } from './format-digest.ts';
import { plainText } from './inline.ts';
import type { Message } from './message.ts';
import { digestLine } from './moments.ts';

export interface DigestNowAnswer {
  /** How many things the channel follows. */
  readonly follows: number;
  /** Null when there is nothing to tell. */
  readonly digest: Digest | null;
  /** When the next one is due; null when none is set. */
  readonly next: Instant | null;
  readonly zone: Zone;
}

/** The digest as it would read now, or that there is nothing to tell; and when the next one comes. */
export function formatDigestNow({ follows, digest, next, zone }: DigestNowAnswer, voice: Voice): Message {
  const { words } = voice;
  const coming = digestLine(next, zone, words);
  if (digest !== null) {
    const draft = formatDigest(digest, [], voice);
    return message({ ...draft, body: [coming, ...draft.body] });
  }
  const body = follows === 0 ? [plainText(words('following.nothing'))] : [plainText(words('digest.nothing')), coming];
  return message({ tone: 'info', title: words('digest.title'), body });
}
