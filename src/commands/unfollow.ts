import { formatUnfollowed } from '../message/format-follow.ts';
import type { Subscription } from '../store/store.ts';
import type { Ask, Run } from './asked.ts';
import { followsOf, UNFOLLOWED } from './following.ts';
import { type Candidate, candidate } from './match.ts';
import { read, required } from './read-options.ts';
import { subscriptionsIn } from './things.ts';
import { UserError } from './user-error.ts';

const ALL = 'all';

/** The choice that ends everything. */
export function allChoice({ words }: Ask): Candidate {
  return candidate(ALL, words('unfollow.all'));
}

/** Ends one wish of this channel, or all. What is pending for it is not said any more. */
export const runUnfollow: Run = async (ask) => {
  const follows = await followsOf(ask);
  if (follows.length === 0) throw new UserError(ask.words('unfollow.nothing'));
  const ended = chosen(follows, ask);
  for (const { id } of ended) await ask.deps.store.subscriptions.pause(id, UNFOLLOWED);
  const message = formatUnfollowed({ ended: ended.map(({ selector }) => selector), left: follows.length - ended.length }, ask.voice);
  return { message, audience: 'asker', again: null };
};

function chosen(follows: readonly Subscription[], ask: Ask): readonly Subscription[] {
  const all = [...subscriptionsIn(follows, ask), allChoice(ask)];
  const value = required(read(ask, 'follow', 'subscription', all), 'follow', ask);
  return value === ALL ? follows : follows.filter(({ id }) => id === value);
}
