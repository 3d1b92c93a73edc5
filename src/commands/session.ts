import type { Picture } from '../domain/calendar/diff.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { sortsAt } from '../domain/calendar/when.ts';
import type { SessionAnswer } from '../message/content.ts';
import { formatSession } from '../message/format-session.ts';
import { groupDeadlines } from '../message/group.ts';
import type { Run } from './asked.ts';
import { required, sessionOf } from './read-options.ts';
import { UserError } from './user-error.ts';

export const runSession: Run = async (ask) => {
  const number = required(sessionOf(ask), 'session', ask);
  const message = formatSession(sessionAnswer(ask.facts, ask.picture, number), ask.voice);
  return { message, audience: 'asker', again: { command: 'session', options: { session: String(number) } } };
};

/** A session with its States in order and its dates, those of all States told once. @throws UserError for a session not in the calendar. */
export function sessionAnswer(facts: CalendarFacts, picture: Picture, number: number): SessionAnswer {
  const session = facts.sessions.get(number);
  if (session === undefined) {
    const known = [...facts.sessions.keys()];
    throw new UserError(`The calendar has no session ${number}; it has ${Math.min(...known)} to ${Math.max(...known)}.`);
  }
  const reviews = session.reviews.map(({ state }) => picture.reviews.get(`${number}-${state}`)).filter((review) => review !== undefined);
  const council = session.council?.session ?? reviews[0]?.council ?? null;
  const dates = [...picture.deadlines.values()].filter((deadline) => deadline.session === number || (council !== null && deadline.council === council));
  const groups = [...groupDeadlines(dates)].sort((a, b) => sortsAt(a.sample.when) - sortsAt(b.sample.when));
  return { session, reviews, groups };
}
