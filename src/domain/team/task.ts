/** One piece of the work that a deadline asks for, and what may be done with it. Pure: who may do it is asked elsewhere. */
import { addDays, type Day, type Instant, MINUTE } from '../time.ts';

/** A server or workspace on a platform. */
export interface Side {
  readonly platform: string;
  readonly installation: string;
}

/** Who has a task. No name is ever needed: a role or "someone of cluster X" is as good as a person. Ids are the platform's own. */
export type Holder =
  | { readonly kind: 'person'; readonly side: Side; readonly id: string }
  | { readonly kind: 'role'; readonly side: Side; readonly id: string }
  | { readonly kind: 'cluster'; readonly side: Side; readonly name: string };

/** How far a silent holder has been asked: not yet, asked, warned. After that the task goes back to the team. */
export type Asked = 'not-yet' | 'asked' | 'warned';

export interface Snooze {
  /** The last day of peace. */
  readonly until: Day;
  readonly reason: string;
}

export interface Task {
  readonly response: string;
  /** Counts from 1 in its response, in the order of the plan. */
  readonly number: number;
  readonly title: string;
  readonly phase: string;
  /** The role that the template names for it, in its words; null for anybody. */
  readonly suits: string | null;
  /** Which part of a coalition it belongs to; null for all. */
  readonly cluster: string | null;
  readonly dueOn: Day;
  /** True where its time was over before the plan began, and it was moved to fit. */
  readonly compressed: boolean;
  readonly holder: Holder | null;
  readonly doneAt: Instant | null;
  /** A link or a reference, such as the receipt of a submission. */
  readonly reference: string | null;
  readonly snooze: Snooze | null;
  readonly asked: Asked;
  /** When it was last asked or warned; null where it was not, or where it was answered since. The next step counts from here. */
  readonly askedAt: Instant | null;
  /** When its holder was last heard: claimed, answered, snoozed. Null while nobody has it. */
  readonly heardAt: Instant | null;
  /** Rises with each change; a change counts only on the version it was read at. */
  readonly version: number;
}

export type Deed =
  /** Takes it for oneself, one's role or one's cluster. */
  | { readonly do: 'claim'; readonly as: Holder }
  /** Gives it to somebody, also where somebody has it. */
  | { readonly do: 'assign'; readonly to: Holder }
  | { readonly do: 'release' }
  | { readonly do: 'finish'; readonly reference: string | null; readonly as: Holder }
  | { readonly do: 'reopen' }
  | { readonly do: 'snooze'; readonly snooze: Snooze }
  /** Its holder says that it goes on. */
  | { readonly do: 'answer' }
  /** The holder was silent: one step further. */
  | { readonly do: 'ask' }
  | { readonly do: 'hand-back' };

export type Refusal = 'held' | 'done' | 'not-held' | 'not-done' | 'beyond-the-date' | 'in-the-past' | 'nothing-new';

export type Outcome = { readonly task: Task } | { readonly refused: Refusal };

/** How long a change may be taken back. */
export const UNDO_WITHIN = 10 * MINUTE;

/**
 * What a deed makes of a task.
 *
 * @param at the present, the day of the channel and the last day of the whole response
 */
export function doTo(task: Task, deed: Deed, at: { readonly now: Instant; readonly today: Day; readonly last: Day }): Outcome {
  const refusal = refusalOf(task, deed, at);
  if (refusal !== null) return { refused: refusal };
  return { task: { ...task, ...changeOf(deed, task, at.now), version: task.version + 1 } };
}

function refusalOf(task: Task, deed: Deed, { today, last }: { today: Day; last: Day }): Refusal | null {
  switch (deed.do) {
    case 'claim':
      if (task.doneAt !== null) return 'done';
      if (task.holder === null) return null;
      return isSame(task.holder, deed.as) ? 'nothing-new' : 'held';
    case 'assign':
      if (task.doneAt !== null) return 'done';
      return task.holder !== null && isSame(task.holder, deed.to) ? 'nothing-new' : null;
    case 'finish':
      return task.doneAt === null ? null : 'done';
    case 'reopen':
      return task.doneAt === null ? 'not-done' : null;
    case 'snooze':
      if (task.doneAt !== null) return 'done';
      if (deed.snooze.until > addDays(last, -1)) return 'beyond-the-date';
      return deed.snooze.until < today ? 'in-the-past' : null;
    case 'release':
    case 'answer':
    case 'ask':
    case 'hand-back':
      if (task.doneAt !== null) return 'done';
      return task.holder === null ? 'not-held' : null;
  }
}

const QUIET = { asked: 'not-yet', askedAt: null, snooze: null } as const;

function changeOf(deed: Deed, task: Task, now: Instant): Partial<Task> {
  switch (deed.do) {
    case 'claim':
      return { ...QUIET, holder: deed.as, heardAt: now };
    case 'assign':
      // Who was given a task has not been heard yet, and is asked in the usual time from now on.
      return { ...QUIET, holder: deed.to, heardAt: now };
    case 'release':
    case 'hand-back':
      return { ...QUIET, holder: null, heardAt: null };
    case 'finish':
      return { ...QUIET, holder: task.holder ?? deed.as, doneAt: now, reference: deed.reference };
    case 'reopen':
      return { ...QUIET, doneAt: null, reference: null, heardAt: task.holder === null ? null : now };
    case 'snooze':
      return { snooze: deed.snooze, asked: 'not-yet', askedAt: null, heardAt: task.holder === null ? null : now };
    case 'answer':
      return { asked: 'not-yet', askedAt: null, heardAt: now };
    case 'ask':
      return { asked: task.asked === 'not-yet' ? 'asked' : 'warned', askedAt: now };
  }
}

export function isSame(a: Holder, b: Holder): boolean {
  if (a.kind !== b.kind || !isSameSide(a.side, b.side)) return false;
  return a.kind === 'cluster' ? b.kind === 'cluster' && a.name === b.name : b.kind !== 'cluster' && a.id === b.id;
}

export function isSameSide(a: Side, b: Side): boolean {
  return a.platform === b.platform && a.installation === b.installation;
}
