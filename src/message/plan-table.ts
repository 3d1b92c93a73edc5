/** A plan as a table to take along. Holds no ids and no names of people: a file goes further than a channel. */
import { isLate, isUnclaimed } from '../domain/team/progress.ts';
import type { WholeResponse } from '../domain/team/response.ts';
import type { Task } from '../domain/team/task.ts';
import type { Day } from '../domain/time.ts';
import { clean } from './clean.ts';
import type { Words } from './words.ts';

export interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const COLUMNS = ['plan', 'number', 'task', 'phase', 'due', 'state', 'holder', 'suits', 'cluster', 'reference'] as const;

/** Tasks of one or more plans, one a row, in their order. Days are written 2026-07-17. */
export function planTable(plans: readonly WholeResponse[], today: Day, words: Words): PlainTable {
  const rows = plans.flatMap(({ response, tasks }) =>
    tasks.map((task) => {
      const cells: Record<(typeof COLUMNS)[number], string> = {
        plan: response.title,
        number: String(task.number),
        task: task.title,
        phase: task.phase,
        due: task.dueOn,
        state: words('export.state', { state: stateOf(task, today) }),
        holder: holderOf(task, words),
        suits: task.suits ?? '',
        cluster: task.cluster ?? '',
        reference: task.reference ?? '',
      };
      return COLUMNS.map((column) => clean(cells[column]).trim());
    }),
  );
  return { columns: COLUMNS.map((column) => words('export.column', { column })), rows };
}

function stateOf(task: Task, today: Day): 'done' | 'late' | 'unclaimed' | 'claimed' {
  if (task.doneAt !== null) return 'done';
  if (isLate(task, today)) return 'late';
  return isUnclaimed(task) ? 'unclaimed' : 'claimed';
}

function holderOf({ holder }: Task, words: Words): string {
  if (holder === null) return words('export.holder', { kind: 'nobody', name: '' });
  return words('export.holder', { kind: holder.kind, name: holder.kind === 'cluster' ? holder.name : '' });
}
