/** The private calendar link of a channel. */
import type { Instant } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { instantLine } from './dates.ts';
import { link, listItem, plainText } from './inline.ts';
import type { Action, Line, Message } from './message.ts';

export type FeedAnswer =
  | { readonly is: 'none' | 'ended' }
  | { readonly is: 'there'; readonly made: Instant }
  | { readonly is: 'made'; readonly url: string; readonly discreet: boolean };

export function formatFeed(feed: FeedAnswer, ids: { readonly make: string; readonly end: string }, voice: Voice): Message {
  const { words } = voice;
  const stands = feed.is === 'there' || feed.is === 'made';
  const make: Action = { id: ids.make, label: words(stands ? 'feed.button.anew' : 'feed.button.make'), style: stands ? 'secondary' : 'primary' };
  const end: Action = { id: ids.end, label: words('feed.button.end'), style: 'danger' };
  return message({
    tone: 'info',
    title: words(`feed.title.${feed.is}`),
    body: bodyOf(feed, voice),
    actions: stands ? [make, end] : [make],
    footer: plainText(words('feed.also')),
  });
}

function bodyOf(feed: FeedAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  const listed = (...keys: readonly string[]) => keys.map((key) => listItem(plainText(words(`feed.${key}`)), words));
  switch (feed.is) {
    case 'none':
      return [plainText(words('feed.what')), ...listed('whoever', 'one')];
    case 'ended':
      return [plainText(words('feed.gone'))];
    case 'there':
      return [words.line('feed.since', { made: instantLine(feed.made, voice) }), ...listed('once', 'whoever')];
    case 'made':
      return [[link(feed.url, feed.url)], ...listed('add', 'shown-once', 'whoever', ...(feed.discreet ? ['discreet'] : []))];
  }
}
