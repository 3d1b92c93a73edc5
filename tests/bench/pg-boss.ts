/** The same messages through pg-boss, a good queue on PostgreSQL, as fast as its calls allow. */
import pg from 'pg';
import { type Job, PgBoss } from 'pg-boss';
import { createBell } from '../../src/lib/bell.ts';

export interface Work {
  readonly channels: readonly string[];
  readonly each: number;
  readonly body: string;
  readonly inFlight: number;
  readonly order: Order;
}

/**
 * - `strict`: pg-boss' own word for order by key; it holds when a message fails too
 * - `groups`: one at a time a group, in order while nothing fails and one process fetches; spares looking for the head of each key
 * - `none`: fetched and completed ten at a time, as its batches like it
 */
export type Order = 'strict' | 'groups' | 'none';

interface Numbered {
  readonly channel: string;
  readonly number: number;
}

interface Said {
  readonly channel: string;
  readonly round: number;
  readonly body: string;
}

const QUEUE = 'messages';

/** Milliseconds from the first fetch to the last completion. */
export async function runPgBoss(url: string, work: Work): Promise<number> {
  const { channels, each, body, order } = work;
  // Nothing of its own accord: no supervision, no schedules, no registry.
  const boss = new PgBoss({ connectionString: url, max: 10, supervise: false, schedule: false, registerInstance: false });
  boss.on('error', (cause) => console.error(cause));
  await boss.start();
  await boss.createQueue(QUEUE, { policy: order === 'strict' ? 'key_strict_fifo' : 'standard', partition: true });
  for (let round = 0; round < each; round += 1) {
    await boss.insert(
      QUEUE,
      channels.map((channel, index) => ({ data: { channel, round, body }, ...keyOf(order, { channel, number: round * channels.length + index }) })),
    );
  }
  await tidy(url);
  const from = performance.now();
  await (order === 'none' ? inBatches(boss, work) : inOrder(boss, work));
  const took = performance.now() - from;
  await boss.stop({ graceful: false });
  return took;
}

/** Groups are taken in order of their ids, so those rise. */
function keyOf(order: Order, { channel, number }: Numbered) {
  if (order !== 'groups') return { singletonKey: channel };
  return { id: `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`, group: { id: channel } };
}

/** As a server is some minutes after a load: statistics are there, for both rivals. */
export async function tidy(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

/** One fetch at a time takes as many as there are free places, one a channel; each is completed by itself when it is posted. */
async function inOrder(boss: PgBoss, { channels, each, inFlight, order }: Work): Promise<void> {
  const next = new Map(channels.map((channel) => [channel, 0]));
  const busy = new Set<string>();
  let [left, free] = [channels.length * each, inFlight];
  const freed = createBell();
  const limit = order === 'groups' ? { groupConcurrency: 1 } : {};
  const say = async ({ id, retryCount, data }: Job<Said>): Promise<void> => {
    if (busy.has(data.channel) || next.get(data.channel) !== data.round) throw new Error(`${data.channel} is out of order`);
    busy.add(data.channel);
    await post();
    next.set(data.channel, data.round + 1);
    busy.delete(data.channel);
    await boss.complete(QUEUE, { id, retryCount }, { id });
    left -= 1;
    free += 1;
    freed.ring();
  };
  while (left > 0) {
    const jobs = free > 0 ? await boss.fetch<Said>(QUEUE, { batchSize: free, ...limit }) : [];
    free -= jobs.length;
    for (const job of jobs) void say(job);
    if (jobs.length === 0 && left > 0) await freed.heard();
  }
}

async function inBatches(boss: PgBoss, { channels, each, inFlight }: Work): Promise<void> {
  let left = channels.length * each;
  while (left > 0) {
    const jobs = await boss.fetch<Said>(QUEUE, { batchSize: inFlight });
    await Promise.all(jobs.map(post));
    await boss.complete(
      QUEUE,
      jobs.map(({ id, retryCount }) => ({ id, retryCount })),
    );
    left -= jobs.length;
  }
}

/** The platform answers at once. */
async function post(): Promise<void> {}
