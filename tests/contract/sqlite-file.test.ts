import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite, sqliteFault } from '../../src/store/sqlite.ts';
import { type Store, StoreError } from '../../src/store/store.ts';
import { aChannel, aLead, beginIn, counted, FAILED, follow, IN_DOUBT, NOON, postponed, SENT, UNSENT } from './promises/cast.ts';
import { PLANTED, placeOf, plant, TEAM } from './promises/team-cast.ts';

let folder = '';
let file = '';
const opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upr-watch-'));
  file = join(folder, 'upr-watch.db');
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

async function open(more: Partial<Parameters<typeof openSqlite>[0]> = {}): Promise<Store> {
  const store = await openSqlite({ file, ...more });
  opened.push(store);
  return store;
}

/** Why the store cannot be opened, or used. */
async function faultOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (cause) {
    return cause instanceof StoreError ? cause.reason : `another error: ${String(cause)}`;
  }
}

describe('A database file', () => {
  test('is made with its folder, and keeps what it was told over a restart', async () => {
    const deep = join(folder, 'data', 'of', 'the', 'bot', 'upr-watch.db');
    const before = await openSqlite({ file: deep });
    await follow(before, 'coalition', ['KEN']);
    await before.alerts.add([aLead('coalition')], NOON);
    await before.setMark('watermark', NOON);
    await before.close();

    const after = await openSqlite({ file: deep, verify: true });

    opened.push(after);
    expect([await after.mark('watermark'), await counted(after), (await after.subscriptions.list()).length]).toEqual([NOON, { pending: 1 }, 1]);
  });

  test('written by a newer version is refused and left as it is', async () => {
    const newer = await open();
    await newer.setMark('schema', 999);
    await newer.close();

    await expect(open()).rejects.toThrow(/schema 999.*start the newer version/);
    expect(await faultOf(() => open())).toBe('newer-schema');
  });

  test('that is no database is refused, and not written over', async () => {
    writeFileSync(file, 'a letter to the High Commissioner, kept in the wrong place '.repeat(100));

    expect(await faultOf(() => open())).toBe('corrupt');
    expect(readFileSync(file, 'utf8')).toMatch(/^a letter/);
  });

  test('that lost its second half is refused when it is verified', async () => {
    const whole = await open();
    await whole.calendar.putFiles([{ layer: 'shipped', file: '50.yaml', version: 1, body: 'x'.repeat(200_000) }], NOON);
    await whole.close();
    truncateSync(file, Math.floor(readFileSync(file).length / 2));

    expect(await faultOf(() => open({ verify: true }))).toBe('corrupt');
  });

  test('cannot be made where a file stands in the place of its folder', async () => {
    writeFileSync(join(folder, 'data'), '');

    expect(await faultOf(() => openSqlite({ file: join(folder, 'data', 'upr-watch.db') }))).toBe('folder');
    expect(await faultOf(() => openSqlite({ file: join(folder, 'data', 'deeper', 'upr-watch.db') }))).toBe('folder');
  });

  test('cannot be a folder', async () => {
    mkdirSync(file);

    expect(await faultOf(() => open())).toBe('folder');
  });

  // Root may write everywhere, so this says something only for an ordinary user.
  test.skipIf(process.getuid?.() === 0)('that may not be written is read-only', async () => {
    await (await open()).close();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);

    expect(await faultOf(async () => (await open()).setMark('watermark', NOON))).toBe('read-only');
    chmodSync(folder, 0o755);
  });

  test.each([
    ['attempt to write a readonly database', 'read-only'],
    ['EROFS: read-only file system', 'read-only'],
    ['database disk image is malformed', 'corrupt'],
    ['database is locked', 'locked'],
    ['EACCES: permission denied, mkdir', 'folder'],
    ['ENOSPC: no space left on device', 'full'],
  ])('fault "%s" is named %s, with what to do', (text, reason) => {
    const fault = sqliteFault(new Error(text), file) as StoreError;

    expect(fault.reason).toBe(reason);
    expect(fault.message).toMatch(new RegExp(`^${file}: .+`));
  });

  test('another error is passed on as it is', () => {
    const error = new TypeError('x is not a function');

    expect(sqliteFault(error, file)).toBe(error);
  });
});

