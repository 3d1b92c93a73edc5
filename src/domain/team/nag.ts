/** What a task asks for, and on which day: hands while nobody has it, a word from whoever has it and is silent. */
import { addDays, type Day, dayOf, weekday, type Zone } from '../time.ts';
import { later } from './lay-out.ts';
import type { Task } from './task.ts';

export type Step = 'ask-team' | 'ask-holder' | 'warn-holder' | 'hand-back';

export interface NextStep {
  readonly step: Step;
  /** At the alert hour of the channel. */
  readonly on: Day;
}

export interface NagAt {
  /** The day of the channel, or the next where today's step was taken already. */
  readonly today: Day;
  /** The last day of the whole response; nothing is asked after it. */
  readonly last: Day;
  /** That of the channel: on which day somebody was heard. */
  readonly zone: Zone;
}

/** Days before the day of a task on which the team is asked who takes it; the last is the day after. */
const TEAM_LEADS = [7, 3, 1, -1];
/** How long before its day a task that nobody has is named in digests. */
const DIGEST_LEAD = 14;
/** A holder is asked so many days before the day of the task, … */
const HOLDER_LEAD = 7;
/** … or after so many days of silence, … */
const LONG_SILENCE = 14;
/** … but heard so lately nobody is asked again. */
const SHORT_SILENCE = 3;
/** Days to answer a question or a warning; one where the day of the task is over. */
const PATIENCE = 2;

/**
 * The next step from `today` on, or null when there is none. A snooze holds until its last day; any answer of a holder
 * begins anew; nobody loses a task without having been asked and warned. Nothing falls on a weekend.
 */
export function nextStep(task: Task, at: NagAt): NextStep | null {
  if (task.doneAt !== null) return null;
  const next = task.holder === null ? askTeam(task, at) : pressHolder(task, at);
  return next !== null && next.on <= at.last ? next : null;
}

/** True for a task that a digest names because nobody has it and its day is near, or over. */
export function wantsHands(task: Task, today: Day): boolean {
  if (task.doneAt !== null || task.holder !== null) return false;
  return addDays(task.dueOn, -DIGEST_LEAD) <= today && (task.snooze === null || task.snooze.until < today);
}

/** Where peace covers a lead, the team is asked on the first day after it. */
function askTeam(task: Task, at: NagAt): NextStep | null {
  const first = peaceEnds(task, at);
  const days = TEAM_LEADS.map((lead) => later(lead > 0 ? fridayBefore(addDays(task.dueOn, -lead)) : mondayAfter(addDays(task.dueOn, -lead)), first));
  const on = days.find((day) => day >= at.today);
  return on === undefined ? null : { step: 'ask-team', on };
}

function pressHolder(task: Task, at: NagAt): NextStep {
  const on = (day: Day) => mondayAfter(later(later(day, peaceEnds(task, at)), at.today));
  if (task.asked === 'not-yet' || task.askedAt === null) return { step: 'ask-holder', on: on(askHolderOn(task, at)) };
  const asked = dayOf(task.askedAt, at.zone);
  const next = mondayAfter(addDays(asked, asked > task.dueOn ? 1 : PATIENCE));
  return { step: task.asked === 'asked' ? 'warn-holder' : 'hand-back', on: on(next) };
}

function askHolderOn({ dueOn, heardAt }: Task, { today, zone }: NagAt): Day {
  const heard = heardAt === null ? today : dayOf(heardAt, zone);
  const near = later(addDays(dueOn, -HOLDER_LEAD), addDays(heard, SHORT_SILENCE));
  const late = later(addDays(dueOn, 1), addDays(heard, 1));
  return [addDays(heard, LONG_SILENCE), near, late].reduce((a, b) => (a < b ? a : b));
}

/** The first day on which a task may be spoken of; a snooze that reaches the end of the response ends a day before it. */
function peaceEnds({ snooze }: Task, { last }: NagAt): Day {
  if (snooze === null) return '';
  const ends = addDays(snooze.until, 1);
  return mondayAfter(ends < last ? ends : last);
}

function mondayAfter(day: Day): Day {
  return weekday(day) < 6 ? day : addDays(day, 8 - weekday(day));
}

function fridayBefore(day: Day): Day {
  return weekday(day) < 6 ? day : addDays(day, 5 - weekday(day));
}
