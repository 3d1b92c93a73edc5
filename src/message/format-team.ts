/** Answers to those who work on a plan: what was done, what could not be, and what to do instead. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Unplannable } from '../domain/team/plan.ts';
import type { SignOn, WholeResponse } from '../domain/team/response.ts';
import type { Refusal, Task } from '../domain/team/task.ts';
import type { Day } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import type { Seen } from './content-team.ts';
import { dayInline, officialDate } from './dates.ts';
import { listItem, plainText } from './inline.ts';
import type { Action, Line, Message } from './message.ts';
import { closeAction, heldActions, postActions, undoAction } from './team-actions.ts';
import { deadlineTitle, holderLine, progressLine, referenceLine, signOnLine, taskTitle } from './team-lines.ts';

export interface TaskAnswer {
  readonly whole: WholeResponse;
  readonly task: Task;
  readonly seen: Seen;
}

/** What one may have done with a task. */
export type TaskDeed = 'claim' | 'assign' | 'release' | 'finish' | 'reopen' | 'snooze' | 'answer' | 'undo' | 'add';

/** What was done, with a way back. @param event names the change; null where it cannot be taken back */
export function formatTaskDone({ whole, task, seen }: TaskAnswer, did: { readonly what: TaskDeed; readonly event: number | null }, voice: Voice): Message {
  const { words } = voice;
  const { what, event } = did;
  const day = dayInline(task.dueOn, 'full', words);
  const until = task.snooze === null ? day : dayInline(task.snooze.until, 'full', words);
  const canGoOn = task.doneAt === null && task.holder !== null && (what === 'claim' || what === 'answer' || what === 'snooze');
  return message({
    tone: 'info',
    title: words(`team.did.${what}`),
    body: [
      words.line('team.did.task', { number: task.number, title: taskTitle(task, seen, words), day }),
      ...(what === 'claim' && task.holder?.kind !== 'person' ? [words.line('team.did.for', { holder: holderLine(task.holder, seen, words) })] : []),
      ...(what === 'assign' ? [words.line('team.did.to', { holder: holderLine(task.holder, seen, words) })] : []),
      ...(what === 'snooze' ? [words.line('team.did.until', { day: until })] : []),
      ...(what === 'finish' && task.reference !== null ? [referenceLine(task.reference, words)] : []),
    ],
    actions: [...(canGoOn ? heldActions(task, words) : []), ...(event === null ? [] : [undoAction(task.response, event, words)])],
    footer: plainText(words('team.card.footer', { plan: whole.response.id, template: 'none' })),
  });
}

/** Why it was not done, told to who tried, in private. @param isMine who tried has it already */
export function formatTaskRefused(
  { whole, task, seen }: TaskAnswer,
  { refused, isMine }: { readonly refused: Refusal; readonly isMine: boolean },
  voice: Voice,
): Message {
  const { words } = voice;
  const values = { title: taskTitle(task, seen, words), holder: holderLine(task.holder, seen, words), day: dayInline(whole.response.internal, 'full', words) };
  const isHeld = refused === 'nothing-new' || refused === 'held';
  const line = words.line(isHeld && isMine ? 'team.refused.yours' : `team.refused.${refused}`, values);
  return message({ tone: 'quiet', title: words('team.refused.title'), body: [line], actions: isHeld && isMine ? heldActions(task, words) : [] });
}

/** That a change could not be taken back. */
export function formatNotUndone(why: 'too-late' | 'changed-since' | 'not-there', { words }: Voice): Message {
  return message({ tone: 'quiet', title: words('team.not-undone'), body: [plainText(words(`team.not-undone.${why}`))] });
}

