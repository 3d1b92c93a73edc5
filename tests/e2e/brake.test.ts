import { describe, expect, onTestFinished, test } from 'vitest';
import { proofJson, sessionJson } from '../../src/cli/output.ts';
import { aHome, ran, run } from '../support/a-process.ts';

function home() {
  const made = aHome();
  onTestFinished(() => made.remove());
  return made;
}

describe('pause and resume', () => {
  test('are said, also at the next start, and again when they change nothing', async () => {
    const where = home();

    expect((await ran(where, ['pause'])).out).toBe('Posting is paused. 0 alerts wait.\n');
    expect((await ran(where, ['pause'])).out).toBe('Posting is paused already. 0 alerts wait.\n');
    const bot = run(where, ['start']);
    await bot.says('Stop it with Ctrl+C.');
    bot.process.kill('SIGTERM');
    expect((await bot.ended).out).toContain('Posting is paused.');
    expect((await ran(where, ['resume'])).out).toBe('Posting goes on. 0 alerts wait.\n');
  });
});

describe('proof', () => {
  test('says that nothing was due where nothing was, for people and for programs', async () => {
    const where = home();

    expect((await ran(where, ['proof', '--days', '7'])).out).toBe('Nothing was due in the last 7 days.\n');
    expect(proofJson.parse(JSON.parse((await ran(where, ['proof', '--json'])).out))).toMatchObject({ totals: {}, alerts: [] });
  });
});

describe('session', () => {
  test('answers in the shape that is documented', async () => {
    const { session, reviews, deadlines } = sessionJson.parse(JSON.parse((await ran(home(), ['session', '50', '--json'])).out));

    expect([session, reviews.length]).toEqual([50, 14]);
    expect(deadlines.length).toBeGreaterThan(10);
  });
});