describe('A full disk', () => {
  test('at the start is named', async () => {
    expect(await faultOf(() => open({ maxPages: 3 }))).toBe('full');
  });

  test('later is named, loses nothing that was kept, and lets reading go on', async () => {
    await (await open()).close();
    const store = await open({ maxPages: 60 });
    await store.alerts.add([aLead('coalition')], NOON);

    const reason = await faultOf(async () => {
      await store.transaction(async (trx) => {
        await trx.setMark('watermark', NOON);
        await trx.calendar.putFiles([{ layer: 'shipped', file: '50.yaml', version: 1, body: 'x'.repeat(500_000) }], NOON);
      });
    });

    expect(reason).toBe('full');
    expect([await store.mark('watermark'), await counted(store), await store.calendar.files('shipped')]).toEqual([null, { pending: 1 }, []]);
    await store.setMark('watermark', 1);
    expect(await store.mark('watermark')).toBe(1);
  });
});

describe('What was erased', () => {
  test('is not to be found in the file', async () => {
    const store = await open();
    await store.wakeups.put({ kind: 'note', subject: 'a', dueAt: NOON, body: 'the name of a person at risk' });

    await store.wakeups.remove('note', 'a');
    await store.close();

    expect(readFileSync(file).includes('person at risk')).toBe(false);
  });

  test('is a message, whatever its result, and no sooner than it has one', async () => {
    const store = await open();
    const begun = await beginIn(store, ['sent', 'failed', 'unsent', 'doubt', 'postponed'], { message: 'the name of a person at risk' });
    await store.close();
    expect(readFileSync(file).includes('person at risk')).toBe(true);

    const later = await open();
    const results = [SENT, FAILED, UNSENT, IN_DOUBT, postponed(NOON)];
    await later.alerts.record(
      results.flatMap((result, index) => begun.slice(index, index + 1).map((delivery) => ({ ...delivery, ...result }))),
      NOON,
    );
    await later.close();

    expect(readFileSync(file).includes('person at risk')).toBe(false);
  });

  test('is a server with all its channels: once it is scrubbed nothing of it is in the file or its log, with the store still open', async () => {
    const store = await open();
    const place = { platform: 'discord', id: '731000000000000001' };
    const rooms = Array.from({ length: 60 }, (_, index) => `9420000000000${String(index).padStart(5, '0')}`);
    const aRoom = (room: string) => `discord:${place.id}/${room}`;
    for (const room of rooms) {
      const target = { installation: place.id, channel: room };
      const set = { mute: { until: NOON, reason: `a person at risk in ${room}` }, managers: [`role-${room}`] };
      await store.subscriptions.putChannel(aChannel(aRoom(room), { ...place, id: aRoom(room), installation: place.id, target, ...set }));
      await follow(store, aRoom(room), ['KEN', 'FRA'], { id: `wish-${room}` });
      await store.wakeups.set({ kind: 'digest', subject: aRoom(room), dueAt: NOON, body: '{}' });
    }
    const begun = await beginIn(store, rooms.map(aRoom), { message: 'the name of a person at risk' });
    await store.alerts.record(
      begun.map((delivery) => ({ ...delivery, ...SENT })),
      NOON,
    );
    await store.installations.leave(place, NOON);
    await follow(store, 'somebody-else', ['KEN']);
    const bytes = () => [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path)).map((path) => readFileSync(path));
    const found = (text: string) => bytes().some((content) => content.includes(text));
    expect([place.id, '942000000000', 'person at risk', 'role-942', 'wish-942'].map(found)).toEqual(Array(5).fill(true));

    const counts = await store.transaction((trx) => trx.installations.erase(place));
    await store.scrub();

    expect(counts).toEqual({ channels: 60, follows: 60, alerts: 60, messages: 60, corrections: 0, plans: 0, tasks: 0, links: 0 });
    expect([place.id, '942000000000', 'person at risk', 'role-942', 'wish-942'].map(found)).toEqual(Array(5).fill(false));
    expect(found('somebody-else')).toBe(true);
    expect((await store.subscriptions.channels()).map(({ id }) => id)).toEqual(['somebody-else']);
  });

  test('is a team with its plans, and what it had in those of others: once it is scrubbed nothing of it is in the file or its log', async () => {
    const store = await open();
    await plant(store, 6);
    const found = () => {
      const bytes = [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path)).map((path) => readFileSync(path));
      return [...PLANTED, 'kept by the partner'].filter((text) => bytes.some((content) => content.includes(text)));
    };
    expect(found()).toEqual([...PLANTED, 'kept by the partner']);

    const counts = await store.transaction((trx) => trx.installations.erase(placeOf(TEAM)));
    await store.scrub();

    expect(counts).toMatchObject({ plans: 6, tasks: 240 });
    expect(found()).toEqual(['kept by the partner']);
  });
});
