/** Sharing a plan with another server or workspace of the same bot, by a one-time code. Managers of both sides do it. */
import { createHash, randomBytes } from 'node:crypto';
import { CODE_BYTES, codeFrom, readCode, spelled } from '../../domain/team/bridge.ts';
import type { NotTaken, Taking } from '../../domain/team/bridgework.ts';
import type { Bridge, Shows } from '../../domain/team/response.ts';
import { clockTimeOf } from '../../domain/time.ts';
import { formatBridgeEnded, formatLeft, formatOffered, formatTaken, formatTakeQuestion, type SharedPlan } from '../../message/format-bridge.ts';
import type { Answer, Ask, Run } from '../asked.ts';
import { deedId } from '../buttons.ts';
import { newChannel } from '../channel.ts';
import type { Deed } from '../deeds.ts';
import { mayManage } from '../may-manage.ts';
import { read, required, textOf } from '../read-options.ts';
import { showsIn } from '../things.ts';
import { UserError } from '../user-error.ts';
import { planAsked } from './read-plan.ts';
import { actorOf, calledIn, demandOwn, type Seat, sideOf } from './seat.ts';

/** The answer holds the code; nobody sees it again. */
export const runBridgeOffer: Run = async (ask) => {
  const { deps, platform, words } = ask;
  const shows = showsOf(ask);
  const seat = await managedPlan(ask);
  demandOwn(seat, ask);
  const { id: plan, title } = seat.whole.response;
  const code = codeFrom(randomBytes(CODE_BYTES));
  const offered = await deps.bridges.offer({ response: plan, by: actorOf(ask), shows, codeHash: hashOf(code) });
  if ('refused' in offered) throw new UserError(words(offered.refused === 'not-there' ? 'team.no-plan' : `bridge.refused.${offered.refused}`, { plan }));
  const message = formatOffered({ platform, title, plan, code: spelled(code), until: offered.codeUntil, shows }, ask.voice);
  return privately(message);
};

function showsOf(ask: Ask): Shows {
  return read(ask, 'shows', 'shows', showsIn(ask.words)) === 'states' ? 'states' : 'titles';
}

/** Takes a code into the channel in which it is asked; who reads there is said first. */
export const runBridgeAccept: Run = async (ask) => {
  const code = codeOf(ask, required(textOf(ask, 'code'), 'code', ask));
  const taking = takingOf(ask, code);
  const found = await ask.deps.bridges.look(taking);
  if ('refused' in found) throw new UserError(refusal(found, ask));
  const standing = await ask.deps.standingIn(ask.platform, ask.target);
  const missing = standing?.missing ?? [];
  if (missing.length > 0) {
    const rights = missing.join(ask.words('list.comma'));
    throw new UserError(ask.words('follow.cannot-post', { platform: ask.platform, count: missing.length, rights }));
  }
  if (standing?.everyoneReads === false) return take(ask, taking);
  const ids = { take: deedId('bridge', 'take', code), leave: deedId('bridge', 'leave') };
  return privately(formatTakeQuestion(await sharedPlan(ask, found), ids, ask.voice));
};

export const runBridgeEnd: Run = async (ask) => {
  const { deps, words } = ask;
  const { whole, seen } = await managedPlan(ask);
  const ended = await deps.bridges.end({ response: whole.response.id, by: actorOf(ask), called: calledIn(words) });
  if ('refused' in ended) throw new UserError(words('bridge.refused.none'));
  return privately(formatBridgeEnded({ as: seen.by, ...ended }, ask.voice));
};

export const BRIDGE_DEEDS: Readonly<Record<string, Deed>> = {
  take: { needs: 'channel', takesArgument: true, run: (ask) => take(ask, takingOf(ask, codeOf(ask, ask.argument))) },
  leave: { needs: 'channel', run: async (ask) => privately(formatLeft(ask.voice)) },
};

async function take(ask: Ask, taking: Taking): Promise<Answer> {
  const { deps, now, channel } = ask;
  const found = await deps.bridges.look(taking);
  if ('refused' in found) throw new UserError(refusal(found, ask));
  if (channel === null) {
    await deps.store.transaction((store) => deps.settle(store, { channel: newChannel(ask), old: null, now }), 'planning');
    await deps.recall(now); // what is being read just now may not know the channel yet
    deps.channelsChanged();
  }
  const taken = await deps.bridges.take(taking);
  if ('refused' in taken) throw new UserError(refusal(taken, ask));
  return privately(formatTaken(await sharedPlan(ask, taken), ask.voice));
}

/** @throws UserError for a plan that who asks does not manage: from the channel of its card, or as a manager of all. */
async function managedPlan(ask: Ask): Promise<Seat> {
  const seat = await planAsked(ask);
  if (ask.by.may !== 'all' && (seat.whole.response.channel !== ask.channelId || !mayManage(ask))) throw new UserError(ask.words('bridge.not-managed'));
  return seat;
}

function takingOf(ask: Ask, code: string): Taking {
  return { codeHash: hashOf(code), side: sideOf(ask), channel: ask.channelId };
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** What cannot be a code is no try. */
function codeOf({ words }: Ask, typed: string): string {
  const code = readCode(typed);
  if (code === null) throw new UserError(words('bridge.refused.no-code'));
  return code;
}

function refusal(why: NotTaken, { words, voice }: Ask): string {
  if (why.refused !== 'barred') return words(`bridge.refused.${why.refused}`);
  return words('bridge.refused.barred', { time: clockTimeOf(why.until, voice.reader.zone), zone: voice.reader.zone });
}

async function sharedPlan({ deps, platform }: Ask, { response, ownerShows }: Bridge): Promise<SharedPlan> {
  const whole = await deps.store.teams.find(response);
  const shown: Shows = ownerShows;
  return { platform, title: shown === 'titles' ? (whole?.response.title ?? null) : null, plan: response, tasks: whole?.tasks.length ?? 0 };
}

function privately(message: Answer['message']): Answer {
  return { message, audience: 'asker', again: null, share: null };
}
