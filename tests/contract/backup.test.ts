/** A backup holds everything, and is restored into either store, whichever made it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchesOf, proveBackup } from '../../src/store/backup/read.ts';
import { restoreBackup } from '../../src/store/backup/restore.ts';
import { ALL_TABLES } from '../../src/store/backup/tables.ts';
import { writeBackup } from '../../src/store/backup/write.ts';
import { type Database, openStore } from '../../src/store/open-store.ts';
import { memoryDisk } from '../support/a-bot.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { aLead, aSubscription, begin, NOON, ready } from './promises/cast.ts';
import { plant } from './promises/team-cast.ts';

let server: TestPostgres;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(memoryDisk(), 'upr-backup-'));
}, 60_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
}, 60_000);

const quiet = () => undefined;
let made = 0;
const aFile = (): Database => ({ file: join(folder, `${++made}.db`) });
const aServer = async (): Promise<Database> => ({ url: await server.database() });

/** Every row of a backup, whatever made it. */
async function rowsOf(where: Database): Promise<readonly string[]> {
  const { file } = await writeBackup(where, { folder, now: NOON + ++made, progress: quiet });
  const rows: string[] = [];
  for await (const batch of batchesOf(await proveBackup(file)))
    rows.push(...batch.rows.map((row) => JSON.stringify([batch.table, Object.entries(row).sort()])));
  return rows.sort();
}

/** Teams, follows, alerts and a message whose outcome nobody knows. */
async function fill(where: Database): Promise<void> {
  const store = await openStore(where);
  await plant(store, 1);
  const [channel] = await store.subscriptions.channels();
  if (channel === undefined) throw new Error('nothing was planted');
  await store.subscriptions.put(aSubscription('kenya', channel.id), ['KEN']);
  await begin(store, channel.id, await ready(store, channel.id, [aLead(channel.id, { lane: channel.lane })]));
  await store.alerts.add([aLead(channel.id, { lane: channel.lane, onceKey: 'waits', lead: '3d' })], NOON);
  await store.secrets.put({ platform: 'slack', id: 'T1' }, 'sealed');
  await store.setMark('watermark', NOON);
  await store.close();
}

const CASES: readonly [string, () => Database | Promise<Database>, () => Database | Promise<Database>][] = [
  ['a file into a server', aFile, aServer],
  ['a server into a file', aServer, aFile],
];

describe('A backup', () => {
  test.each(CASES)('of %s is the same, row by row, and goes on from there', async (_, from, to) => {
    const [source, target] = [await from(), await to()];
    await fill(source);
    const before = await rowsOf(source);
    expect(before.length).toBeGreaterThan(20);
    const { file } = await writeBackup(source, { folder, now: NOON + ++made, progress: quiet });

    await restoreBackup(target, await proveBackup(file), { replace: false, isGone: () => false, settle: async () => undefined, progress: quiet });

    expect(await rowsOf(target)).toEqual(before);
    const store = await openStore(target);
    const [channel] = await store.subscriptions.channels();
    // Keys go on counting after those that were put in.
    await store.alerts.add([aLead(channel?.id ?? '', { onceKey: 'new', lead: '1d' })], NOON);
    expect((await store.alerts.counts()).pending).toBe(2);
    expect(await store.alerts.abandon('a test', NOON)).toMatchObject([{ lead: '7d' }, { lead: '3d' }, { lead: '1d' }]);
    expect(await store.alerts.counts()).toMatchObject({ pending: 0, sending: 0, superseded: 2, 'in-doubt': 1 });
    await store.close();
  });

  test('that cannot be settled leaves a server as it was', async () => {
    const target = await aServer();
    await fill(target);
    const before = await rowsOf(target);
    const { file } = await writeBackup(target, { folder, now: NOON + ++made, progress: quiet });
    const failing = async () => Promise.reject(new Error('it cannot be settled'));

    await expect(restoreBackup(target, await proveBackup(file), { replace: true, isGone: () => true, settle: failing, progress: quiet })).rejects.toThrow(
      'settled',
    );

    expect(await rowsOf(target)).toEqual(before);
  });

  test('knows every table there is', async () => {
    const { url } = (await aServer()) as { url: string };
    await (await openStore({ url })).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select tablename as name from pg_tables where schemaname = current_schema()');
    await client.end();

    expect(rows.map(({ name }) => name).sort()).toEqual([...ALL_TABLES].sort());
  });
});
