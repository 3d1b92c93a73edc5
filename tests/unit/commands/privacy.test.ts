import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Asker } from '../../../src/adapters/adapter.ts';
import { KEPT_DAYS } from '../../../src/alerts/wakeups.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aResponse, aTask } from '../../contract/promises/team-cast.ts';
import { withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, HERE, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const FACTS = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);
const PLAN = { facts: FACTS, now: NOW };
const OF_CHANNEL: Asker = { ...SOMEBODY, may: 'channel' };
const BESIDE = { installation: '100', channel: '201' };
const ABROAD = { installation: '101', channel: '200' };
const PLACES = [HERE, BESIDE, ABROAD];

/** Each place follows Kenya. */
async function withThree(use: (it: Chat) => Promise<void>): Promise<void> {
  await withChat(PLAN, async (it) => {
    for (const target of PLACES) await it.command('follow', { state: 'Kenya' }, { by: MANAGER, target });
    await use(it);
  });
}

const channelIds = async (it: Chat) => (await it.store.subscriptions.channels()).map(({ id }) => id).sort();
const ALL = ['discord:100/200', 'discord:100/201', 'discord:101/200'];

/** Asks, presses the button with this label, and each next one. */
async function pressThrough(it: Chat, by: Asker, labels: readonly string[]) {
  let message = messageOf(await it.command('privacy', {}, { by }));
  for (const label of labels) {
    const button = message.actions.find((action) => action.label === label);
    if (button === undefined) throw new Error(`There is no button ${label}`);
    message = messageOf(await it.press(button.id, { by }));
  }
  return message;
}

describe('privacy', () => {
  test('tells in plain words what is stored, how much it is, and for how long', async () => {
    await withThree(async (it) => {
      const response = await it.command('privacy');
      const { fallbackText: text, actions } = messageOf(response);

      expect(response).toMatchObject({ audience: 'asker' });
      expect(text).toContain('This channel: its settings, 1 thing it follows or followed, 0 alerts, 0 messages');
      expect(text, 'that other channels follow something is for those who manage them all').not.toContain('with all its channels');
      const toAll = messageOf(await it.command('privacy', {}, { by: MANAGER })).fallbackText;
      expect(toAll).toContain('This server, with all its channels: the settings of 2 channels, 2 things followed, 0 alerts, 0 messages');
      expect(text).toContain(`When the bot is removed: ${KEPT_DAYS} days more`);
      expect(text).toContain('Backups');
      expect(actions).toEqual([]);
    });
  });

  test('of a place where nothing is stored says so, and has nothing to erase', async () => {
    await withChat(PLAN, async (it) => {
      const { fallbackText, actions } = messageOf(await it.command('privacy', {}, { by: MANAGER }));

      expect(fallbackText).toContain('This channel: nothing');
      expect(actions).toEqual([]);
      expect(messageOf(await it.press('do.1.privacy.erase-server', { by: MANAGER })).fallbackText).toContain('with all its channels: nothing');
    });
  });

  test('offers each the buttons that are theirs, marked as dangerous', async () => {
    await withThree(async (it) => {
      const labels = async (by: Asker) => messageOf(await it.command('privacy', {}, { by })).actions.map(({ label, style }) => [label, style]);

      expect(await labels(SOMEBODY)).toEqual([]);
      expect(await labels(OF_CHANNEL)).toEqual([['Erase this channel', 'danger']]);
      expect(await labels(MANAGER)).toEqual([
        ['Erase this channel', 'danger'],
        ['Erase everything of this server', 'danger'],
      ]);
    });
  });

  test('cannot be shown to the channel', async () => {
    await withThree(async (it) => {
      const response = await it.press('share.1.privacy.', { by: MANAGER });

      expect(response).toMatchObject({ audience: 'asker' });
      expect(messageOf(response).fallbackText).toContain('no longer works');
    });
  });
});

