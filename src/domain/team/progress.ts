/** How a plan stands, in numbers. */
import type { Day } from '../time.ts';
import type { Task } from './task.ts';

export interface Count {
  readonly total: number;
  readonly done: number;
  /** Not done, and their day is over. */
  readonly late: number;
  /** Not done, and nobody has them. */
  readonly unclaimed: number;
}

export interface Progress extends Count {
  /** What is to be done first of what is not done; null when all is. */
  readonly next: Task | null;
  /** In the order in which clusters appear; null is what belongs to all. */
  readonly clusters: readonly (Count & { readonly cluster: string | null })[];
}

export function progressOf(tasks: readonly Task[], today: Day): Progress {
  const open = tasks.filter(({ doneAt }) => doneAt === null);
  const next = open.reduce<Task | null>((first, task) => (first === null || task.dueOn < first.dueOn ? task : first), null);
  const clusters = [...Map.groupBy(tasks, ({ cluster }) => cluster)].map(([cluster, its]) => ({ cluster, ...countOf(its, today) }));
  return { ...countOf(tasks, today), next, clusters };
}

export function isLate({ doneAt, dueOn }: Pick<Task, 'doneAt' | 'dueOn'>, today: Day): boolean {
  return doneAt === null && dueOn < today;
}

export function isUnclaimed({ doneAt, holder }: Pick<Task, 'doneAt' | 'holder'>): boolean {
  return doneAt === null && holder === null;
}

function countOf(tasks: readonly Task[], today: Day): Count {
  return {
    total: tasks.length,
    done: tasks.filter(({ doneAt }) => doneAt !== null).length,
    late: tasks.filter((task) => isLate(task, today)).length,
    unclaimed: tasks.filter(isUnclaimed).length,
  };
}

/** How many of so many cells of a bar are full: all only when all is done, and one as soon as something is. */
export function filledCells({ total, done }: Pick<Count, 'total' | 'done'>, cells: number): number {
  if (done === 0) return 0;
  if (done === total) return cells;
  return Math.min(cells - 1, Math.max(1, Math.floor((done / total) * cells)));
}
