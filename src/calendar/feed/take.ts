/** Puts a feed into the store, where it is a layer of the calendar: all of it and only if everything fits, or nothing. */
import { createHash } from 'node:crypto';
import { DAY, type Instant, MINUTE, toIso } from '../../domain/time.ts';
import type { Store, StoredChange, StoredFile } from '../../store/store.ts';
import { type CalendarHome, effectiveCalendar, newlySetAside } from '../effective.ts';
import { CalendarError, type CalendarText } from '../load.ts';
import { needsApproval, type Preview, previewFacts } from '../preview.ts';
import { revise } from '../revise.ts';
import { type TakenUp, takeUp } from '../take-up.ts';
import { idOf, letWait, type Waiting, waitNoMore } from '../waiting.ts';
import { readFeed } from './read.ts';

export interface FeedShelf {
  readonly home: CalendarHome;
  readonly store: Store;
}

export type Taken =
  | { readonly outcome: 'taken'; readonly preview: Preview; readonly changes: readonly StoredChange[] }
  | { readonly outcome: 'same' }
  /** Nothing is in force yet; what it would do, and the id under which it is approved. */
  | { readonly outcome: 'waits'; readonly preview: Preview; readonly waiting: Waiting }
  /** `reason` goes on from "the feed …". */
  | { readonly outcome: 'refused'; readonly reason: string };

interface Taking {
  readonly now: Instant;
  /** The id under which it waited and was approved; null when nobody approved it. */
  readonly approved: string | null;
}

const FEED = 'feed:';

/** What a feed is called: its host, and a mark of the whole address, which may hold a secret. */
export function feedName(url: string): string {
  return `${FEED}${new URL(url).host}/${createHash('sha256').update(url).digest('hex').slice(0, 8)}`;
}

/** True for what waits for approval and is a feed, not a file of the operator. */
export function isFeedName(file: string): boolean {
  return file.startsWith(FEED);
}

/**
 * Takes a feed in place of the one before; an empty text takes the one before away. Refused when it has a fault of its
 * own, is older than what was taken from the same address (a replay of what its publisher took back), or does not fit
 * the calendar below it or the operator's files above it. Waits when it would reach very many channels or withdraw very
 * many dates.
 *
 * @throws CalendarError when the files of this bot have faults, whatever the feed says.
 */
export async function takeFeed({ home, store }: FeedShelf, feed: CalendarText, taking: Taking): Promise<Taken> {
  const below = await takeUp(store, home, { now: taking.now, reason: 'the calendar files before a feed was taken' });
  const before = (await store.calendar.files('feed')).filter(({ body }) => body !== '');
  if (before.length === (feed.text === '' ? 0 : 1) && before.every(({ file, body }) => file === feed.file && body === feed.text)) {
    await waitNoMore(store, [feed]);
    return { outcome: 'same' };
  }
  try {
    const last = before.find(({ file }) => file === feed.file)?.body;
    const published = feed.text === '' ? null : readFeed(feed).published;
    const wrong = published === null ? null : untimely(published, last === undefined ? null : publishedOf(last), taking.now);
    if (wrong !== null) return { outcome: 'refused', reason: wrong };
    const others = before.filter(({ file }) => file !== feed.file).map((stored): StoredFile => ({ ...stored, version: 0, body: '' }));
    const version = Math.floor((published ?? 0) / MINUTE);
    return await put({ store, below }, [...others, { layer: 'feed', file: feed.file, version, body: feed.text }], taking);
  } catch (cause) {
    if (cause instanceof TooMuch) return { outcome: 'waits', preview: cause.preview, waiting: await letWait(store, [feed], cause.preview, taking.now) };
    if (!(cause instanceof CalendarError)) throw cause;
    return { outcome: 'refused', reason: `has faults: ${faultsOf(cause)}` };
  }
}

function untimely(published: Instant, last: Instant | null, now: Instant): string | null {
  if (published > now + DAY) return `says that it was published at ${toIso(published)}, which is ahead`;
  return last !== null && published < last ? `is of ${toIso(published)}, older than the one in force, which is of ${toIso(last)}` : null;
}

/** Thrown to undo what would have to be approved first. */
class TooMuch extends Error {
  readonly preview: Preview;

  constructor(preview: Preview) {
    super('The feed must be approved first');
    this.preview = preview;
  }
}

/** The store, and what was in force before. */
interface Over {
  readonly store: Store;
  readonly below: TakenUp;
}

/** All or nothing: what is thrown undoes what was written. The last of the files is the feed itself. */
function put({ below, store }: Over, files: readonly StoredFile[], { now, approved }: Taking): Promise<Taken> {
  const texts = files.map(({ file, body }) => ({ file, text: body }));
  return store.transaction(async (trx): Promise<Taken> => {
    await trx.calendar.putFiles(files, now);
    const effective = await effectiveCalendar(below.home, trx);
    const { facts } = effective;
    const faults = [...effective.passedOver, ...newlySetAside(effective, below)];
    if (faults.length > 0) throw new CalendarError(faults);
    const before = (await trx.calendar.picture())?.picture ?? { deadlines: new Map(), reviews: new Map() };
    const preview = await previewFacts(trx, { before, facts }, now);
    if (needsApproval(preview) && approved !== idOf(texts.slice(-1), preview.changes)) throw new TooMuch(preview);
    const revised = await revise(trx, facts, { now, reason: 'a feed was taken' });
    await waitNoMore(trx, texts);
    return { outcome: 'taken', preview, changes: revised === null ? [] : await trx.calendar.changesOf(revised.revision.id) };
  }, 'calendar');
}

/** Why a feed is not in force, going on from "the feed …"; null when it is. */
export function whyNot(taken: Taken): string | null {
  if (taken.outcome === 'refused') return taken.reason;
  if (taken.outcome !== 'waits') return null;
  const { id, channels, withdrawn } = taken.waiting;
  return `would reach ${channels} channels and withdraw ${withdrawn} dates; it waits for \`upr-watch calendar approve ${id}\``;
}

/** Of a text that was sound when it was stored. */
function publishedOf(text: string): Instant | null {
  const at = Date.parse((JSON.parse(text) as { published: string }).published);
  return Number.isNaN(at) ? null : at;
}

function faultsOf({ faults }: CalendarError): string {
  return faults
    .slice(0, 6)
    .map(({ message }) => message)
    .join('; ');
}
