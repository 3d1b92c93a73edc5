/** A plan as a calendar file: an entry for each task that is not done, and one for the official date. Holds no ids of people. */
import ical from 'ical-generator';
import type { WholeResponse } from '../domain/team/response.ts';
import type { Day, Instant } from '../domain/time.ts';
import { clean } from './clean.ts';

/** One line a property, so that it can be copied from a chat; readers take long lines. What the standard does not know is left out. */
export function toIcs({ response, tasks }: WholeResponse, now: Instant): string {
  const calendar = ical({ name: clean(response.title), prodId: '//upr-watch//plans//EN' });
  const add = (id: string, day: Day, summary: string) =>
    calendar.createEvent({ id: `${response.id}-${id}@upr-watch`, start: midnight(day), allDay: true, stamp: new Date(now), summary: clean(summary) });
  for (const task of tasks) if (task.doneAt === null) add(String(task.number), task.dueOn, task.title);
  if (response.plannedFor.from !== null) add('date', response.plannedFor.from, response.title);
  return calendar
    .toString()
    .replace(/\r\n[ \t]/g, '')
    .replace(/^X-MICROSOFT-.*\r\n/gm, '');
}

function midnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
