/**
 * One bot that speaks on two platforms is killed, `kill -9`, at each named point between a plan and its record, and
 * started again: nothing is lost, and what is said twice says so itself (design.md §7, 1 and 2).
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayWhen } from '../../src/domain/calendar/when.ts';
import { GENEVA, MINUTE } from '../../src/domain/time.ts';
import type { Database } from '../../src/store/open-store.ts';
import { aFleet, type Fleet, type FleetChannel, type FleetPlan, minuteFromNow, stock, type Worker } from '../support/a-fleet.ts';
import type { WorkerPlan } from '../support/a-worker.ts';
import { type Fault, type Platform, startPlatform } from '../support/fake-platform/server.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { SEED } from '../support/seed.ts';
import type { ADate } from '../support/some-dates.ts';

/** Where the bot dies: at the first time it comes there and, on SQLite, at later ones that it reaches in every run. */
const POINTS: Readonly<Record<string, readonly number[]>> = {
  'transaction: before': [1],
  'alerts.plan: before': [1],
  'alerts.plan: after': [1],
  'setMark: before': [1],
  'setMark: after': [1],
  'transaction: after': [1, 8, 11],
  'alerts.add: before': [1],
  'alerts.add: after': [1, 4],
  'alerts.advance: before': [1],
  'alerts.advance: after': [1],
  'leases.take: before': [1],
  'leases.take: after': [1],
  'alerts.begin: before': [1],
  'alerts.begin: after': [1, 3],
  'post: before': [1, 9],
  'post: after': [1, 9],
  'alerts.record: before': [1],
  'alerts.record: after': [1, 3],
};
const CASES = Object.entries(POINTS).flatMap(([step, times]) => times.map((nth) => ({ step, nth })));
const FIRSTS = CASES.filter(({ nth }) => nth === 1);
/** PostgreSQL dies at a third of the points, another third with another seed; `npm run soak` has it die at each. */
const SOME = FIRSTS.filter((_case, index) => process.env.MATRIX === 'whole' || index % 3 === SEED % 3);

/** Steps that change nothing: to die there is to die at the point before. */
const READS =
  /^(mark|wakeups\.(of|due|find)|calendar\.|ownDates\.(corrections|views|apart)|subscriptions\.|leases\.(all|left)|alerts\.(openFanouts|toldOf|toldDates|readyLanes|readyChannels|ready|interrupted))\b/;

const CHANNELS: readonly FleetChannel[] = ['slack:T1', 'discord'].flatMap((lane) => {
  const platform = lane.split(':')[0] ?? lane;
  const follows = [[{}], [{}], [{ states: ['KEN', 'FRA'] }], [{ states: ['FRA'] }]];
  return follows.map((follows, index) => ({ id: `${platform}-${index}`, platform, lane, follows }));
});
/** What each of four channels of a platform is told: that France moved, and what is due in Kenya and Peru. */
const TOLD = [['Kenya', 'Peru', 'France'], ['Kenya', 'Peru', 'France'], ['Kenya', 'France'], ['France']];
const ALERTS = 2 * TOLD.flat().length;

const DUE = (['KEN', 'PER'] as const).map((state) => ({ state, kind: 'stakeholder_submission', when: minuteFromNow(10 * MINUTE) }) as const);
const reportOn = (day: string): ADate => ({ state: 'FRA', kind: 'national_report', when: dayWhen(day, GENEVA) });
const WORLD: Omit<FleetPlan, 'database' | 'platforms'> = {
  channels: CHANNELS,
  before: [...DUE, reportOn('2027-03-01')],
  dates: [...DUE, reportOn('2027-03-15')],
  ladders: { default: { stakeholder_submission: ['10min!'] } },
};

interface House {
  readonly fleet: Fleet;
  /** A bot that dies where it is told to. */
  doomed(more?: Partial<WorkerPlan>): Worker;
  readonly slack: Platform;
  readonly discord: Platform;
}

/** A place with everything stocked, of which each case has a copy. */
interface Place {
  open(): Promise<void>;
  copy(): Promise<Database>;
  close(): Promise<void>;
}

function sqlite(): Place {
  let folder = '';
  let copies = 0;
  return {
    open: async () => {
      folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'upr-crash-'));
      await stock({ ...WORLD, database: { file: join(folder, 'stocked.db') } });
    },
    copy: async () => {
      copies += 1;
      const file = join(folder, `${copies}.db`);
      copyFileSync(join(folder, 'stocked.db'), file);
      return { file };
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function postgres(): Place {
  let server: TestPostgres;
  let stocked = '';
  return {
    open: async () => {
      server = await startPostgres();
      stocked = await server.database();
      await stock({ ...WORLD, database: { url: stocked } });
    },
    copy: async () => ({ url: await server.database(stocked) }),
    close: () => server.stop(),
  };
}

/** So many bots at once keep two cores busy and a test within its time. */
const AT_ONCE = 3;
let free = AT_ONCE;
const queue: (() => void)[] = [];

/** Who took over in one case dies in the next: a start is what costs. */
const spare: Worker[] = [];

/** A case takes a second or two; others that use the same machine may slow it. */
const PATIENT = { timeout: 120_000 };

/** A house of its own on a copy of the place; killed and closed behind it. */
async function withHouse<T>(place: Place, use: (house: House) => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => queue.push(resolve));
  else free -= 1;
  const closing: (() => Promise<void>)[] = [];
  try {
    const limits = { channel: null, token: null };
    const slack = await startPlatform({ flavour: 'slack', now: Date.now, limits });
    closing.push(slack.close);
    const discord = await startPlatform({ flavour: 'discord', now: Date.now, limits });
    closing.push(discord.close);
    const platforms = [
      { flavour: 'slack', url: slack.url },
      { flavour: 'discord', url: discord.url },
    ] as const;
    const fleet = await aFleet({ ...WORLD, database: await place.copy(), platforms }, { stocked: true });
    closing.unshift(fleet.close);
    const doomed = (more: Partial<WorkerPlan> = {}): Worker => {
      const worker = spare.pop();
      if (worker === undefined) return fleet.start(more);
      fleet.take(worker, more);
      return worker;
    };
    return await use({ fleet, doomed, slack, discord });
  } finally {
    for (const close of closing) await close();
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  }
}

