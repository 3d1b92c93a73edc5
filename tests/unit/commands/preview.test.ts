import { describe, expect, test } from 'vitest';
import { forecast } from '../../../src/domain/alerts/forecast.ts';
import type { Mute } from '../../../src/domain/alerts/mute.ts';
import type { QuietHours } from '../../../src/domain/alerts/quiet-hours.ts';
import { EVERYTHING } from '../../../src/domain/alerts/subscription.ts';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { addDays, GENEVA } from '../../../src/domain/time.ts';
import { type Bot, laddersOf, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, MANAGER, messageOf, withChat } from './a-chat.ts';

const NOW = at('2026-07-01');
const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'PER', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'review', when: minuteWhen('2026-08-07', '09:00', GENEVA) },
]);
const PLAN = { facts: FACTS, now: NOW };
const BY = { by: MANAGER };

/** The one channel there is, muted. */
async function mute(chat: Chat, mute: Mute): Promise<void> {
  const [channel] = await chat.store.subscriptions.channels();
  if (channel === undefined) throw new Error('no channel');
  await chat.store.subscriptions.putChannel({ ...channel, timing: channel.profile, mute });
}

describe('preview', () => {
  test('lists the next messages with their time, what they say and for whom, and counts those of a month', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', {}, BY);
      const response = await it.command('preview');
      const text = messageOf(response).fallbackText;

      expect(response).toMatchObject({ audience: 'asker' });
      expect(text).toContain('10 July 2026, 09:00 · Kenya and Peru: stakeholder submission due in 7 days');
      expect(text).toContain('31 July 2026, 09:00 · France: review in 7 days');
      expect(text).toContain('About 2 messages, as things are known now.');
      expect(text).toContain('The next digest is due on Monday, 6 July 2026 at 09:00 (Geneva time)');
      expect(text).toContain('Times in this list: Geneva time.');
    });
  });

  test('of a channel that follows nothing says where to begin, and has nothing to share', async () => {
    await withChat(PLAN, async (it) => {
      const message = messageOf(await it.command('preview'));

      expect(message.fallbackText).toContain('Begin with /upr follow');
      expect(message.actions).toEqual([]);
    });
  });

  test('says that no alert is due, and that no digest is set', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'USA' }, BY);
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: channel.profile, digest: null });
      const text = await it.text('preview');

      expect(text).toContain('As things are known now, no alert is due.');
      expect(text).toContain('No message is due as things are known now.');
      expect(text).toContain('/upr settings digest-day');
    });
  });

  test('tells times in the zone of the channel, to whoever asks', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', {}, BY);
      const [channel] = await it.store.subscriptions.channels();
      if (channel === undefined) throw new Error('no channel');
      await it.store.subscriptions.putChannel({ ...channel, timing: { zone: 'Asia/Tokyo', hour: '07:30', ladder: 'default' } });

      expect(await it.text('preview', {}, { by: { ...MANAGER, zone: 'America/Lima' } })).toMatch(/10 July 2026, 07:30 · Kenya and Peru[\s\S]*Japan/);
    });
  });

  test('of a muted channel says so with the reason, and what comes as a catch-up afterwards', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', {}, BY);
      await mute(it, { until: at('2026-07-13', '12:00'), reason: 'summer' });
      const text = await it.text('preview');

      expect(text).toMatch(/Muted until Monday, 13 July 2026, 12:00.*summer/);
      expect(text).toContain('13 July 2026, 12:00 · catching up: Kenya and Peru: stakeholder submission due in 4 days');
      expect(text).toContain('The next digest is due on Monday, 20 July 2026');
    });
  });

  test('says how much is due and waits for the end of a mute', async () => {
    await withBot({ at: NOW, facts: FACTS, ladders: LADDERS, channels: [] }, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        await mute(it, { until: at('2026-07-13', '12:00'), reason: 'summer' });
        await bot.tickAt(at('2026-07-10', '09:00'));
        await it.reviseTo(FACTS, at('2026-07-10', '09:01'));

        expect(bot.said()).toEqual([]);
        expect(await it.text('preview')).toContain('1 alert is due and waits until then');
      });
    });
  });

  test('shows nothing of another channel or server, and is shared without buttons', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', {}, BY);
      for (const target of [
        { installation: '100', channel: '201' },
        { installation: '101', channel: '200' },
      ])
        expect(await it.text('preview', {}, { target })).toContain('follows nothing yet');
      const share = messageOf(await it.command('preview')).actions.find(({ label }) => label === 'Share to channel');
      const shared = await it.press(share?.id ?? '');

      expect(shared).toMatchObject({ type: 'message', audience: 'channel', message: { title: 'What this channel will hear', actions: [] } });
    });
  });
});

