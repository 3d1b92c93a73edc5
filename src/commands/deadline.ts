import { formatDeadline } from '../message/format-deadline.ts';
import type { Run } from './asked.ts';
import { deadlineOf, required } from './read-options.ts';

/** Changes that an answer tells of. */
const CHANGES = 20;

/** All about one date: how sure it is, by whose word, what became of it, and what other sources say. */
export const runDeadline: Run = async (ask) => {
  const deadline = required(deadlineOf(ask), 'deadline', ask);
  const history = await ask.deps.store.calendar.historyOf(deadline.id, CHANGES);
  const message = formatDeadline({ deadline, history }, ask.voice);
  return { message, audience: 'asker', again: { command: 'deadline', options: { deadline: deadline.id } } };
};
