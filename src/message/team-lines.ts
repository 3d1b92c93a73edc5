/** Pieces of what is told of plans: tasks, who has them, how far a plan is. Ids are shown to their own side alone. */
import type { Deadline } from '../domain/calendar/deadline.ts';
import { filledCells, isLate, progressOf } from '../domain/team/progress.ts';
import type { Response, WholeResponse } from '../domain/team/response.ts';
import { type Holder, isSameSide, type Task } from '../domain/team/task.ts';
import type { Day } from '../domain/time.ts';
import type { Voice } from './content.ts';
import type { Seen } from './content-team.ts';
import { dayInline } from './dates.ts';
import { joinLines, link, listItem, plainText, text } from './inline.ts';
import type { Inline, Line } from './message.ts';
import { whoOf } from './names.ts';
import { hostOf } from './sources.ts';
import type { Words } from './words.ts';

const CELLS = 10;

/** The title of a task, or its number where its side shows no titles. */
export function taskTitle({ number, title }: Pick<Task, 'number' | 'title'>, { by, shows }: Seen, words: Words): string {
  return by === 'partner' && shows === 'states' ? words('team.task.untitled', { number }) : title;
}

/** What a plan is called; by its date alone where its side shows no titles. */
export function planTitle(
  { title }: Pick<Response, 'title'>,
  deadline: Deadline | null,
  { seen, voice }: { readonly seen: Seen; readonly voice: Voice },
): string {
  if (seen.by === 'owner' || seen.shows === 'titles') return title;
  return deadline === null ? voice.words('team.plan.untitled') : deadlineTitle(deadline, voice);
}

/** `Kenya: stakeholder submission`. */
export function deadlineTitle(deadline: Deadline, voice: Voice): string {
  return voice.words('title.of', { who: whoOf([deadline], voice), what: voice.words(`kind.${deadline.kind}`) });
}

/** Who has it. A name is rendered by the platform, and only for its own side. */
export function holderLine(holder: Holder | null, { side, names }: Seen, words: Words): Line {
  if (holder === null) return plainText(words('team.holder.nobody'));
  if (!isSameSide(holder.side, side)) return plainText(words('team.holder.other-side'));
  if (holder.kind === 'cluster') return plainText(words('team.holder.cluster', { name: holder.name }));
  return names ? [whoInline(holder, words)] : plainText(words(`team.holder.${holder.kind}`));
}

function whoInline({ kind, id }: Exclude<Holder, { kind: 'cluster' }>, words: Words): Inline {
  return { type: kind === 'person' ? 'user' : 'role', id, text: words(`team.holder.${kind}`) };
}

interface Telling {
  readonly today: Day;
  readonly seen: Seen;
  readonly voice: Voice;
}

/** `7 Write the first draft · 10 July 2026 · nobody yet (drafting lead) · late`. */
export function taskLine(task: Task, { today, seen, voice }: Telling): Line {
  const { words } = voice;
  const isOpen = task.doneAt === null;
  const marks = [isLate(task, today) ? ['late'] : [], isOpen && task.compressed ? ['compressed'] : [], isOpen && isResting(task, today) ? ['snoozed'] : []];
  const parts: Line[] = [
    nameOf(task, seen, words),
    isOpen ? [dayInline(task.dueOn, 'short', words)] : [],
    isOpen || task.holder !== null ? holderLine(task.holder, seen, words) : [],
    ...(task.holder === null && isOpen && task.suits !== null && showsTitles(seen) ? [plainText(words('team.task.suits', { role: task.suits }))] : []),
    ...(task.cluster !== null && seen.by === 'owner' && !holdsOwn(task) ? [plainText(words('team.holder.cluster', { name: task.cluster }))] : []),
    ...marks.flat().map((mark) => plainText(words(`team.mark.${mark}`))),
    isOpen || task.reference === null || !isOwn(task, seen) ? [] : referenceLine(task.reference, words),
  ];
  return listItem(joinLines(parts, words('separator')), words);
}

/** With its number, unless that is all that is shown of it. */
function nameOf(task: Task, seen: Seen, words: Words): Line {
  const title = taskTitle(task, seen, words);
  const name = showsTitles(seen) ? words.line('team.task.line', { number: task.number, title }) : plainText(title);
  return task.doneAt === null ? name : words.line('team.task.done-line', { name });
}

/** The cluster that it belongs to has it: said once. */
function holdsOwn({ holder, cluster }: Task): boolean {
  return holder?.kind === 'cluster' && holder.name === cluster;
}

function isResting({ snooze }: Task, today: Day): boolean {
  return snooze !== null && snooze.until >= today;
}

export function showsTitles({ by, shows }: Seen): boolean {
  return by === 'owner' || shows === 'titles';
}

/** Notes and references stay on the side that wrote them. */
function isOwn({ holder }: Task, { by, side }: Seen): boolean {
  return holder === null ? by === 'owner' : isSameSide(holder.side, side);
}

/** A link where it is one that a browser opens safely, else what was written. */
export function referenceLine(reference: string, words: Words): Line {
  const shown = reference.startsWith('https://') && URL.canParse(reference) ? link(hostOf(reference), reference) : text(reference);
  return words.line('team.reference', { reference: [shown] });
}

/** `■■■□□□□□□□ 3 of 12 done · 2 late · 4 nobody has`. */
export function progressLine({ tasks }: Pick<WholeResponse, 'tasks'>, today: Day, words: Words): Line {
  const progress = progressOf(tasks, today);
  const { total, done, late, unclaimed } = progress;
  const full = filledCells(progress, CELLS);
  const bar = total === 0 ? '' : '■'.repeat(full) + '□'.repeat(CELLS - full);
  const parts = [
    plainText(words('team.progress', { bar, done, total }).trim()),
    late === 0 ? [] : plainText(words('team.progress.late', { count: late })),
    unclaimed === 0 ? [] : plainText(words('team.progress.unclaimed', { count: unclaimed })),
  ];
  return joinLines(parts, words('separator'));
}

/** Closing day, count and link; empty where there is no sign-on. */
export function signOnLine({ signOn }: Pick<Response, 'signOn'>, today: Day, words: Words): Line {
  if (signOn === null) return [];
  const { closesOn, count, link: list } = signOn;
  const line = words.line(closesOn < today ? 'team.sign-on.closed' : 'team.sign-on.open', { day: dayInline(closesOn, 'short', words), count });
  return list === null ? line : joinLines([line, [link(words('team.sign-on.list'), list)]], words('separator'));
}

/** Tasks under their phases, in their order. */
export function byPhase(tasks: readonly Task[]): ReadonlyMap<string, readonly Task[]> {
  return Map.groupBy(tasks, ({ phase }) => phase);
}
