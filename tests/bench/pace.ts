/** Messages at the pace that a platform allows, over real HTTP to the fake platform. */
import type { Adapter, Pace } from '../../src/adapters/adapter.ts';
import type { Lanes } from '../../src/alerts/delivery/lanes.ts';
import { runTick } from '../../src/alerts/tick.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { someFacts } from '../support/a-calendar.ts';
import { aClock } from '../support/a-clock.ts';
import { createFakeAdapter } from '../support/fake-platform/adapter.ts';
import type { Flavour } from '../support/fake-platform/dialect.ts';
import type { LimitPlan } from '../support/fake-platform/limits.ts';
import { type Platform, startPlatform } from '../support/fake-platform/server.ts';
import { ownFolder } from './big-store.ts';
import { addNotices, benchLanes, channelNames, putChannels } from './lanes.ts';
import { type Figure, percentile } from './measure.ts';

interface Setting {
  readonly flavour: Flavour;
  readonly lane: string;
  readonly limits: LimitPlan;
  /** What the adapter knows before the first answer. */
  readonly pace: Pace;
  /** One that can pass is moved on whenever nothing is under way. */
  readonly clock: Clock | ReturnType<typeof aClock>;
}

interface Scene {
  readonly store: Store;
  readonly platform: Platform;
  readonly lanes: Lanes;
}

async function withScene<T>({ flavour, limits, pace, clock }: Setting, play: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = ownFolder();
  const store = await openSqlite({ file: folder.file('upr-watch.db') });
  const platform = await startPlatform({ flavour, limits, now: () => clock.now() });
  const fake = createFakeAdapter({ flavour, url: platform.url, pace });
  let underWay = 0;
  const post: Adapter['post'] = (...what) => {
    underWay += 1;
    return fake.post(...what).finally(() => {
      underWay -= 1;
    });
  };
  const adapter = { ...fake, post };
  const lanes = benchLanes({ store, adapter, clock, facts: someFacts() });
  const stop = 'pass' in clock ? goOn(clock, () => underWay) : () => {};
  try {
    return await play({ store, platform, lanes });
  } finally {
    await lanes.stop();
    stop();
    await adapter.stop();
    await platform.close();
    await store.close();
    folder.clear();
  }
}

/** As the scheduler does: a look a second, until all are posted. */
async function tickUntil(posted: number, { store, platform, lanes }: Scene, clock: Clock): Promise<void> {
  const quiet = createLog('error');
  const recall = () => Promise.reject(new Error('this process does not plan'));
  while (platform.posted().length < posted) {
    await runTick({ store, recall, log: quiet, mayPlan: async () => false, lanes }, clock.now());
    await clock.sleep(1_000);
  }
  await lanes.settled();
}

const LEARNING_MS = 3_000;

/** 1,000 messages at 50 a second; refusals of the first seconds teach, later ones are faults. */
async function fiftyASecond(pace: Pace) {
  const setting: Setting = { flavour: 'discord', lane: 'discord', limits: { token: { count: 50, perMs: 1_000 }, channel: null }, pace, clock: systemClock };
  return await withScene(setting, async (scene) => {
    const channels = channelNames(200);
    const { store, platform } = scene;
    await putChannels(store, 'discord', channels);
    const from = Date.now();
    for (let round = 0; round < 5; round += 1) await addNotices(store, { lane: 'discord', channels, name: `${round}`, dueAt: from });
    let learning = 0;
    const watch = setInterval(() => {
      if (Date.now() - from < LEARNING_MS) learning = platform.limited();
    }, 50);
    await tickUntil(1_000, scene, systemClock);
    clearInterval(watch);
    const took = ((platform.posted().at(-1)?.at ?? Number.NaN) - from) / 1_000;
    return { took, learning, steady: platform.limited() - learning };
  });
}

export async function manyChannels(): Promise<readonly Figure[]> {
  const known = [await fiftyASecond({ tokenMs: 20, channelMs: 0 }), await fiftyASecond({ tokenMs: 20, channelMs: 0 })];
  const learnt = [await fiftyASecond({ tokenMs: 0, channelMs: 0 })];
  const sum = (numbers: readonly number[]) => numbers.reduce((total, count) => total + count, 0);
  const note = (runs: typeof known) =>
    `answers 429: ${sum(runs.map(({ learning }) => learning))} in the first 3 s, ${sum(runs.map(({ steady }) => steady))} after`;
  const took = (runs: typeof known) => runs.map((run) => run.took);
  const name = '1,000 messages, 200 channels, platform allows 50/s';
  return [
    { name, target: '≤ 22 s, no 429 in steady state', unit: 's', values: took(known), note: `limit published by the adapter; ${note(known)}` },
    { name: '… the limit learnt from answers', target: '≤ 22 s, no 429 in steady state', unit: 's', values: took(learnt), note: note(learnt) },
  ];
}

/** So many messages for one channel at once, and one every half second for one of twenty others. */
async function oneBusyChannel(messages: number, clock: Setting['clock']) {
  const [lane, limits] = ['slack:bench', { channel: { count: 1, perMs: 1_000 }, token: null }];
  return await withScene({ flavour: 'slack', lane, limits, pace: { tokenMs: 0, channelMs: 0 }, clock }, async (scene) => {
    const { store, platform } = scene;
    const others = channelNames(20, 'other');
    await putChannels(store, lane, ['busy', ...others]);
    const from = clock.now();
    for (let index = 0; index < messages; index += 1) await addNotices(store, { lane, channels: ['busy'], name: `${index}`, dueAt: from });
    const due = new Map<string, number[]>();
    for (let index = 0; index < 2 * (messages - 1); index += 1) {
      const [channel = '', dueAt] = [others[index % others.length], from + 500 * index];
      due.set(channel, [...(due.get(channel) ?? []), dueAt]);
      await addNotices(store, { lane, channels: [channel], name: `${index}`, dueAt });
    }
    await tickUntil(messages + 2 * (messages - 1), scene, clock);
    const seen = platform.read('busy');
    const late = others.flatMap((channel) => platform.read(channel).map(({ at }, index) => at - (due.get(channel)?.[index] ?? Number.NaN)));
    return { took: ((seen.at(-1)?.at ?? Number.NaN) - from) / 1_000, arrived: seen.length, refused: platform.limited(), p95: percentile(late, 0.95) };
  });
}

export async function oneChannel(): Promise<readonly Figure[]> {
  const long = await oneBusyChannel(300, aClock(Date.now()));
  const short = await oneBusyChannel(30, systemClock);
  const figure = (messages: number, { took, arrived, refused, p95 }: typeof short, clock: string): Figure => ({
    name: `${messages} messages to one channel that takes 1/s`,
    target: `100 %, ≤ ${((messages - 1) * 1.05).toFixed(1)} s, ≤ 1 answer 429, others p95 < 2 s`,
    unit: 's',
    values: [took],
    note: `${clock}; ${arrived} arrived, ${refused} answers 429, others p95 ${(p95 / 1_000).toFixed(2)} s`,
  });
  return [figure(30, short, 'real clock'), figure(300, long, 'virtual clock of bot and platform')];
}

/** Lets a virtual clock go on by small steps, each once nothing is under way any more: no request, and no turn of the loop in between. */
function goOn(clock: ReturnType<typeof aClock>, underWay: () => number): () => void {
  let stopped = false;
  void (async () => {
    for (let quiet = 0; !stopped; quiet = underWay() > 0 ? 0 : quiet + 1) {
      if (quiet % QUIET_TURNS === QUIET_TURNS - 1) clock.pass(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  return () => {
    stopped = true;
  };
}

const QUIET_TURNS = 12;
