/** How fast messages leave when the platform answers at once, beside what the disk or another queue makes of the same machine. */
import { DatabaseSync } from 'node:sqlite';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { someFacts } from '../support/a-calendar.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { ownFolder } from './big-store.ts';
import { addNotices, BODY, benchLanes, channelNames, instantAdapter, putChannels } from './lanes.ts';
import { type Figure, median, timed } from './measure.ts';
import { type Order, runPgBoss, tidy } from './pg-boss.ts';

const [CHANNELS, EACH, RUNS] = [channelNames(200), 10, 5];
const MESSAGES = CHANNELS.length * EACH;

const SIZE = `${MESSAGES} messages, ${CHANNELS.length} channels, one lane`;
const ORDERS = ['strict', 'groups', 'none'] as const;

const perSecond = (ms: number) => (1_000 * MESSAGES) / ms;
const wide = (values: readonly number[]) => `${median(values).toFixed(0)}/s (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;

async function fillLane(store: Store): Promise<void> {
  await putChannels(store, 'bench', CHANNELS);
  const dueAt = Date.now() - 1_000;
  for (let round = 0; round < EACH; round += 1) await addNotices(store, { lane: 'bench', channels: CHANNELS, name: `${round}`, dueAt });
}

/** Messages a second from the first look to the last record. */
async function drain(store: Store): Promise<number> {
  const lanes = benchLanes({ store, facts: someFacts(), adapter: instantAdapter() });
  const took = await timed(async () => {
    await lanes.look(Date.now());
    await lanes.settled();
  });
  const { sent } = await store.alerts.counts();
  if (sent !== MESSAGES) throw new Error(`${sent} of ${MESSAGES} messages were sent`);
  await lanes.stop();
  return perSecond(took);
}

async function oursOnSqlite(file: string): Promise<number> {
  const store = await openSqlite({ file });
  await fillLane(store);
  const rate = await drain(store);
  await store.close();
  return rate;
}

/** One durable commit a message, of the least that must be written: N was sent, N+1 is being sent. */
async function bareCommits(file: string): Promise<number> {
  const raw = new DatabaseSync(file);
  raw.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on');
  raw.exec('create table messages (id integer primary key, state text not null, body text not null, ref text); begin');
  const add = raw.prepare("insert into messages (state, body) values ('pending', ?)");
  for (let index = 0; index < MESSAGES; index += 1) add.run(BODY);
  raw.exec('commit');
  const [begin, commit] = [raw.prepare('begin immediate'), raw.prepare('commit')];
  const record = raw.prepare("update messages set state = 'sent', ref = ? where id = ?");
  const mark = raw.prepare("update messages set state = 'sending' where id = ?");
  const took = await timed(() => {
    for (let index = 0; index <= MESSAGES; index += 1) {
      begin.run();
      record.run(`${index}`, index);
      mark.run(index + 1);
      commit.run();
    }
  });
  raw.close();
  return perSecond(took);
}

export async function onSqlite(): Promise<readonly Figure[]> {
  const folder = ownFolder();
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareCommits(folder.file(`bare-${run}.db`)));
    ours.push(await oursOnSqlite(folder.file(`ours-${run}.db`)));
  }
  folder.clear();
  const values = ours.map((rate, run) => rate / (bare[run] ?? Number.NaN));
  const name = 'mark → post → record, platform answers at once, SQLite';
  return [
    { name, target: '–', unit: 'messages/s', values: ours, note: SIZE },
    { name: '… beside bare durable commits, one a message', target: '≥ 0.4', unit: '×', values, note: `bare: ${wide(bare)}; runs alternate` },
  ];
}

async function oursOnPostgres(postgres: TestPostgres): Promise<number> {
  const url = await postgres.database();
  const store = await openPostgres({ url });
  await fillLane(store);
  await tidy(url);
  const rate = await drain(store);
  await store.close();
  return rate;
}

export async function onPostgres(): Promise<readonly Figure[]> {
  const postgres = await startPostgres({ durable: true });
  const work = { channels: CHANNELS, each: EACH, body: BODY, inFlight: 10 };
  const ours: number[] = [];
  const rivals: Record<Order, number[]> = { strict: [], groups: [], none: [] };
  try {
    for (let run = 0; run < RUNS; run += 1) {
      ours.push(await oursOnPostgres(postgres));
      for (const order of ORDERS) rivals[order].push(perSecond(await runPgBoss(await postgres.database(), { ...work, order })));
    }
  } finally {
    await postgres.stop();
  }
  const beside = (order: Order) => ours.map((rate, run) => rate / (rivals[order][run] ?? Number.NaN));
  const same = '10 in flight, fetched as places are free, a commit a completion';
  return [
    { name: 'mark → post → record, platform answers at once, PostgreSQL', target: '–', unit: 'messages/s', values: ours, note: SIZE },
    {
      ...{ name: '… beside pg-boss, key_strict_fifo', target: '≥ 1', unit: '×', values: beside('strict') },
      note: `pg-boss: ${wide(rivals.strict)}; ${same}; runs alternate`,
    },
    {
      ...{ name: '… beside pg-boss, groupConcurrency 1', target: '≥ 1', unit: '×', values: beside('groups') },
      note: `pg-boss: ${wide(rivals.groups)}; ${same}; in order only while nothing fails`,
    },
    {
      name: 'pg-boss without order, fetched and completed ten at a time',
      target: '–',
      unit: 'messages/s',
      values: rivals.none,
      note: 'no rival: no order by channel',
    },
  ];
}
