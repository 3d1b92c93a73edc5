import type { Instant } from '../../domain/time.ts';
import type { Logger } from '../../lib/log.ts';
import { forgetFaults } from './faults.ts';
import { type FeedShelf, takeFeed, whyNot } from './take.ts';

/** No feed is followed any more: what was taken from one leaves the calendar, by the same door as it came. */
export async function unfollowFeed(shelf: FeedShelf & { readonly log: Logger }, now: Instant): Promise<void> {
  await forgetFaults(shelf.store);
  for (const { file, body } of await shelf.store.calendar.files('feed')) {
    if (body === '') continue;
    const taken = await takeFeed(shelf, { file, text: '' }, { now, approved: null });
    if (taken.outcome === 'taken') shelf.log.info({ feed: file }, 'The calendar feed is not followed any more; what came from it has left the calendar');
    else shelf.log.warn({ feed: file, reason: whyNot(taken) }, 'The calendar feed is not followed any more, but stays in the calendar');
  }
}
