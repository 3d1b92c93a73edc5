import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Presence } from '../../../src/adapters/adapter.ts';
import { eraseLater, eraseNever, keepWatch, wake, watchAnew } from '../../../src/alerts/wakeups.ts';
import { createPresenceRecord } from '../../../src/commands/presence.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { DAY, GENEVA, type Instant } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import type { Store } from '../../../src/store/store.ts';
import { aChannel, follow } from '../../contract/promises/cast.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const NOW = at('2026-07-10');
const PLATFORM = 'discord';

function recordOn(store: Store, now: () => Instant): (news: Presence) => Promise<void> {
  return createPresenceRecord({ store, log: createLog('silent'), now, eraseLater, eraseNever, watchAnew });
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Servers with two channels each that follow Kenya, in a file; and a channel of `upr-watch.yaml` on the same platform. */
async function aHouse(...servers: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'upr-presence-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'bot.db');
  const store = await openSqlite({ file });
  closing.push(() => store.close());
  let now = NOW;
  const channels = [
    ...servers.flatMap((server) => ['1', '2'].map((name) => ({ server, id: `${PLATFORM}:${server}/${server}${name}` }))),
    { server: 'file', id: 'yaml' },
  ];
  for (const { server, id } of channels) {
    const channel = aChannel(id, { platform: PLATFORM, installation: server, digest: { day: 1, hour: '09:00' } });
    await store.subscriptions.putChannel(channel);
    await follow(store, id, ['KEN'], { id: `${id} wish`, activeFrom: NOW - DAY });
    await keepWatch(store, channel, null, NOW);
  }
  const record = recordOn(store, () => now);
  const bytes = () => Buffer.concat([file, `${file}-wal`].filter((path) => existsSync(path)).map((path) => readFileSync(path)));
  return {
    store,
    record,
    later: (at_: Instant) => {
      now = at_;
    },
    left: (installation: string) => record({ platform: PLATFORM, what: 'left', installation }),
    joined: (installation: string) => record({ platform: PLATFORM, what: 'joined', installation }),
    all: (...installations: readonly string[]) => record({ platform: PLATFORM, what: 'all', installations }),
    wake: (at_: Instant) => wake({ store, log: createLog('silent') }, at_),
    isInFile: (text: string) => bytes().includes(text),
    gone: async () => Object.fromEntries((await store.installations.of(PLATFORM)).map(({ id, goneAt }) => [id, goneAt])),
    erasures: async () => (await store.wakeups.of('erase')).map(({ subject, dueAt }) => [subject, dueAt]),
    /** Status, reason and since when, by channel. */
    follows: async () =>
      Object.fromEntries((await store.subscriptions.list()).map(({ channel, status, reason, activeFrom }) => [channel, [status, reason, activeFrom]])),
  };
}

const ACTIVE = ['active', null, NOW - DAY];
const RESTS = ['paused', 'installation-gone', NOW - DAY];

describe('A server that removes the bot', () => {
  test('rests with all its channels, and is erased thirty days later; others go on', async () => {
    const house = await aHouse('100', '101');
    await house.left('100');

    const { follows, gone, erasures } = house;
    expect(await follows()).toEqual({
      ...{ 'discord:100/1001': RESTS, 'discord:100/1002': RESTS },
      ...{ 'discord:101/1011': ACTIVE, 'discord:101/1012': ACTIVE, yaml: ACTIVE },
    });
    expect([await gone(), await erasures()]).toEqual([{ 100: NOW, 101: null }, [['discord/100', NOW + 30 * DAY]]]);
  });

  test('is gone since the first time it was heard of, however often that is', async () => {
    const house = await aHouse('100');
    await house.left('100');
    house.later(NOW + 5 * DAY);
    await house.left('100');
    await house.all();

    expect([await house.gone(), await house.erasures()]).toEqual([{ 100: NOW }, [['discord/100', NOW + 30 * DAY]]]);
  });

  test('and of which nothing is stored leaves nothing', async () => {
    const house = await aHouse('100');
    await house.left('999');
    await house.joined('998');

    expect([await house.gone(), await house.erasures()]).toEqual([{ 100: null }, []]);
  });

  test('keeps what somebody paused for another reason as it is', async () => {
    const house = await aHouse('100');
    await house.store.subscriptions.pause('discord:100/1001 wish', 'forbidden');
    await house.left('100');
    await house.joined('100');

    expect(await house.follows()).toMatchObject({ 'discord:100/1001': ['paused', 'forbidden', NOW - DAY], 'discord:100/1002': ['active', null, NOW] });
  });
});

describe('The list of all servers', () => {
  test('takes leave of those that are not in it, and welcomes those that are there again', async () => {
    const house = await aHouse('100', '101', '102');
    await house.left('100');
    house.later(NOW + 3 * DAY);
    await house.all('100', '102', '555');

    expect([await house.gone(), await house.erasures()]).toEqual([{ 100: null, 101: NOW + 3 * DAY, 102: null }, [['discord/101', NOW + 33 * DAY]]]);
    expect(await house.follows()).toMatchObject({ 'discord:100/1001': ['active', null, NOW + 3 * DAY], 'discord:101/1011': RESTS, 'discord:102/1021': ACTIVE });
  });

  test('says nothing of another platform, nor of what the file owns', async () => {
    const house = await aHouse('100');
    await house.record({ platform: 'slack', what: 'all', installations: [] });
    expect(await house.gone()).toEqual({ 100: null });
    await house.all();

    expect(await house.follows()).toMatchObject({ yaml: ACTIVE });
  });
});

describe('A server that invites the bot again', () => {
  test('goes on from now, and is not erased', async () => {
    const house = await aHouse('100', '101');
    await house.left('100');
    house.later(NOW + 29 * DAY);
    await house.joined('100');
    await house.wake(NOW + 31 * DAY);

    expect(await house.follows()).toMatchObject({ 'discord:100/1001': ['active', null, NOW + 29 * DAY], 'discord:101/1011': ACTIVE });
    expect([await house.gone(), await house.erasures()]).toEqual([{ 100: null, 101: null }, []]);
    expect(await house.store.installations.stored({ platform: PLATFORM, id: '100' })).toMatchObject({ channels: 2, follows: 2 });
  });

  test('at the moment in which it is to be erased is not erased', async () => {
    const house = await aHouse('100');
    const { store } = house;
    await house.left('100');
    house.later(NOW + 30 * DAY);
    let came = false;
    // It comes after the erasure was found to be due and before it is carried out.
    const due: Store['wakeups']['due'] = async (...asked) => {
      const found = await store.wakeups.due(...asked);
      if (!came && found.some(({ kind }) => kind === 'erase')) await house.joined('100');
      came ||= found.length > 0;
      return found;
    };
    await wake({ store: { ...store, wakeups: { ...store.wakeups, due } }, log: createLog('silent') }, NOW + 30 * DAY);

    expect(came).toBe(true);
    expect(await store.installations.stored({ platform: PLATFORM, id: '100' })).toMatchObject({ channels: 2 });
  });

  test('is there whatever else is heard in the same moment, in the order in which it was said', async () => {
    const house = await aHouse('100');
    await Promise.all([house.left('100'), house.joined('100'), house.all('100'), house.left('100'), house.all(), house.joined('100')]);

    expect([await house.gone(), await house.erasures()]).toEqual([{ 100: null }, []]);
    expect((await house.follows())['discord:100/1001']).toEqual(['active', null, NOW]);
  });

  test('is recorded although what was heard before it could not be', async () => {
    const house = await aHouse('100');
    await house.left('100');
    let away = true;
    const store: Store = {
      ...house.store,
      transaction: async (...work) => {
        if (away) throw new Error('the database is away');
        return house.store.transaction(...work);
      },
    };
    const record = recordOn(store, () => NOW);
    await expect(record({ platform: PLATFORM, what: 'joined', installation: '100' })).rejects.toThrow('away');
    away = false;
    await record({ platform: PLATFORM, what: 'joined', installation: '100' });

    expect(await house.gone()).toEqual({ 100: null });
  });
});

describe('Thirty days after it was removed', () => {
  test('all of a server is erased, from the file too, and of the others nothing', async () => {
    const house = await aHouse('731000000000000001', '101');
    await house.store.secrets.put({ platform: 'discord', id: '731000000000000001' }, 'a sealed token');
    await house.left('731000000000000001');
    await house.wake(NOW + 30 * DAY - 1);
    expect([await house.gone(), house.isInFile('7310000000000000011')]).toMatchObject([{ '731000000000000001': NOW }, true]);

    await house.wake(NOW + 30 * DAY);

    expect([await house.gone(), await house.erasures(), house.isInFile('731000000000000001')]).toEqual([{ 101: null }, [], false]);
    expect(await house.store.secrets.ids('discord')).toEqual([]);
    expect(Object.keys(await house.follows())).toEqual(['discord:101/1011', 'discord:101/1012', 'yaml']);
    expect((await house.store.wakeups.of('digest')).map(({ subject }) => subject).sort()).toEqual(['discord:101/1011', 'discord:101/1012', 'yaml']);
  });
});

describe('A bot that is removed and invited again', () => {
  const [ID, PLACE] = ['test:test/geneva', 'test'];
  const facts = (peru: string) =>
    calendarOf([
      { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-08-07', GENEVA) },
      { state: 'PER', kind: 'national_report', when: dayWhen(peru, GENEVA) },
    ]);
  const PLAN: BotPlan = {
    at: at('2026-07-09'),
    facts: facts('2026-09-20'),
    ladders: { default: { stakeholder_submission: ['28d!', '20d!', '7d!'] } },
    channels: [{ id: ID, digest: { day: 1, hour: '09:00' } }],
  };
  const live = async (bot: Bot, ...days: readonly string[]) => {
    for (const day of days) await bot.tickAt(at(day));
  };

  test('says nothing meanwhile and nothing of what lay between, and goes on with what comes', async () => {
    await withBot(PLAN, async (bot) => {
      const record = recordOn(bot.store(), () => bot.clock.now());
      await live(bot, '2026-07-10');
      expect(bot.said()).toHaveLength(1);
      await record({ platform: 'test', what: 'left', installation: PLACE });
      await bot.reviseTo(facts('2026-09-25'));
      await live(bot, '2026-07-13', '2026-07-18', '2026-07-20');
      expect(bot.said()).toHaveLength(1);

      await record({ platform: 'test', what: 'joined', installation: PLACE });
      await live(bot, '2026-07-21', '2026-07-27', '2026-07-31');

      expect(bot.said().map(({ type, at: when, leads }) => [type, when, leads.map(({ lead }) => lead)])).toEqual([
        ['leads', at('2026-07-10'), ['28d']],
        ['digest', at('2026-07-27'), []],
        ['leads', at('2026-07-31'), ['7d']],
      ]);
      const [, digest] = bot.said().map(({ content }) => content);
      expect(digest).toMatchObject({ digest: { changed: [] } });
    });
  });

  test('after thirty days is erased by the tick of that day, and says nothing any more', async () => {
    await withBot(PLAN, async (bot) => {
      const record = recordOn(bot.store(), () => bot.clock.now());
      await record({ platform: 'test', what: 'left', installation: PLACE });
      await live(bot, '2026-07-10', '2026-08-07');
      expect(await bot.store().subscriptions.channels()).toHaveLength(1);
      await live(bot, '2026-08-08', '2026-08-09');

      expect([await bot.store().subscriptions.channels(), await bot.store().alerts.proof(0), bot.said()]).toEqual([[], [], []]);
      expect(bot.logged('What a server left behind was erased')).toBe(1);
    });
  });
});
