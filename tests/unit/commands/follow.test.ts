import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../../src/domain/alerts/preset.ts';
import { dayWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { HERE, MANAGER, messageOf, SOMEBODY, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'review', when: dayWhen('2026-09-07', GENEVA) },
  { state: 'PER', kind: 'stakeholder_submission', when: unknownWhen(GENEVA), certainty: 'unknown' },
]);
const PLAN = { facts: FACTS, now: NOW };
const BY = { by: MANAGER };

describe('follow', () => {
  test('makes the channel follow from now on, and greets with what comes next and what it will send', async () => {
    await withChat(PLAN, async (it) => {
      const response = await it.command('follow', { state: 'Kenya' }, BY);
      const text = messageOf(response).fallbackText;

      expect(response).toMatchObject({ audience: 'asker' });
      expect(text).toContain('all dates; Kenya');
      expect(text).toContain('The first alert is due on Friday, 10 July 2026 at 09:00 (Geneva time). As of now, # message'.replace('#', '1'));
      expect(text).toContain('17 July 2026 · stakeholder submission');
      expect(await it.store.subscriptions.channels()).toMatchObject([
        { id: 'discord:100/200', installation: '100', platform: 'discord', lane: 'discord', target: HERE, profile: { zone: GENEVA, hour: '09:00' } },
      ]);
      expect(await it.store.subscriptions.list('chat:100')).toMatchObject([
        { channel: 'discord:100/200', selector: { states: ['KEN'] }, activeFrom: NOW, status: 'active' },
      ]);
      expect(it.channelsMade()).toBe(1);
    });
  });

  test('a lead that is due then reaches that channel, and no other', async () => {
    const ladders = { default: { stakeholder_submission: ['7d!'] } };
    await withBot({ at: NOW, facts: FACTS, ladders, channels: [{ id: 'elsewhere', follows: [] }] }, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya', preset: 'dates' }, { by: MANAGER });
        await bot.tickAt(at('2026-07-10', '09:00') + 1_000);
        const said = bot.said().map(({ channel, message }) => [channel, message.title]);

        expect(said).toEqual([['200', 'Kenya: stakeholder submission due in 7 days']]);
        await it.command('unfollow', { follow: '1' }, { by: MANAGER });
        await bot.tickAt(at('2026-07-17', '09:00'));
        expect(bot.said()).toHaveLength(1);
      });
    });
  });

  test('the same twice changes nothing, and says so', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const text = await it.text('follow', { state: 'KEN' }, BY);

      expect(text).toContain('This channel follows this already');
      expect(await it.store.subscriptions.list()).toHaveLength(1);
    });
  });

  test('two who ask the same at once make one', async () => {
    await withChat(PLAN, async (it) => {
      await Promise.all([it.command('follow', { state: 'Kenya' }, BY), it.command('follow', { state: 'Kenya' }, BY)]);

      expect(await it.store.subscriptions.list()).toHaveLength(1);
    });
  });

  test('what nobody published says so, with where to look', async () => {
    const text = await withChat(PLAN, (it) => it.text('follow', { state: 'Peru', kind: 'stakeholder submission' }, BY));

    expect(text).toContain('No date of what you follow is published yet.');
    expect(text).toContain('Where to look: ohchr-ngos.example');
    expect(text).toContain('As things are known now, no alert is due.');
  });

  test.each(PRESETS)('the preset %s is told back in words', async (preset) => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { preset }, BY);
      expect(await it.text('following')).toMatch(/1\. (all dates|submission deadlines only|big dates|participation only); all States/);
    });
  });

  test('the preset participation hears of every State, greets without dates and can be ended', async () => {
    await withChat(PLAN, async (it) => {
      const greeting = await it.text('follow', { preset: 'participation' }, BY);

      expect(greeting).toContain('participation only; all States');
      expect(greeting).toContain('Dates bring no reminders here.');
      expect(greeting).not.toMatch(/The first alert|no alert is due|17 July/);
      expect(await it.store.subscriptions.list()).toMatchObject([{ selector: { states: null, kinds: null, news: 'participation' } }]);
      expect(await it.text('follow', { preset: 'participation' }, BY)).toContain('This channel follows this already');
      expect(await it.text('following')).not.toContain('Alerts before each date');
      expect(await it.text('unfollow', { follow: 'participation' }, BY)).toContain('It follows nothing now.');
    });
  });

  test.each(['big', 'participation'])('the preset %s and a kind together are not guessed at', async (preset) => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('follow', { preset, kind: 'addendum' }, BY)).toContain('Leave one of them out');
      expect(await it.store.subscriptions.list()).toEqual([]);
    });
  });

  test('keeps the settings of a channel that it finds', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: { zone: 'Asia/Tokyo', hour: '07:30', ladder: 'default' }, discreet: true });
      expect(await it.text('follow', { state: 'France' }, BY)).toContain('at 07:30');

      expect(await it.store.subscriptions.channels()).toMatchObject([{ discreet: true, profile: { zone: 'Asia/Tokyo', hour: '07:30' } }]);
      expect(it.channelsMade()).toBe(1);
    });
  });
});

