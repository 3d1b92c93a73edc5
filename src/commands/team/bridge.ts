/** Sharing a plan with another server or workspace of the same bot, by a one-time code. Managers of both sides do it. */
import { createHash, randomBytes } from 'node:crypto';
import { CODE_BYTES, codeFrom, readCode, sideIn, spelled } from '../../domain/team/bridge.ts';
import type { Called } from '../../domain/team/bridge-view.ts';
import type { NotTaken, Taking } from '../../domain/team/bridgework.ts';
import type { Bridge, Shows } from '../../domain/team/response.ts';
import type { Side } from '../../domain/team/task.ts';
import { clockTimeOf } from '../../domain/time.ts';
import { formatBridgeEnded, formatLeft, formatOffered, formatTaken, formatTakeQuestion, type SharedPlan } from '../../message/format-bridge.ts';
import type { Words } from '../../message/words.ts';
import type { Answer, Ask, Run } from '../asked.ts';
import { deedId } from '../buttons.ts';
import { newChannel } from '../channel.ts';
import type { Deed } from '../deeds.ts';
import { mayManage } from '../may-manage.ts';
import { read, required, textOf } from '../read-options.ts';
import { showsIn } from '../things.ts';
import { UserError } from '../user-error.ts';

/** The answer holds the code; nobody sees it again. */
export const runBridgeOffer: Run = async (ask) => {
  const { deps, platform, words } = ask;
  const plan = required(textOf(ask, 'plan'), 'plan', ask).toLowerCase();
  const shows = showsOf(ask);
  const whole = await managedPlan(ask, plan);
  if (whole === null || whole.as !== 'owner') throw new UserError(words(whole === null ? 'bridge.no-plan' : 'bridge.not-yours'));
  const code = codeFrom(randomBytes(CODE_BYTES));
  const offered = await deps.bridges.offer({ response: plan, by: actorOf(ask), shows, codeHash: hashOf(code) });
  if ('refused' in offered) throw new UserError(words(offered.refused === 'not-there' ? 'bridge.no-plan' : `bridge.refused.${offered.refused}`, { plan }));
  const message = formatOffered({ platform, title: whole.title, plan, code: spelled(code), until: offered.codeUntil, shows }, ask.voice);
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
  const plan = required(textOf(ask, 'plan'), 'plan', ask).toLowerCase();
  const managed = await managedPlan(ask, plan);
  if (managed === null) throw new UserError(words('bridge.no-plan'));
  const ended = await deps.bridges.end({ response: plan, by: actorOf(ask), called: calledIn(words) });
  if ('refused' in ended) throw new UserError(words('bridge.refused.none'));
  return privately(formatBridgeEnded({ as: managed.as, ...ended }, ask.voice));
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

/** What stands for titles that one does not see. */
export function calledIn(words: Words): Called {
  return { plan: words('bridge.untitled'), task: (number) => words('bridge.untitled-task', { number }) };
}

interface Managed {
  readonly as: 'owner' | 'partner';
  readonly title: string;
}

/** A plan that who asks may manage, from the channel of its card or as a manager of all; null for any other, whether there is one or not. */
async function managedPlan(ask: Ask, id: string): Promise<Managed | null> {
  const { teams } = ask.deps.store;
  const whole = await teams.find(id);
  if (whole === null) return null;
  const side = sideOf(ask);
  const { response } = whole;
  const open = (await teams.bridgesOf(id)).find(({ status }) => status === 'open') ?? null;
  const as = sideIn(open ?? { owner: response.side, partner: null, status: 'ended' }, side);
  const home = as === 'owner' ? response.channel : open?.partnerChannel;
  const manages = ask.by.may === 'all' || (home === ask.channelId && mayManage(ask));
  return as !== null && manages ? { as, title: response.title } : null;
}

function sideOf({ platform, place }: Ask): Side {
  return { platform, installation: place.id };
}

function actorOf(ask: Ask) {
  return { side: sideOf(ask), id: ask.by.id };
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
