/** How late alerts are that fall due at one instant: planned, formatted and posted over HTTP to a platform without limits. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createRecall } from '../../src/alerts/memory.ts';
import { runTick } from '../../src/alerts/tick.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createFakeAdapter } from '../support/fake-platform/adapter.ts';
import { bigStore, LADDERS } from './big-store.ts';
import { benchLanes } from './lanes.ts';
import { type Figure, percentile } from './measure.ts';

const DUE = Date.parse('2026-07-10T07:00:00Z');

async function platformAhead(ahead: number) {
  const child = fork(join(import.meta.dirname, 'platform-process.ts'), { env: { ...process.env, BENCH_AHEAD: String(ahead) } });
  const [url] = (await once(child, 'message')) as [string];
  const took = async (): Promise<readonly number[]> => {
    child.send('posted');
    const [times] = (await once(child, 'message')) as [readonly number[]];
    return times;
  };
  const close = async () => {
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
  };
  return { url, took, close };
}

/** A pulse on the second, as the scheduler has. */
async function late(channels: number): Promise<readonly number[]> {
  const { store, facts, close } = await bigStore(channels, ['TGO'], DUE - 60_000);
  const ahead = DUE - 3_000 - Date.now();
  const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
  const platform = await platformAhead(ahead);
  const adapter = createFakeAdapter({ flavour: 'discord', platform: 'bench', url: platform.url });
  const lanes = benchLanes({ store, facts, adapter, clock });
  const recall = createRecall({ store, ladders: LADDERS, calendar: { facts: () => facts, refresh: async () => {} } });
  const deps = { store, recall: recall.recall, log: createLog('error'), mayPlan: async () => true, lanes };
  let sent = 0;
  for (let pulse = DUE - 2_000; sent < channels; pulse += 1_000) {
    await clock.sleep(Math.max(0, pulse - clock.now()));
    await runTick(deps, clock.now());
    sent = (await store.alerts.counts()).sent;
  }
  const times = await platform.took();
  await lanes.stop();
  await adapter.stop();
  await platform.close();
  await close();
  return times.map((at) => at - DUE);
}

export async function lateness(channels: number): Promise<readonly Figure[]> {
  const runs: (readonly number[])[] = [];
  for (let run = 0; run < 5; run += 1) runs.push(await late(channels));
  return [
    {
      name: `lateness, ${channels.toLocaleString('en')} alerts due at one instant, no rate limit: p95`,
      target: '≤ 1.5 s',
      unit: 's',
      values: runs.map((values) => percentile(values, 0.95) / 1_000),
      note: `planned at the pulse on the second; the last of all after ${(Math.max(...runs.flat()) / 1_000).toFixed(2)} s`,
    },
  ];
}
