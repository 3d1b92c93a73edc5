import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aHome, type Home, type Running, ran, run } from '../support/a-process.ts';

const RUNNING = 'Stop it with Ctrl+C.';

function home(): Home {
  const made = aHome();
  onTestFinished(() => made.remove());
  return made;
}

/** A bot that is up; it is killed when the test ends. */
async function aBotIn(where: Home, env: Readonly<Record<string, string>> = {}): Promise<Running> {
  const bot = run(where, ['start'], env);
  onTestFinished(async () => {
    bot.process.kill('SIGKILL');
    await bot.ended;
  });
  await bot.says(RUNNING);
  return bot;
}

/** What a database holds that a start must not change. */
function revisions({ data }: Home): readonly unknown[] {
  const database = new DatabaseSync(join(data, 'upr-watch.db'), { readOnly: true });
  try {
    return database.prepare('select id, at from revisions').all();
  } finally {
    database.close();
  }
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An operator's file that gives Togo's application for the pre-session. */
function togo(where: Home, date: string, version: number): string {
  const file = join(where.folder, 'togo.yaml');
  const deadline = `presession_application: { date: ${date}, certainty: tentative, source: [docip] }`;
  writeFileSync(file, `session: 54\nversion: ${version}\nchecked: ${inDays(0)}\nstates:\n  - state: TGO\n    deadlines:\n      ${deadline}\n`);
  return file;
}

const HEARD = 'Togo: application for the pre-session';
const titlesIn = (bot: Running) =>
  bot
    .out()
    .split('\n')
    .filter((line) => line.startsWith(`${HEARD} on`) || line.startsWith(`${HEARD} moved to`)).length;

describe('npm start without any setting', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'says what is next, what is unknown and where it posts, and ends on %s with 0 within five seconds',
    async (signal) => {
      const where = home();
      const bot = await aBotIn(where, { UPR_WATCH_DATA: '' });

      const asked = performance.now();
      bot.process.kill(signal);
      const { code, out, err } = await bot.ended;

      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(performance.now() - asked).toBeLessThan(5_000);
      expect(existsSync(join(where.folder, 'data/upr-watch.db'))).toBe(true);
      const parts = [
        'UPR Watch is running',
        'Next UPR dates',
        'Not published yet',
        'Where to look:',
        'console: running',
        'discord: not running',
        'slack: not running',
      ];
      expect(parts.filter((part) => !out.includes(part))).toEqual([]);
    },
  );

  test('a second start on the same folder makes no revision', async () => {
    const where = home();
    for (const _start of ['first', 'second']) {
      const bot = await aBotIn(where);
      bot.process.kill('SIGTERM');
      await bot.ended;

      expect(revisions(where)).toHaveLength(1);
    }
  });

  test('kill -9 leaves a database that starts again as if nothing had been', async () => {
    const where = home();
    const first = await aBotIn(where);
    first.process.kill('SIGKILL');
    await first.ended;

    const second = await aBotIn(where);
    second.process.kill('SIGTERM');

    expect((await second.ended).code).toBe(0);
    expect(revisions(where)).toHaveLength(1);
  });
});

describe('While a bot runs', () => {
  test('a date that an operator applies is heard once by the console, and never again after a restart', async () => {
    const where = home();
    const bot = await aBotIn(where);

    const applied = await ran(where, ['calendar', 'apply', togo(where, inDays(40), 1)]);
    expect(applied).toMatchObject({ code: 0, err: '' });
    await bot.says(HEARD);
    const again = await ran(where, ['calendar', 'apply', togo(where, inDays(40), 1)]);
    expect(again.out).toContain('says nothing that the calendar did not say already');
    await ran(where, ['calendar', 'apply', togo(where, inDays(41), 2)]);
    await bot.says(`${HEARD} moved to`);
    bot.process.kill('SIGTERM');
    const restarted = await aBotIn(where);
    restarted.process.kill('SIGTERM');
    await restarted.ended;

    expect((await bot.ended).code).toBe(0);
    expect([titlesIn(bot), titlesIn(restarted)]).toEqual([2, 0]);
  });

  test('SIGHUP with a broken calendar keeps the last good one and names the fault; repaired, it is taken up', async () => {
    const where = home();
    const session = 'calendar/sessions/54.yaml';
    const bot = await aBotIn(where);

    where.edit(session, (text) => text.replace('certainty: tentative', 'certainty: probable'));
    bot.process.kill('SIGHUP');
    await bot.says('the last good calendar stays in force', 'err');
    expect(bot.err()).toContain('sessions/54.yaml');
    expect(revisions(where)).toHaveLength(1);
    const announced = `presession_application: { date: ${inDays(50)}, certainty: tentative, source: [docip] }`;
    where.edit(session, (text) =>
      text.replace('probable', 'tentative').replace('presession_application: { date: unknown }', announced).replace('version: 1', 'version: 2'),
    );
    bot.process.kill('SIGHUP');
    await bot.says('The calendar files were read again', 'err');
    await bot.says('14 States, session 54: application for the pre-session on');
    bot.process.kill('SIGTERM');

    expect((await bot.ended).code).toBe(0);
    expect(revisions(where)).toHaveLength(2);
  });
});
