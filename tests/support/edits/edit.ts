/** Edits of the sheet that a maintainer could make, drawn from bare numbers so that a property can shrink them. */
import { dayPlus, wallClock } from '../oracle.ts';
import { happens } from './happens.ts';
import { type Entry, FIRST, isDay, type Listing, SESSIONS, type SessionNumber, type Sheet, WRITTEN, type Written, withListing, withSession } from './sheet.ts';

export const EDIT_KINDS = ['move', 'back', 'withdraw', 'publish', 'hour', 'sure', 'conflict', 'own', 'session', 'happens'] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

/** Bare numbers that choose among what is possible. */
export interface Choice {
  readonly which: number;
  readonly how: number;
  /** The date that is preferred to others, as one whose lead waits for the morning. */
  readonly near?: string;
}

export interface Edited {
  readonly session: SessionNumber;
  readonly sheet: Sheet;
  /** In words, for those who read why a test failed. */
  readonly said: string;
}

/** The sheet after an edit of this kind; null when none is possible now. */
export function edit(sheet: Sheet, kind: EditKind, choice: Choice, now: number): Edited | null {
  const edited = EDITS[kind](sheet, choice, now);
  return edited !== null && isSound(edited.sheet) ? edited : null;
}

type Make = (sheet: Sheet, choice: Choice, now: number) => Edited | null;

const EDITS: Readonly<Record<EditKind, Make>> = {
  move: ofEntry((entry, { how }) => (isDay(entry.date) ? { ...entry, date: dayPlus(entry.date, pick(BY, how)) } : null)),
  back: ofEntry((entry, _choice, first) => (first === undefined || sameDay(first, entry) ? null : { ...entry, date: first.date, time: first.time })),
  withdraw: ofEntry((entry, { how }) => {
    if (!isDay(entry.date)) return null;
    const month = { ...entry, date: entry.date.slice(0, 7), time: null };
    return how % 3 === 0 ? month : { ...month, date: 'unknown', other: null };
  }),
  publish: ofEntry((entry, { how }, first, now) => {
    if (isDay(entry.date)) return null;
    const day = first !== undefined && isDay(first.date) ? first.date : dayPlus(wallClock(now, 'UTC').slice(0, 10), 40);
    return { ...entry, date: how % 2 === 0 ? day : dayPlus(day, pick(BY, how)) };
  }),
  hour: ofEntry((entry, { how }) => (isDay(entry.date) ? { ...entry, time: entry.time === null ? pick(['00:30', '12:00', '23:55'], how) : null } : null)),
  sure: ofEntry((entry) => (isDay(entry.date) ? { ...entry, certainty: entry.certainty === 'published' ? 'tentative' : 'published' } : null)),
  conflict: ofEntry((entry, { how }) => (isDay(entry.date) ? { ...entry, other: entry.other === null ? dayPlus(entry.date, pick(BY, how)) : null } : null)),
  own: ownDate,
  session: moveSession,
  happens,
};

/** Later more often than earlier, as in life. */
const BY = [7, 3, 1, 14, 30, -1, -3, -7, -14, -30] as const;

function pick<T>(values: readonly [T, ...T[]] | readonly T[], index: number): T {
  return values[index % values.length] as T;
}

function sameDay(a: Entry, b: Entry): boolean {
  return a.date === b.date && a.time === b.time;
}

interface Place {
  readonly name: string;
  readonly session: SessionNumber;
  readonly entry: Entry;
  readonly first: Entry | undefined;
  readonly put: (entry: Entry) => Sheet;
}

/** Every place where a date is written. */
function placesOf(sheet: Sheet): readonly Place[] {
  return SESSIONS.flatMap((session) => {
    const { deadlines, listings } = sheet[session];
    const ofSession = WRITTEN.map((kind): Place => {
      const put = (entry: Entry) => withSession(sheet, session, { deadlines: { ...deadlines, [kind]: entry } });
      return { name: `${session}-${kind}`, session, entry: deadlines[kind], first: FIRST[session].deadlines[kind], put };
    });
    return [...ofSession, ...listings.flatMap((listing) => placesOfState(sheet, session, listing))];
  });
}

