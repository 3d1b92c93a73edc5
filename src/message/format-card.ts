/** The living message of a plan: the official date first, how far it is, what comes next and who has it. Read on a phone. */

import { whenKey } from '../domain/calendar/when.ts';
import type { Task } from '../domain/team/task.ts';
import { addDays } from '../domain/time.ts';
import type { Draft } from './build.ts';
import type { Voice } from './content.ts';
import type { CardContent } from './content-team.ts';
import { dayInline, officialDate, timeLeft } from './dates.ts';
import { bold, joinLines, plainText } from './inline.ts';
import type { Line } from './message.ts';
import { cardActions } from './team-actions.ts';
import { byPhase, holderLine, planTitle, progressLine, referenceLine, showsTitles, signOnLine, taskLine, taskTitle } from './team-lines.ts';

/** Open tasks that a card names, and those done a moment ago. */
const NEXT_TASKS = 8;

type Plan = Omit<CardContent, 'type'>;

export function formatCard(card: Plan, voice: Voice): Draft {
  const { tasks, response } = card.whole;
  const open = [...tasks].filter(({ doneAt }) => doneAt === null).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number));
  const shown = open.slice(0, NEXT_TASKS);
  const left = open.length - shown.length;
  const more = left === 0 ? [] : [plainText(voice.words('team.card.more', { count: left, plan: response.id }))];
  return planDraft(card, response.status === 'closed' ? [] : [...phaseLines(shown, card, voice), ...more], voice);
}

/** All of it, for pages. */
export function formatPlan(card: Plan, voice: Voice): Draft {
  return planDraft(card, phaseLines(card.whole.tasks, card, voice), voice);
}

function planDraft(card: Plan, tasks: readonly Line[], voice: Voice): Draft {
  const { whole, deadline, today, seen } = card;
  const { response } = whole;
  const { words, reader } = voice;
  const title = planTitle(response, deadline, { seen, voice });
  return {
    tone: response.status === 'closed' ? 'quiet' : 'info',
    title: reader.discreet ? words('team.card.discreet') : title,
    body: [
      ...(reader.discreet ? [[bold(title)]] : []),
      dateLine(card, voice),
      words.line('team.card.internal', { day: dayInline(response.internal, 'full', words) }),
      ...endLines(card, voice),
      progressLine(whole, today, words),
      nextLine(card, voice),
      ...(seen.by === 'owner' ? [signOnLine(response, today, words)] : []),
      ...tasks,
    ],
    actions: cardActions(whole, { words, titleOf: (task) => taskTitle(task, seen, words) }),
    footer: plainText(words('team.card.footer', { plan: response.id, template: showsTitles(seen) ? response.template : 'none' })),
  };
}

/** The date as it is now; where the plan was made for another, that is said. */
function dateLine({ whole, deadline }: Plan, voice: Voice): Line {
  const { words, reader } = voice;
  const { plannedFor, status } = whole.response;
  const now = deadline ?? { when: plannedFor };
  const left = deadline === null ? null : timeLeft(deadline, reader.now, words);
  const line = joinLines([officialDate(now, voice), left === null ? [] : plainText(left)], words('separator'));
  if (status === 'closed') return line;
  if (deadline === null) return joinLines([line, plainText(words('team.card.gone'))], words('separator'));
  const isMoved = whenKey(deadline.when) !== whenKey(plannedFor);
  return isMoved ? joinLines([line, plainText(words('team.card.moved', { plan: whole.response.id }))], words('separator')) : line;
}

function endLines({ whole, seen }: Plan, { words }: Voice): readonly Line[] {
  const { status, reference, reason } = whole.response;
  if (status === 'open') return [];
  if (seen.by === 'partner') return [plainText(words('team.card.closed'))];
  if (reference !== null) return [joinLines([plainText(words('team.card.closed')), referenceLine(reference, words)], words('separator'))];
  return [words.line('team.card.closed-because', { reason: reason ?? '' })];
}

function nextLine({ whole, today, seen }: Plan, { words }: Voice): Line {
  if (whole.response.status === 'closed') return [];
  const open = whole.tasks.filter(({ doneAt }) => doneAt === null);
  const next = open.reduce<Task | null>((first, task) => (first === null || task.dueOn < first.dueOn ? task : first), null);
  if (next === null) return whole.tasks.length === 0 ? [] : plainText(words('team.card.all-done', { plan: whole.response.id }));
  const title = taskTitle(next, seen, words);
  const near = next.dueOn < today ? 'late' : next.dueOn === today ? 'today' : next.dueOn === addDays(today, 1) ? 'tomorrow' : 'later';
  return words.line('team.card.next', { title, day: dayInline(next.dueOn, 'full', words), near, holder: holderLine(next.holder, seen, words) });
}

function phaseLines(tasks: readonly Task[], { today, seen }: Plan, voice: Voice): readonly Line[] {
  const line = (task: Task) => taskLine(task, { today, seen, voice });
  if (!showsTitles(seen)) return tasks.map(line);
  return [...byPhase(tasks)].flatMap(([phase, its]) => [[bold(phase)], ...its.map(line)]);
}
