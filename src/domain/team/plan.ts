/** A plan for one deadline: tasks counted back from its date, with the team's own deadline before the official one. */
import { fires } from '../calendar/certainty.ts';
import type { Deadline } from '../calendar/deadline.ts';
import { hasDay, passesAt, type When } from '../calendar/when.ts';
import { type Holidays, isWorkingDay, workingDaysAfter, workingDaysBefore } from '../calendar/working-days.ts';
import { addDays, type Day, type Instant } from '../time.ts';
import { earlier, later, layOut, type Room, settle } from './lay-out.ts';
import type { Task } from './task.ts';
import type { Due, Offset, Template } from './template.ts';

/** Why no plan can be made: its day is not known, or only estimated; it is over; it does not run, or went elsewhere. */
export type Unplannable = 'no-day' | 'passed' | 'not-standing';

export type PlannedTask = Pick<Task, 'number' | 'title' | 'phase' | 'suits' | 'cluster' | 'dueOn' | 'compressed'>;

export interface Plan {
  readonly plannedFor: When;
  readonly internal: Day;
  /** The day of the last task, or of the deadline where that is later. */
  readonly last: Day;
  /** In the order of the template, counted from 1. */
  readonly tasks: readonly PlannedTask[];
  /** Years whose UN holidays were needed and are not known; the true working day is then the one given, or earlier. */
  readonly holidaysUnknown: readonly number[];
}

export interface PlanAt {
  readonly now: Instant;
  /** The day of the channel. */
  readonly today: Day;
  readonly holidays: Holidays;
  /** How long before the official deadline the team wants its own; the template's where it is left out. */
  readonly internal?: Offset;
}

export type Dated = Pick<Deadline, 'when' | 'certainty' | 'standing'>;

/** Makes a plan from a template, or says why it cannot. Days are those of the deadline's own zone. */
export function planOf(template: Template, deadline: Dated, at: PlanAt): { readonly plan: Plan } | { readonly refused: Unplannable } {
  const frame = frameOf(deadline, at, at.internal ?? template.internal);
  if ('refused' in frame) return frame;
  const laid = layOut(
    template.tasks.map(({ due }) => ownDay(due, frame)),
    frame,
  );
  const tasks = template.tasks.map(({ title, phase, suits, cluster }, index): PlannedTask => {
    return { number: index + 1, title, phase, suits, cluster, ...(laid[index] ?? { dueOn: frame.internal, compressed: false }) };
  });
  const { internal, day, holidaysUnknown } = frame;
  return { plan: { plannedFor: deadline.when, internal, last: tasks.map(({ dueOn }) => dueOn).reduce(later, day), tasks, holidaysUnknown } };
}

/** Where the tasks of a plan are laid. */
export interface Frame extends Room {
  /** The day of the deadline. */
  readonly day: Day;
  readonly internal: Day;
  /** What the team's own day would be, though it may be over. */
  readonly ownInternal: Day;
  readonly holidaysUnknown: readonly number[];
}

export function frameOf(deadline: Dated, { now, today, holidays }: PlanAt, lead: Offset): Frame | { readonly refused: Unplannable } {
  if (deadline.standing !== 'standing') return { refused: 'not-standing' };
  const day = plannedDay(deadline, today);
  if (day === null) return { refused: 'no-day' };
  if ((passesAt(deadline.when) ?? now) <= now) return { refused: 'passed' };
  // Where the channel's day has begun and that of the deadline is not over, the deadline's counts.
  const start = earlier(today, day);
  const { day: ownInternal, unchecked } = countBack(day, lead, holidays);
  const internal = ownInternal >= start ? ownInternal : settle(start, { start, end: day, holidays });
  return { day, internal, ownInternal, start, end: internal, holidays, holidaysUnknown: unchecked };
}

/** A suggested date has no day: work towards the first that is suggested, or the last where that one is over. */
export function plannedDay({ when, certainty }: Pick<Dated, 'when' | 'certainty'>, today: Day): Day | null {
  if (certainty === 'voluntary' && when.from !== null && when.to !== null) return when.from >= today ? when.from : when.to;
  return hasDay(when) && fires(certainty) ? when.from : null;
}

/** The working day on which a task of a template should be done, also where it is over. */
export function ownDay(due: Due, { day, ownInternal, holidays }: Pick<Frame, 'day' | 'ownInternal' | 'holidays'>): Day {
  if (due.side === 'internal') return ownInternal;
  if (due.side === 'before') return countBack(day, due.offset, holidays).day;
  const { count, unit } = due.offset;
  return unit === 'wd' ? workingDaysAfter(day, count, holidays) : nextWorkingDay(addDays(day, count), holidays);
}

function countBack(day: Day, { count, unit }: Offset, holidays: Holidays): { readonly day: Day; readonly unchecked: readonly number[] } {
  if (unit === 'wd' && count > 0) return workingDaysBefore(day, count, holidays);
  // The working day on it or before it: one working day before the day that follows.
  return workingDaysBefore(addDays(day, 1 - count), 1, holidays);
}

function nextWorkingDay(day: Day, holidays: Holidays): Day {
  return isWorkingDay(day, holidays) ? day : workingDaysAfter(day, 1, holidays);
}
