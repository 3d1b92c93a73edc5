/** Ticks at the size of a large operator: many subscriptions with nothing due, and one moment for many channels. */
import { remember } from '../../src/alerts/memory.ts';
import { plan } from '../../src/alerts/plan.ts';
import { runTick, type TickDeps } from '../../src/alerts/tick.ts';
import { createLog } from '../../src/lib/log.ts';
import { bigStore, LADDERS, shippedFacts } from './big-store.ts';
import { benchLanes, instantAdapter } from './lanes.ts';
import type { Figure } from './measure.ts';
import { timed } from './measure.ts';

/** A tick with nothing due while a million subscriptions wait; also counts the bytes it writes. */
export async function idleTick(subscriptions: number): Promise<readonly Figure[]> {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const { store, facts, close } = await bigStore(subscriptions, [...(await shippedFacts()).states.keys()], now);
  const memory = await remember(store, facts, LADDERS, now);
  const lanes = benchLanes({ store, facts, adapter: instantAdapter() });
  const deps: TickDeps = { store, recall: async () => memory, log: createLog('silent'), mayPlan: async () => true, lanes };
  const written = await store.mark('watermark');
  const values: number[] = [];
  for (let run = 0; run < 200; run += 1) values.push(await timed(() => runTick(deps, now + 250 * (run + 1))));
  const note = (await store.mark('watermark')) === written ? 'no write' : 'WROTE';
  await close();
  return [{ name: `idle tick, ${subscriptions.toLocaleString('en')} subscriptions`, target: '≤ 5 ms, no write', unit: 'ms', values: values.slice(20), note }];
}

/** One moment that 50,000 channels follow, from recording it to the last alert; and the longest hold of the process. */
export async function fanOut(channels: number): Promise<readonly Figure[]> {
  const due = Date.parse('2026-07-10T07:00:00Z');
  const totals: number[] = [];
  const holds: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const { store, facts, close } = await bigStore(channels, ['TGO'], due - 60_000);
    const memory = await remember(store, facts, LADDERS, due - 60_000);
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    totals.push(await timed(() => plan({ store, memory, log: createLog('silent') }, due)));
    clearInterval(watch);
    holds.push(longest);
    const { pending } = await store.alerts.counts();
    if (pending !== channels) throw new Error(`${pending} alerts for ${channels} channels`);
    await close();
  }
  return [
    { name: `one moment to ${channels.toLocaleString('en')} channels`, target: '≤ 5 s', unit: 'ms', values: totals },
    { name: 'longest hold of the process meanwhile', target: '≤ 100 ms', unit: 'ms', values: holds },
  ];
}
