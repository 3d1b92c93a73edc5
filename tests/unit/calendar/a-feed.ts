/** A small sound feed over the small sound calendar, for tests to break one thing in. */

import { loadFeed, readFeed } from '../../../src/calendar/feed/read.ts';
import { CalendarError, loadCalendar } from '../../../src/calendar/load.ts';
import { aFolder } from './a-folder.ts';

export const PUBLISHED = '2026-07-09T10:00:00.000Z';

const FEED = {
  format: 'upr-watch-calendar',
  version: 1,
  published: PUBLISHED,
  checked: '2026-07-09',
  sources: { circular: { url: 'https://www.ohchr.org/circular', class: 'official', says: 'A circular.' } },
  sessions: [
    {
      session: 50,
      deadlines: { stakeholder_submission: { date: '2025-04-09', certainty: 'published', source: ['circular'] } },
    },
  ],
  councils: [],
  holidays: [],
};

type Piece = Readonly<Record<string, unknown>>;

export const aFeed = (changed: Piece = {}): string => JSON.stringify({ ...FEED, ...changed });

/** One session with the given parts beside its number. */
export const ofSession = (parts: Piece): Piece => ({ sessions: [{ session: 50, ...parts }] });

/** The stakeholder deadline of session 50 as given. */
export const dated = (fact: Piece, changed: Piece = {}): string =>
  aFeed({ ...ofSession({ deadlines: { stakeholder_submission: { certainty: 'published', source: ['circular'], ...fact } } }), ...changed });

/** Every fault of a feed over the small sound calendar; empty when it is sound. */
export function feedFaults(text: string): readonly string[] {
  try {
    loadFeed({ file: 'feed', text }, loadCalendar(aFolder()).facts);
    return [];
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    return cause.faults.map(({ message }) => message);
  }
}

export const layerOf = (text: string) => readFeed({ file: 'feed', text }).layer;
