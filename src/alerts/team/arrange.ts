/** What a plan has before it by itself: reminders of its tasks, an edit of its card, the end of its retention. */
import { randomUUID } from 'node:crypto';
import { passesAt } from '../../domain/calendar/when.ts';
import { later } from '../../domain/team/lay-out.ts';
import { type NextStep, nextStep } from '../../domain/team/nag.ts';
import type { Response, WholeResponse } from '../../domain/team/response.ts';
import type { Task } from '../../domain/team/task.ts';
import { addDays, atWallClock, DAY, type Day, dayOf, endOfDay, type Instant, SECOND, startOfDay } from '../../domain/time.ts';
import type { Channel, Store } from '../../store/store.ts';

/** Kinds of wakeups whose subject is a plan, or a task of one. */
export const TEAM_KINDS = ['card', 'card-day', 'task', 'forget'] as const;
/** Changes that come so close together are one edit. */
export const CARD_PACE = 2 * SECOND;

/** The last day of a whole response: that of its last task, or of its date. */
export function lastDay({ response: { plannedFor, internal }, tasks }: WholeResponse): Day {
  return tasks.map(({ dueOn }) => dueOn).reduce(later, plannedFor.to ?? internal);
}

/** Has every card of a plan say how it stands; at once, or together with what changes in the next moment. */
export function editCards(store: Store, response: string, dueAt: Instant): Promise<void> {
  return store.wakeups.put({ kind: 'card', subject: response, dueAt, body: JSON.stringify({ edit: randomUUID() }) });
}

/** A card counts days, so it is edited when a new one begins, until nothing of the plan is left. */
export async function turnDay(store: Store, whole: WholeResponse, { zone }: Channel['profile'], now: Instant): Promise<void> {
  const { id, status } = whole.response;
  const tomorrow = addDays(dayOf(now, zone), 1);
  if (status !== 'open' || tomorrow > addDays(lastDay(whole), 1)) return store.wakeups.remove('card-day', id);
  await store.wakeups.set({ kind: 'card-day', subject: id, dueAt: startOfDay(tomorrow, zone), body: '{}' });
}

export function taskSubject({ response, number }: Pick<Task, 'response' | 'number'>): string {
  return `${response}/${number}`;
}

/** Sets when somebody is next asked about a task, from the present on; nobody is where its plan is closed. */
export async function remindOf(store: Store, whole: WholeResponse, task: Task, { channel, now }: { channel: Channel; now: Instant }): Promise<void> {
  const subject = taskSubject(task);
  const next = whole.response.status === 'open' ? upcomingStep(whole, task, channel, now) : null;
  if (next === null) return store.wakeups.remove('task', subject);
  const { zone, hour } = channel.profile;
  await store.wakeups.set({ kind: 'task', subject, dueAt: atWallClock(next.on, hour, zone), body: '{}' });
}

function upcomingStep(whole: WholeResponse, task: Task, { profile: { zone, hour } }: Channel, now: Instant): NextStep | null {
  const day = dayOf(now, zone);
  const today = atWallClock(day, hour, zone) > now ? day : addDays(day, 1);
  return nextStep(task, { today, last: lastDay(whole), zone });
}

/** When a plan is to be forgotten: so long after its date, or its close. */
export function forgottenAt({ plannedFor, internal, closedAt }: Response, { keepDays }: Pick<Channel, 'keepDays'>): Instant {
  const passed = passesAt(plannedFor) ?? endOfDay(internal, plannedFor.zone);
  return Math.min(passed, closedAt ?? passed) + keepDays * DAY;
}

export function forgetLater(store: Store, response: Response, channel: Channel): Promise<void> {
  return store.wakeups.set({ kind: 'forget', subject: response.id, dueAt: forgottenAt(response, channel), body: '{}' });
}
