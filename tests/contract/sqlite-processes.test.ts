import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { aLead, NOON } from './promises/cast.ts';

let folder = '';
let file = '';
const opened: Store[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upr-watch-'));
  file = join(folder, 'upr-watch.db');
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(more: Partial<Parameters<typeof openSqlite>[0]> = {}): Promise<Store> {
  const store = await openSqlite({ file, ...more });
  opened.push(store);
  return store;
}

function exitOf(process: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => process.once('exit', resolve));
}

describe('Transactions of one process', () => {
  test('wait for each other, so that none sees half of another', async () => {
    const store = await open();
    const add = () =>
      store.transaction(async (trx) => {
        const before = (await trx.mark('counter')) ?? 0;
        await Promise.resolve();
        await trx.setMark('counter', before + 1);
      });

    await Promise.all(Array.from({ length: 20 }, add));

    expect(await store.mark('counter')).toBe(20);
  });
});

describe('Two processes on one file', () => {
  test('see what the other has committed', async () => {
    const [bot, cli] = [await open(), await open()];

    await cli.setMark('watermark', NOON);

    expect(await bot.mark('watermark')).toBe(NOON);
  });

  test('do not see half of a transaction', async () => {
    const [bot, cli] = [await open(), await open()];

    await bot.transaction(async (trx) => {
      await trx.setMark('watermark', NOON);
      expect(await cli.mark('watermark')).toBeNull();
    });

    expect(await cli.mark('watermark')).toBe(NOON);
  });

  test('started at once on an empty folder make one schema, and wait for each other', async () => {
    const counting = `
      const { openSqlite } = await import(${JSON.stringify(new URL('../../src/store/sqlite.ts', import.meta.url).href)});
      const store = await openSqlite({ file: ${JSON.stringify(file)} });
      for (let time = 0; time < 100; time += 1) {
        await store.transaction(async (trx) => {
          const before = (await trx.mark('counter')) ?? 0;
          await trx.setMark('counter', before + 1);
        });
      }
      await store.close();`;

    const codes = await Promise.all([1, 2, 3].map(() => exitOf(spawn(process.execPath, ['--input-type=module', '-e', counting], { stdio: 'ignore' }))));

    expect([codes, await (await open({ verify: true })).mark('counter')]).toEqual([[0, 0, 0], 300]);
  });

  test('say a thing once: what one has begun the other does not find', async () => {
    const [one, two] = [await open(), await open()];
    await one.alerts.add([aLead('coalition')], NOON);
    const [alert] = await one.alerts.ready('coalition', NOON);

    await one.alerts.begin({ channel: 'coalition', onceKey: 'd', type: 'leads', title: '', alerts: [alert?.id ?? 0], folded: [], now: NOON });

    expect([await two.alerts.readyChannels(NOON, 9), (await two.alerts.interrupted()).length]).toEqual([[], 1]);
  });
});
