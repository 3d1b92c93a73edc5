/** What the buttons, selects and forms of tasks do. The seat is looked at with each press. */
import type { FormField, FormResponse } from '../../adapters/adapter.ts';
import { isSameSide, type Task } from '../../domain/team/task.ts';
import { formatNoneToFinish, formatNotUndone, formatTaskDone, formatWhich } from '../../message/format-team.ts';
import { finishAction } from '../../message/team-actions.ts';
import type { Answer, Ask } from '../asked.ts';
import { deedId } from '../buttons.ts';
import type { Deed, DeedAsk } from '../deeds.ts';
import { required } from '../read-options.ts';
import { UserError } from '../user-error.ts';
import { doTask } from './do-task.ts';
import { dayAsked, freeText, LONGEST, type TaskSeat, taskOf } from './read-plan.ts';
import { actorOf, demandNotOthers, demandSeat, isMine, sideOf } from './seat.ts';
import { self } from './task.ts';

/** @throws UserError where the button is about no task of a plan that who pressed it may see. */
async function seatOf(ask: DeedAsk, chosen = ''): Promise<TaskSeat> {
  const [id = '', number = chosen] = ask.argument.split('/');
  return taskOf(await demandSeat(ask, id), Number(number), ask);
}

async function which(ask: DeedAsk): Promise<Answer | FormResponse> {
  const { whole } = await demandSeat(ask, ask.argument);
  const open = whole.tasks.filter(({ doneAt, holder }) => doneAt === null && holder !== null && isSameSide(holder.side, sideOf(ask)));
  const mine = open.filter((task) => isMine(task, ask));
  const [only] = mine;
  if (only !== undefined && mine.length === 1) return finishForm(ask, only);
  const listed = mine.length > 0 ? mine : open;
  const message = listed.length === 0 ? formatNoneToFinish(ask.voice) : formatWhich(finishAction(whole.response.id, listed, ask.words), ask.voice);
  return { message, audience: 'asker', again: null, beside: true };
}

/** @throws UserError for a task of the other side. */
function finishForm(ask: Ask, task: Task): FormResponse {
  demandNotOthers(task, ask);
  const { words } = ask;
  const fields = [lineField('reference', words('team.form.reference'), { hint: words('option.reference'), required: false })];
  return { type: 'form', id: deedId('task', 'finish', `${task.response}/${task.number}`), title: words('team.form.done'), submit: words('form.apply'), fields };
}

export function lineField(id: string, label: string, { hint, required }: Pick<FormField, 'hint' | 'required'>): FormField {
  return { id, label, hint, value: '', required, input: 'line', choices: [], completes: null };
}

async function restForm(ask: DeedAsk): Promise<FormResponse> {
  const { task } = await seatOf(ask);
  demandNotOthers(task, ask);
  const { words } = ask;
  const fields = [
    lineField('until', words('form.field.until'), { hint: words('team.form.until'), required: true }),
    lineField('reason', words('form.field.reason'), { hint: words('option.reason'), required: true }),
  ];
  return { type: 'form', id: deedId('task', 'rest', ask.argument), title: words('team.form.snooze'), submit: words('form.apply'), fields };
}

async function rest(ask: DeedAsk): Promise<Answer> {
  const seat = await seatOf(ask);
  const until = required(dayAsked(ask, 'until'), 'until', ask);
  return doTask(ask, seat, { do: 'snooze', snooze: { until, reason: required(freeText(ask, 'reason', LONGEST.reason), 'reason', ask) } });
}

async function undo(ask: DeedAsk): Promise<Answer> {
  const [id = '', event = ''] = ask.argument.split('/');
  const { whole, seen } = await demandSeat(ask, id);
  const number = Number(event);
  if (!Number.isSafeInteger(number)) throw new UserError(ask.words('answer.old'));
  const back = await ask.deps.teamwork.undo(id, number, actorOf(ask));
  const message =
    typeof back === 'string' ? formatNotUndone(back, ask.voice) : formatTaskDone({ whole, seen, task: back }, { what: 'undo', event: null }, ask.voice);
  return { message, audience: 'asker', again: null };
}

const ON_A_TASK = { needs: 'nothing', takesArgument: true } as const;

export const TASK_DEEDS: Readonly<Record<string, Deed>> = {
  take: { ...ON_A_TASK, by: 'select', run: async (ask) => doTask(ask, await seatOf(ask, ask.chosen), { do: 'claim', as: self(ask) }) },
  claim: { ...ON_A_TASK, run: async (ask) => doTask(ask, await seatOf(ask), { do: 'claim', as: self(ask) }) },
  release: { ...ON_A_TASK, run: async (ask) => doTask(ask, await seatOf(ask), { do: 'release' }) },
  answer: { ...ON_A_TASK, run: async (ask) => doTask(ask, await seatOf(ask), { do: 'answer' }) },
  done: { ...ON_A_TASK, run: which },
  'finish-which': { ...ON_A_TASK, by: 'select', run: async (ask) => finishForm(ask, (await seatOf(ask, ask.chosen)).task) },
  'finish-one': { ...ON_A_TASK, run: async (ask) => finishForm(ask, (await seatOf(ask)).task) },
  finish: {
    ...ON_A_TASK,
    by: 'form',
    run: async (ask) => doTask(ask, await seatOf(ask), { do: 'finish', reference: freeText(ask, 'reference', LONGEST.reference), as: self(ask) }),
  },
  snooze: { ...ON_A_TASK, run: restForm },
  rest: { ...ON_A_TASK, by: 'form', run: rest },
  undo: { ...ON_A_TASK, run: undo },
};
