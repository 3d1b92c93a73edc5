/** Buttons and selects of plans. Their ids are read by the deeds of `commands/team/`, and checked against them by a test. */
import type { WholeResponse } from '../domain/team/response.ts';
import type { Task } from '../domain/team/task.ts';
import { type Action, type Button, MOST_CHOICES } from './message.ts';
import type { Words } from './words.ts';

const LONGEST_CHOICE = 75;

/** `do.1.task.claim:k3f9qd2m/7`. */
function deed(group: 'task' | 'plan' | 'board', what: string, ...about: readonly (string | number)[]): string {
  return `do.1.${group}.${what}${about.length === 0 ? '' : `:${about.join('/')}`}`;
}

function button(id: string, label: string, style: Button['style'] = 'secondary'): Button {
  return { id, label, style };
}

/** A select of the tasks that nobody has; null where there is none. */
export function takeAction(
  id: string,
  tasks: readonly Task[],
  { words, titleOf }: { readonly words: Words; readonly titleOf: (task: Task) => string },
): Action | null {
  const free = tasks.filter(({ doneAt, holder }) => doneAt === null && holder === null).slice(0, MOST_CHOICES);
  if (free.length === 0) return null;
  const choices = free.map((task) => ({ label: shortLabel(task, titleOf(task), words), value: String(task.number) }));
  return { id: deed('task', 'take', id), label: words('team.action.take'), style: 'select', choices };
}

/** A select of tasks of which one is to be marked as done. */
export function finishAction(id: string, tasks: readonly Task[], words: Words): Action {
  const choices = tasks.slice(0, MOST_CHOICES).map((task) => ({ label: shortLabel(task, task.title, words), value: String(task.number) }));
  return { id: deed('task', 'finish-which', id), label: words('team.action.which'), style: 'select', choices };
}

function shortLabel({ number }: Task, title: string, words: Words): string {
  const label = words('team.choice', { number, title });
  return label.length <= LONGEST_CHOICE ? label : `${label.slice(0, LONGEST_CHOICE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What a living card offers. */
export function cardActions({ response, tasks }: WholeResponse, say: Parameters<typeof takeAction>[2]): readonly Action[] {
  if (response.status === 'closed') return [];
  const { words } = say;
  const take = takeAction(response.id, tasks, say);
  return [
    ...(take === null ? [] : [take]),
    button(deed('task', 'done', response.id), words('team.action.done')),
    button(deed('board', 'open'), words('team.action.board')),
  ];
}

export const undoAction = (id: string, event: number, words: Words): Action => button(deed('task', 'undo', id, event), words('team.action.undo'));

/** What may be done with a task that one has. */
export function heldActions({ response, number }: Pick<Task, 'response' | 'number'>, words: Words): readonly Action[] {
  return [
    button(deed('task', 'finish-one', response, number), words('team.action.done'), 'primary'),
    button(deed('task', 'release', response, number), words('team.action.hand-back')),
    button(deed('task', 'snooze', response, number), words('team.action.snooze')),
  ];
}

export const claimAction = ({ response, number }: Pick<Task, 'response' | 'number'>, words: Words): Action =>
  button(deed('task', 'claim', response, number), words('team.action.claim'), 'primary');

export const answerAction = ({ response, number }: Pick<Task, 'response' | 'number'>, words: Words): Action =>
  button(deed('task', 'answer', response, number), words('team.action.answer', { number }), 'primary');

/** @param day the new day that was proposed: where it is another by then, it is asked again */
export function moveActions(id: string, day: string, words: Words): readonly Action[] {
  return [button(deed('plan', 'move-yes', id, day), words('team.action.move'), 'primary'), button(deed('plan', 'move-no', id), words('team.action.keep'))];
}

export const closeAction = (id: string, words: Words): Action => button(deed('plan', 'close', id), words('team.action.close'), 'primary');

/** @param about what is to be planned, as an argument */
export function postActions(about: string, words: Words): readonly Action[] {
  return [button(deed('plan', 'post', about), words('team.action.post'), 'primary'), button(deed('plan', 'not-here'), words('team.action.not-here'))];
}
