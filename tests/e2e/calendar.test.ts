/** The commands of those who keep the dates, as they type them. */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { z } from 'zod';
import { outputs } from '../../src/cli/output.ts';
import { typed } from '../support/a-command-line.ts';
import { aHome, type Home, type Running, ran, run } from '../support/a-process.ts';

function home(): Home {
  const made = aHome();
  onTestFinished(() => made.remove());
  return made;
}

async function aBotIn(where: Home): Promise<Running> {
  const bot = run(where, ['start']);
  onTestFinished(async () => {
    bot.process.kill('SIGKILL');
    await bot.ended;
  });
  await bot.says('Stop it with Ctrl+C.');
  return bot;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

function file(where: Home, name: string, text: string | Buffer): string {
  writeFileSync(join(where.folder, name), text);
  return join(where.folder, name);
}

/** Dates of Togo's review in session 54, in a spreadsheet. */
const rows = (date: string) => `session;state;kind;date;certainty;source\r\n54;Togo;presession application;${date};tentative;docip\r\n`;

/** Nobody's application for the pre-session any more. */
const withdrawal = (version: number) => `session: 54\nversion: ${version}\nchecked: ${inDays(0)}\ndeadlines:\n  stakeholder_submission: { date: unknown }\n`;

type Name = keyof typeof outputs;

async function json<K extends Name>(where: Home, name: K, args: readonly string[] = [], code = 0): Promise<z.infer<(typeof outputs)[K]>> {
  const done = await typed(where, [...name.split(' '), ...args, '--json']);
  expect({ code: done.code, err: done.err }).toEqual({ code, err: '' });
  return outputs[name].parse(JSON.parse(done.out)) as z.infer<(typeof outputs)[K]>;
}

describe('A spreadsheet', () => {
  test('becomes files for apply, is shown before it is applied, and is heard by the channel once it is', async () => {
    const where = home();
    const bot = await aBotIn(where);
    const out = join(where.folder, 'proposed');
    const date = inDays(40);

    const { written, preview } = await json(where, 'calendar import', [file(where, 'dates.csv', rows(date)), '--out', out]);
    expect(written).toEqual([join(out, 'session-54.yaml')]);
    expect(preview).toMatchObject({
      channels: 1,
      messages: 1,
      needsApproval: false,
      changes: [{ what: 'announced', about: '54-TGO-presession_application', after: date }],
    });

    const shown = await typed(where, ['calendar', 'preview', ...written]);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('1 channel would hear of it, in 1 message.');
    expect(shown.out).toContain('Togo: application for the pre-session');
    expect((await json(where, 'calendar log')).entries).toHaveLength(1);

    const applied = await typed(where, ['calendar', 'apply', ...written]);
    expect(applied.out).toContain('Applied session-54.yaml: 1 change, of which followers hear 1.');
    expect(applied.out).toContain('1 channel hears of it, in 1 message. The running bot posts it.');
    await bot.says('Togo: application for the pre-session on');

    const { entries } = await json(where, 'calendar log', ['--state', 'Togo']);
    expect(entries.map(({ groups }) => groups.map(({ text }) => text))).toEqual([
      [expect.stringMatching(/^Togo, session 54: application .*; before: unknown$/)],
    ]);
    expect(await json(where, 'calendar log', ['--session', '50'])).toEqual({ entries: [] });
  });

  test('with a row that cannot be used writes nothing and names it; without that row it can go on', async () => {
    const where = home();
    const path = file(where, 'dates.csv', `${rows('2027-01-05')}54;Togo;lunch;2027-01-05;tentative;docip\r\n`);
    const out = join(where.folder, 'proposed');

    const refused = await json(where, 'calendar import', [path, '--out', out], 3);
    expect(refused).toMatchObject({ written: [], files: [], preview: null, faults: [{ line: 3, message: expect.stringContaining('lunch') }] });
    expect(existsSync(out)).toBe(false);

    expect((await json(where, 'calendar import', [path, '--out', out, '--skip-faulty'], 3)).written).toHaveLength(1);
    const again = await typed(where, ['calendar', 'import', path, '--out', out, '--skip-faulty']);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')]);
    expect(existsSync(where.data)).toBe(false);
  });

  test('with a date that cannot be true of the calendar names its row', async () => {
    const where = home();
    const path = file(where, 'dates.csv', `${rows('2027-01-05')}54;Togo;national report;2029-01-05;tentative;docip\r\n`);

    expect((await json(where, 'calendar import', [path], 3)).faults).toEqual([{ line: 3, message: expect.stringContaining('look for a wrong year') }]);
  });
});

describe('A change that withdraws more than ten dates', () => {
  test('waits, is listed, and is carried out when somebody approves it', async () => {
    const where = home();
    const bot = await aBotIn(where);
    const path = file(where, 'gone.yaml', withdrawal(1));
    expect(await json(where, 'calendar preview', [path])).toMatchObject({ needsApproval: true, withdrawn: expect.any(Number) });

    const { waiting, revision } = await json(where, 'calendar apply', [path], 11);
    expect([revision, waiting?.files]).toEqual([null, ['gone.yaml']]);
    expect(await json(where, 'calendar approve')).toMatchObject({ applied: null, waiting: [{ id: waiting?.id }] });
    const unknown = await typed(where, ['calendar', 'approve', 'deadbeef']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('No revision waits')]);

    const approved = await json(where, 'calendar approve', [waiting?.id ?? '']);
    expect(approved).toMatchObject({ applied: { revision: 2, waiting: null, channels: 1 }, waiting: [] });
    await bot.says('no longer has a date');
  });

  test('is carried out at once with --yes', async () => {
    const where = home();

    expect(await json(where, 'calendar apply', [file(where, 'gone.yaml', withdrawal(1)), '--yes'])).toMatchObject({ revision: 2, waiting: null });
  });
});

