/** What a team has before it: every plan in few lines, or tasks chosen by who has them and how near they are. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { isLate, isUnclaimed, progressOf } from '../domain/team/progress.ts';
import type { WholeResponse } from '../domain/team/response.ts';
import type { Task } from '../domain/team/task.ts';
import type { Day } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import type { Seen } from './content-team.ts';
import { briefDate, dayInline, timeLeft } from './dates.ts';
import { bold, joinLines, listItem, plainText } from './inline.ts';
import type { Line, Message } from './message.ts';
import { holderLine, planTitle, progressLine, taskLine, taskTitle } from './team-lines.ts';

export interface BoardPlan {
  readonly whole: WholeResponse;
  readonly deadline: Deadline | null;
  readonly seen: Seen;
}

export interface BoardAnswer {
  readonly view: 'overview' | 'mine' | 'unclaimed' | 'late' | 'cluster';
  readonly plans: readonly BoardPlan[];
  readonly today: Day;
  /** Whether who asks has it, by themselves, by a role or as far as the platform says. */
  readonly isMine: (task: Task) => boolean;
}

export function formatBoard(board: BoardAnswer, voice: Voice): Message {
  const { words } = voice;
  const { view, plans } = board;
  const lines = plans.flatMap((plan) =>
    view === 'overview' ? overview(plan, board, voice) : view === 'cluster' ? clusters(plan, board, voice) : chosen(plan, board, voice),
  );
  const body = lines.length > 0 ? lines : [plainText(words(plans.length === 0 ? 'team.board.none' : `team.board.empty.${view}`))];
  return message({ tone: 'info', title: words(`team.board.${view}`), body, footer: plainText(words('team.board.footer')) });
}

function heading({ whole, deadline, seen }: BoardPlan, voice: Voice): Line {
  return [bold(voice.words('team.board.plan', { plan: whole.response.id, title: planTitle(whole.response, deadline, { seen, voice }) }))];
}

function overview(plan: BoardPlan, { today }: BoardAnswer, voice: Voice): readonly Line[] {
  const { words, reader } = voice;
  const { whole, deadline, seen } = plan;
  const left = deadline === null ? null : timeLeft(deadline, reader.now, words);
  const date = joinLines([briefDate(whole.response.plannedFor, words), left === null ? [] : plainText(left)], words('separator'));
  const { next } = progressOf(whole.tasks, today);
  const values =
    next === null ? null : { title: taskTitle(next, seen, words), day: dayInline(next.dueOn, 'short', words), holder: holderLine(next.holder, seen, words) };
  return [heading(plan, voice), date, progressLine(whole, today, words), values === null ? [] : words.line('team.board.next', values)];
}

function chosen(plan: BoardPlan, { view, today, isMine }: BoardAnswer, voice: Voice): readonly Line[] {
  const wanted = (task: Task) => (view === 'late' ? isLate(task, today) : view === 'unclaimed' ? isUnclaimed(task) : task.doneAt === null && isMine(task));
  const tasks = plan.whole.tasks.filter(wanted);
  return tasks.length === 0 ? [] : [heading(plan, voice), ...tasks.map((task) => taskLine(task, { today, seen: plan.seen, voice }))];
}

function clusters(plan: BoardPlan, { today }: BoardAnswer, voice: Voice): readonly Line[] {
  const { words } = voice;
  const shown = plan.seen.by === 'owner' ? progressOf(plan.whole.tasks, today).clusters : [];
  const lines = shown.map(({ cluster, ...count }) =>
    listItem(words.line('team.board.of-cluster', { name: cluster ?? words('team.board.for-all'), ...pick(count) }), words),
  );
  return lines.length === 0 ? [] : [heading(plan, voice), ...lines];
}

function pick({ done, total, late, unclaimed }: { done: number; total: number; late: number; unclaimed: number }) {
  return { done, total, late, unclaimed };
}
