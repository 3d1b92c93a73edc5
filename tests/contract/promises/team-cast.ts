/** A coalition on Discord with a plan for Kenya's submission, and a partner on Slack. */
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import type { Bridge, Response, TeamEvent } from '../../../src/domain/team/response.ts';
import { doTo, type Holder, type Side, type Task } from '../../../src/domain/team/task.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import type { Store } from '../../../src/store/store.ts';
import { aChannel, NOON } from './cast.ts';

export const OURS: Side = { platform: 'discord', installation: '100' };
export const THEIRS: Side = { platform: 'slack', installation: 'T1' };
export const ROOM = 'discord:100/200';
export const THEIR_ROOM = 'slack:T1/C1';

export function placeOf({ platform, installation }: Side): { platform: string; id: string } {
  return { platform, id: installation };
}

/** Puts a channel of a side where there is none. */
export async function room(store: Store, side: Side, id: string): Promise<void> {
  await store.subscriptions.putChannel(aChannel(id, { ...side, target: { installation: side.installation, channel: id } }));
}

export function aResponse(id: string, more: Partial<Response> = {}): Response {
  return {
    id,
    side: OURS,
    channel: ROOM,
    deadline: '54-KEN-stakeholder_submission',
    template: 'joint-submission',
    title: 'Kenya: joint submission',
    plannedFor: dayWhen('2026-07-17', GENEVA),
    internal: '2026-07-15',
    status: 'open',
    reference: null,
    reason: null,
    signOn: null,
    createdAt: NOON,
    closedAt: null,
    version: 1,
    ...more,
  };
}

export function aTask(response: string, number: number, more: Partial<Task> = {}): Task {
  return {
    response,
    number,
    title: `Task ${number}`,
    phase: 'drafting',
    suits: null,
    cluster: null,
    dueOn: '2026-07-13',
    compressed: false,
    holder: null,
    doneAt: null,
    reference: null,
    snooze: null,
    asked: 'not-yet',
    askedAt: null,
    heardAt: null,
    version: 1,
    ...more,
  };
}

export function aPerson(id: string, side = OURS): Holder {
  return { kind: 'person', side, id };
}

export function anEvent(response: string, more: Partial<TeamEvent> = {}): Omit<TeamEvent, 'id'> {
  return { response, task: null, at: NOON, by: null, what: 'made', before: null, ...more };
}

export function aBridge(id: string, response: string, more: Partial<Bridge> = {}): Bridge {
  return {
    id,
    response,
    owner: OURS,
    partner: null,
    partnerChannel: null,
    ownerShows: 'titles',
    partnerShows: 'states',
    status: 'offered',
    codeHash: `hash-${id}`,
    codeUntil: NOON,
    version: 1,
    ...more,
  };
}

/** As it is once the partner took the code. */
export const TAKEN = { partner: THEIRS, partnerChannel: THEIR_ROOM, status: 'open', codeHash: null } as const;

/** A response with so many free tasks, in its room. */
export async function plan(store: Store, id: string, { tasks = 2, ...more }: Partial<Response> & { tasks?: number } = {}): Promise<Response> {
  const response = aResponse(id, more);
  await room(store, response.side, response.channel);
  await store.teams.add({ response, tasks: Array.from({ length: tasks }, (_, index) => aTask(id, index + 1)) });
  return response;
}

export async function taskOf(store: Store, id: string, number: number): Promise<Task> {
  const task = (await store.teams.find(id))?.tasks.find((each) => each.number === number);
  if (task === undefined) throw new Error(`there is no task ${number} in ${id}`);
  return task;
}

/** Reads the first task and claims it as somebody; whether it is theirs now. */
export async function claim(store: Store, response: string, who: string): Promise<boolean> {
  const outcome = doTo(await taskOf(store, response, 1), { do: 'claim', as: aPerson(who) }, { now: NOON, today: '2026-07-10', last: '2026-07-17' });
  return 'task' in outcome && store.teams.putTask(outcome.task);
}

