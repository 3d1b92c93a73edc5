/** The door for feeds: one JSON document with the facts of a calendar, in the shape of the calendar files. */
import { z } from 'zod';
import { day } from '../date-schema.ts';
import { councilFile, holidaysFile, sessionFile, sourcesFile } from '../schema.ts';

export const FEED_FORMAT = 'upr-watch-calendar';
/** Rises when a follower of the old shape would misread the new one. */
export const FEED_VERSION = 1;

const INSTANT = /^(199\d|20\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const instant = z.string().refine((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)), 'is not an instant; write 2026-11-24T10:00:00Z');

/** As in `sessions/50.yaml`, without a version of its own; `checked` of the feed counts where a session does not say. */
const session = sessionFile.omit({ version: true }).partial().required({ session: true });

/**
 * States, rules and related bodies are not in a feed: they come with the version of the bot, and a stranger's rule would
 * move dates that nobody wrote. A feed that names a State which the bot does not know is refused.
 */
export const feedDocument = z.strictObject({
  format: z.literal(FEED_FORMAT, `is not \`${FEED_FORMAT}\`; what is published there is not a calendar feed`),
  version: z.literal(FEED_VERSION, `is not ${FEED_VERSION}; a newer version of UPR Watch may read it`),
  published: instant.meta({ description: 'When these facts were published. A follower takes nothing older than what it has.' }),
  checked: day.meta({ description: 'Counts for every fact that does not say when somebody looked.' }),
  sources: sourcesFile.shape.sources,
  sessions: z.array(session).max(150),
  councils: councilFile.shape.sessions.max(150),
  holidays: holidaysFile.shape.years.max(150),
});

export type FeedDocument = z.infer<typeof feedDocument>;
/** As it is written: what is left out may be `undefined`, which JSON leaves out too. */
export type FeedInput = z.input<typeof feedDocument>;
