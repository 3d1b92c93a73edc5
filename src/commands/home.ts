/** The page that the bot has in a workspace. It is read by one person at a time, and changes nothing. */
import { formatHome, type HomeFollows } from '../message/format-home.ts';
import type { Message } from '../message/message.ts';
import type { Channel } from '../store/store.ts';
import type { Ask } from './asked.ts';
import { nextAnswer } from './next.ts';

const DATES = 8;
const CHANNELS = 20;

export async function homeOf(ask: Ask): Promise<Message> {
  const next = nextAnswer(ask.picture, { states: null, sessions: null, kinds: null, limit: DATES }, ask.now);
  return formatHome({ next, follows: ask.by.may === 'nothing' ? null : await followsHere(ask) }, ask.voice);
}

/**
 * What the channels of the asker's workspace follow, and nothing of any other. Everybody of it can open the page, so that
 * only channels are named that all of them can read and that are not discreet.
 */
async function followsHere({ deps, platform, target }: Ask): Promise<HomeFollows> {
  const { subscriptions } = deps.store;
  const channels = await subscriptions.channelsOf({ platform, id: target.installation });
  const active = (await subscriptions.ofChannels(channels.map(({ id }) => id))).filter(({ status }) => status === 'active');
  const following = channels.map((channel) => ({ channel, wishes: active.filter((wish) => wish.channel === channel.id).map(({ selector }) => selector) }));
  const all = following.filter(({ wishes }) => wishes.length > 0);
  const open = all.filter(({ channel }) => !channel.discreet);
  const looked = open.slice(0, CHANNELS);
  const isRead = await Promise.all(looked.map(({ channel }) => everyoneReads(channel)));
  const named = looked.filter((_, index) => isRead[index]);
  return {
    channels: named.map(({ channel, wishes }) => ({ id: channel.target.thread ?? channel.target.channel, wishes })),
    unnamed: all.length - open.length + looked.length - named.length,
    more: open.length - looked.length,
  };

  async function everyoneReads(channel: Channel): Promise<boolean> {
    return (await deps.standingIn(platform, channel.target))?.everyoneReads === true;
  }
}
