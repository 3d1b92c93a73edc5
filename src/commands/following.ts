import { formatFollowing } from '../message/format-follow.ts';
import type { Subscription } from '../store/store.ts';
import type { Ask, Run } from './asked.ts';
import { muteNow, timingOf } from './channel.ts';

/** What this channel follows now, and nothing of any other. */
export async function followsOf({ deps, channelId }: Pick<Ask, 'deps' | 'channelId'>): Promise<readonly Subscription[]> {
  return (await deps.store.subscriptions.ofChannels([channelId])).filter(({ status }) => status === 'active');
}

/** Why a wish is kept that nobody hears any more. */
export const UNFOLLOWED = 'unfollowed';

/** What the channel hears, and when in the day; what was paused because it could not be posted is told too. */
export const runFollowing: Run = async (ask) => {
  const all = (await ask.deps.store.subscriptions.ofChannels([ask.channelId])).filter(({ reason }) => reason !== UNFOLLOWED);
  const wishesThat = (status: Subscription['status']) => all.filter((wish) => wish.status === status).map(({ selector }) => selector);
  const answer = { wishes: wishesThat('active'), paused: wishesThat('paused'), timing: timingOf(ask), mute: muteNow(ask.channel, ask.now) };
  const again = { command: 'following', options: {} };
  return { message: formatFollowing(answer, ask.voice), audience: 'asker', again, share: all.length === 0 ? null : again };
};