describe('What of the channel itself counts', () => {
  test.each([
    ['discord', ['SEND_MESSAGES'], /The right that is missing here: SEND_MESSAGES\. .*give it to the bot under Edit Channel, Permissions; then ask again\./],
    ['discord', ['VIEW_CHANNEL', 'SEND_MESSAGES'], /The rights that are missing here: VIEW_CHANNEL, SEND_MESSAGES\. .*give them to the bot/],
    ['slack', ['chat:write'], /chat:write\. .*\/invite/],
    ['console', ['write'], /write\. .*give it to the bot; then/],
  ] as const)('on %s the missing %s are named, and nothing is followed', async (platform, missing, said) => {
    await withChat({ ...PLAN, platform }, async (it) => {
      it.standsAs({ missing, everyoneReads: true });

      expect(await it.text('follow', { state: 'Kenya' }, BY)).toMatch(said);
      expect(await it.store.subscriptions.channels()).toEqual([]);
      expect(await it.store.subscriptions.list()).toEqual([]);
    });
  });

  test('a platform that does not say now is no hindrance, and the answer says that it was not checked', async () => {
    await withChat(PLAN, async (it) => {
      it.standsAs(null);

      expect(await it.text('follow', { state: 'Kenya' }, BY)).toContain('could not be checked just now; /upr test shows whether it works');
      expect(await it.store.subscriptions.list()).toHaveLength(1);
    });
  });

  test('that everybody reads it is said, with what keeps it more private', async () => {
    await withChat(PLAN, async (it) => {
      it.standsAs({ missing: [], everyoneReads: true });
      expect(await it.text('follow', { state: 'Kenya' }, BY)).toMatch(/Everybody here can read this channel.*private channel.*settings discreet/);
      it.standsAs({ missing: [], everyoneReads: null });
      expect(await it.text('follow', { state: 'France' }, BY)).not.toContain('Everybody');
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      const mute = { until: at('2026-07-20'), reason: 'summer' };
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, discreet: true, mute });
      it.standsAs({ missing: [], everyoneReads: true });
      const text = await it.text('follow', { state: 'Peru' }, BY);

      expect(text).toMatch(/Everybody here can read this channel.*name no State in their titles; a private channel/);
      expect(text).toMatch(/Muted until Monday, 20 July 2026.*summer/);
    });
  });

  test('an audience narrows what is heard and what is shown; everyone leaves nobody out', async () => {
    await withChat(PLAN, async (it) => {
      const text = await it.text('follow', { audience: 'UN entities' }, BY);
      expect(text).toContain('all dates; all States; UN entities');
      expect(text).not.toContain('stakeholder submission');
      await it.command('follow', { audience: 'everyone', state: 'Kenya' }, BY);

      expect((await it.store.subscriptions.list()).map(({ selector }) => selector.audiences)).toEqual(expect.arrayContaining([['un-entity'], null]));
      expect(await it.text('follow', { audience: 'martians' }, BY)).toContain('is not an audience');
      expect((await it.complete('follow', 'audience', 'civil', BY)).map(({ value }) => value)).toEqual(['civil-society']);
    });
  });
});

