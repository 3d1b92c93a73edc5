/** Who may see and change a plan. Asked anew with each command and each press; whoever may not is told that there is no such plan. */

import { asSeenBy, type Called } from '../../domain/team/bridge-view.ts';
import type { Bridge, WholeResponse } from '../../domain/team/response.ts';
import { isSameSide, type Side, type Task } from '../../domain/team/task.ts';
import type { Actor } from '../../domain/team/teamwork.ts';
import type { Seen } from '../../message/content-team.ts';
import type { Words } from '../../message/words.ts';
import type { Channel } from '../../store/store.ts';
import type { Ask } from '../asked.ts';
import { UserError } from '../user-error.ts';

export interface Seat {
  readonly whole: WholeResponse;
  readonly seen: Seen;
}

export function sideOf({ platform, target }: Pick<Ask, 'platform' | 'target'>): Side {
  return { platform, installation: target.installation };
}

export function actorOf(ask: Pick<Ask, 'platform' | 'target' | 'by'>): Actor {
  return { side: sideOf(ask), id: ask.by.id };
}

/** Whether who asks has it, by themselves or by a role. Who is of a cluster nobody says. */
export function isMine({ holder }: Task, ask: Ask): boolean {
  if (holder === null || holder.kind === 'cluster' || !isSameSide(holder.side, sideOf(ask))) return false;
  return holder.id === ask.by.id || ask.by.ids.includes(holder.id);
}

/** Every plan that who asks may see, the oldest first. */
export async function seatsOf(ask: Ask): Promise<readonly Seat[]> {
  if (ask.by.may === 'nothing') return [];
  const [plans, channels] = await Promise.all([ask.deps.store.teams.of(sideOf(ask)), ask.deps.store.subscriptions.channelsOf(ask.place)]);
  const found = await Promise.all(plans.map((whole) => seatIn(ask, whole, channels)));
  return found.filter((seat) => seat !== null);
}

/** @throws UserError where there is no such plan, or none for who asks: the two are not told apart. */
export async function demandSeat(ask: Ask, id: string): Promise<Seat> {
  const whole = ask.by.may === 'nothing' ? null : await ask.deps.store.teams.find(id);
  const seat = whole === null ? null : await seatIn(ask, whole, await ask.deps.store.subscriptions.channelsOf(ask.place));
  if (seat === null) throw new UserError(ask.words('team.no-plan'));
  return seat;
}

/** @throws UserError for a plan that another team shares: only its own team changes what it is about. */
export function demandOwn({ seen }: Seat, { words }: Ask): void {
  if (seen.by === 'partner') throw new UserError(words('team.not-own'));
}

/** @throws UserError where the other side has the task: each side speaks for its own. */
export function demandNotOthers({ holder }: Task, ask: Ask): void {
  if (holder !== null && !isSameSide(holder.side, sideOf(ask))) throw new UserError(ask.words('team.others'));
}

/** What stands for titles that one does not see. */
export function calledIn(words: Words): Called {
  return { plan: words('team.plan.untitled'), task: (number) => words('team.task.untitled', { number }) };
}

/** The plan as who asks may see it; of one that is shared, the channel is that of the own card. */
async function seatIn(ask: Ask, whole: WholeResponse, channels: readonly Channel[]): Promise<Seat | null> {
  const side = sideOf(ask);
  const { response } = whole;
  if (isSameSide(response.side, side)) {
    const seen = { by: 'owner', side, shows: 'titles', names: true } as const;
    return sitsIn(ask, response.channel, channels) ? { whole: asSeenBy(whole, seen, calledIn(ask.words)), seen } : null;
  }
  const bridge = (await ask.deps.store.teams.bridgesOf(response.id)).find((one) => isPartner(one, side));
  if (bridge === undefined || bridge.partnerChannel === null || !sitsIn(ask, bridge.partnerChannel, channels)) return null;
  const seen = { by: 'partner', side, shows: bridge.ownerShows, names: true } as const;
  const shared = asSeenBy(whole, seen, calledIn(ask.words));
  return { whole: { ...shared, response: { ...shared.response, channel: bridge.partnerChannel } }, seen };
}

function isPartner({ status, partner }: Bridge, side: Side): boolean {
  return status === 'open' && partner !== null && isSameSide(partner, side);
}

/** By the team role of the plan's channel; where it has none, in that channel and its threads. */
function sitsIn({ by, channelId }: Ask, id: string, channels: readonly Channel[]): boolean {
  const channel = channels.find((one) => one.id === id);
  if (channel === undefined) return false;
  if (channel.teamRole !== null) return by.ids.includes(channel.teamRole);
  return channelId === id || channelId.startsWith(`${id}/`);
}