function placesOfState(sheet: Sheet, session: SessionNumber, listing: Listing): readonly Place[] {
  const { state, own, review } = listing;
  const first = FIRST[session].listings.find((other) => other.state === state)?.review;
  const put = (changed: Partial<Listing>) => withListing(sheet, session, { ...listing, ...changed });
  const dates = WRITTEN.flatMap((kind): Place[] => {
    const entry = own[kind];
    if (entry === undefined) return [];
    return [
      { name: `${session}-${state}-${kind}`, session, entry, first: FIRST[session].deadlines[kind], put: (next) => put({ own: { ...own, [kind]: next } }) },
    ];
  });
  return [{ name: `${session}-${state}-review`, session, entry: review, first, put: (next) => put({ review: next }) }, ...dates];
}

/** An edit of one written date; another value that says the same is none. */
function ofEntry(change: (entry: Entry, choice: Choice, first: Entry | undefined, now: number) => Entry | null): Make {
  return (sheet, choice, now) => {
    const possible = placesOf(sheet).flatMap((place) => {
      const next = change(place.entry, choice, place.first, now);
      return next === null ? [] : [{ ...place, next: next.other === next.date ? { ...next, other: null } : next }];
    });
    const near = possible.filter(({ name }) => name === choice.near || name === choice.near?.replace(/-[A-Z]{3}-/, '-'));
    const among = near.length > 0 ? near : possible;
    const place = among[choice.which % Math.max(1, among.length)];
    if (place === undefined) return null;
    const { name, session, entry, next, put } = place;
    return { session, sheet: put(next), said: `${name}: ${entryText(entry)} → ${entryText(next)}` };
  };
}

function entryText({ date, time, certainty, other }: Entry): string {
  return [date, time, isDay(date) ? certainty : null, other === null ? null : `(or ${other})`].filter((part) => part !== null).join(' ');
}

/** One State gets more time than its session, or what all have again. */
function ownDate(sheet: Sheet, { which, how }: Choice): Edited | null {
  const session = pick(SESSIONS, which);
  const listing = pick(sheet[session].listings, how);
  const kind = pick(WRITTEN, which + how);
  const { [kind]: present, ...others }: Partial<Record<Written, Entry>> = listing.own;
  const entry = sheet[session].deadlines[kind];
  if (present === undefined && !isDay(entry.date)) return null;
  // An operator's file cannot take back a date that it gave one State, but it can give it that of the session.
  const same = session === 54 ? others : { ...others, [kind]: entry };
  const own: Listing['own'] = present === undefined ? { ...others, [kind]: { ...entry, other: null, date: dayPlus(entry.date, pick(BY, how)) } } : same;
  if (JSON.stringify(own) === JSON.stringify(listing.own)) return null;
  const next = own[kind];
  const said = `${session}-${listing.state}-${kind}: ${next === undefined ? 'as its session' : `of its own, ${entryText(next)}`}`;
  return { session, sheet: withListing(sheet, session, { ...listing, own }), said };
}

/** The days of a session move with those of its reviews, or get surer or less sure. */
function moveSession(sheet: Sheet, { which, how }: Choice): Edited | null {
  const session = pick(SESSIONS, which);
  const { dates, listings } = sheet[session];
  if (how % 4 === 0) {
    const certainty = dates.certainty === 'published' ? 'tentative' : 'published';
    return { session, sheet: withSession(sheet, session, { dates: { ...dates, certainty } }), said: `session ${session}: ${certainty}` };
  }
  const by = pick(BY, how);
  const shifted = (review: Entry) => (isDay(review.date) ? { ...review, date: dayPlus(review.date, by), other: null } : review);
  const moved = {
    dates: { ...dates, from: dayPlus(dates.from, by), until: dayPlus(dates.until, by) },
    listings: listings.map((listing) => ({ ...listing, review: shifted(listing.review) })),
  };
  return { session, sheet: withSession(sheet, session, moved), said: `session ${session}: moves by ${by} days` };
}

/** What comes before a session lies before it, and its reviews lie in it; the bot refuses anything else. */
function isSound(sheet: Sheet): boolean {
  return SESSIONS.every((session) => {
    const { dates, deadlines, listings } = sheet[session];
    const before = (entry: Entry, limit: string) => entry.date === 'unknown' || firstDay(entry.date) <= limit;
    const reviewed = ({ review }: Listing) => (isDay(review.date) ? review.date : dates.from);
    return (
      WRITTEN.every((kind) => before(deadlines[kind], dates.from)) &&
      listings.every(({ review }) => !isDay(review.date) || (review.date >= dates.from && review.date <= dates.until)) &&
      listings.every((listing) => Object.values(listing.own).every((entry) => before(entry, reviewed(listing))))
    );
  });
}

function firstDay(date: string): string {
  return date.length === 7 ? `${date}-01` : date;
}
