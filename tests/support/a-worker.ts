/**
 * A process that plans and posts as the bot does, on the real clock, to fake platforms over HTTP. Tests start it with
 * {@link WorkerPlan} in the environment, kill it where they like and start it again.
 */
import type { Adapter } from '../../src/adapters/adapter.ts';
import { createLanes } from '../../src/alerts/delivery/lanes.ts';
import { LANE_TIMES, type LaneTimes } from '../../src/alerts/delivery/letter.ts';
import { createRecall } from '../../src/alerts/memory.ts';
import { runTick } from '../../src/alerts/tick.ts';
import { CLAIM_TIMES, type ClaimTimes, createClaim } from '../../src/lib/claim.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { isGone, ownName } from '../../src/lib/identity.ts';
import { createLog } from '../../src/lib/log.ts';
import { formatAlert } from '../../src/message/format-alert.ts';
import { type Database, openStore } from '../../src/store/open-store.ts';
import { type LadderPlan, laddersOf } from './a-bot.ts';
import { aVoice } from './a-voice.ts';
import { crashPoints, type DeathPoint } from './crash-points.ts';
import { createFakeAdapter, type FakeAdapterOptions } from './fake-platform/adapter.ts';
import { calendarOf } from './some-dates.ts';

export interface WorkerPlan {
  readonly database: Database;
  readonly platforms: readonly Omit<FakeAdapterOptions, 'token'>[];
  /** The calendar that the test put into the store. */
  readonly dates: Parameters<typeof calendarOf>[0];
  readonly ladders: LadderPlan;
  readonly operator?: string;
  readonly times?: LaneTimes;
  readonly claimTimes?: ClaimTimes;
  /** Kills itself there: at the n-th step, counted from 0, or at the n-th of a name, counted from 1. */
  readonly dieAt?: DeathPoint;
}

/** What a test asks of a worker. */
export type Asked = 'steps' | { readonly moveTo: WorkerPlan };

let steps = crashPoints();
let stopping = new AbortController();
const ahead = [JSON.parse(process.env.WORKER_PLAN ?? '{}') as WorkerPlan];

process.once('SIGTERM', () => stopping.abort());
process.on('message', (asked: Asked) => {
  if (asked === 'steps') return void process.send?.(steps.steps());
  ahead.push(asked.moveTo);
  stopping.abort();
});
// Nobody is left to end it.
process.once('disconnect', () => process.exit());

for (let plan = ahead.shift(); plan !== undefined; plan = ahead.shift()) {
  stopping = new AbortController();
  await live(plan);
}
process.disconnect?.();

/** One life as a bot, until it is asked to stop. */
async function live(plan: WorkerPlan): Promise<void> {
  steps = crashPoints(() => process.kill(process.pid, 'SIGKILL'));
  const raw = await openStore(plan.database);
  const store = steps.guard(raw);
  steps.arm(plan.dieAt ?? Number.POSITIVE_INFINITY);

  const facts = calendarOf(plan.dates);
  const ladders = laddersOf(plan.ladders);
  const log = createLog(process.env.LOG_LEVEL ?? 'warn');
  const worker = ownName();
  const claimTimes = plan.claimTimes ?? CLAIM_TIMES;
  const recall = createRecall({ store, ladders, calendar: { facts: () => facts, refresh: async () => {} } });
  const adapters = plan.platforms.map((options) => dying(createFakeAdapter(options)));
  const lanes = createLanes({
    ...{ store, log, ladders, worker, isGone, claimTimes, states: facts.states, recall: recall.recall, operator: plan.operator ?? null },
    clock: systemClock,
    adapters: new Map(adapters.map((adapter) => [adapter.platform, adapter])),
    format: (content, marks, channel, now) => formatAlert(content, marks, aVoice({ now, zone: channel.profile.zone, facts })),
    time: () => Date.now(),
    tally: { settled: () => {}, delivered: () => {}, late: () => {} },
    times: plan.times ?? LANE_TIMES,
    random: Math.random,
  });
  const planning = createClaim({ leases: store.leases, clock: systemClock, owner: worker, isGone, times: claimTimes }, 'planning');
  while (!stopping.signal.aborted) {
    await runTick({ store, recall: recall.recall, log, mayPlan: () => planning.mine(), lanes }, Date.now()).catch((cause: unknown) =>
      log.error({ err: cause }, 'A tick failed'),
    );
    await systemClock.sleep(100, stopping.signal);
  }
  await lanes.stop();
  await planning.release();
  for (const adapter of adapters) await adapter.stop();
  await raw.close();
}

/** The same adapter; before and after each post the process may die. */
function dying(adapter: Adapter): Adapter {
  return {
    ...adapter,
    post: async (target, message, how) => {
      steps.pass('post: before');
      const posted = await adapter.post(target, message, how);
      steps.pass('post: after');
      return posted;
    },
  };
}
