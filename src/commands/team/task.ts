/** Commands on one task of a plan. */
import type { Holder } from '../../domain/team/task.ts';
import { formatTaskDone } from '../../message/format-team.ts';
import type { Ask, Run } from '../asked.ts';
import { memberOf } from '../read-member.ts';
import { required } from '../read-options.ts';
import { roleOf } from '../read-settings.ts';
import { UserError } from '../user-error.ts';
import { doTask } from './do-task.ts';
import { dayAsked, freeText, LONGEST, planAsked, taskAsked } from './read-plan.ts';
import { actorOf, demandOwn, sideOf } from './seat.ts';

/** More than a plan may have. */
const MOST_TASKS = 60;

const claim: Run = async (ask) => doTask(ask, await taskAsked(ask), { do: 'claim', as: claimerOf(ask) });

const assign: Run = async (ask) => doTask(ask, await taskAsked(ask), { do: 'assign', to: required(holderAsked(ask), 'to', ask) });

const done: Run = async (ask) => {
  const seat = await taskAsked(ask);
  return doTask(ask, seat, { do: 'finish', reference: freeText(ask, 'reference', LONGEST.reference), as: self(ask) });
};

const release: Run = async (ask) => doTask(ask, await taskAsked(ask), { do: 'release' });

const snooze: Run = async (ask) => {
  const seat = await taskAsked(ask);
  const until = required(dayAsked(ask, 'until'), 'until', ask);
  const reason = required(freeText(ask, 'reason', LONGEST.reason), 'reason', ask);
  return doTask(ask, seat, { do: 'snooze', snooze: { until, reason } });
};

const reopen: Run = async (ask) => doTask(ask, await taskAsked(ask), { do: 'reopen' });

/** One more task, for what no template knew. */
const add: Run = async (ask) => {
  const { words, deps } = ask;
  const title = required(freeText(ask, 'title', LONGEST.title), 'title', ask);
  const dueOn = required(dayAsked(ask, 'due'), 'due', ask);
  const cluster = freeText(ask, 'cluster', LONGEST.cluster);
  const seat = await planAsked(ask);
  demandOwn(seat, ask);
  const added = await deps.teamwork.change(
    seat.whole.response.id,
    (whole) => {
      if (whole.response.status === 'closed') return { refused: 'closed' as const };
      if (whole.tasks.length >= MOST_TASKS) return { refused: 'full' as const };
      const number = Math.max(0, ...whole.tasks.map((task) => task.number)) + 1;
      const fresh = { holder: null, doneAt: null, reference: null, snooze: null, asked: 'not-yet', askedAt: null, heardAt: null, version: 1 } as const;
      const task = { ...fresh, response: whole.response.id, number, title, phase: words('team.phase.added'), suits: null, cluster, dueOn, compressed: false };
      return { ...whole, tasks: [...whole.tasks, task] };
    },
    actorOf(ask),
    'add',
  );
  if ('refused' in added) throw new UserError(words(`team.not-added.${added.refused}`, { most: MOST_TASKS }));
  const task = added.tasks.at(-1);
  if (task === undefined) throw new UserError(words('team.no-task'));
  return { message: formatTaskDone({ whole: added, seen: seat.seen, task }, { what: 'add', event: null }, ask.voice), audience: 'asker', again: null };
};

export const TASK_RUNS: Readonly<Record<string, Run>> = {
  'task claim': claim,
  'task assign': assign,
  'task done': done,
  'task release': release,
  'task snooze': snooze,
  'task reopen': reopen,
  'task add': add,
};

export function self(ask: Ask): Holder {
  return { kind: 'person', side: sideOf(ask), id: ask.by.id };
}

/** For oneself, for one's own role, or for a cluster. @throws UserError for a role of others: that is to assign it. */
function claimerOf(ask: Ask): Holder {
  const holder = holderOf(ask, roleOf(ask, 'role'));
  if (holder?.kind === 'role' && !ask.by.ids.includes(holder.id)) throw new UserError(ask.words('team.not-your-role'));
  return holder ?? self(ask);
}

function holderAsked(ask: Ask): Holder | null {
  const id = memberOf(ask, 'to');
  const role = roleOf(ask, 'role');
  if ([id, role, freeText(ask, 'cluster', LONGEST.cluster)].filter((one) => one !== null).length > 1) throw new UserError(ask.words('team.one-holder'));
  return id === null ? holderOf(ask, role) : { kind: 'person', side: sideOf(ask), id };
}

function holderOf(ask: Ask, role: string | null): Holder | null {
  if (role !== null) return { kind: 'role', side: sideOf(ask), id: role };
  const cluster = freeText(ask, 'cluster', LONGEST.cluster);
  return cluster === null ? null : { kind: 'cluster', side: sideOf(ask), name: cluster };
}
