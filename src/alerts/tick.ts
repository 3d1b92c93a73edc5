/** The heart: what is due is planned, then what is ready is said. */
import type { Instant } from '../domain/time.ts';
import { type DeliverDeps, type DeliveryCounts, deliver } from './deliver.ts';
import type { Memory } from './memory.ts';
import { resolveInterrupted } from './outcome.ts';
import { isPaused } from './pause.ts';
import { plan } from './plan.ts';

export interface TickDeps extends Omit<DeliverDeps, 'memory'> {
  /** The calendar and the moments ahead, read anew after a revision or a change of the timings in use. */
  readonly recall: (now: Instant) => Promise<Memory>;
}

export interface TickReport extends DeliveryCounts {
  readonly planned: number;
}

const NOTHING: DeliveryCounts = { sent: 0, postponed: 0, failed: 0, inDoubt: 0 };

/**
 * One tick at `now`. Safe to repeat, to interrupt and to run late: what was planned or said before is not planned or
 * said again. A tick with nothing due writes nothing. While
 * posting is paused what is due is planned and waits.
 */
export async function runTick(deps: TickDeps, now: Instant): Promise<TickReport> {
  const memory = await deps.recall(now);
  const planned = await plan({ store: deps.store, memory, log: deps.log }, now);
  const delivered = (await isPaused(deps.store)) ? NOTHING : await say({ ...deps, memory }, now);
  const report = { planned, ...delivered };
  if (planned + delivered.sent + delivered.postponed + delivered.failed + delivered.inDoubt > 0) deps.log.info(report, 'Tick');
  return report;
}

/** First what a process that died, or could not record, left in the act of sending; then everything that is ready. */
async function say(deps: DeliverDeps, now: Instant): Promise<DeliveryCounts> {
  await resolveInterrupted(deps, now);
  return deliver(deps, now);
}
