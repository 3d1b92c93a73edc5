import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { doctorJson, proofJson, sessionJson } from '../../src/cli/output.ts';
import { aClock } from '../support/a-clock.ts';
import { typed } from '../support/a-command-line.ts';
import { aHome, run } from '../support/a-process.ts';

function home() {
  const made = aHome();
  onTestFinished(() => made.remove());
  return made;
}

/** An operator's file that gives Togo's application for the pre-session. */
function aDate(folder: string): string {
  const file = join(folder, 'togo.yaml');
  const deadline = 'presession_application: { date: 2027-02-10, certainty: tentative, source: [docip] }';
  writeFileSync(file, `session: 54\nversion: 1\nchecked: 2026-11-24\nstates:\n  - state: TGO\n    deadlines:\n      ${deadline}\n`);
  return file;
}

describe('pause and resume', () => {
  test('are said, also at the next start, and again when they change nothing', async () => {
    const where = home();

    expect((await typed(where, ['pause'])).out).toBe('Posting is paused. 0 alerts wait.\n');
    expect((await typed(where, ['pause'])).out).toBe('Posting is paused already. 0 alerts wait.\n');
    const bot = run(where, ['start']);
    await bot.says('Stop it with Ctrl+C.');
    bot.process.kill('SIGTERM');
    expect((await bot.ended).out).toContain('Posting is paused.');
    expect((await typed(where, ['resume'])).out).toBe('Posting goes on. 0 alerts wait.\n');
  });
});

describe('Two bots on one database', () => {
  test('the second stands by and says so, and posts when the first has stopped', async () => {
    const where = home();
    const bots = [run(where, ['start'])];
    onTestFinished(async () => {
      for (const bot of bots) bot.process.kill('SIGKILL');
      await Promise.all(bots.map((bot) => bot.ended));
    });
    await bots[0]?.says('Stop it with Ctrl+C.');
    const second = run(where, ['start']);
    bots.push(second);
    await second.says('This one stands by');

    bots[0]?.process.kill('SIGTERM');
    await bots[0]?.ended;
    await typed(where, ['calendar', 'apply', aDate(where.folder)]);

    await second.says('10 February 2027');
    expect(bots[0]?.out()).not.toContain('10 February 2027');
  });
});

describe('proof', () => {
  test('says that nothing was due where nothing was, for people and for programs', async () => {
    const where = home();

    expect((await typed(where, ['proof', '--days', '7'])).out).toBe('Nothing was due in the last 7 days.\n');
    expect(proofJson.parse(JSON.parse((await typed(where, ['proof', '--json'])).out))).toMatchObject({ totals: {}, alerts: [] });
  });
});

describe('doctor', () => {
  test('finds a fresh machine well, and a paused one not', async () => {
    const where = home();

    const fresh = await typed(where, ['doctor', '--json'], { clock: aClock(Date.parse('2026-11-25T12:00:00Z')) });
    await typed(where, ['pause']);
    const paused = await typed(where, ['doctor']);

    expect([fresh.code, doctorJson.parse(JSON.parse(fresh.out)).well]).toEqual([0, true]);
    expect(paused.code).toBe(1);
    expect(paused.out).toContain('LOOK  posting     paused; `upr-watch resume` goes on');
  });
});

describe('session', () => {
  test('answers in the shape that is documented', async () => {
    const { session, reviews, deadlines } = sessionJson.parse(JSON.parse((await typed(home(), ['session', '50', '--json'])).out));

    expect([session, reviews.length]).toEqual([50, 14]);
    expect(deadlines.length).toBeGreaterThan(10);
  });
});
