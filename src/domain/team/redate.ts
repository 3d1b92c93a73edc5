/** What a plan becomes when the official date moves. A proposal: people confirm it. */
import type { When } from '../calendar/when.ts';
import { workingDaysBetween } from '../calendar/working-days.ts';
import { addDays, type Day, daysBetween } from '../time.ts';
import { earlier, later, layOut, settle } from './lay-out.ts';
import { type Dated, type Frame, frameOf, ownDay, type PlanAt, plannedDay, type Unplannable } from './plan.ts';
import type { WholeResponse } from './response.ts';
import type { Task } from './task.ts';
import type { Template } from './template.ts';

export interface NewDay {
  readonly number: number;
  readonly from: Day;
  readonly to: Day;
  readonly compressed: boolean;
}

export interface Redating {
  readonly plannedFor: When;
  readonly internal: Day;
  /** Tasks that are not done and get another day, in the order of the plan. */
  readonly tasks: readonly NewDay[];
  readonly holidaysUnknown: readonly number[];
}

/** The response as it is, and its template; null where there is none of its name any more. */
export type Standing = WholeResponse & { readonly template: Template | null };

const DEFAULT_INTERNAL = { count: 2, unit: 'wd' } as const;

/**
 * The new days of a plan whose deadline moved; null where the day is the one it was planned for. Tasks of the template
 * are counted anew; what people added, and what the template does not hold any more, moves as the date moved. What was
 * done stays. The team's own deadline keeps its working days before the official one.
 */
export function redate(standing: Standing, deadline: Dated, at: PlanAt): Redating | { readonly refused: Unplannable } | null {
  const { response, template, tasks } = standing;
  const before = dayPlannedFor(response.plannedFor, deadline, at.today);
  const kept = before === null ? 0 : workingDaysBetween(response.internal, before, at.holidays);
  const frame = frameOf(deadline, at, at.internal ?? (kept > 0 ? { count: kept, unit: 'wd' } : (template?.internal ?? DEFAULT_INTERNAL)));
  if ('refused' in frame) return frame;
  if (frame.day === before) return null;
  const open = tasks.filter(({ doneAt }) => doneAt === null);
  const counted = open.flatMap((task) => {
    const own = template?.tasks[task.number - 1];
    return own?.title === task.title ? [{ task, day: ownDay(own.due, frame) }] : [];
  });
  const laid = layOut(
    counted.map(({ day }) => day),
    frame,
  );
  const days = new Map(counted.map(({ task }, index) => [task.number, laid[index]]));
  const moved = open.flatMap((task): NewDay[] => {
    const { dueOn, compressed } = days.get(task.number) ?? shifted(task, before ?? frame.day, frame);
    return dueOn === task.dueOn ? [] : [{ number: task.number, from: task.dueOn, to: dueOn, compressed }];
  });
  return { plannedFor: deadline.when, internal: frame.internal, tasks: moved, holidaysUnknown: frame.holidaysUnknown };
}

/** The plan was made when its date was known as it was then; only whether it is voluntary is asked of the deadline. */
function dayPlannedFor(when: When, { certainty }: Dated, today: Day): Day | null {
  return plannedDay({ when, certainty: certainty === 'voluntary' ? certainty : 'published' }, today);
}

function shifted({ dueOn }: Task, before: Day, { day, start, holidays }: Frame): Pick<Task, 'dueOn' | 'compressed'> {
  const wished = addDays(dueOn, daysBetween(before, day));
  const last = dueOn > before ? later(wished, day) : day;
  const room = { start, end: last, holidays };
  return { dueOn: settle(earlier(later(wished, start), last), room), compressed: wished < start };
}
