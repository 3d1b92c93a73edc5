import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CLAIM_TIMES, createClaim } from '../../../src/lib/claim.ts';
import { isGone } from '../../../src/lib/identity.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { aClock } from '../../support/a-clock.ts';

const NOON = Date.parse('2026-07-10T12:00:00Z');

/** Two processes on one file, each with its own clock and its own count of take-overs. */
async function twoProcesses() {
  const folder = await mkdtemp(join(tmpdir(), 'upr-turn-'));
  const file = join(folder, 'upr-watch.db');
  const process = async (name: string) => {
    const store = await openSqlite({ file });
    const clock = aClock(NOON);
    const claim = createClaim({ leases: store.leases, clock, owner: name, isGone, times: CLAIM_TIMES }, 'posting');
    return { store, clock, claim };
  };
  const [one, two] = [await process('a-machine/1/one'), await process('another-machine/1/two')];
  onTestFinished(async () => {
    await one.store.close();
    await two.store.close();
    await rm(folder, { recursive: true });
  });
  return { one, two, file };
}

/** As if twenty-five seconds had gone by on the database's clock. */
function runOut(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('update leases set until = 0');
  database.close();
}

describe('Two processes on one database', () => {
  test('one posts and the other stands by', async () => {
    const { one, two } = await twoProcesses();

    expect([await one.claim.mine(), await two.claim.mine()]).toEqual([true, false]);
    expect(await one.store.leases.left('posting', 'a-machine/1/one')).toBeGreaterThan(20_000);
  });

  test('the other takes over at its next look when the first hands its turn back', async () => {
    const { one, two } = await twoProcesses();
    await one.claim.mine();
    await two.claim.mine();

    await one.claim.release();
    two.clock.pass(2_000);

    expect(await two.claim.mine()).toBe(true);
  });

  test('the first, when it was stopped for longer than its turn, does not post any more', async () => {
    const { one, two, file } = await twoProcesses();
    await one.claim.mine();
    runOut(file);

    expect(await two.claim.mine()).toBe(true);
    one.clock.pass(60_000);

    expect([await one.store.leases.left('posting', 'a-machine/1/one'), await one.claim.mine()]).toEqual([0, false]);
  });

  test('the other does not wait for the turn of a process of this machine that has ended', async () => {
    const { two } = await twoProcesses();
    const ended = spawnSync(process.execPath, ['--version']).pid;
    await two.store.leases.take('posting', `${hostname()}/${ended}/x`, 60_000);

    expect(await two.claim.mine()).toBe(true);
  });

  test('the other waits for the turn of a process of another machine', async () => {
    const { two } = await twoProcesses();
    await two.store.leases.take('posting', 'a-third-machine/1/x', 60_000);

    expect(await two.claim.mine()).toBe(false);
  });

  test('a renewal is asked for every five seconds and not at every tick', async () => {
    const { one, two } = await twoProcesses();
    await one.claim.mine();
    await one.claim.mine();
    await one.store.leases.release('posting', 'nobody');

    one.clock.pass(4_999);
    expect(await one.claim.mine()).toBe(true);
    two.clock.pass(60_000);

    expect(await two.claim.mine()).toBe(false);
  });
});

describe('A process that is named', () => {
  test('is gone only where that can be seen: on this machine, by its number', () => {
    expect(isGone(`${hostname()}/${process.ppid}/x`)).toBe(false);
    expect(isGone(`${hostname()}/${process.pid}/of a bot that had our number before`)).toBe(true);
    expect(isGone('another-machine/999999/x')).toBe(false);
    expect(isGone('no name at all')).toBe(false);
  });
});
