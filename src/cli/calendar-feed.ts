import { takeFeed } from '../calendar/feed/take.ts';
import type { CalendarText } from '../calendar/load.ts';
import type { Applied } from '../calendar/take-up.ts';
import { UserError } from '../commands/user-error.ts';
import type { Room } from './calendar-room.ts';

/** Carries out what a feed would do that waited, if it still does the same; else says what it would do now. */
export async function approveFeed({ store, home, now }: Pick<Room, 'store' | 'home' | 'now'>, feed: CalendarText, id: string): Promise<Applied> {
  const taken = await takeFeed({ store, home }, feed, { now, approved: id });
  switch (taken.outcome) {
    case 'taken':
      return { preview: taken.preview, changes: taken.changes, waiting: null };
    case 'waits':
      return { preview: taken.preview, changes: [], waiting: taken.waiting };
    case 'same':
      throw new UserError('The feed is in force already.');
    case 'refused':
      throw new UserError(`The feed ${taken.reason}.`);
  }
}
