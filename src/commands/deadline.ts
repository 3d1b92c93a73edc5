import { formatDeadline } from '../message/format-deadline.ts';
import type { Action } from '../message/message.ts';
import type { Ask, Run } from './asked.ts';
import { isCorrected, withdrawId } from './correct.ts';
import { mayManage } from './may-manage.ts';
import { deadlineOf, required } from './read-options.ts';

/** Changes that an answer tells of. */
const CHANGES = 20;

/** Offered to those who may withdraw it. */
async function withdrawal(ask: Ask, deadline: string): Promise<readonly Action[]> {
  if (!mayManage(ask) || !(await isCorrected(ask, deadline))) return [];
  return [{ id: withdrawId(deadline), label: ask.words('correct.withdraw'), style: 'secondary' }];
}

/** All about one date: how sure it is, by whose word, what became of it, and what other sources say. */
export const runDeadline: Run = async (ask) => {
  const deadline = required(deadlineOf(ask), 'deadline', ask);
  const history = await ask.deps.store.calendar.historyOf(deadline.id, CHANGES, ask.place);
  const isOwn = ask.views.isOwn(ask.place, deadline.id);
  const answer = isOwn ? { deadline, history, shared: ask.shared.deadlines.get(deadline.id) ?? null } : { deadline, history };
  const message = formatDeadline(answer, ask.voice, await withdrawal(ask, deadline.id));
  return { message, audience: 'asker', again: { command: 'deadline', options: { deadline: deadline.id } } };
};
