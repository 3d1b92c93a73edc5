/** Options of plans and tasks, read. What cannot be read is answered with what to write. */
import type { Deadline } from '../../domain/calendar/deadline.ts';
import type { Task } from '../../domain/team/task.ts';
import type { Template } from '../../domain/team/template.ts';
import { type Day, dayOf, isRealDay } from '../../domain/time.ts';
import type { Ask } from '../asked.ts';
import { timingOf } from '../channel.ts';
import { type Candidate, candidate, meant } from '../match.ts';
import { clip, oneLine, quoted } from '../quote.ts';
import { required, textOf, unread } from '../read-options.ts';
import { readUntil } from '../read-until.ts';
import { untilPlace } from '../setting-things.ts';
import { UserError } from '../user-error.ts';
import { type Seat, seatsOf } from './seat.ts';

export const LONGEST = { title: 200, reference: 300, reason: 200, cluster: 40 } as const;
const LONGEST_LABEL = 90;
/** `k3f9qd2m/7`, or `7` of the only plan of the channel. */
const TASK = /^(?:([a-z0-9]{8})\s*[/ ]\s*)?#?(\d{1,3})$/i;

/** The day of the channel. */
export function todayOf(ask: Ask): Day {
  return dayOf(ask.now, timingOf(ask).zone);
}

/** The date of a plan, as the installation sees it. */
export function deadlineOfPlan({ picture }: Ask, { whole }: Seat): Deadline | null {
  return picture.deadlines.get(whole.response.deadline) ?? null;
}

export async function plansIn(ask: Ask): Promise<readonly Candidate[]> {
  const seats = [...(await seatsOf(ask))].sort((a, b) => rank(a, ask) - rank(b, ask));
  return seats.map(({ whole: { response }, seen }) => {
    const title = seen.shows === 'titles' ? response.title : ask.words('team.plan.untitled');
    return candidate(response.id, clip(ask.words('team.complete.plan', { plan: response.id, title, status: response.status }), LONGEST_LABEL), [title]);
  });
}

/** Open plans of the channel first, closed ones last. */
function rank({ whole: { response } }: Seat, { channelId }: Ask): number {
  return (response.status === 'closed' ? 2 : 0) + (response.channel === channelId ? 0 : 1);
}

/** The plan that is named; where none is, the only open one of the channel. @throws UserError that says what to write. */
export async function planAsked(ask: Ask, name = 'plan'): Promise<Seat> {
  const seats = await seatsOf(ask);
  const typed = textOf(ask, name);
  if (typed === null) return onlyPlan(seats, ask);
  const exact = seats.find(({ whole }) => whole.response.id === typed.toLowerCase());
  if (exact !== undefined) return exact;
  const all = await plansIn(ask);
  const found = meant(typed, all);
  const seat = 'value' in found ? seats.find(({ whole }) => whole.response.id === found.value) : undefined;
  if (seat !== undefined) return seat;
  const near = 'value' in found ? [] : found;
  throw new UserError(
    near.length === 0
      ? ask.words('team.no-plan')
      : unread(
          'plan',
          typed,
          near.map(({ label }) => label),
          ask,
        ),
  );
}

function onlyPlan(seats: readonly Seat[], ask: Ask): Seat {
  const open = seats.filter(({ whole: { response } }) => response.status === 'open');
  const here = open.filter(({ whole: { response } }) => response.channel === ask.channelId);
  const [only, ...others] = here.length > 0 ? here : open;
  if (only === undefined) throw new UserError(ask.words('team.none-open'));
  if (others.length === 0) return only;
  const ids = [only, ...others].map(({ whole }) => whole.response.id).slice(0, 10);
  throw new UserError(ask.words('team.which-plan', { plans: ids.join(ask.words('list.comma')) }));
}

export async function tasksIn(ask: Ask): Promise<readonly Candidate[]> {
  const seats = [...(await seatsOf(ask))].filter(({ whole }) => whole.response.status === 'open').sort((a, b) => rank(a, ask) - rank(b, ask));
  return seats.flatMap(({ whole, seen }) =>
    [...whole.tasks]
      .sort((a, b) => Number(a.doneAt !== null) - Number(b.doneAt !== null))
      .map((task) => {
        const title = seen.shows === 'titles' ? task.title : ask.words('team.task.untitled', { number: task.number });
        const values = { number: task.number, title: clip(title, 60), plan: whole.response.id, state: stateOf(task) };
        return candidate(`${task.response}/${task.number}`, clip(ask.words('team.complete.task', values), LONGEST_LABEL), [title, `${task.number}`]);
      }),
  );
}

function stateOf({ doneAt, holder }: Task): 'done' | 'held' | 'free' {
  if (doneAt !== null) return 'done';
  return holder === null ? 'free' : 'held';
}

export interface TaskSeat extends Seat {
  readonly task: Task;
}

/** @throws UserError for a task that there is not, or not for who asks. */
export async function taskAsked(ask: Ask, name = 'task'): Promise<TaskSeat> {
  const typed = required(textOf(ask, name), name, ask);
  const [, plan, number] = TASK.exec(oneLine(typed)) ?? [];
  if (number !== undefined) return taskOf(await planAsked({ ...ask, options: plan === undefined ? {} : { plan } }), Number(number), ask);
  const found = meant(typed, await tasksIn(ask));
  if (!('value' in found)) {
    if (found.length === 0) throw new UserError(ask.words('team.no-task'));
    throw new UserError(
      unread(
        'task',
        typed,
        found.map(({ label }) => label),
        ask,
      ),
    );
  }
  const [id = '', own = ''] = found.value.split('/');
  return taskOf(await planAsked({ ...ask, options: { plan: id } }), Number(own), ask);
}

/** @throws UserError for a number that the plan does not have. */
export function taskOf(seat: Seat, number: number, { words }: Ask): TaskSeat {
  const task = seat.whole.tasks.find((one) => one.number === number);
  if (task === undefined) throw new UserError(words('team.no-task'));
  return { ...seat, task };
}

/** `2026-07-10`, `monday`, `3 days`. @throws UserError for what is no day. */
export function dayAsked(ask: Ask, name: string): Day | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const text = oneLine(typed);
  if (isRealDay(text)) return text;
  const at = readUntil(text, untilPlace(ask));
  if (at === null) throw new UserError(ask.words('option-error.day.unknown', { typed: quoted(typed), name }));
  return dayOf(at, timingOf(ask).zone);
}

/** Free text: on one line, without anything unseen, and bounded. @throws UserError where it is longer. */
export function freeText(ask: Ask, name: string, most: number): string | null {
  const text = oneLine((Object.hasOwn(ask.options, name) ? ask.options[name] : undefined) ?? '');
  const count = [...text].length;
  if (count > most) throw new UserError(ask.words('option-error.long', { name, count, most }));
  return text === '' ? null : text;
}

/** A whole number, spaces and marks of thousands aside. @throws UserError for what is none. */
export function numberAsked(ask: Ask, name: string, most: number): number | null {
  const typed = textOf(ask, name);
  if (typed === null) return null;
  const digits = oneLine(typed).replace(/[\s,.'’]/g, '');
  const number = /^\d{1,9}$/.test(digits) ? Number(digits) : most + 1;
  if (number > most) throw new UserError(ask.words('option-error.number', { typed: quoted(typed), name, most }));
  return number;
}

export function templatesIn({ deps }: Ask): readonly Candidate[] {
  return [...deps.templates.values()].map(({ id, title }: Template) => candidate(id, title));
}
