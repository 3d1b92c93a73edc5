/** What a form carries with it and brings back: https://docs.slack.dev/reference/views/modal-views. */
import { z } from 'zod';
import type { Address } from './reply.ts';

const LONGEST = 3_000;

/** Where a form was asked for. It comes back with the form; nothing in it is a secret of ours. */
export interface Origin {
  readonly team: string;
  /** Empty for Home. */
  readonly channel: string;
  readonly thread?: string | undefined;
  /** Where an answer can still be given in private. */
  readonly address: Address | null;
  readonly form: string;
}

const originSchema = z.object({
  team: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  address: z.object({ url: z.url(), since: z.number() }).nullable(),
  form: z.string(),
});

/** An address that does not fit any more is left out, and the answer is shown in the modal. */
export function metadataOf(origin: Origin): string {
  const whole = JSON.stringify(origin);
  return whole.length <= LONGEST ? whole : JSON.stringify({ ...origin, address: null });
}

/** Null for what is no form of ours. */
export function originOf(privateMetadata: string): Origin | null {
  try {
    return originSchema.safeParse(JSON.parse(privateMetadata)).data ?? null;
  } catch {
    return null;
  }
}
