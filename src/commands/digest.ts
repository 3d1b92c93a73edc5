import { type Digest, digestOf } from '../domain/alerts/digest.ts';
import { mergeChanges } from '../domain/alerts/merge-changes.ts';
import { type Wish, wishesOf } from '../domain/alerts/wish.ts';
import { DAY } from '../domain/time.ts';
import { formatDigestNow } from '../message/format-digest-now.ts';
import type { Ask, Run } from './asked.ts';
import { timingOf } from './channel.ts';
import { followsOf } from './following.ts';
import { nextDigestOf } from './sending.ts';

const WEEK = 7 * DAY;

/** The digest of this channel as it would read now, whatever the channel was told already. */
export const runDigest: Run = async (ask) => {
  const follows = await followsOf(ask);
  const wishes = wishesOf(
    follows.map(({ selector }) => selector),
    ask.facts.states,
  );
  const digest = await digestNow(ask, wishes);
  const message = formatDigestNow({ follows: follows.length, digest, next: nextDigestOf(ask), zone: timingOf(ask).zone }, ask.voice);
  const again = { command: 'digest', options: {} };
  return { message, audience: 'asker', again, share: digest === null ? null : again };
};

async function digestNow(ask: Ask, wishes: readonly Wish[]): Promise<Digest | null> {
  const { deps, facts, picture, now } = ask;
  const timing = timingOf(ask);
  const since = now - WEEK;
  const changes = mergeChanges((await deps.store.calendar.changesBetween(since, now, ask.place)).map(({ change }) => change));
  const ladder = deps.ladders.get(timing.ladder) ?? {};
  const { holidays } = facts;
  return digestOf({ deadlines: picture.deadlines.values(), changes, wishes, ladder, timing, holidays, since, now, told: new Set() });
}
