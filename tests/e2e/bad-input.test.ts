import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { typed } from '../support/a-command-line.ts';
import { aHome, type Home, ran, run } from '../support/a-process.ts';

function home(edits: Readonly<Record<string, (text: string) => string>> = {}): Home {
  const made = aHome();
  onTestFinished(() => made.remove());
  for (const [file, edit] of Object.entries(edits)) made.edit(file, edit);
  return made;
}

const linesOf = (text: string) => text.trim().split('\n');

describe('A question', () => {
  test.each([
    ['Kenia', 'Kenya'],
    ['korea', 'KOR'],
  ])('about "%s" is answered with the nearest names or the State itself', async (name, expected) => {
    const { out, err } = await typed(home(), ['state', name]);

    expect(out + err).toContain(expected);
  });

  test('about a State that is none says so in one line and ends with 2', async () => {
    const { code, out, err } = await typed(home(), ['state', 'Atlantis']);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(linesOf(err)).toHaveLength(1);
    expect(err).toContain('Atlantis');
  });

  test.each([
    ['an instant without an offset', ['next', '--at', '2026-11-24']],
    ['a day that no calendar has', ['next', '--as-of', '2026-02-30']],
    ['a kind that does not exist', ['next', '--kind', 'lunch']],
    ['a session that is no number', ['session', 'fifty']],
    ['a session that is not in the calendar', ['session', '99']],
    ['a limit of nothing', ['next', '--limit', '0']],
    ['a command that does not exist', ['dance']],
    ['an end before its beginning', ['simulate', '--from', '2025-06-02', '--to', '2025-06-01']],
  ])('with %s ends with 2 and no stack', async (_what, args) => {
    const { code, err } = await typed(home(), args);

    expect(code).toBe(2);
    expect(err).not.toMatch(/^\s+at /m);
    expect(err.trim()).not.toBe('');
  });

  test('whose reader goes away early, as `head` does, ends without a stack', async () => {
    const child = run(home(), ['session', '50', '--json']);
    child.process.stdout?.destroy();

    expect(await child.ended).toMatchObject({ code: 0, err: '' });
  });
});

describe('A start', () => {
  test('on a broken calendar is refused with every fault of every file', async () => {
    const where = home({
      'calendar/sessions/54.yaml': (text) => text.replace('certainty: tentative', 'certainty: probable').replace('source: [docip, hrm54]', 'source: []'),
      'calendar/sessions/53.yaml': (text) => `${text}\nlunch: 12:00\n`,
      'calendar/holidays.yaml': (text) => text.replace('version: 1', 'version: one'),
    });
    const { code, out, err } = await typed(where, ['start']);

    expect({ code, out }).toEqual({ code: 3, out: '' });
    for (const file of ['sessions/54.yaml', 'sessions/53.yaml', 'holidays.yaml']) expect(err).toMatch(new RegExp(`${file}:\\d+: `));
    expect(linesOf(err).length).toBeGreaterThanOrEqual(5);
  });

  test('on wrong settings names all of them at once, those of the environment and those of the file', async () => {
    const where = home({
      'upr-watch.yaml': (text) =>
        `${text.replace('console: { platform: console }', 'console: { platform: telegraph, ladder: tall }')}\n  kenya: { channel: nowhere }\n`,
    });
    const { code, err } = await typed(where, ['start'], { env: { LOG_LEVEL: 'loud' } });

    expect(code).toBe(2);
    for (const fault of ['LOG_LEVEL', 'telegraph', 'tall', 'nowhere']) expect(err).toContain(fault);
  });

  test('reads .env from its folder, and a wrong one is named', async () => {
    const where = home();
    writeFileSync(join(where.folder, '.env'), 'LOG_LEVEL=loud\n');

    const { code, err } = await ran(where, ['start']);

    expect(code).toBe(2);
    expect(err).toContain('LOG_LEVEL');
  });

  test('with a subscription to a State that is none names it with the nearest', async () => {
    const where = home({
      'upr-watch.yaml': (text) => text.replace('everything: { channel: console }', 'everything: { channel: console, states: [Korea, Atlantis] }'),
    });
    const { code, err } = await typed(where, ['start']);

    expect(code).toBe(2);
    expect(err).toContain('Korea');
    expect(err).toContain('KOR');
    expect(err).toContain('Atlantis');
  });

  test('in a data folder that cannot be written is one line and ends with 4', async () => {
    const where = home();
    const file = join(where.folder, 'a-file');
    writeFileSync(file, '');
    const { code, out, err } = await typed(where, ['start'], { env: { UPR_WATCH_DATA: join(file, 'data') } });

    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(linesOf(err)).toHaveLength(1);
    expect(err).toContain('UPR_WATCH_DATA');
  });

  test.each([
    ['that is no database', (file: string) => writeFileSync(file, 'This is a letter, not a database. '.repeat(200)), 6, 'sound database'],
    [
      'that a newer version wrote',
      (file: string) => {
        const database = new DatabaseSync(file);
        database.exec("create table meta (key text primary key, value text not null); insert into meta values ('schema', '999')");
        database.close();
      },
      7,
      'newer version',
    ],
  ])('on a file %s is one line and an exit code of its own', async (_what, make, expected, words) => {
    const where = home();
    mkdirSync(where.data);
    make(join(where.data, 'upr-watch.db'));
    const { code, out, err } = await typed(where, ['start']);

    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(linesOf(err)).toHaveLength(1);
    expect(err).toContain(words);
  });

  test('by a Node that is too old is one line that says what to do', async () => {
    // The machine may have no old Node; this one says that it is old before the program looks.
    const where = home();
    const old = join(where.folder, 'old.mjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\n");
    const { code, out, err } = await ran(where, ['start'], { NODE_OPTIONS: `--import=${old}` });

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(linesOf(err)).toHaveLength(1);
    expect(err).toContain('npm ci');
    expect(err).toContain('20.20.2');
  });
});

describe('calendar check', () => {
  test('lists the faults for programs, and ends with 3', async () => {
    const where = home({ 'calendar/sessions/54.yaml': (text) => text.replace('session: 54', 'session: 54\nlunch: 12') });
    const { code, out } = await typed(where, ['calendar', 'check', '--json']);

    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ faults: [{ file: 'sessions/54.yaml' }] });
  });
});
