/** Reads a feed into a layer, or says everything that is wrong with it. Nothing of a feed with a fault is used. */
import type { CalendarFacts } from '../../domain/calendar/facts.ts';
import { type Layer, overlay } from '../../domain/calendar/layers.ts';
import type { Instant } from '../../domain/time.ts';
import { checkFacts, checkReferences } from '../checks.ts';
import { councilsOf, holidaysOf, sessionOf, sourcesOf } from '../file-facts.ts';
import { CalendarError, type CalendarText } from '../load.ts';
import { issueText } from '../yaml-file.ts';
import { boundsOf } from './bounds.ts';
import { type Current, withoutOutdated } from './outdated.ts';
import { type FeedDocument, feedDocument } from './schema.ts';
import { parseStrictJson } from './strict-json.ts';

export interface Feed {
  readonly layer: Layer;
  readonly published: Instant;
  readonly document: FeedDocument;
}

/** Faults that are named; a document that is wrong throughout has no use for ten thousand. */
const NAMED = 5;
const FAULT = 300;

/** A feed as it stands alone. @throws CalendarError with its faults. */
export function readFeed({ file, text }: CalendarText): Feed {
  const parsed = parseStrictJson(text);
  if ('fault' in parsed) throw faulty(file, [parsed.fault]);
  const checked = feedDocument.safeParse(parsed.value, { reportInput: true });
  if (!checked.success) throw faulty(file, checked.error.issues.map(issueText));
  const document = checked.data;
  const bounds = boundsOf(document);
  if (bounds.length > 0) throw faulty(file, bounds);
  return { layer: layerOf(document), published: Date.parse(document.published), document };
}

/**
 * The layer of a feed over `base`: the checks of the calendar files, on what would be in force. A source that the
 * calendar below knows stays as it is there, so that no feed makes a newspaper official; dates that a newer image has
 * overtaken are passed over one by one.
 *
 * @throws CalendarError with its faults.
 */
export function loadFeed(text: CalendarText, base: CalendarFacts): Current {
  const { layer: whole, published, document } = readFeed(text);
  const named: Layer = { ...whole, sources: whole.sources.filter(({ id }) => !base.sources.has(id)) };
  const sources = new Map([...named.sources.map((source) => [source.id, source] as const), ...base.sources]);
  const { layer, outdated } = withoutOutdated(named, published, { ...base, sources });
  const over = overlay(base, layer);
  const faults = checkReferences([{ file: text.file, value: document, locate: () => 0 }], over);
  if (faults.length === 0) faults.push(...checkFacts(over, () => ({ file: text.file, line: 0 })));
  if (faults.length > 0)
    throw faulty(
      text.file,
      faults.map(({ message }) => message),
    );
  return { layer, outdated };
}

function layerOf({ checked, sources, sessions, councils, holidays }: FeedDocument): Layer {
  const header = { version: 1, checked };
  return {
    sources: sourcesOf({ sources }),
    sessions: sessions.map((session) => sessionOf({ ...header, ...session, checked: session.checked ?? checked })),
    councils: councilsOf({ ...header, sessions: councils }),
    holidays: holidaysOf({ ...header, years: holidays }),
  };
}

/** Messages hold what the stranger wrote: one line of each, and not all of it. */
function faulty(file: string, messages: readonly string[]): CalendarError {
  const named = messages.slice(0, NAMED).map((message) => message.replace(/\p{C}+|\s+/gu, ' ').slice(0, FAULT));
  const more = messages.length - named.length;
  return new CalendarError([...named, ...(more > 0 ? [`has ${more} more faults`] : [])].map((message) => ({ file, line: 0, message })));
}
