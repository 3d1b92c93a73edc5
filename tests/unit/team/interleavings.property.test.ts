/** Several people do things with the same few tasks at once; every read of one may lie before the write of another. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTeamwork } from '../../../src/alerts/team/teamwork.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import type { TeamEvent } from '../../../src/domain/team/response.ts';
import { type Deed, doTo, type Task } from '../../../src/domain/team/task.ts';
import type { Actor, Did, NotUndone, Teamwork } from '../../../src/domain/team/teamwork.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { memoryDisk } from '../../support/a-bot.ts';
import { aResponse, aTask } from '../../support/a-plan.ts';
import { holderOf } from '../../support/a-team.ts';
import { at } from '../../support/a-voice.ts';
import { SEED } from '../../support/seed.ts';

/** `npm test` lives through a tenth of them. */
const RUNS = process.env.INTERLEAVINGS === 'whole' ? 10_000 : 1_000;
const NOW = at('2026-07-01', '10:00');
const AT = { now: NOW, today: '2026-07-01', last: '2026-07-17' };
const SIDES = [
  { platform: 'discord', installation: '100' },
  { platform: 'slack', installation: 'T1' },
] as const;
const ACTORS: readonly Actor[] = ['ana', 'bo', 'cy'].map((id, index) => ({ side: SIDES[index % 2] ?? SIDES[0], id }));

let folder = '';
let store: Store;
/** Several at the same store, as processes are; who comes to the same one waits for their turn. */
let works: readonly Teamwork[] = [];
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(memoryDisk(), 'upr-interleavings-'));
  store = await openSqlite({ file: join(folder, 'bot.db') });
  works = [0, 1, 2, 3].map((waits) => createTeamwork({ store: slowly(waits), now: () => NOW }));
  await store.subscriptions.putChannel({
    ...{ id: 'room', installation: '100', platform: 'discord', lane: 'discord', target: { installation: '100', channel: 'room' } },
    ...{ timing: { zone: GENEVA, hour: '09:00', ladder: 'default' }, quiet: null, locale: 'en', discreet: false, mentionRole: null, digest: null },
    ...{ mute: null, managers: [], teamRole: null, keepDays: 180 },
  });
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const KINDS = ['claim', 'assign', 'release', 'finish', 'reopen', 'answer', 'snooze', 'undo'] as const;
interface Act {
  readonly kind: (typeof KINDS)[number];
  readonly actor: number;
  readonly task: number;
  /** Turns of the event loop between what it reads and what it writes. */
  readonly waits: number;
}
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('claim', ...KINDS),
  actor: fc.nat(2),
  task: fc.integer({ min: 1, max: 2 }),
  waits: fc.nat(3),
});
/** What each of them does one after the other, all of them at once. */
const scripts = fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 });

/** The store through another handle, whose reads are old by the time that they are used. */
function slowly(waits: number): Store {
  const find: Store['teams']['find'] = async (id) => {
    const read = await store.teams.find(id);
    for (let index = 0; index < waits; index += 1) await turn();
    return read;
  };
  return { ...store, teams: { ...store.teams, find } };
}

function deedOf({ kind }: Act, actor: Actor): Deed {
  switch (kind) {
    case 'assign':
      return { do: 'assign', to: { kind: 'cluster', side: actor.side, name: 'drafting' } };
    case 'finish':
      return { do: 'finish', reference: null, as: holderOf(actor) };
    case 'snooze':
      return { do: 'snooze', snooze: { until: '2026-07-10', reason: 'away' } };
    case 'claim':
      return { do: 'claim', as: holderOf(actor) };
    case 'release':
    case 'reopen':
    case 'answer':
      return { do: kind };
    case 'undo':
      return { do: 'answer' };
  }
}

interface Done {
  readonly act: Act;
  readonly deed: Deed;
  readonly did: Did | Task | NotUndone;
}

async function play(response: string, acts: readonly Act[], events: Map<number, Deed>): Promise<readonly Done[]> {
  const dones: Done[] = [];
  let last: number | null = null;
  for (const one of acts) {
    const actor = ACTORS[one.actor] ?? (ACTORS[0] as Actor);
    const work = works[one.waits] as Teamwork;
    const deed = deedOf(one, actor);
    const did: Did | Task | NotUndone = one.kind === 'undo' ? await work.undo(response, last ?? -1, actor) : await work.deed(response, one.task, deed, actor);
    if (typeof did === 'object' && 'event' in did) {
      last = did.event;
      events.set(did.event, deed);
    }
    dones.push({ act: one, deed, did });
  }
  return dones;
}

/** What a task becomes when the log is done once more, one after the other. */
function replay(task: Task, log: readonly TeamEvent[], deeds: ReadonlyMap<number, Deed>): Task {
  const states = new Map<number, Task>([[task.version, task]]);
  let now = task;
  for (const { id, what, before } of log) {
    expect(before).toEqual(now);
    const deed = deeds.get(id);
    if (what === 'undo') now = { ...(states.get(now.version - 1) as Task), version: now.version + 1 };
    else {
      const outcome = doTo(now, deed as Deed, AT);
      if ('refused' in outcome) throw new Error(`${what} was done though it is refused: ${outcome.refused}`);
      now = outcome.task;
    }
    states.set(now.version, now);
  }
  return now;
}

test('whatever several people do at once is what they would have done one after the other: nothing is lost, nothing counts twice', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, async (all) => {
      made += 1;
      const response = `r${made}`;
      const tasks = [1, 2].map((number) => aTask({ response, number }));
      const whole = { response: aResponse({ id: response, side: SIDES[0], channel: 'room', plannedFor: dayWhen('2026-07-17', GENEVA) }), tasks };
      await store.teams.add(whole);
      const deeds = new Map<number, Deed>();
      const dones = (await Promise.all(all.map((acts) => play(response, acts, deeds)))).flat();

      const log = [...(await store.teams.logOf(response, 100))].reverse();
      const after = (await store.teams.find(response))?.tasks ?? [];
      for (const task of tasks) {
        const own = log.filter((event) => event.task === task.number);
        expect(after[task.number - 1]).toEqual(replay(task, own, deeds));
      }
      const counted = dones.filter(({ did }) => typeof did === 'object' && !('refused' in did)).length;
      expect(log).toHaveLength(counted);
      // Whoever was refused is told of a task as it was at some time, and that refuses it.
      for (const { deed, did } of dones) {
        if (typeof did === 'object' && 'refused' in did && 'task' in did) expect(doTo(did.task, deed, AT)).toEqual({ refused: did.refused });
      }
      await store.teams.remove(response);
    }),
    { numRuns: RUNS, seed: SEED },
  );
}, 600_000);