/** For each thing that a channel is told, the copies its reader sees: whether each is marked. */
function copies(platform: Platform, name: string) {
  return TOLD.flatMap((states, index) =>
    states.map((state) => {
      const channel = `${name}-${index}`;
      const seen = platform.read(channel).filter(({ text }) => text.includes(state));
      return { what: `${state} in ${channel}`, marks: seen.map(({ marked }) => marked) };
    }),
  );
}

/** Resolves when the platform has read a request to post in the channel. */
const readIn = (platform: Platform, channel: string) => new Promise<void>((resolve) => platform.onRequest((asked) => asked.channel === channel && resolve()));

/** Starts a bot where one died, waits until it has said everything, and looks at what readers see. */
async function startAgain({ fleet, slack, discord }: House) {
  const worker = fleet.start();
  await fleet.settled({ alerts: ALERTS });

  expect(await fleet.store.alerts.counts()).toEqual({ pending: 0, sending: 0, sent: ALERTS, folded: 0, 'in-doubt': 0, failed: 0, superseded: 0 });
  for (const { what, marks } of copies(discord, 'discord')) expect(marks, what).toEqual([false]);
  for (const { what, marks } of copies(slack, 'slack')) expect([[false], [true], [false, true]], what).toContainEqual(marks);
  const doubted = (await fleet.store.alerts.proof(0)).filter(({ repeats }) => repeats > 0);
  const marked = copies(slack, 'slack').filter(({ marks }) => marks.includes(true));
  const twice = copies(slack, 'slack').filter(({ marks }) => marks.length > 1);
  expect(doubted.map(({ channel }) => channel).filter((channel) => channel.startsWith('discord'))).toEqual([]);
  expect(marked.length, 'what is marked was in doubt').toBe(doubted.length);
  expect(twice.length, 'second copies').toBeLessThanOrEqual(doubted.length);
  fleet.dismiss(worker);
  spare.push(worker);
}

async function ended(worker: Worker) {
  const { signal } = await worker.ended;
  expect(signal, worker.log()).toBe('SIGKILL');
}

afterAll(async () => {
  await Promise.all(spare.map((worker) => worker.kill()));
});

describe.concurrent.each([
  ['SQLite', sqlite(), CASES],
  ['PostgreSQL', postgres(), SOME],
] as const)('On %s', (_name, place, cases) => {
  beforeAll(place.open, 60_000);
  afterAll(place.close, 60_000);

  test('a bot goes from its plan to its record by no step that is not in the matrix', async () => {
    await withHouse(place, async ({ fleet, slack, discord }) => {
      const worker = fleet.start();
      await fleet.settled({ alerts: ALERTS });

      for (const { what, marks } of [...copies(slack, 'slack'), ...copies(discord, 'discord')]) expect(marks, what).toEqual([false]);
      const steps = await worker.steps();
      const way = steps.slice(steps.indexOf('alerts.plan: before'), steps.lastIndexOf('alerts.record: after') + 1);
      expect([...new Set(way)].filter((step) => !(step in POINTS) && !READS.test(step))).toEqual([]);
      for (const { step, nth } of cases) expect(steps.filter((name) => name === step).length, step).toBeGreaterThanOrEqual(nth);
      await worker.stop(); // and leaves what it compiled to those that are killed
    });
  });

  test.for(cases)('a bot that dies at “$step” no. $nth loses nothing, and marks what it says twice', PATIENT, async ({ step, nth }) => {
    await withHouse(place, async (house) => {
      await ended(house.doomed({ dieAt: { step, nth } }));
      await startAgain(house);
    });
  });

  const HANGS: readonly { readonly where: string; readonly fault: Fault; readonly twice: boolean }[] = [
    { where: 'once a request is read, not posted', fault: { kind: 'hang' }, twice: false },
    { where: 'once a message is posted, not answered', fault: { kind: 'hang', posted: true }, twice: true },
  ];
  test.for(HANGS)('a bot that dies $where loses nothing, and marks what it says twice', PATIENT, async ({ fault, twice }) => {
    await withHouse(place, async (house) => {
      const { slack, discord } = house;
      slack.fault('slack-3', fault);
      discord.fault('discord-3', fault);
      const worker = house.doomed();
      await Promise.all([readIn(slack, 'slack-3'), readIn(discord, 'discord-3')]);
      await worker.kill();
      await startAgain(house);

      expect(slack.read('slack-3').map(({ marked }) => marked)).toEqual(twice ? [false, true] : [true]);
    });
  });
});
