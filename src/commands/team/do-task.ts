/** One deed on one task, answered in private: done, with a way back, or who was faster. */
import type { Deed } from '../../domain/team/task.ts';
import { formatTaskDone, formatTaskRefused, type TaskDeed } from '../../message/format-team.ts';
import type { Answer, Ask } from '../asked.ts';
import { UserError } from '../user-error.ts';
import type { TaskSeat } from './read-plan.ts';
import { actorOf, demandNotOthers, isMine } from './seat.ts';

/** @throws UserError for a task of the other side, or one that is not there any more */
export async function doTask(ask: Ask, { whole, seen, task }: TaskSeat, deed: Deed & { readonly do: TaskDeed }): Promise<Answer> {
  if (deed.do !== 'claim') demandNotOthers(task, ask);
  if (whole.response.status === 'closed') throw new UserError(ask.words('team.is-closed'));
  const did = await ask.deps.teamwork.deed(whole.response.id, task.number, deed, actorOf(ask));
  if (!('task' in did)) throw new UserError(ask.words('team.no-plan'));
  const told = { whole, seen, task: did.task };
  const message =
    'refused' in did
      ? formatTaskRefused(told, { refused: did.refused, isMine: isMine(did.task, ask) }, ask.voice)
      : formatTaskDone(told, { what: deed.do, event: did.event }, ask.voice);
  return { message, audience: 'asker', again: null, beside: true };
}
