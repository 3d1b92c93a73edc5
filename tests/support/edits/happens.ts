/** What can happen to a review next: it is held, put off, missed, set anew and taken up again (domain.md B.2). */
import type { EventKind } from '../../../src/domain/calendar/facts.ts';
import { wallClock } from '../oracle.ts';
import { happened, stageOf } from './dates.ts';
import type { Choice, Edited } from './edit.ts';
import { type Happening, isDay, type Listing, returned, SESSIONS, type SessionNumber, type Sheet, withListing, withSession } from './sheet.ts';

export function happens(sheet: Sheet, { which, how }: Choice, now: number): Edited | null {
  const today = wallClock(now, 'Europe/Zurich').slice(0, 10);
  const possible = SESSIONS.flatMap((session) =>
    sheet[session].listings.flatMap((listing) => nextOf(sheet, session, listing, today).map((what) => ({ session, listing, what }))),
  );
  const next = possible[(which + how * 7) % Math.max(1, possible.length)];
  if (next === undefined) return null;
  const { session, listing, what } = next;
  const event: Happening = { on: today, what, to: what === 'rescheduled' ? 55 : null };
  const told = withListing(sheet, session, { ...listing, events: [...listing.events, event] });
  const edited = what === 'rescheduled' ? withSession(told, 55, { listings: [...told[55].listings, returned(listing.state)] }) : told;
  return { session, sheet: edited, said: `${session}-${listing.state}: ${what}` };
}

function nextOf(sheet: Sheet, session: SessionNumber, listing: Listing, today: string): readonly EventKind[] {
  const { dates } = sheet[session];
  const stage = stageOf(listing);
  const isDue = today >= (isDay(listing.review.date) ? listing.review.date : dates.until);
  const suspended = listing.events.findLast(({ what }) => what.startsWith('contributions-'))?.what === 'contributions-suspended';
  const all: readonly (readonly [EventKind, boolean])[] = [
    ['non-participation-announced', stage === null && !happened(listing, 'non-participation-announced')],
    ['cooperation-resumed', stage === null && happened(listing, 'non-participation-announced')],
    ['postponement-requested', stage === null],
    [suspended ? 'contributions-resumed' : 'contributions-suspended', stage === null],
    ['held', stage === null && isDue],
    ['absent', stage === null && isDue],
    ['postponed', stage === null && !isDue],
    ['rescheduled', session === 54 && (stage === 'absent' || stage === 'postponed')],
  ];
  const isNew = (what: EventKind) => !listing.events.some((event) => event.what === what && event.on === today);
  return all.filter(([what, possible]) => possible && isNew(what)).map(([what]) => what);
}