/** Everybody claims one task at once over several stores on one database; who has it then, and who was told so. */
export async function claimAtOnce(
  stores: readonly Store[],
  each: number,
  how: typeof claim = claim,
): Promise<{ holder: Holder | null; told: readonly Holder[] }> {
  const [first] = stores;
  if (first === undefined) throw new Error('there is no store');
  await plan(first, 'Kenya123');
  const claims = stores.flatMap((store, process) =>
    Array.from({ length: each }, async (_, index) => {
      const who = `${process}-${index}`;
      return (await how(store, 'Kenya123', who)) ? [aPerson(who)] : [];
    }),
  );
  const told = (await Promise.all(claims)).flat();
  return { holder: (await taskOf(first, 'Kenya123', 1)).holder, told };
}

/** In every text and id that a team can leave in its own plans and in those of a partner. */
export const PLANTED = [
  'planted-place',
  'planted-channel',
  'planted-plan',
  'planted-headline',
  'planted-receipt',
  'planted-why',
  'planted-list',
  'planted-task',
  'planted-suits',
  'planted-cluster',
  'planted-person',
  'planted-role',
  'planted-note',
  'planted-card',
  'planted-code',
] as const;

/** A team whose every text and id is one of {@link PLANTED}. */
export const TEAM: Side = { platform: 'discord', installation: 'planted-place' };

/** Gives the team so many plans, shared with a partner, and a part in as many of the partner's. Every task was changed some times. */
export async function plant(store: Store, plans: number): Promise<void> {
  await store.transaction(async (trx) => {
    for (let index = 0; index < plans; index += 1) {
      await plantOwn(trx, `planted-plan-${index}`, `planted-channel-${index % 3}`);
      await plantPart(trx, `Togo${index}`, `planted-channel-${index % 3}`);
    }
  });
}

const TASKS = 40;

async function plantOwn(store: Store, id: string, channel: string): Promise<void> {
  const signOn = { closesOn: '2026-07-14', count: 12, link: 'https://planted-list.example' };
  const words = { title: 'planted-headline', reference: 'planted-receipt', reason: 'planted-why', template: 'planted-plan' };
  const response = aResponse(id, { ...words, side: TEAM, channel, signOn });
  await room(store, TEAM, channel);
  await room(store, THEIRS, THEIR_ROOM);
  const tasks = Array.from({ length: TASKS }, (_, index) =>
    aTask(id, index + 1, { title: `planted-task ${index}`, suits: 'planted-suits', cluster: 'planted-cluster', phase: 'planted-task' }),
  );
  await store.teams.add({ response, tasks });
  for (const task of tasks) await change(store, task);
  await store.teams.putCard({ response: id, channel, ref: { id: 'planted-card' } });
  await store.teams.putCard({ response: id, channel: THEIR_ROOM, ref: { id: 'planted-card' } });
  await store.teams.addBridge(aBridge(`b-${id}`, id, { ...TAKEN, owner: TEAM }));
  await store.teams.addBridge(aBridge(`c-${id}`, id, { owner: TEAM, codeHash: `planted-code-${id}` }));
}

async function plantPart(store: Store, id: string, channel: string): Promise<void> {
  await plan(store, id, { side: THEIRS, channel: THEIR_ROOM, title: 'kept by the partner', tasks: TASKS });
  await store.teams.addBridge(aBridge(`b-${id}`, id, { ...TAKEN, owner: THEIRS, partner: TEAM, partnerChannel: channel, codeHash: `planted-code-${id}` }));
  await store.teams.putCard({ response: id, channel, ref: { id: 'planted-card' } });
  for (let number = 1; number <= TASKS; number += 1) await change(store, aTask(id, number));
}

/** A role of the team takes it, then a cluster, which pauses it, then a person, who finishes it. */
async function change(store: Store, task: Task): Promise<void> {
  const cluster: Holder = { kind: 'cluster', side: TEAM, name: 'planted-cluster' };
  const steps: readonly Partial<Task>[] = [
    { holder: { kind: 'role', side: TEAM, id: 'planted-role' } },
    { holder: cluster, snooze: { until: '2026-07-12', reason: 'planted-note '.repeat(1 + (task.number % 9)) } },
    { holder: aPerson('planted-person', TEAM), doneAt: NOON, reference: 'planted-receipt '.repeat(1 + (task.number % 7)) },
  ];
  let before = task;
  for (const step of steps) {
    const after = { ...before, ...step, version: before.version + 1 };
    await store.teams.putTask(after);
    await store.teams.log(anEvent(task.response, { task: task.number, by: { side: TEAM, id: 'planted-person' }, what: 'changed', before }));
    before = after;
  }
}
