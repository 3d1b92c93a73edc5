/** A private link with which people see in their calendar programme what the channel follows. */
import { hashOfToken, newToken } from '../lib/token.ts';
import { type FeedAnswer, formatFeed } from '../message/format-feed.ts';
import type { Answer, Ask, Run } from './asked.ts';
import { deedId } from './buttons.ts';
import type { Deed } from './deeds.ts';
import { followsOf } from './following.ts';
import { UserError } from './user-error.ts';

const ID = { make: deedId('feeds', 'make'), end: deedId('feeds', 'end') };

/** Whether there is a link, and since when; itself it is shown once, as its hash alone is kept. */
export const runFeeds: Run = async (ask) => {
  pagesOf(ask);
  const link = await ask.deps.store.feedLinks.of(ask.channelId);
  if (link === null) await demandFollows(ask);
  return answer(ask, link === null ? { is: 'none' } : { is: 'there', made: link.made });
};

export const FEED_DEEDS: Readonly<Record<string, Deed>> = {
  make: { needs: 'channel', run: make },
  end: { needs: 'channel', run: end },
};

/** In place of the one before, which ends. */
async function make(ask: Ask): Promise<Answer> {
  const pages = pagesOf(ask);
  await demandFollows(ask);
  const token = newToken();
  const { channelId, now, deps } = ask;
  await deps.store.feedLinks.put({ channel: channelId, hash: hashOfToken(token), at: now });
  return answer(ask, { is: 'made', url: `${pages}/private/${token}.ics`, discreet: ask.channel?.discreet ?? false });
}

async function end(ask: Ask): Promise<Answer> {
  const was = await ask.deps.store.feedLinks.remove(ask.channelId);
  return answer(ask, { is: was ? 'ended' : 'none' });
}

/** Nobody asks again for what may show a link, and it is not for the whole channel. */
function answer(ask: Ask, feed: FeedAnswer): Answer {
  return { message: formatFeed(feed, ID, ask.voice), audience: 'asker', again: null };
}

/** @throws UserError where nobody outside could open the link. */
function pagesOf({ deps, words }: Ask): string {
  if (deps.pages === null) throw new UserError(words('feed.no-pages'));
  return deps.pages;
}

/** @throws UserError where the calendar would be empty. */
async function demandFollows(ask: Ask): Promise<void> {
  const follows = await followsOf(ask);
  if (!follows.some(({ selector }) => selector.news === undefined)) throw new UserError(ask.words('feed.nothing'));
}
