import type { z } from 'zod';
import { makeFeedKeys } from '../calendar/feed/signature.ts';
import type { Io } from './io.ts';
import type { keysJson } from './output.ts';

/** Makes a pair of keys for a signed feed and prints each under the name that its bot wants. Nothing is kept. */
export function printKeys(io: Io, { json }: { readonly json: boolean }): void {
  const { signing, feed } = makeFeedKeys();
  const answer: z.infer<typeof keysJson> = { signingKey: signing, feedKey: feed };
  const lines = [
    '# Secret: for the bot that publishes, and nobody else.',
    `CALENDAR_SIGNING_KEY=${signing}`,
    '# For everyone who follows it.',
    `CALENDAR_FEED_KEY=${feed}`,
  ];
  io.write(json ? `${JSON.stringify(answer, null, 2)}\n` : `${lines.join('\n')}\n`);
}
