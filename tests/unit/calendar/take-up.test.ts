import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectiveCalendar } from '../../../src/calendar/effective.ts';
import { createLiveCalendar } from '../../../src/calendar/live.ts';
import { previewFiles } from '../../../src/calendar/preview.ts';
import { applyFiles, takeUp } from '../../../src/calendar/take-up.ts';
import { waitingRevisions } from '../../../src/calendar/waiting.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { createLog } from '../../../src/lib/log.ts';
import { edited, operatorText } from './a-folder.ts';
import { aHome, NOW } from './a-home.ts';

const FIFTY = 'sessions/50.yaml';
const LATER = NOW + 60_000;

let it: Awaited<ReturnType<typeof aHome>>;
let log: string[];
beforeEach(async () => {
  it = await aHome();
  log = [];
});
afterEach(() => it.remove());

const start = () => createLiveCalendar({ home: it.home, store: it.store, log: createLog('info', { write: (line: string) => void log.push(line) }) }, NOW);

/** So many channels that follow a State, or everything. */
async function follow(count: number, states: readonly string[] | null = null): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const id = `c${states?.join() ?? ''}${index}`;
    await it.store.subscriptions.putChannel({
      ...{ id, installation: 'file', platform: 'console', lane: 'console', target: { installation: 'file', channel: id }, locale: 'en', discreet: false },
      ...{
        timing: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'default' },
        quiet: null,
        mentionRole: null,
        digest: null,
        mute: null,
        managers: [],
        teamRole: null,
        keepDays: 180,
      },
    });
    await it.store.subscriptions.put(
      { id: `s-${id}`, channel: id, owner: 'file', selector: { ...EVERYTHING, states }, activeFrom: NOW - 1, status: 'active', reason: null },
      states,
    );
  }
}

const mine = (date: string, version = 1) => [{ file: 'mine.yaml', text: operatorText(date, version) }];
const apply = (date: string, approved: string | boolean = false) => applyFiles(it.store, { home: it.home, files: mine(date), now: LATER, approved });
const inForce = async () => (await it.store.calendar.picture())?.picture.deadlines.get('50-KEN-stakeholder_submission')?.when.from;
const revisions = async () => (await it.store.calendar.revisionsAfter(0)).length;

describe('A preview', () => {
  test('says who would hear of what, and changes nothing', async () => {
    await start();
    await follow(3);
    await follow(2, ['KEN']);
    await follow(4, ['USA']);

    const preview = await previewFiles(it.store, { home: it.home, files: mine('2025-04-10') }, LATER);

    expect(preview.changes.map(({ what }) => what)).toEqual(['moved', 'conflict-opened']);
    expect([preview.channels, preview.heard.map(({ channels }) => channels.length)]).toEqual([5, [5]]);
    expect([await inForce(), await revisions(), await it.store.calendar.files('operator')]).toEqual(['2025-04-07', 1, []]);
  });
});

describe('What an operator applies', () => {
  test('is in force at once where 20 channels hear of it', async () => {
    await start();
    await follow(20);

    expect(await apply('2025-04-10')).toMatchObject({ waiting: null, preview: { channels: 20 } });
    expect(await inForce()).toBe('2025-04-10');
  });

  test('waits where 21 would, is kept as it is, and comes into force when it is approved', async () => {
    await start();
    await follow(21);

    const { waiting, changes } = await apply('2025-04-10');
    expect([changes, await inForce(), await revisions(), await it.store.calendar.files('operator')]).toEqual([[], '2025-04-07', 1, []]);
    expect(await waitingRevisions(it.store)).toEqual([waiting]);

    const approved = await applyFiles(it.store, { home: it.home, files: waiting?.files ?? [], now: LATER + 1, approved: waiting?.id ?? '' });
    expect(approved).toMatchObject({ waiting: null, changes: [{ change: { what: 'moved' } }, {}] });
    expect([await inForce(), await waitingRevisions(it.store)]).toEqual(['2025-04-10', []]);
  });

  test('asked for again waits once, and a later text takes its place', async () => {
    await start();
    await follow(21);
    const first = await apply('2025-04-10');
    expect((await apply('2025-04-10')).waiting?.id).toBe(first.waiting?.id);

    const second = await apply('2025-04-11');

    expect((await waitingRevisions(it.store)).map(({ id }) => id)).toEqual([second.waiting?.id]);
  });

  test('does not come into force under an old approval when it would do something else by now', async () => {
    await start();
    await follow(21);
    const { waiting } = await apply('2025-04-10');
    it.write(edited(FIFTY, '2025-04-07', '2025-04-08'));
    await takeUp(it.store, it.home, { now: LATER, reason: 'approved', approved: (await waitingId()) ?? '' });

    const again = await applyFiles(it.store, { home: it.home, files: waiting?.files ?? [], now: LATER, approved: waiting?.id ?? '' });

    expect(again.waiting?.id).not.toBe(waiting?.id);
    expect(await inForce()).toBe('2025-04-08');
  });

  test('with a yes does not wait', async () => {
    await start();
    await follow(21);

    expect((await apply('2025-04-10', true)).waiting).toBeNull();
    expect(await inForce()).toBe('2025-04-10');
  });
});

