import { createHash } from 'node:crypto';
import type { Standing } from '../adapters/adapter.ts';
import { presetWish } from '../domain/alerts/preset.ts';
import { type Selector, selectedStates } from '../domain/alerts/subscription.ts';
import type { NextAnswer } from '../message/content.ts';
import { formatFollowed } from '../message/format-follow.ts';
import type { Store } from '../store/store.ts';
import type { Ask, Run } from './asked.ts';
import { asStored, muteNow, newChannel, timingOf } from './channel.ts';
import { nextAnswer } from './next.ts';
import { audienceOf, kindOf, presetAsked, regionOf, sessionOf, stateOf } from './read-options.ts';
import { willSend } from './sending.ts';
import { UserError } from './user-error.ts';

/** The owner of what a server or workspace follows by itself. */
const ownerOf = (ask: Ask) => `chat:${ask.target.installation}`;
/** Dates that the greeting shows. */
const NEXT = 5;
const NO_DATES: NextAnswer = { upcoming: [], unknown: [], more: 0 };
/** How many wishes a channel may have; more than anybody reads. */
const MOST = 50;

/** From now on the channel hears of what was asked for. Answers with what comes next and what will be sent. */
export const runFollow: Run = async (ask) => {
  const selector = wishOf(ask);
  const standing = await standingHere(ask);
  const made = await ask.deps.store.transaction((store) => addWish(store, ask, selector), 'planning');
  if (made === 'new-channel') {
    await ask.deps.recall(ask.now); // what is being read just now may not know the channel yet
    ask.deps.channelsChanged();
  }
  const states = selectedStates(selector, ask.facts.states);
  const next = selector.news === undefined ? nextAnswer(ask.picture, { ...selector, states, limit: NEXT }, ask.now) : NO_DATES;
  const { messages, inAMonth } = willSend(ask, [selector]);
  const message = formatFollowed(
    {
      wish: selector,
      again: made === 'known',
      next,
      timing: timingOf(ask),
      first: messages[0]?.at ?? null,
      messages: inAMonth,
      unchecked: standing === null,
      everyoneReads: standing?.everyoneReads === true,
      discreet: ask.channel?.discreet ?? false,
      mute: muteNow(ask.channel, ask.now),
    },
    ask.voice,
  );
  return { message, audience: 'asker', again: null, share: { command: 'following', options: {} } };
};

/** What the bot may do here; null where the platform does not say now. @throws UserError that names the rights that are missing. */
export async function standingHere({ deps, platform, target, words }: Ask): Promise<Standing | null> {
  const standing = await deps.standingIn(platform, target);
  const missing = standing?.missing ?? [];
  if (missing.length === 0) return standing;
  throw new UserError(words('follow.cannot-post', { platform, count: missing.length, rights: missing.join(words('list.comma')) }));
}

/** @throws UserError when a preset and a kind are both asked for. */
function wishOf(ask: Ask): Selector {
  const [preset, state, region] = [presetAsked(ask), stateOf(ask), regionOf(ask)];
  const [session, kind, audience] = [sessionOf(ask), kindOf(ask), audienceOf(ask)];
  const { kinds, ...news } = preset === null ? { kinds: null } : presetWish(preset);
  if (kind !== null && (kinds !== null || 'news' in news)) throw new UserError(ask.words('follow.preset-and-kind'));
  return {
    states: state && [state.code],
    regions: region && [region],
    sessions: session === null ? null : [session],
    kinds: kind === null ? kinds : [kind],
    // Dates for everyone are for each audience; to ask for everyone is to leave nobody's dates out.
    audiences: audience === null || audience === 'everyone' ? null : [audience],
    ...news,
  };
}

async function addWish(store: Store, ask: Ask, selector: Selector): Promise<'known' | 'added' | 'new-channel'> {
  const [channel] = await store.subscriptions.channelsBy([ask.channelId]);
  if (channel === undefined) await ask.deps.settle(store, { channel: newChannel(ask), old: null, now: ask.now });
  else await ask.deps.settle(store, { channel: asStored(channel), old: channel, now: ask.now });
  const there = (await store.subscriptions.ofChannels([ask.channelId])).filter(({ status }) => status === 'active');
  if (there.some((wish) => JSON.stringify(wish.selector) === JSON.stringify(selector))) return 'known';
  if (there.length >= MOST) throw new UserError(ask.words('follow.too-many', { most: MOST }));
  // The same wish has the same id, so that two who ask at once make one.
  const id = `${ask.channelId}#${createHash('sha256').update(JSON.stringify(selector)).digest('hex').slice(0, 12)}`;
  const wish = { id, channel: ask.channelId, owner: ownerOf(ask), selector, activeFrom: ask.now, status: 'active', reason: null } as const;
  await store.subscriptions.put(wish, selectedStates(selector, ask.facts.states));
  return channel === undefined ? 'new-channel' : 'added';
}
