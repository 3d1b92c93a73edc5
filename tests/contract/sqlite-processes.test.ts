import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { aLead, begin, LANE, NOON } from './promises/cast.ts';
import { claimAtOnce } from './promises/team-cast.ts';

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

/** Lets processes go on together once all of them are ready. Answers how each ended, with what it complained of. */
async function together(processes: readonly ChildProcessWithoutNullStreams[]): Promise<readonly string[]> {
  const ends = processes.map(async (process) => {
    let complaints = '';
    process.stderr.on('data', (text) => {
      complaints += String(text);
    });
    const [code] = await once(process, 'close');
    return `exit ${code}${code === 0 ? '' : `: ${complaints}`}`;
  });
  // One that ends before it is ready keeps nobody waiting.
  await Promise.all(processes.map((process, index) => Promise.race([once(process.stdout, 'data'), ends[index]])));
  for (const process of processes) process.stdin.on('error', () => undefined).end('go');
  return Promise.all(ends);
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
      console.log('ready');
      await new Promise((resolve) => process.stdin.once('data', resolve));
      const store = await openSqlite({ file: ${JSON.stringify(file)} });
      for (let time = 0; time < 20; time += 1) {
        await store.transaction(async (trx) => {
          const before = (await trx.mark('counter')) ?? 0;
          await trx.setMark('counter', before + 1);
        });
      }
      await store.close();`;

    const said = await together(Array.from({ length: 5 }, () => spawn(process.execPath, ['--input-type=module', '-e', counting])));

    expect([said, await (await open({ verify: true })).mark('counter')]).toEqual([Array(5).fill('exit 0'), 100]);
    // Five processes load at once; on a machine that does much else that alone takes long.
  }, 60_000);

  test('say a thing once: what one has begun the other does not find', async () => {
    const [one, two] = [await open(), await open()];
    await one.alerts.add([aLead('coalition')], NOON);

    await begin(one, 'coalition', await one.alerts.ready(['coalition'], NOON));

    expect([await two.alerts.readyChannels(LANE, NOON, 9), (await two.alerts.interrupted(LANE)).length]).toEqual([[], 1]);
  });
});

test('A task that four claim at once on one file is one’s, who alone is told so', async () => {
  const { holder, told } = await claimAtOnce([await open(), await open(), await open(), await open()], 25);

  expect(told).toEqual([holder]);
});