const LADDERS = { default: { stakeholder_submission: ['30d!', '7d!', '5d!', '1d!'], review: ['7d!', '3h!'] } } as const;

/** What a bot said: when, as what, and which dates. */
function saidBy(bot: Bot) {
  return bot.said().map(({ at: when, content }) => {
    const items = content.type === 'leads' ? content.items : content.type === 'catch-up' ? [...content.ahead, ...content.passed] : [];
    return [when, content.type, items.map(({ deadline, lead }) => `${deadline.id} ${lead.key}`).sort()];
  });
}

describe('What is told to come', () => {
  const SETTINGS: readonly (readonly [string, { hour?: string; quiet?: QuietHours; mute?: Mute }])[] = [
    ['without quiet hours', {}],
    ['with quiet hours that hold a message for a while', { hour: '06:30', quiet: { from: '22:00', to: '07:00' } }],
    ['with quiet hours that make it a catch-up', { hour: '23:00', quiet: { from: '22:00', to: '07:00' } }],
    ['with a mute over two leads', { mute: { until: at('2026-07-13', '12:00'), reason: 'summer' } }],
    ['with a mute over a date', { mute: { until: at('2026-07-20', '12:00'), reason: 'summer' } }],
  ];

  test.each(SETTINGS)(
    'is what the bot then posts, %s',
    async (_name, { hour = '09:00', quiet = null, mute = null }) => {
      const channels = [{ id: 'here', hour, quiet }];
      await withBot({ at: NOW, facts: FACTS, ladders: LADDERS, channels }, async (bot) => {
        const [channel] = await bot.store().subscriptions.channels();
        const picture = (await bot.store().calendar.picture())?.picture;
        if (channel === undefined || picture === undefined) throw new Error('no channel');
        await bot.store().subscriptions.putChannel({ ...channel, timing: channel.profile, mute });
        const ladder = laddersOf(LADDERS).get('default') ?? {};
        const wishes = [{ selector: EVERYTHING, states: null }];
        const told = forecast({ picture, wishes, ladder, timing: channel.profile, quiet, mute, holidays: FACTS.holidays, now: NOW });
        const days = Array.from({ length: 40 }, (_, day) => addDays('2026-07-01', day));
        const instants = [...told.map(({ at: when }) => when), ...days.flatMap((day) => ['06:30', '07:00', '12:00', '23:00'].map((time) => at(day, time)))];
        for (const now of instants.filter((when) => when > NOW).sort((a, b) => a - b)) await bot.tickAt(now);
        const posted = saidBy(bot).filter(([, type]) => type === 'leads' || type === 'catch-up');

        expect(told.length).toBeGreaterThan(2);
        expect(posted).toEqual(
          told.map(({ at: when, late, items }) => [when, late ? 'catch-up' : 'leads', items.map(({ deadline, lead }) => `${deadline.id} ${lead.key}`).sort()]),
        );
      });
    },
    30_000,
  );

  test('in words is the title of the first message', async () => {
    await withBot({ at: NOW, facts: FACTS, ladders: LADDERS, channels: [] }, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        const text = await it.text('preview');
        await bot.tickAt(at('2026-07-10', '09:00'));

        expect(text).toContain(`10 July 2026, 09:00 · ${bot.said()[0]?.message.title}`);
      });
    });
  });
});
