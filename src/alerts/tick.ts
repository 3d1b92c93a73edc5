/** The heart: what is due is planned, then whoever says it is told to look. */
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Store } from '../store/store.ts';
import type { DeliveryCounts, Lanes } from './delivery/lanes.ts';
import type { Keeper } from './look-ups.ts';
import type { Memory } from './memory.ts';
import { isPaused } from './pause.ts';
import { plan } from './plan.ts';

export interface TickDeps {
  readonly store: Store;
  /** The calendar and the moments ahead, read anew after a revision or a change of the timings in use. */
  readonly recall: (now: Instant) => Promise<Memory>;
  readonly log: Logger;
  /** Whether this process plans at this time. */
  readonly mayPlan: () => Promise<boolean>;
  /** What this process says things through; null when others do. */
  readonly lanes: Pick<Lanes, 'look' | 'takeCounts'> | null;
  /** Who is asked to look things up; nobody when left out. */
  readonly keeper?: Keeper | undefined;
}

export interface TickReport extends DeliveryCounts {
  readonly planned: number;
}

const NOTHING: DeliveryCounts = { sent: 0, postponed: 0, failed: 0, inDoubt: 0 };

/**
 * One tick at `now`. Safe to repeat, to interrupt and to run late: what was planned or said before is not planned or
 * said again. A tick with nothing due writes nothing. It waits for no platform: the lanes say things in their own time.
 * While posting is paused what is due is planned and waits.
 */
export async function runTick({ store, recall, log, mayPlan, lanes, keeper }: TickDeps, now: Instant): Promise<TickReport> {
  const planned = (await mayPlan()) ? await plan({ store, memory: await recall(now), log, keeper }, now) : 0;
  if (lanes !== null && !(await isPaused(store))) await lanes.look(now);
  const report = { planned, ...(lanes?.takeCounts() ?? NOTHING) };
  if (Object.values(report).some((count) => count > 0)) log.info(report, 'Tick');
  return report;
}