/** A plan that was begun; what it rests on, and what is kept of it. */
export function formatBegun(
  whole: WholeResponse,
  { keepDays, holidaysUnknown }: { readonly keepDays: number; readonly holidaysUnknown: boolean },
  voice: Voice,
): Message {
  const { words } = voice;
  const { response, tasks } = whole;
  const compressed = tasks.filter((task) => task.compressed).length;
  const lines: Line[] = [
    words.line('team.begun.date', { date: officialDate({ when: response.plannedFor }, voice) }),
    words.line('team.card.internal', { day: dayInline(response.internal, 'full', words) }),
    plainText(words('team.begun.tasks', { count: tasks.length })),
    ...(compressed === 0 ? [] : [plainText(words('team.begun.compressed', { count: compressed }))]),
    ...(holidaysUnknown ? [plainText(words('team.begun.holidays'))] : []),
    ...['drafts', 'names', 'operator'].map((what) => listItem(plainText(words(`team.safety.${what}`)), words)),
    listItem(plainText(words('team.safety.kept', { count: keepDays })), words),
  ];
  const footer = plainText(words('team.card.footer', { plan: response.id, template: response.template }));
  return message({ tone: 'info', title: words('team.begun.title', { title: response.title }), body: lines, footer });
}

/** Why no plan can be made for a date, and what to do. */
export function formatUnplannable(deadline: Deadline, refused: Unplannable, voice: Voice): Message {
  const { words } = voice;
  return message({
    tone: 'quiet',
    title: words('team.unplannable.title', { title: deadlineTitle(deadline, voice) }),
    body: [officialDate(deadline, voice), plainText(words(`team.unplannable.${refused}`, { deadline: deadline.id }))],
  });
}

/** Before the first card in a channel that many read. @param about what is to be planned, as an argument */
export function formatOpenChannel({ platform, isKnown }: { readonly platform: string; readonly isKnown: boolean }, about: string, { words }: Voice): Message {
  return message({
    tone: 'warning',
    title: words('team.open-channel.title'),
    body: [
      plainText(words(isKnown ? 'team.open-channel.known' : 'team.open-channel.unknown', { platform })),
      plainText(words('team.open-channel.says')),
      ...['drafts', 'names', 'operator'].map((what) => listItem(plainText(words(`team.safety.${what}`)), words)),
    ],
    actions: postActions(about, words),
  });
}

export function formatNotHere({ words }: Voice): Message {
  return message({ tone: 'quiet', title: words('team.not-here.title'), body: [plainText(words('team.not-here'))] });
}

/** A plan that was closed. */
export function formatClosed(whole: WholeResponse, today: Day, { words }: Voice): Message {
  const { reference, reason, title, id } = whole.response;
  const end = reference === null ? words.line('team.card.closed-because', { reason: reason ?? '' }) : referenceLine(reference, words);
  return message({
    tone: 'quiet',
    title: words('team.closed.title', { title }),
    body: [end, progressLine(whole, today, words), plainText(words('team.closed.stays'))],
    footer: plainText(words('team.card.footer', { plan: id, template: 'none' })),
  });
}

/** What is needed to close a plan: a reference, or why there is none. */
export function formatCloseQuestion({ response }: WholeResponse, { words }: Voice): Message {
  const text = plainText(words('team.close.ask', { plan: response.id }));
  return message({ tone: 'info', title: words('team.close.title', { title: response.title }), body: [text], actions: [closeAction(response.id, words)] });
}

export function formatSignOn(whole: WholeResponse, signOn: SignOn, today: Day, { words }: Voice): Message {
  const line = signOnLine({ signOn }, today, words);
  return message({ tone: 'info', title: words('team.sign-on.title', { title: whole.response.title }), body: [line, plainText(words('team.safety.names'))] });
}

/** A file as text, to be copied: as many lines as a page holds. */
export function formatExport(title: string, text: string, { words }: Voice): Message {
  const body = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line): Line => plainText(line));
  return message({ tone: 'quiet', title: words('team.export.title', { title }), body, footer: plainText(words('team.export.footer')) });
}

/** Which task is done, of those that one may have. */
export function formatWhich(select: Action, { words }: Voice): Message {
  return message({ tone: 'info', title: words('team.which.title'), body: [plainText(words('team.which.text'))], actions: [select] });
}

export function formatNoneToFinish({ words }: Voice): Message {
  return message({ tone: 'quiet', title: words('team.which.title'), body: [plainText(words('team.which.none'))] });
}
