import { createHash } from 'node:crypto';
import { momentsOf } from '../domain/alerts/moment.ts';
import { presetKinds } from '../domain/alerts/preset.ts';
import { type Selector, selectedStates, wantsDate } from '../domain/alerts/subscription.ts';
import { alerts } from '../domain/calendar/deadline.ts';
import type { Instant } from '../domain/time.ts';
import { DAY } from '../domain/time.ts';
import { formatFollowed } from '../message/format-follow.ts';
import type { NewChannel, Store } from '../store/store.ts';
import type { Ask, Run } from './asked.ts';
import { nextAnswer } from './next.ts';
import { kindOf, presetAsked, regionOf, sessionOf, stateOf } from './read-options.ts';
import { UserError } from './user-error.ts';

/** The owner of what a server or workspace follows by itself. */
const ownerOf = (ask: Ask) => `chat:${ask.target.installation}`;
/** Dates that the greeting shows. */
const NEXT = 5;
/** How many wishes a channel may have; more than anybody reads. */
const MOST = 50;
const MONTH = 30 * DAY;

/** From now on the channel hears of what was asked for. Answers with what comes next and what will be sent. */
export const runFollow: Run = async (ask) => {
  const selector = wishOf(ask);
  const made = await ask.deps.store.transaction((store) => addWish(store, ask, selector), 'planning');
  if (made === 'new-channel') {
    await ask.deps.recall(ask.now); // what is being read just now may not know the channel yet
    ask.deps.channelsChanged();
  }
  const states = selectedStates(selector, ask.facts.states);
  const next = nextAnswer(ask.picture, { states, sessions: selector.sessions, kinds: selector.kinds, limit: NEXT }, ask.now);
  const timing = ask.channel?.profile ?? ask.deps.defaults.timing;
  const message = formatFollowed({ wish: selector, again: made === 'known', next, timing, ...willSend(ask, selector, timing) }, ask.voice);
  return { message, audience: 'asker', again: null, share: { command: 'following', options: {} } };
};

/** @throws UserError when a preset and a kind are both asked for. */
function wishOf(ask: Ask): Selector {
  const [preset, state, region] = [presetAsked(ask), stateOf(ask), regionOf(ask)];
  const [session, kind] = [sessionOf(ask), kindOf(ask)];
  const kinds = preset === null ? null : presetKinds(preset);
  if (kinds !== null && kind !== null) throw new UserError(ask.words('follow.preset-and-kind'));
  return {
    states: state && [state.code],
    regions: region && [region],
    sessions: session === null ? null : [session],
    kinds: kind === null ? kinds : [kind],
    audiences: null,
  };
}

async function addWish(store: Store, ask: Ask, selector: Selector): Promise<'known' | 'added' | 'new-channel'> {
  const [channel] = await store.subscriptions.channelsBy([ask.channelId]);
  if (channel === undefined) await store.subscriptions.putChannel(newChannel(ask));
  const there = (await store.subscriptions.ofChannels([ask.channelId])).filter(({ status }) => status === 'active');
  if (there.some((wish) => JSON.stringify(wish.selector) === JSON.stringify(selector))) return 'known';
  if (there.length >= MOST) throw new UserError(ask.words('follow.too-many', { most: MOST }));
  // The same wish has the same id, so that two who ask at once make one.
  const id = `${ask.channelId}#${createHash('sha256').update(JSON.stringify(selector)).digest('hex').slice(0, 12)}`;
  const wish = { id, channel: ask.channelId, owner: ownerOf(ask), selector, activeFrom: ask.now, status: 'active', reason: null } as const;
  await store.subscriptions.put(wish, selectedStates(selector, ask.facts.states));
  return channel === undefined ? 'new-channel' : 'added';
}

function newChannel({ deps, channelId, platform, target }: Ask): NewChannel {
  const { timing, quiet, locale } = deps.defaults;
  const lane = deps.laneOf(platform, target.installation);
  return { id: channelId, installation: target.installation, platform, lane, target, timing, quiet, locale, discreet: false, mentionRole: null };
}

/** The first alert that is due, and how many dates alert in the next 30 days; dates that move change both. */
function willSend({ deps, facts, picture, now }: Ask, selector: Selector, timing: { zone: string; hour: string; ladder: string }) {
  const states = selectedStates(selector, facts.states);
  const leads = deps.ladders.get(timing.ladder) ?? {};
  const wanted = [...picture.deadlines.values()].filter(
    (deadline) => alerts(deadline) && wantsDate(selector, deadline) && (states === null || deadline.concerns.some((state) => states.includes(state))),
  );
  const ahead = wanted
    .flatMap((deadline) => momentsOf(deadline, leads[deadline.kind] ?? [], timing, facts.holidays))
    .filter(({ lead, at }) => lead.mode === 'alert' && at > now)
    .map(({ at }) => at);
  const instants = [...new Set(ahead)].sort((a, b) => a - b);
  return { first: instants[0] ?? (null as Instant | null), messages: instants.filter((at) => at <= now + MONTH).length };
}
