/** What people do with plans: each change is made once on the latest version, logged, shown on every card and told in its thread. */
import type { WholeResponse } from '../../domain/team/response.ts';
import { type Deed, doTo, isSameSide, type Refusal, type Task, UNDO_WITHIN } from '../../domain/team/task.ts';
import type { Actor, Did, NotUndone, Teamwork } from '../../domain/team/teamwork.ts';
import { dayOf, type Instant, SECOND } from '../../domain/time.ts';
import type { Channel, Store } from '../../store/store.ts';
import { CARD_PACE, editCards, forgetLater, lastDay, remindOf, turnDay } from './arrange.ts';
import { teamAlert } from './bodies.ts';
import { createTurns, type Turn } from './turns.ts';

export interface TeamworkDeps {
  readonly store: Store;
  readonly now: () => Instant;
}

/** What happens so close together is one message in a thread. */
const HISTORY_PACE = 5 * SECOND;
/** Each time that a change is tried anew, another one was made: more than this is no race. */
const TRIES = 100;
/** How far back a change is looked for that is to be taken back; ten minutes have no more. */
const LATELY = 500;

/** Somebody else was faster; what was begun is undone, and tried on what they left. */
class Overtaken extends Error {}

export function createTeamwork({ store, now }: TeamworkDeps): Teamwork {
  const inTurn = createTurns<Plan>();
  return {
    begin: (whole, by) => store.transaction((trx) => begin(trx, whole, { by, now: now() })),
    deed: (response, number, deed, by) => inTurn(`${response}/${number}`, (turn) => doDeed(store, turn, { response, number, deed, by, now })),
    change: (id, change, by, what) =>
      retried(async () => {
        const read = await readPlan(store, id);
        if (read === null) return { refused: 'not-there' };
        const changed = change(read.whole);
        if ('refused' in changed) return changed;
        return store.transaction(async (trx) => {
          if (!(await isSeated(trx, read.whole, by))) return { refused: 'not-there' };
          return putWhole(trx, read, { changed, by, what, now: now() });
        });
      }),
    undo: (response, event, by) => retried(() => undo(store, { response, event, by }, now())),
    remove: (id) => store.teams.remove(id),
    refresh: (id) => editCards(store, id, now() + CARD_PACE),
  };
}

export interface Plan {
  readonly whole: WholeResponse;
  readonly channel: Channel;
}

/** Null where it is not there any more. */
export async function readPlan(store: Store, id: string): Promise<Plan | null> {
  const whole = await store.teams.find(id);
  const [channel] = whole === null ? [] : await store.subscriptions.channelsBy([whole.response.channel]);
  return whole === null || channel === undefined ? null : { whole, channel };
}

/** Whether the side of who acts still has a part in a plan: its own, or an open bridge. Said inside the transaction of the act, so that none comes after the end of a bridge. */
async function isSeated(store: Store, { response }: WholeResponse, by: Actor | null): Promise<boolean> {
  return by === null || isSameSide(response.side, by.side) || store.teams.holdBridge(response.id, by.side);
}

async function retried<T>(work: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(tries);
    } catch (cause) {
      if (!(cause instanceof Overtaken) || tries === TRIES) throw cause;
    }
  }
}

interface Doing {
  readonly response: string;
  readonly number: number;
  readonly deed: Deed;
  readonly by: Actor | null;
  readonly now: () => Instant;
}

function doDeed(store: Store, turn: Turn<Plan>, { response, number, deed, by, now }: Doing): Promise<Did> {
  return retried(async (tries): Promise<Did> => {
    const at = now();
    const read = (tries === 1 ? turn.known : null) ?? (await readInTurn(store, turn, response));
    const task = read?.whole.tasks.find((one) => one.number === number);
    if (read === null || task === undefined) return { refused: 'not-there' };
    const outcome = didTo(task, read, deed, at);
    if ('refused' in outcome) return { ...outcome, task };
    const since = turn.mark();
    const event = await store.transaction(async (trx) => {
      if (!(await isSeated(trx, read.whole, by))) return null;
      return put(trx, read, { task: outcome.task, before: task, by, what: deed.do, now: at });
    });
    if (event === null) return { refused: 'not-there' };
    const tasks = read.whole.tasks.map((one) => (one === task ? outcome.task : one));
    turn.keep({ ...read, whole: { ...read.whole, tasks } }, since);
    return { task: outcome.task, event };
  });
}

async function readInTurn(store: Store, turn: Turn<Plan>, response: string): Promise<Plan | null> {
  const since = turn.mark();
  const read = await readPlan(store, response);
  if (read !== null) turn.keep(read, since);
  return read;
}

/** On a plan that is closed nothing is done any more. */
function didTo(task: Task, { whole, channel }: Plan, deed: Deed, now: Instant): { readonly task: Task } | { readonly refused: Refusal } {
  if (whole.response.status === 'closed') return { refused: 'done' };
  return doTo(task, deed, { now, today: dayOf(now, channel.profile.zone), last: lastDay(whole) });
}

/** Inside a transaction. */
export async function begin(store: Store, whole: WholeResponse, { by, now }: { by: Actor | null; now: Instant }): Promise<void> {
  const { id, channel: home } = whole.response;
  await store.teams.add(whole);
  const [channel] = await store.subscriptions.channelsBy([home]);
  if (channel === undefined) throw new Error('a plan needs a channel of the store');
  await store.teams.log({ response: id, task: null, at: now, by, what: 'begin', before: null });
  await store.teams.putCard({ response: id, channel: home, ref: null });
  await editCards(store, id, now);
  await turnDay(store, whole, channel.profile, now);
  for (const task of whole.tasks) await remindOf(store, whole, task, { channel, now });
  await forgetLater(store, whole.response, channel);
}

