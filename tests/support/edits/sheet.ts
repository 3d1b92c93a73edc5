/** A small calendar as its maintainers think of it, before it is written into files: two sessions, four States, three written dates. */
import type { EventKind } from '../../../src/domain/calendar/facts.ts';

export type Sure = 'published' | 'tentative';

/** A date as it is written: a day, a month (`2026-03`), or `unknown`. */
export interface Entry {
  readonly date: string;
  readonly time: string | null;
  readonly certainty: Sure;
  /** A day that another source gives. */
  readonly other: string | null;
}

export const WRITTEN = ['stakeholder_submission', 'national_report', 'presession'] as const;
export type Written = (typeof WRITTEN)[number];

/** Something that happened to a review. */
export interface Happening {
  readonly what: EventKind;
  readonly on: string;
  readonly to: number | null;
}

export interface Listing {
  readonly state: string;
  /** The session it came from. */
  readonly from: number | null;
  readonly review: Entry;
  /** Dates of this State that differ from those of its session. */
  readonly own: Readonly<Partial<Record<Written, Entry>>>;
  readonly events: readonly Happening[];
}

export interface SessionSheet {
  readonly dates: { readonly from: string; readonly until: string; readonly certainty: Sure };
  readonly deadlines: Readonly<Record<Written, Entry>>;
  readonly listings: readonly Listing[];
}

/** By the number of the session. Session 54 is edited in the files that are shipped, 55 by an operator over what was shipped first. */
export type Sheet = Readonly<Record<SessionNumber, SessionSheet>>;
export const SESSIONS = [54, 55] as const;
export type SessionNumber = (typeof SESSIONS)[number];

export function isDay(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date);
}

const entry = (date: string, more: Partial<Entry> = {}): Entry => ({ date, time: null, certainty: 'published', other: null, ...more });
const listing = (state: string, review: Entry): Listing => ({ state, from: null, review, own: {}, events: [] });

/** One that another session put off; its day is not known yet. */
export const returned = (state: string): Listing => ({ ...listing(state, entry('unknown')), from: 54 });

export const FIRST: Sheet = {
  54: {
    dates: { from: '2026-06-01', until: '2026-06-12', certainty: 'published' },
    deadlines: {
      stakeholder_submission: entry('2026-02-20'),
      national_report: entry('2026-03-20', { certainty: 'tentative' }),
      presession: entry('2026-04-20', { time: '10:00' }),
    },
    listings: [listing('KEN', entry('2026-06-02', { time: '09:00' })), listing('FRA', entry('unknown'))],
  },
  55: {
    dates: { from: '2026-11-02', until: '2026-11-13', certainty: 'tentative' },
    deadlines: {
      stakeholder_submission: entry('2026-06-15', { time: '18:00' }),
      national_report: entry('2026-08-10'),
      presession: entry('unknown'),
    },
    listings: [listing('PER', entry('2026-11-03', { certainty: 'tentative' })), listing('USA', entry('2026-11-05', { time: '14:30' }))],
  },
};

export function withSession(sheet: Sheet, session: SessionNumber, changed: Partial<SessionSheet>): Sheet {
  return { ...sheet, [session]: { ...sheet[session], ...changed } };
}

export function withListing(sheet: Sheet, session: SessionNumber, listing: Listing): Sheet {
  return withSession(sheet, session, { listings: sheet[session].listings.map((other) => (other.state === listing.state ? listing : other)) });
}
