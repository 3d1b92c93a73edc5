/** "Certainty is never raised" (design.md §7, 5), judged by the sheet: what a date was computed from, and what its file says. */
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import { datesOf, SURENESS } from './dates.ts';
import { type Listing, type SessionNumber, type Sheet, WRITTEN, type Written } from './sheet.ts';

type Judged = Pick<Deadline, 'id' | 'kind' | 'state' | 'session' | 'certainty' | 'basis'>;

const sureness = (certainty: string) => SURENESS[certainty] ?? 0;

/** Dates of a picture that are surer than their anchor, or than what is written. */
export function raisedIn(deadlines: readonly Judged[], sheet: Sheet, at: number): readonly string[] {
  return deadlines.flatMap((deadline) => {
    const most = mostFor(deadline, sheet);
    return sureness(deadline.certainty) > sureness(most) ? [`${new Date(at).toISOString()} ${deadline.id} is ${deadline.certainty}, and at most ${most}`] : [];
  });
}

/** Dates of a message that are surer than the oracle has them. */
export function raisedInMessage(deadlines: readonly Judged[], sheet: Sheet, at: number): readonly string[] {
  const known = datesOf(sheet);
  return deadlines.flatMap(({ id, certainty }) => {
    const most = known.get(id)?.certainty ?? 'unknown';
    return sureness(certainty) > sureness(most) ? [`${new Date(at).toISOString()} a message says that ${id} is ${certainty}; it is ${most}`] : [];
  });
}

function mostFor({ kind, state, session, basis }: Judged, sheet: Sheet): string {
  const of = sheet[session as SessionNumber];
  const listing = of.listings.find((other) => other.state === state) as Listing;
  const written = (name: Written) => listing.own[name] ?? of.deadlines[name];
  if (basis.by === 'nothing') return 'unknown';
  if (basis.by === 'fact')
    return kind === 'review' ? listing.review.certainty : WRITTEN.includes(kind as Written) ? written(kind as Written).certainty : 'unknown';
  if (basis.anchor === 'review') return listing.review.certainty;
  return basis.anchor === 'presession' ? written('presession').certainty : of.dates.certainty;
}