interface Told {
  readonly response: string;
  readonly by: Actor | null;
  readonly what: string;
  readonly now: Instant;
}

/** Inside a transaction: what happened to a whole plan is logged, told in its threads and shown on its cards. */
export async function tell(store: Store, { response, by, what, now }: Told): Promise<void> {
  const event = await store.teams.log({ response, task: null, at: now, by, what, before: null });
  await tellHistory(store, response, event, now);
  await editCards(store, response, now + CARD_PACE);
}

/** Inside a transaction: tasks whose holder left are the team's again, which is logged and told, and somebody is asked for. */
export async function settleFreed(store: Store, { id, numbers, now }: { id: string; numbers: readonly number[]; now: Instant }): Promise<void> {
  const read = await readPlan(store, id);
  if (read === null) return;
  for (const task of read.whole.tasks.filter(({ number }) => numbers.includes(number))) {
    const event = await store.teams.log({ response: id, task: task.number, at: now, by: null, what: 'hand-back', before: null });
    await tellHistory(store, id, event, now);
    await remindOf(store, read.whole, task, { channel: read.channel, now });
  }
}

interface Change {
  readonly task: Task;
  readonly before: Task;
  readonly by: Actor | null;
  readonly what: string;
  readonly now: Instant;
}

/** Inside a transaction: the task as it is now, with all that follows. Answers the event in the log. */
export async function put(store: Store, { whole, channel }: Plan, { task, before, by, what, now }: Change): Promise<number> {
  if (!(await store.teams.putTask(task))) throw new Overtaken();
  const event = await store.teams.log({ response: task.response, task: task.number, at: now, by, what, before });
  await tellHistory(store, task.response, event, now);
  await editCards(store, task.response, now + CARD_PACE);
  await remindOf(store, whole, task, { channel, now });
  return event;
}

/** In the thread of each card that was posted. */
async function tellHistory(store: Store, response: string, event: number, now: Instant): Promise<void> {
  const posted = (await store.teams.cards(response)).filter(({ ref }) => ref !== null);
  const channels = await store.subscriptions.channelsBy(posted.map(({ channel }) => channel));
  const notBefore = Math.ceil(now / HISTORY_PACE) * HISTORY_PACE;
  const said = { type: 'history', onceKey: `history|${response}|${event}`, body: { response, event }, now, notBefore } as const;
  await store.alerts.add(
    channels.map((channel) => teamAlert(channel, said)),
    now,
  );
}

interface WholeChange {
  readonly changed: WholeResponse;
  readonly by: Actor;
  readonly what: string;
  readonly now: Instant;
}

/** Versions are counted here: `changed` says only what is to be different. */
async function putWhole(store: Store, { whole: before, channel }: Plan, { changed, by, what, now }: WholeChange): Promise<WholeResponse> {
  const { id, version } = before.response;
  const response = { ...changed.response, id, version: version + 1 };
  if (!(await store.teams.putResponse(response))) throw new Overtaken();
  const tasks: Task[] = [];
  for (const task of changed.tasks) tasks.push(await putChanged(store, before, task));
  const whole = { response, tasks };
  const event = await store.teams.log({ response: id, task: null, at: now, by, what, before: null });
  await tellHistory(store, id, event, now);
  await editCards(store, id, now + CARD_PACE);
  await turnDay(store, whole, channel.profile, now);
  for (const task of tasks) await remindOf(store, whole, task, { channel, now });
  await forgetLater(store, response, channel);
  return whole;
}

async function putChanged(store: Store, before: WholeResponse, task: Task): Promise<Task> {
  const own = before.tasks.find(({ number }) => number === task.number);
  if (own !== undefined && JSON.stringify({ ...task, version: own.version }) === JSON.stringify(own)) return own;
  const next = { ...task, response: before.response.id, version: (own?.version ?? 0) + 1 };
  if (!(own === undefined ? await store.teams.addTask(next) : await store.teams.putTask(next))) throw new Overtaken();
  return next;
}

interface Undoing {
  readonly response: string;
  readonly event: number;
  readonly by: Actor;
}

/** Only whoever made the change takes it back. */
async function undo(store: Store, { response, event, by }: Undoing, now: Instant): Promise<Task | NotUndone> {
  const read = await readPlan(store, response);
  const made = (await store.teams.logOf(response, LATELY)).find(({ id }) => id === event);
  const task = read?.whole.tasks.find(({ number }) => number === made?.task);
  if (read === null || made === undefined || task === undefined || made.before === null) return 'not-there';
  if (made.by === null || made.by.id !== by.id || !isSameSide(made.by.side, by.side)) return 'not-there';
  if (now - made.at > UNDO_WITHIN) return 'too-late';
  if (task.version !== made.before.version + 1 || read.whole.response.status === 'closed') return 'changed-since';
  const back = { ...made.before, version: task.version + 1 };
  const done = await store.transaction(async (trx) => {
    if (!(await isSeated(trx, read.whole, by))) return false;
    await put(trx, read, { task: back, before: task, by, what: 'undo', now });
    return true;
  });
  return done ? back : 'not-there';
}
