/** The door for plans: what a person writes in `config/plans/`, and what it means. */
import { z } from 'zod';
import { DEADLINE_KINDS, type DeadlineKind } from './domain/calendar/kinds.ts';
import { type Due, LONGEST_LEAD, readOffset, type TaskTemplate, type Template } from './domain/team/template.ts';

/** What a card and a board can hold and a phone can show. */
const MOST_TASKS = 60;

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(most, `is longer than ${most} characters; say it shorter`)
    .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), 'holds control characters or a line break; write it on one line');

const offset = z
  .string()
  .refine((value) => readOffset(value) !== null, `is not a lead; write \`180d\` (days) or \`2wd\` (UN working days), at most ${LONGEST_LEAD}`);
const before = z
  .string()
  .refine((value) => value === 'internal' || readOffset(value) !== null, 'is not a lead; write `180d` (days), `2wd` (UN working days) or `internal`')
  .meta({ description: "Before the official deadline: `180d`, `2wd`, or `internal` for the team's own deadline." });
const after = offset.meta({ description: 'After the official deadline: `7d` or `10wd`.' });
const kinds = z.array(z.enum(DEADLINE_KINDS as [DeadlineKind, ...DeadlineKind[]]));

const due = { before: before.optional(), after: after.optional() };
const ONE_SIDE = 'has both `before` and `after`; keep one';
const oneSide = (part: { before?: string | undefined; after?: string | undefined }) => part.before === undefined || part.after === undefined;

const task = z.strictObject({ title: text(120), suits: text(60).optional(), cluster: text(60).optional(), ...due }).refine(oneSide, ONE_SIDE);

const phase = z.strictObject({ title: text(60), ...due, tasks: z.array(task).min(1, 'needs at least one task') }).refine(oneSide, ONE_SIDE);

/** `config/plans/joint-submission.yaml`. */
export const planFile = z
  .strictObject({
    title: text(80),
    for: kinds.optional().meta({ description: 'Kinds of deadline that this plan is used for when nobody names one.' }),
    also_for: kinds.optional().meta({ description: 'Kinds of deadline that it may be named for.' }),
    internal: offset.optional().meta({ description: "How long before the official deadline the team's own lies; `2wd` if left out." }),
    phases: z.array(phase).min(1, 'needs at least one phase'),
  })
  .superRefine((plan, context) => {
    const fault = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((plan.for ?? []).length + (plan.also_for ?? []).length === 0) fault(['for'], 'names no kind of deadline; without one nobody can use this plan');
    const count = plan.phases.reduce((sum, { tasks }) => sum + tasks.length, 0);
    if (count > MOST_TASKS) fault(['phases'], `has ${count} tasks; at most ${MOST_TASKS} can be shown, so make two plans of it`);
    checkOrder(plan, fault);
  });

export type PlanFile = z.infer<typeof planFile>;
type PhaseFile = PlanFile['phases'][number];

/** Tasks are done in the order in which they are written. Days and working days are not compared with each other. */
function checkOrder(plan: PlanFile, fault: (path: PropertyKey[], message: string) => void): void {
  const reached = new Map<string, number>();
  let isAfter = false;
  for (const [phaseAt, phase] of plan.phases.entries()) {
    for (const [taskAt, task] of phase.tasks.entries()) {
      const path = ['phases', phaseAt, 'tasks', taskAt];
      const due = dueOf(task, phase);
      if (due === null) fault(path, 'has no day; write `before: 30d` or `after: 7d` for it or for its phase');
      if (due === null) continue;
      const [unit, place] = placeOf(due);
      if ((isAfter && due.side !== 'after') || place < (reached.get(unit) ?? place))
        fault(path, 'is due before the task above it; put the tasks in the order of their days');
      isAfter ||= due.side === 'after';
      reached.set(unit, Math.max(place, reached.get(unit) ?? place));
    }
  }
}

function placeOf(due: Due): readonly [string, number] {
  if (due.side === 'internal') return ['internal', 0];
  return [due.offset.unit, due.side === 'before' ? -due.offset.count : due.offset.count];
}

/** That of the task, else that of its phase; null where neither says it. */
function dueOf(task: PhaseFile['tasks'][number], phase: PhaseFile): Due | null {
  const { before, after } = task.before === undefined && task.after === undefined ? phase : task;
  if (before === 'internal') return { side: 'internal' };
  const offset = readOffset(before ?? after ?? '');
  return offset === null ? null : { side: before === undefined ? 'after' : 'before', offset };
}

const DEFAULT_INTERNAL = { count: 2, unit: 'wd' } as const;

/** What a file means that its schema accepted. */
export function templateOf(id: string, file: PlanFile): Template {
  const tasks = file.phases.flatMap((phase) =>
    phase.tasks.flatMap((task): TaskTemplate[] => {
      const due = dueOf(task, phase);
      return due === null ? [] : [{ title: task.title, phase: phase.title, due, suits: task.suits ?? null, cluster: task.cluster ?? null }];
    }),
  );
  return {
    id,
    title: file.title,
    for: file.for ?? [],
    alsoFor: file.also_for ?? [],
    internal: readOffset(file.internal ?? '') ?? DEFAULT_INTERNAL,
    tasks,
  };
}