describe('Erasing', () => {
  test('a channel asks first, then erases it alone and tells how much that was', async () => {
    await withThree(async (it) => {
      const question = await pressThrough(it, OF_CHANNEL, ['Erase this channel']);
      expect(question.title).toBe('Erase what is stored of this channel?');
      expect(question.fallbackText).not.toContain('The plans end');
      expect(question.actions.map(({ label, style }) => [label, style])).toEqual([
        ['Erase now', 'danger'],
        ['Cancel', 'secondary'],
      ]);
      expect(await channelIds(it)).toEqual(ALL);
      const made = it.channelsMade();
      const done = await pressThrough(it, OF_CHANNEL, ['Erase this channel', 'Erase now']);

      expect(done.fallbackText).toContain('This channel: its settings, 1 thing it follows or followed, 0 alerts, 0 messages');
      expect(done.fallbackText).toContain('To begin again: /upr follow.');
      expect(done.actions).toEqual([]);
      expect(await channelIds(it)).toEqual(['discord:100/201', 'discord:101/200']);
      expect((await it.store.subscriptions.list()).map(({ channel }) => channel).sort()).toEqual(['discord:100/201', 'discord:101/200']);
      expect(it.channelsMade()).toBe(made + 1);
      expect(await it.text('following')).toContain('follows nothing yet');
    });
  });

  test('a channel with a plan says how much that is, and that it ends for others too', async () => {
    await withThree(async (it) => {
      const side = { platform: 'discord', installation: HERE.installation };
      await it.store.teams.add({ response: aResponse('Kenya123', { side, channel: 'discord:100/200' }), tasks: [aTask('Kenya123', 1)] });
      const counts = 'This channel: its settings, 1 thing it follows or followed, 0 alerts, 0 messages, 1 plan with 1 task';

      const question = await pressThrough(it, OF_CHANNEL, ['Erase this channel']);
      const done = await pressThrough(it, OF_CHANNEL, ['Erase this channel', 'Erase now']);

      expect(question.fallbackText).toContain(counts);
      expect(question.fallbackText).toContain('The plans end for everybody with whom they are shared, too.');
      expect(done.fallbackText).toContain(counts);
      expect(await it.store.teams.find('Kenya123')).toBeNull();
    });
  });

  test('everything of a server leaves other servers as they are', async () => {
    await withThree(async (it) => {
      const done = await pressThrough(it, MANAGER, ['Erase everything of this server', 'Erase now']);

      expect(done.fallbackText).toContain('the settings of 2 channels, 2 things followed');
      expect(await channelIds(it)).toEqual(['discord:101/200']);
    });
  });

  test('can be left off, which goes back to what is stored', async () => {
    await withThree(async (it) => {
      expect((await pressThrough(it, MANAGER, ['Erase this channel', 'Cancel'])).title).toBe('What is stored here');
      expect(await channelIds(it)).toEqual(ALL);
    });
  });

  test('what was said and what waits goes too, and is counted', async () => {
    await withBot({ at: NOW, facts: FACTS, ladders: { default: { stakeholder_submission: ['7d!'] } }, channels: [{ id: 'other' }] }, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
        await bot.tickAt(at('2026-07-10', '09:00'));
        const rows = (await it.store.alerts.proof(0)).filter(({ channel }) => channel === 'test:100/200');
        const done = await pressThrough(it, MANAGER, ['Erase this channel', 'Erase now']);

        expect(rows.length).toBeGreaterThan(0);
        expect(done.fallbackText).toContain(`${rows.length} alert`);
        expect((await it.store.alerts.proof(0)).filter(({ channel }) => channel === 'test:100/200')).toEqual([]);
        expect((await it.store.alerts.proof(0)).some(({ channel }) => channel === 'other')).toBe(true);
        expect(await it.store.wakeups.find('digest', 'test:100/200')).toBeNull();
        await bot.tickAt(at('2026-07-17', '09:00'));
        expect(bot.said().filter(({ channel }) => channel === '200').length).toBeLessThanOrEqual(rows.length);
      });
    });
  });

  test('leaves no byte in the file or its log', async () => {
    await withChat(PLAN, async (it) => {
      const target = { installation: 'a-server-at-risk', channel: 'a-channel-at-risk' };
      const follow = async (where: typeof target) => it.command('follow', { state: 'Kenya' }, { by: MANAGER, target: where });
      for (let n = 0; n < 20; n += 1) await follow({ installation: '100', channel: `${n}` });
      await follow(target);
      for (let n = 20; n < 40; n += 1) await follow({ installation: '100', channel: `${n}` });
      const [channel] = await it.store.subscriptions.channelsBy(['discord:a-server-at-risk/a-channel-at-risk']);
      if (channel === undefined) throw new Error('no channel');
      const mute = { until: NOW + 1, reason: 'the name of a person at risk' };
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, mute, managers: ['a-manager-at-risk'] });
      const bytes = () => [it.file, `${it.file}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file).toString('latin1'));
      expect(bytes().join('')).toContain('person at risk');
      const nothing = { deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, grace: 0, dueAt: NOW, notBefore: NOW };
      const notice = { ...nothing, channel: channel.id, lane: channel.lane, type: 'notice' as const, body: 'a notice at risk' };
      await it.store.alerts.add(
        Array.from({ length: 50 }, (_, n) => ({ ...notice, onceKey: `n${n}` })),
        NOW,
      );
      await it.press('do.1.privacy.erase-channel', { by: MANAGER, target });

      expect(await it.store.subscriptions.channels()).toHaveLength(40);
      for (const text of bytes()) expect(text).not.toContain('at-risk');
      for (const text of bytes()) expect(text).not.toContain('at risk');
      expect(it.logged()).not.toContain('at-risk');
    });
  });

  test('a file that cannot be cleaned is said, and nothing comes back', async () => {
    await withBot({ at: NOW, facts: FACTS, ladders: { default: {} }, channels: [] }, async (bot) => {
      const scrub = () => Promise.reject(new Error('disk I/O error'));
      await withChat({ ...PLAN, store: { ...bot.store(), scrub } }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, { by: MANAGER });
        const done = messageOf(await it.press('do.1.privacy.erase-channel', { by: MANAGER }));

        expect(done.fallbackText).toContain('could not be cleaned of traces just now');
        expect(await channelIds(it)).toEqual([]);
      });
    });
  });
});

describe('A press', () => {
  const DEEDS = ['ask-channel', 'erase-channel', 'ask-server', 'erase-server'] as const;
  const RIGHTS: readonly (readonly [Asker['may'], readonly (typeof DEEDS)[number][]])[] = [
    ['all', DEEDS],
    ['channel', ['ask-channel', 'erase-channel']],
    ['unless-named', ['ask-channel', 'erase-channel']],
    ['if-named', []],
    ['nothing', []],
  ];

  test.each(RIGHTS.flatMap(([may, allowed]) => DEEDS.map((what) => [may, what, allowed.includes(what)] as const)))(
    'by one who may change "%s" on %s is looked at: %s',
    async (may, what, allowed) => {
      await withThree(async (it) => {
        const response = await it.press(`do.1.privacy.${what}`, { by: { ...SOMEBODY, may } });

        expect(response.type).toBe(allowed ? 'view' : 'message');
        if (!allowed) expect(messageOf(response).fallbackText).toMatch(/Manage (Channels|Server)/);
        expect((await channelIds(it)).length).toBe(!allowed || what.startsWith('ask') ? 3 : what === 'erase-channel' ? 2 : 1);
      });
    },
  );

  test('of somebody whom the channel names counts here and nowhere else', async () => {
    await withThree(async (it) => {
      const [channel] = await it.store.subscriptions.channelsBy(['discord:100/200']);
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, managers: ['77'] });
      expect((await it.press('do.1.privacy.erase-channel', { by: SOMEBODY, target: BESIDE })).type).toBe('message');
      expect((await it.press('do.1.privacy.erase-channel', { by: { ...OF_CHANNEL, id: '5', ids: ['5'], may: 'unless-named' } })).type).toBe('message');
      expect((await it.press('do.1.privacy.erase-server', { by: SOMEBODY })).type).toBe('message');
      expect((await it.press('do.1.privacy.erase-channel', { by: SOMEBODY })).type).toBe('view');

      expect(await channelIds(it)).toEqual(['discord:100/201', 'discord:101/200']);
    });
  });

  test.each([
    ...['do.1.privacy.', 'do.1.privacy.erase', 'do.1.privacy.constructor', 'do.1.follow.erase-channel', 'do.2.privacy.erase-server'],
    ...['do.1.privacy.erase-channel.0=discord:101/200', 'do.1.privacy.erase-server&100=101', 'do.1.__proto__.x', 'DO.1.PRIVACY.ERASE-SERVER'],
    ...['do.1.privacy.erase-server\n', 'page.1.privacy.erase-server', `do.1.privacy.${'x'.repeat(200)}`],
  ])('on the forged button %j erases nothing', async (id) => {
    await withThree(async (it) => {
      await it.press(id, { by: MANAGER });

      expect(await channelIds(it)).toEqual(ALL);
    });
  });

  test('has ids that every platform takes', async () => {
    await withThree(async (it) => {
      const first = messageOf(await it.command('privacy', {}, { by: MANAGER })).actions;
      const second = (await pressThrough(it, MANAGER, ['Erase everything of this server'])).actions;

      for (const { id } of [...first, ...second]) expect(id.length).toBeLessThanOrEqual(100);
    });
  });
});