describe('Looks', () => {
  test('are due when nobody looked for long, and are written down without a change', async () => {
    const where = home();
    const { stale } = await json(where, 'calendar stale', ['--at', '2027-01-20T12:00:00Z']);
    expect(stale.find(({ fact }) => fact === '54-presession')).toMatchObject({ due: null, whereToLook: { url: expect.stringMatching(/^https:/) } });
    expect(stale[0]?.checked).toBe('2026-11-24');

    expect(await json(where, 'calendar checked', ['54-TGO-stakeholder_submission', 'session-54', '--source', 'docip'])).toMatchObject({
      looked: [{ fact: '54-stakeholder_submission', seen: null }, { fact: 'session-54' }],
    });
    await json(where, 'calendar checked', ['54-TGO-national_report', '--source', 'docip', '--not-seen']);

    const revisions = (await json(where, 'calendar log')).entries;
    expect(revisions.flatMap(({ groups }) => groups)).toEqual([]);
  });

  test.each([
    ['a fact that is none', ['lunch', '--source', 'docip'], 'is not a fact'],
    ['a source that is none', ['session-54', '--source', 'gossip'], 'is not a source'],
    ['what is computed', ['54-TGO-advance_questions', '--source', 'docip'], 'is computed from'],
    ['seen and not seen', ['session-54', '--source', 'docip', '--seen', '--not-seen'], 'cannot be used with'],
  ])('at %s are refused', async (_what, args, expected) => {
    const { code, err } = await typed(home(), ['calendar', 'checked', ...args]);

    expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
  });
});

describe('A hostile file', () => {
  // What is refused leaves nothing behind, so one bot has them all.
  let victim: Home;
  beforeAll(() => {
    victim = aHome();
  });
  afterAll(() => victim.remove());

  const huge = (where: Home, name: string) => {
    const path = file(where, name, '');
    truncateSync(path, 1_000_000_000);
    return path;
  };
  const bomb = `l0: &l0 [x, x]\n${Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`).join('\n')}\nsession: 54\n`;

  test('is refused, and a running bot keeps its calendar', async () => {
    const where = home();
    await aBotIn(where);

    for (const command of ['preview', 'apply', 'import'])
      expect(await typed(where, ['calendar', command, huge(where, 'x.yaml')])).toMatchObject({ code: expect.any(Number), out: '' });
    expect((await json(where, 'calendar log')).entries).toHaveLength(1);
  });

  test.each([
    ['of a gigabyte', (where: Home) => huge(where, 'x.yaml'), 'is larger than'],
    ['that multiplies itself', (where: Home) => file(where, 'x.yaml', bomb), 'aliases'],
    ['that is not UTF-8', (where: Home) => file(where, 'x.yaml', Buffer.from([0xff, 0xfe, 0x73])), 'is not UTF-8'],
    [
      'of the year 0',
      (where: Home) => file(where, 'x.yaml', withdrawal(1).replace('date: unknown', 'date: 0000-01-01, certainty: tentative, source: [docip]')),
      'lies outside the years',
    ],
    [
      'of the year 9999',
      (where: Home) => file(where, 'x.yaml', withdrawal(1).replace('date: unknown', 'date: 9999-01-01, certainty: tentative, source: [docip]')),
      'lies outside the years',
    ],
  ])('%s is refused in a line', async (_what, make, expected) => {
    const path = make(victim);

    const { code, out, err } = await typed(victim, ['calendar', 'apply', path]);

    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain(expected);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('with script in its texts is shown as it is written, and no more', async () => {
    const where = home();
    const note = '<script>alert(1)</script> **x** @everyone';
    const text = `session: 54\nversion: 1\nchecked: ${inDays(0)}\ndeadlines:\n  presession: { date: ${inDays(40)}, certainty: tentative, source: [docip], note: '${note}' }\n`;

    const { code, out } = await typed(where, ['calendar', 'apply', file(where, 'x.yaml', text)]);
    expect(code).toBe(0);
    expect(out).not.toContain('<script>');
  });

  test('among the shipped ones stops the start, and changes nothing of what was there', async () => {
    const where = home();
    const path = join(where.config, 'calendar/sessions/54.yaml');
    truncateSync(path, 1_000_000_000);

    const { code, err } = await ran(where, ['start']);
    expect([code, err]).toEqual([3, expect.stringContaining('sessions/54.yaml: is larger than')]);
    expect(existsSync(where.data) ? readdirSync(where.data) : []).not.toContain('calendar.cache.json');
    expect(readFileSync(join(where.config, 'calendar/sessions/53.yaml'), 'utf8')).toContain('session: 53');
  });
});
