import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { beginIn, FAILED, IN_DOUBT, NOON, postponed, SENT, UNSENT } from './promises/cast.ts';
import { claim, claimAtOnce, PLANTED, placeOf, plant, TEAM } from './promises/team-cast.ts';
import { storeContract } from './store.ts';

let server: TestPostgres;
/** A database that is up to date; a copy of it is made sooner than it is. */
let made = '';
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startPostgres();
  made = await server.database();
  await (await openPostgres({ url: made })).close();
}, 60_000);

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

afterAll(() => server.stop(), 60_000);

async function open(url?: string): Promise<Store> {
  const store = await openPostgres({ url: url ?? (await server.database(made)) });
  opened.push(store);
  return store;
}

/** Asks the database itself, past the store. */
async function asker(url: string): Promise<<Row>(sql: string) => Promise<readonly Row[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  opened.push({ close: () => client.end() });
  return async (sql) => (await client.query(sql)).rows;
}

storeContract('PostgreSQL', () => open());

describe('Processes on one PostgreSQL', () => {
  test('started at once on an empty database make one schema', async () => {
    const url = await server.database();

    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => open(url)));

    await first?.setMark('watermark', NOON);
    expect(await Promise.all(others.map((store) => store.mark('watermark')))).toEqual(Array(4).fill(NOON));
  });

  test('go by the clock of the database, which is one for all', async () => {
    const time = await (await open()).time();

    expect(Math.abs((time ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('wait with taking a lease until the transaction ends that asked how long it is held', async () => {
    const url = await server.database();
    const [holder, other, ask] = [await open(url), await open(url), await asker(url)];
    const waits = () => ask<object>(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    await holder.leases.take('posting', 'first', -1); // it runs out while it is held
    let taking: Promise<boolean> = Promise.resolve(false);
    let answered = false;

    const waited = await holder.transaction(async (trx) => {
      await trx.leases.left('posting', 'first');
      taking = other.leases.take('posting', 'second', 60_000).finally(() => {
        answered = true;
      });
      // It either answers, which is wrong, or the server says that it waits; the deadline is for a server that says neither.
      const until = performance.now() + 5_000;
      while (!answered && performance.now() < until) if ((await waits()).length > 0) return !answered;
      return false;
    });

    expect([waited, await taking, await holder.leases.left('posting', 'second')]).toEqual([true, true, expect.any(Number)]);
    expect(await holder.leases.left('posting', 'first')).toBe(0);
  });
});

describe('A task that four processes claim at once', () => {
  const inTransaction: typeof claim = (store, response, who) => store.transaction((trx) => claim(trx, response, who));

  test.each([
    ['as they are', claim],
    ['in transactions', inTransaction],
  ])('is one’s, who alone is told so, %s', async (_, how) => {
    const url = await server.database(made);
    const processes = await Promise.all(Array.from({ length: 4 }, () => open(url)));

    const { holder, told } = await claimAtOnce(processes, 10, how);

    expect(told).toEqual([holder]);
  });
});

describe('A team that is erased', () => {
  test('is in no table any more, and what its partner has of its own is', async () => {
    const url = await server.database(made);
    const [store, ask] = [await open(url), await asker(url)];
    await plant(store, 1);
    const tables = await ask<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`);
    const dump = async () =>
      (await Promise.all(tables.map(({ name }) => ask<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`))))
        .flat()
        .map(({ row }) => row)
        .join();
    const found = async () => {
      const text = await dump();
      return PLANTED.filter((word) => text.includes(word));
    };
    expect(await found()).toEqual(PLANTED);

    await store.transaction((trx) => trx.installations.erase(placeOf(TEAM)));
    await store.scrub();

    expect(await found()).toEqual([]);
    expect(await dump()).toContain('kept by the partner');
  });
});

describe('What a message said', () => {
  test('is in PostgreSQL while its outcome is unknown, and gone with any result', async () => {
    const url = await server.database();
    const [store, ask] = [await open(url), await asker(url)];
    const begun = await beginIn(store, ['sent', 'failed', 'unsent', 'doubt', 'postponed', 'unknown'], { message: 'a name' });
    const results = [SENT, FAILED, UNSENT, IN_DOUBT, postponed(NOON)];

    await store.alerts.record(
      results.flatMap((result, index) => begun.slice(index, index + 1).map((delivery) => ({ ...delivery, ...result }))),
      NOON,
    );

    expect(await ask('select channel_id, message_json from deliveries where message_json is not null')).toEqual([
      { channel_id: 'unknown', message_json: 'a name' },
    ]);
  });
});
