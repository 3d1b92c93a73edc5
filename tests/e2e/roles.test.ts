import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { doctorJson } from '../../src/cli/output.ts';
import { typed } from '../support/a-command-line.ts';
import { aHome, type Home, type Running, ran, run } from '../support/a-process.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.stop());

/** Processes on one PostgreSQL, all ended with the test. */
async function aHouse() {
  const home = aHome();
  const env = { DATABASE_URL: await server.database() };
  const running: Running[] = [];
  onTestFinished(async () => {
    for (const bot of running) bot.process.kill('SIGKILL');
    await Promise.all(running.map((bot) => bot.ended));
    home.remove();
  });
  const start = async (role: string): Promise<Running> => {
    const bot = run(home, ['start', '--role', role], env);
    running.push(bot);
    await bot.says('Stop it with Ctrl+C.');
    return bot;
  };
  return { home, env, start };
}

/** A date of Togo becomes known; every channel hears of it. */
async function announce({ home, env }: { home: Home; env: Record<string, string> }, day: string, version: number): Promise<void> {
  const file = join(home.folder, 'togo.yaml');
  const deadline = `presession_application: { date: ${day}, certainty: tentative, source: [docip] }`;
  writeFileSync(file, `session: 54\nversion: ${version}\nchecked: 2026-11-24\nstates:\n  - state: TGO\n    deadlines:\n      ${deadline}\n`);
  const { code, err } = await typed(home, ['calendar', 'apply', file], { env });
  expect([code, err]).toEqual([0, '']);
}

describe('Several processes on one PostgreSQL', () => {
  test('share the work: a planner posts nothing, a worker posts what it planned', async () => {
    const house = await aHouse();
    const planner = await house.start('planner');
    await announce(house, '2027-02-10', 1);
    const worker = await house.start('worker');

    await worker.says('10 February 2027');

    expect(planner.out()).not.toContain('10 February 2027');
  });

  test('a worker alone plans nothing, and says it as soon as a planner is there', async () => {
    const house = await aHouse();
    const worker = await house.start('worker');
    await announce(house, '2027-02-10', 1);
    expect(
      doctorJson.parse(JSON.parse((await typed(house.home, ['doctor', '--json'], { env: house.env })).out)).findings.map(({ what }) => what),
    ).not.toContain('lane');
    await house.start('planner');

    await worker.says('10 February 2027');
  });

  test('one that is killed is taken over from at once by another of its machine, for planning and for posting', async () => {
    const house = await aHouse();
    const [one, two] = [await house.start('all'), await house.start('all')];
    await announce(house, '2027-02-10', 1);
    const first = await Promise.any([one, two].map(async (bot) => bot.says('10 February 2027').then(() => bot)));
    const other = first === one ? two : one;
    expect(other.out()).not.toContain('10 February 2027');
    first.process.kill('SIGKILL');
    await announce(house, '2027-02-17', 2);

    await other.says('17 February 2027');
  });

  test('one that is told to stop hands back what it held', async () => {
    const house = await aHouse();
    const bot = await house.start('all');
    await announce(house, '2027-02-10', 1);
    await bot.says('10 February 2027');
    bot.process.kill('SIGTERM');
    expect((await bot.ended).code).toBe(0);

    const { findings } = doctorJson.parse(JSON.parse((await typed(house.home, ['doctor', '--json'], { env: house.env })).out));

    expect(findings.find(({ what }) => what === 'posting')?.detail).toBe('nobody runs');
  });
});

describe('A role without a server', () => {
  test('is refused with what to do', async () => {
    const home = aHome();
    onTestFinished(() => home.remove());

    const { code, err } = await ran(home, ['start', '--role', 'worker']);

    expect(code).toBe(2);
    expect(err).toContain('--role worker is for several processes on one PostgreSQL; set DATABASE_URL, or start without --role');
  });
});
