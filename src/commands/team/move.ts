/** A plan follows its date: what it would become is shown first, and done when somebody of the team says so. */

import type { Unplannable } from '../../domain/team/plan.ts';
import { type Redating, redate } from '../../domain/team/redate.ts';
import type { WholeResponse } from '../../domain/team/response.ts';
import { message } from '../../message/build.ts';
import { formatPlanMoved, formatPlanSettled } from '../../message/format-plan-moved.ts';
import type { Answer, Ask } from '../asked.ts';
import type { DeedAsk } from '../deeds.ts';
import { UserError } from '../user-error.ts';
import { deadlineOfPlan, todayOf } from './read-plan.ts';
import { actorOf, demandOwn, demandSeat, type Seat } from './seat.ts';

type Proposal = Redating | { readonly refused: Unplannable } | null;

/** @throws UserError for a plan that another team shares, or one that is closed. */
export function proposeMove(ask: Ask, seat: Seat): Answer {
  demandOpen(ask, seat);
  const proposal = proposalFor(ask, seat, seat.whole);
  if (proposal === null) return answered(formatPlanSettled(seat.whole, 'not-moved', ask.voice));
  return answered(message(formatPlanMoved({ ...seat, deadline: deadlineOfPlan(ask, seat), proposal }, ask.voice)));
}

export async function moveNow(ask: DeedAsk): Promise<Answer> {
  const [id = '', day = ''] = ask.argument.split('/');
  const seat = await demandSeat(ask, id);
  const proposal = proposalFor(ask, seat, seat.whole);
  // The date moved again since, or the plan did: what is to be confirmed is shown anew.
  if (proposal === null || 'refused' in proposal || proposal.plannedFor.from !== day) return proposeMove(ask, seat);
  demandOpen(ask, seat);
  const moved = await ask.deps.teamwork.change(id, (whole) => movedTo(whole, proposalFor(ask, seat, whole)), actorOf(ask), 'move');
  if ('refused' in moved) return proposeMove(ask, await demandSeat(ask, id));
  return answered(formatPlanSettled(moved, 'moved', ask.voice));
}

export async function keepNow(ask: DeedAsk): Promise<Answer> {
  const seat = await demandSeat(ask, ask.argument);
  demandOpen(ask, seat);
  return answered(formatPlanSettled(seat.whole, 'kept', ask.voice));
}

function demandOpen(ask: Ask, seat: Seat): void {
  demandOwn(seat, ask);
  if (seat.whole.response.status === 'closed') throw new UserError(ask.words('team.is-closed'));
}

function proposalFor(ask: Ask, seat: Seat, whole: WholeResponse): Proposal {
  const deadline = deadlineOfPlan(ask, seat);
  if (deadline === null) return { refused: 'not-standing' };
  const template = ask.deps.templates.get(whole.response.template) ?? null;
  return redate({ ...whole, template }, deadline, { now: ask.now, today: todayOf(ask), holidays: ask.facts.holidays });
}

function movedTo(whole: WholeResponse, proposal: Proposal): WholeResponse | { readonly refused: 'changed' } {
  if (whole.response.status === 'closed' || proposal === null || 'refused' in proposal) return { refused: 'changed' };
  const days = new Map(proposal.tasks.map((task) => [task.number, task]));
  const tasks = whole.tasks.map((task) => {
    const day = days.get(task.number);
    return day === undefined ? task : { ...task, dueOn: day.to, compressed: day.compressed };
  });
  return { response: { ...whole.response, plannedFor: proposal.plannedFor, internal: proposal.internal }, tasks };
}

function answered(said: Answer['message']): Answer {
  return { message: said, audience: 'asker', again: null };
}