describe('unfollow and following', () => {
  test('end one thing by its number, its words or its id, or all of it', async () => {
    await withChat(PLAN, async (it) => {
      for (const state of ['Kenya', 'France', 'Peru']) await it.command('follow', { state }, BY);
      const [choice] = await it.complete('unfollow', 'follow', 'kenya');

      expect(await it.text('unfollow', { follow: choice?.value ?? '' }, BY)).toContain('It still follows 2 things');
      expect(await it.text('unfollow', { follow: 'peru' }, BY)).toContain('all dates; Peru');
      expect(await it.text('unfollow', { follow: 'France' }, BY)).toContain('It follows nothing now.');
      expect(await it.text('unfollow', { follow: '1' }, BY)).toContain('there is nothing to end');
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.command('follow', {}, BY);
      expect(await it.text('unfollow', { follow: 'all' }, BY)).toContain('It follows nothing now.');
    });
  });

  test('what is followed again is heard from then on', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.command('unfollow', { follow: '1' }, BY);
      await it.reviseTo(FACTS, NOW + 1_000);
      await it.command('follow', { state: 'Kenya' }, BY);

      expect(await it.store.subscriptions.list()).toMatchObject([{ status: 'active', activeFrom: NOW + 1_000 }]);
    });
  });

  test('what was paused because it could not be posted is told, and heard again when followed again', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const [wish] = await it.store.subscriptions.list();
      await it.store.subscriptions.pause(wish?.id ?? '', 'forbidden');

      expect(await it.text('following')).toMatch(/Paused, as it could not be posted here.*\n• all dates; Kenya/);
      await it.command('follow', { state: 'Kenya' }, BY);
      expect(await it.text('following')).toContain('1. all dates; Kenya');
    });
  });

  test('the answer to follow is shown to the channel as what it follows', async () => {
    await withChat(PLAN, async (it) => {
      const [share] = messageOf(await it.command('follow', {}, BY)).actions;
      const response = await it.press(share?.id ?? '');

      expect(response).toMatchObject({ type: 'message', audience: 'channel', message: { title: 'What this channel follows', actions: [] } });
    });
  });

  test('no other channel or server sees or ends what a channel follows', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const [wish] = await it.store.subscriptions.list();
      for (const target of [
        { installation: '100', channel: '201' },
        { installation: '101', channel: '200' },
        { ...HERE, thread: '300' },
      ]) {
        const there = { by: MANAGER, target };
        expect(await it.text('following', {}, there)).toContain('follows nothing yet');
        expect(await it.complete('unfollow', 'follow', '', there)).toEqual([]);
        expect(await it.text('unfollow', { follow: wish?.id ?? '' }, there)).toContain('nothing to end');
      }
      expect(await it.store.subscriptions.list()).toMatchObject([{ status: 'active' }]);
    });
  });
});

describe('A discreet channel', () => {
  test('is shown a neutral title, and its asker a plain one', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, discreet: true });
      const answer = messageOf(await it.command('state', { state: 'Kenya' }));
      const shared = messageOf(await it.press(answer.actions[0]?.id ?? ''));

      expect([answer.title, shared.title]).toEqual(['Kenya: Universal Periodic Review', 'Universal Periodic Review: one State']);
      expect(messageOf(await it.command('test', {}, BY)).title).not.toContain('Kenya');
    });
  });
});

describe('Permissions', () => {
  test.each([
    ['follow', { state: 'Kenya' }],
    ['unfollow', { follow: '1' }],
    ['test', {}],
  ] as const)('%s is for people who may manage the channel, and says which right that is', async (command, options) => {
    await withChat(PLAN, async (it) => {
      const response = await it.command(command, options, { by: SOMEBODY });

      expect(response).toMatchObject({ audience: 'asker' });
      expect(messageOf(response).fallbackText).toContain('Manage Channels');
      expect(await it.store.subscriptions.channels()).toEqual([]);
    });
  });
});
