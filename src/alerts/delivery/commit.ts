/**
 * The one transaction of a lane: it records what came of the requests that ended, takes the last look at the channels
 * whose turn it is, and marks their messages as being sent. A message is posted only after this is on the disk.
 */
import type { Instant } from '../../domain/time.ts';
import type { Memory } from '../memory.ts';
import { isPaused } from '../pause.ts';
import { beginAgain, beginNew } from './begin.ts';
import type { DeliveryDeps, Letter, Tally } from './letter.ts';
import { type CommitDeps, type Ended, record, takeUp } from './record.ts';

/** What a lane wants done. */
export interface Order {
  readonly lane: string;
  /** The name of the lane's lease. */
  readonly lease: string;
  readonly ended: readonly Ended[];
  /** Letters to be tried again under their key. */
  readonly again: readonly Letter[];
  /** Channels to say something in, if there is something to say. */
  readonly picks: readonly string[];
  /** Deliveries this lane knows of; any other without a result is somebody's who died. Null = do not look. */
  readonly known: ReadonlySet<number> | null;
}

export interface Committed {
  /** What is to be posted now. */
  readonly letters: readonly Letter[];
  /** What others left behind and can be tried again under its key. */
  readonly found: readonly Letter[];
  /** True when alerts of others wait to be said. */
  readonly freed: boolean;
  /** Channels that have more to say after this. */
  readonly more: readonly string[];
  /** How long the lease lasts from the beginning of the commit. */
  readonly leftMs: number;
  /** Why nothing was marked: the brake is on, the lease is too short, the calendar has a later revision. Null when all is well. */
  readonly held: 'paused' | 'lease' | 'stale' | null;
}

export async function commit(deps: DeliveryDeps, order: Order, memory: Memory, now: Instant): Promise<Committed> {
  const counted: ((tally: Tally) => void)[] = [];
  const committed = await deps.store.transaction((store) => inTransaction({ ...deps, store, counted }, order, memory, now));
  for (const count of counted) count(deps.tally);
  return committed;
}

async function inTransaction(deps: CommitDeps, order: Order, memory: Memory, now: Instant): Promise<Committed> {
  const { store, times, worker } = deps;
  const leftMs = await store.leases.left(order.lease, worker);
  await record(deps, order.ended, memory, now);
  const taken = order.known === null || leftMs === 0 ? { found: [], freed: false } : await takeUp(deps, { lane: order.lane, known: order.known, memory, now });
  const nothing = { ...taken, letters: [], more: [], leftMs };
  if (order.picks.length + order.again.length === 0) return { ...nothing, held: null };
  if (leftMs < times.marginMs) return { ...nothing, held: 'lease' };
  if (await isPaused(store)) return { ...nothing, held: 'paused' };
  if (((await store.calendar.latest())?.id ?? 0) !== memory.revision) return { ...nothing, held: 'stale' };
  const again = await beginAgain(deps, order.again);
  // What was found is said before anything else in its channel.
  const busy = new Set(taken.found.map(({ channel }) => channel.id));
  const free = order.picks.filter((id) => !busy.has(id));
  const { letters, more } = await beginNew(deps, free, memory, now);
  return { ...nothing, letters: [...again, ...letters], more: [...more, ...order.picks.filter((id) => busy.has(id))], held: null };
}
