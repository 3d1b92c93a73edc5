import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectiveCalendar } from '../../../src/calendar/effective.ts';
import { createLiveCalendar } from '../../../src/calendar/live.ts';
import { revise } from '../../../src/calendar/revise.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { createLog } from '../../../src/lib/log.ts';
import { edited, operatorText } from './a-folder.ts';
import { aHome, NOW } from './a-home.ts';

const FIFTY = 'sessions/50.yaml';
const KENYA = '50-KEN-stakeholder_submission';

let it: Awaited<ReturnType<typeof aHome>>;
let log: string[];
beforeEach(async () => {
  it = await aHome();
  log = [];
});
afterEach(() => it.remove());

const start = () => createLiveCalendar({ home: it.home, store: it.store, log: createLog('info', { write: (line: string) => void log.push(line) }) }, NOW);
const revisions = async () => (await it.store.calendar.revisionsAfter(0)).length;

async function lastChanges(): Promise<readonly string[]> {
  const latest = await it.store.calendar.latest();
  const changes = await it.store.calendar.changesOf(latest?.id ?? 0);
  return changes.map(({ change, posted }) => `${change.what}${posted ? '!' : ''}`);
}

async function apply(date: string): Promise<void> {
  await it.store.calendar.putFiles([{ layer: 'operator', file: 'mine.yaml', version: 1, body: operatorText(date) }], NOW);
  await revise(it.store, (await effectiveCalendar(it.home, it.store)).facts, { now: NOW, reason: 'the operator applied mine.yaml' });
}

describe('The first start', () => {
  test('makes a revision without changes and puts the event cursor behind it: nobody is told what was so', async () => {
    await start();

    const latest = await it.store.calendar.latest();
    expect([await revisions(), await lastChanges(), await it.store.mark('event-cursor')]).toEqual([1, [], latest?.id]);
  });

  test('on a calendar with faults does not happen', async () => {
    it.write(edited(FIFTY, 'cycle: 4', 'cycle: four'));

    await expect(start()).rejects.toThrow(/50\.yaml:2: cycle/);
    expect(await it.store.calendar.latest()).toBeNull();
  });
});

describe('The same calendar again', () => {
  test('is no revision: at the next start, and read again', async () => {
    await (await start()).reload(NOW);
    await start();

    expect(await revisions()).toBe(1);
  });

  test('is no revision after an operator applied his, at the next start too', async () => {
    await start();
    await apply('2025-04-10');
    expect(await lastChanges()).toEqual(['moved!', 'conflict-opened!']);

    await start();
    await apply('2025-04-10');
    await start();

    expect(await revisions()).toBe(2);
  });
});

describe('Files read again', () => {
  test('make what changed a revision, and the facts in force', async () => {
    const calendar = await start();
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));

    await calendar.reload(NOW + 5);

    expect([await revisions(), await lastChanges()]).toEqual([2, ['moved!']]);
    expect(calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.when.from).toBe('2025-04-09');
    expect((await it.store.calendar.picture())?.versions.get(KENYA)).toMatchObject({ version: 2, since: NOW + 5 });
  });

  test('with another note only are a revision without changes', async () => {
    const calendar = await start();
    it.write(edited(FIFTY, 'date: 2025-04-07,', 'date: 2025-04-07, note: Looked at again.,'));

    await calendar.reload(NOW + 5);

    expect([await revisions(), await lastChanges()]).toEqual([2, []]);
  });

  test.each([
    ['a fault', edited(FIFTY, 'cycle: 4', 'cycle: four')],
    ['half a file', { [FIFTY]: 'session: 50\ncycle: 4\nstates: [{' }],
    ['a file too few', { 'states.yaml': null }],
  ])('with %s leave the last good calendar in force and name the fault', async (_what, changed) => {
    const calendar = await start();
    const before = calendar.facts();
    it.write(changed);

    await calendar.reload(NOW + 5);
    await calendar.refresh(NOW + 6);

    expect([calendar.facts() === before, await revisions()]).toEqual([true, 1]);
    expect(log.join('\n')).toMatch(/50\.yaml|states\.yaml/);
  });

  test('that cannot be read leave it in force too', async () => {
    const calendar = await start();
    mkdirSync(join(it.folder, 'sessions', '51.yaml'));

    await calendar.reload(NOW + 5);

    expect(log.join('\n')).toMatch(/51\.yaml: cannot be read/);
  });

  test('mended are taken up', async () => {
    const calendar = await start();
    it.write(edited(FIFTY, 'cycle: 4', 'cycle: four'));
    await calendar.reload(NOW + 5);
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));

    await calendar.reload(NOW + 9);

    expect(await lastChanges()).toEqual(['moved!']);
  });
});

describe('Whoever wants to hear what was read', () => {
  test('hears of it at the start and every time after, with the facts in force', async () => {
    const heard: unknown[] = [];
    const dateOf = (facts: CalendarFacts) => facts.sessions.get(50)?.deadlines.stakeholder_submission?.when.from;
    const calendar = await createLiveCalendar(
      { home: it.home, store: it.store, log: createLog('silent'), taken: async (facts, now) => void heard.push([dateOf(facts), now]) },
      NOW,
    );
    await apply('2025-04-10');
    await calendar.refresh(NOW + 5);

    expect(heard).toEqual([
      ['2025-04-07', NOW],
      ['2025-04-10', NOW + 5],
    ]);
  });
});

describe('What another process applied', () => {
  test('is taken up without a revision of its own', async () => {
    const calendar = await start();
    await apply('2025-04-10');

    await calendar.refresh(NOW + 5);

    expect([calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.when.from, await revisions()]).toEqual(['2025-04-10', 2]);
  });
});