/** The id under which the shipped files wait. */
async function waitingId(): Promise<string | undefined> {
  await takeUp(it.store, it.home, { now: LATER, reason: 'looked at' });
  return (await waitingRevisions(it.store)).find(({ files }) => files.length === 0)?.id;
}

describe('A file that does not fit', () => {
  const ofUsa = { file: 'a.yaml', text: 'session: 50\nversion: 1\nchecked: 2026-07-05\nstates:\n  - { state: USA }\n' };
  const again = { file: '0.yaml', text: `session: 49\ncycle: 4\nversion: 1\nchecked: 2026-07-05\nstates:\n  - { state: USA }\n` };
  const apply = (...files: { file: string; text: string }[]) => applyFiles(it.store, { home: it.home, files, now: NOW, approved: true });

  test('is not applied', async () => {
    await expect(apply(...mine('2025-04-10'), { ...ofUsa, text: ofUsa.text.replace('USA', 'UZB') })).rejects.toThrow('names the State UZB');
    expect(await it.store.calendar.files('operator')).toEqual([]);
  });

  test('is not applied either where it would set aside what was applied before', async () => {
    await apply(ofUsa);

    await expect(apply(again)).rejects.toThrow('lists USA');
    expect((await it.store.calendar.files('operator')).map(({ file }) => file)).toEqual(['a.yaml']);
  });

  test('and was set aside stands in the way of nothing else', async () => {
    await apply(ofUsa);
    it.write(edited('states.yaml', 'code: USA', 'code: UZB'));

    await apply(...mine('2025-04-10'));

    expect((await effectiveCalendar(it.home, it.store)).facts.sessions.get(50)?.deadlines.stakeholder_submission?.when.from).toBe('2025-04-10');
  });
});

describe('Shipped files that reach very many channels', () => {
  test('wait: the bot starts and runs on with the last good ones, and its log names the id', async () => {
    await start();
    await follow(21);
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));

    const calendar = await start();

    const id = await waitingId();
    expect(calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.when.from).toBe('2025-04-07');
    expect([await inForce(), await revisions()]).toEqual(['2025-04-07', 1]);
    expect(log.join('\n')).toContain(`calendar approve ${id}`);
  });

  test('come into force once they are approved, for the running bot too', async () => {
    await start();
    await follow(21);
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));
    const calendar = await start();

    await takeUp(it.store, it.home, { now: LATER, reason: 'approved', approved: (await waitingId()) ?? '' });
    await calendar.refresh(LATER);

    expect(calendar.facts().sessions.get(50)?.deadlines.stakeholder_submission?.when.from).toBe('2025-04-09');
    expect([await inForce(), await waitingRevisions(it.store)]).toEqual(['2025-04-09', []]);
  });

  test('wait also while an operator applies his, which does not bring them into force', async () => {
    await start();
    await follow(21, ['KEN']);
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));
    const text = 'session: 50\nversion: 1\nchecked: 2026-07-05\nnotes: [Read again.]\n';

    await applyFiles(it.store, { home: it.home, files: [{ file: 'note.yaml', text }], now: LATER, approved: false });

    expect(await inForce()).toBe('2025-04-07');
    expect(await waitingRevisions(it.store)).toHaveLength(1);
  });

  test('wait no more when the old ones are put back', async () => {
    await start();
    await follow(21);
    it.write(edited(FIFTY, '2025-04-07', '2025-04-09'));
    const calendar = await start();
    it.write();

    await calendar.reload(LATER);

    expect(await waitingRevisions(it.store)).toEqual([]);
  });
});
