import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadCalendar, readCalendarFolder } from '../../../src/calendar/load.ts';
import { aHome } from './a-home.ts';

let home: Awaited<ReturnType<typeof aHome>>;
beforeEach(async () => {
  home = await aHome();
});
afterEach(() => home.remove());

const load = async () => loadCalendar(await readCalendarFolder(home.folder));

describe('The folder of a calendar', () => {
  test('is read with its sessions, and what is no YAML is passed over', async () => {
    writeFileSync(join(home.folder, 'README.md'), '# How to edit');
    writeFileSync(join(home.folder, 'sessions', '50.yaml~'), 'left by an editor');

    expect([...(await load()).facts.sessions.keys()]).toEqual([50]);
  });

  test('that is not there is a fault with its name', async () => {
    rmSync(home.folder, { recursive: true });

    await expect(load()).rejects.toThrow(`${home.folder}: cannot be read (ENOENT)`);
  });

  test('refuses a session written as .yml, which would silently be missing', async () => {
    writeFileSync(join(home.folder, 'sessions', '51.yml'), 'session: 51\n');

    await expect(load()).rejects.toThrow('51.yml: is not a calendar file; sessions are named sessions/50.yaml');
  });

  test('refuses what it cannot read by its name, as one fault', async () => {
    mkdirSync(join(home.folder, 'sessions', '51.yaml'));

    await expect(load()).rejects.toThrow(/^sessions.51\.yaml: cannot be read \(EISDIR\)$/);
  });
});
