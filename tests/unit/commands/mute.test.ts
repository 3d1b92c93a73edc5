import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { atWallClock, DAY, GENEVA, HOUR } from '../../../src/domain/time.ts';
import { withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { type Chat, MANAGER, messageOf, withChat } from './a-chat.ts';

/** A Wednesday. */
const NOW = at('2026-07-01', '10:00');
const FACTS = calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]);
const PLAN = { facts: FACTS, now: NOW };
const BY = { by: MANAGER };
const reason = 'elections';

async function muteOf(it: Chat) {
  const [channel] = await it.store.subscriptions.channels();
  return channel?.mute;
}

describe('mute', () => {
  test.each([
    ['2h', NOW + 2 * HOUR],
    ['an hour', NOW + HOUR],
    ['90 minutes', NOW + 1.5 * HOUR],
    ['3 days', NOW + 3 * DAY],
    ['for 3 days', NOW + 3 * DAY],
    ['1 week', NOW + 7 * DAY],
    ['2w', NOW + 14 * DAY],
    ['1 month', at('2026-08-01', '10:00')],
    ['180 days', at('2026-12-28', '10:00')],
    ['2026-12-01', at('2026-12-01')],
    ['2026-12-1', at('2026-12-01')],
    ['2026-12-01 14:30', at('2026-12-01', '14:30')],
    ['2026-12-01T14:30', at('2026-12-01', '14:30')],
    ['2026-12-01 at 2 pm', at('2026-12-01', '14:00')],
    ['monday', at('2026-07-06')],
    ['Mon 17:00', at('2026-07-06', '17:00')],
    ['next friday', at('2026-07-03')],
    ['wednesday', at('2026-07-08')],
    ['wednesday 11:00', at('2026-07-01', '11:00')],
    ['tomorrow', at('2026-07-02')],
    ['2026-07-01 10:01', NOW + 60_000],
  ])('until %s is understood', async (until, expected) => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('mute', { until, reason }, BY)).toContain('This channel is muted');
      expect(await muteOf(it)).toEqual({ until: expected, reason });
    });
  });

  test.each([
    ['soon', 'not a time that can be read'],
    ['2026-02-30', 'not a time that can be read'],
    ['2026-12-01 25:00', 'not a time that can be read'],
    ['3 fortnights', 'not a time that can be read'],
    ['-3 days', 'not a time that can be read'],
    ['2026-07-01', 'is not ahead'],
    ['0 days', 'is not ahead'],
    ['2026-07-01 10:00', 'is not ahead'],
    ['0001-01-01', 'is not ahead'],
    ['181 days', '180 days at most'],
    ['2027-07-01', '180 days at most'],
    ['9999 weeks', '180 days at most'],
  ])('until %s says what to write, and changes nothing', async (until, says) => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('mute', { until, reason }, BY)).toContain(says);
      expect(await it.store.subscriptions.channels()).toEqual([]);
    });
  });

  test('says until when in both clocks, and what becomes of what falls due', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { zone: 'nairobi' }, BY);
      const response = await it.command('mute', { until: '2026-12-01', reason }, BY);
      const text = messageOf(response).fallbackText;

      expect(response).toMatchObject({ audience: 'asker' });
      expect(text).toContain('Muted until Tuesday, 1 December 2026, 07:00 Geneva time (09:00 East Africa Time). Reason: elections');
      expect(text).toContain('comes as one message afterwards');
      expect(text).toContain('The last 24 hours before a published date break through');
      expect(text).toContain('digests are left out');
    });
  });

  test('keeps the wall clock over a change of the clocks, and counts hours', async () => {
    await withChat({ ...PLAN, now: at('2026-10-23') }, async (it) => {
      await it.command('mute', { until: '3 days', reason }, BY);
      expect((await muteOf(it))?.until).toBe(at('2026-10-26'));
      expect(at('2026-10-26') - at('2026-10-23')).toBe(73 * HOUR);
      await it.command('mute', { until: '72 hours', reason }, BY);

      expect((await muteOf(it))?.until).toBe(at('2026-10-26', '08:00'));
    });
  });

  test('reads days by the clock of the channel', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('settings', { zone: 'auckland', 'alert-hour': '8' }, BY);
      await it.command('mute', { until: 'friday', reason }, BY);

      expect((await muteOf(it))?.until).toBe(atWallClock('2026-07-03', '08:00', 'Pacific/Auckland'));
    });
  });
});

describe('The reason', () => {
  test('is needed, and only to begin', async () => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('mute', { until: '1 day' }, BY)).toContain('Something is missing: reason');
      expect(await it.text('mute', { until: '1 day', reason: ' \u200b\n' }, BY)).toContain('Something is missing: reason');
      expect(await it.text('mute', { reason }, BY)).toContain('Something is missing: until');
      expect(await it.store.subscriptions.channels()).toEqual([]);
    });
  });

  test('is one plain line of up to 200 characters', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('mute', { until: '1 day', reason: '\u202e **loud**\n\n<@&1> @everyone ' }, BY);
      expect((await muteOf(it))?.reason).toBe('**loud** <@&1> @everyone');
      expect(JSON.stringify(messageOf(await it.command('following', {}, BY)).body)).not.toContain('"type":"role"');
      expect(await it.text('mute', { until: '1 day', reason: 'é'.repeat(200) }, BY)).toContain('This channel is muted');

      expect(await it.text('mute', { until: '1 day', reason: 'x'.repeat(201) }, BY)).toContain('has 201 characters, and 200 is the most');
    });
  });
});

describe('A mute', () => {
  test.each(['off', 'end', 'OFF '])('is ended by %s', async (until) => {
    await withChat(PLAN, async (it) => {
      await it.command('mute', { until: '1 day', reason }, BY);
      expect(await it.text('mute', { until }, BY)).toContain('It was muted until Thursday, 2 July 2026, 10:00 Geneva time');
      expect(await muteOf(it)).toBeNull();
    });
  });

  test('that there is not cannot be ended, and no channel comes to be', async () => {
    await withChat(PLAN, async (it) => {
      expect(await it.text('mute', { until: 'off' }, BY)).toContain('This channel is not muted');
      expect(await it.store.subscriptions.channels()).toEqual([]);
    });
  });

  test('is told in following, until it is over', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('follow', { state: 'Kenya' }, BY);
      await it.command('mute', { until: '1 day', reason }, BY);
      expect(await it.text('following')).toContain('Muted until Thursday, 2 July 2026, 10:00 Geneva time. Reason: elections');
      await it.reviseTo(FACTS, NOW + DAY);

      expect(await it.text('following')).not.toContain('Muted');
      expect(await it.text('mute', { until: 'off' }, BY)).toContain('This channel is not muted');
    });
  });

  test('that is set anew says what it was before', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('mute', { until: '1 day', reason }, BY);

      expect(await it.text('mute', { until: '2 days', reason }, BY)).toContain('Before, it was muted until Thursday, 2 July 2026, 10:00 Geneva time');
    });
  });

  test('moves the next digest that is told behind its end', async () => {
    await withChat(PLAN, async (it) => {
      await it.command('mute', { until: '1 week', reason }, BY);
      expect(await it.text('settings', { 'digest-day': 'friday' }, BY)).toContain('The next digest comes on Friday, 10 July 2026');

      const text = await it.text('settings', { clear: 'mute' }, BY);
      expect(text).toContain('The next digest comes on Friday, 3 July 2026');
      expect(text).toContain('What waited is looked at again now');
    });
  });

  test('is offered in choices: how long, what is typed, and its end where there is one', async () => {
    await withChat(PLAN, async (it) => {
      const values = async (typed: string) => (await it.complete('mute', 'until', typed, BY)).map(({ value }) => value);
      expect(await values('')).toEqual(['1 hour', '3 hours', '1 day', '3 days', '1 week', '2 weeks']);
      expect(await it.complete('mute', 'until', 'mon 9:00', BY)).toEqual([{ label: 'Until 6 July 2026, 09:00', value: 'mon 9:00' }]);
      await it.command('mute', { until: '1 day', reason }, BY);

      expect(await values('')).toContain('off');
      expect(await it.complete('mute', 'reason', 'x', BY)).toEqual([]);
    });
  });
});

describe('What falls due while a channel is muted', () => {
  const ladders = { default: { stakeholder_submission: ['7d!', '6d!'] } } as const;
  const alone = { at: NOW, facts: FACTS, ladders, channels: [{ id: 'elsewhere', follows: [] }] };

  test('waits, and comes at once when the mute is ended', async () => {
    await withBot(alone, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        await it.command('mute', { until: '2026-07-14', reason }, BY);
        await bot.tickAt(at('2026-07-10') + 1_000);
        await bot.tickAt(at('2026-07-11') + 1_000);
        expect(bot.said()).toEqual([]);
        await it.reviseTo(FACTS, at('2026-07-12'));
        await it.command('mute', { until: 'off' }, BY);
        await bot.tickAt(at('2026-07-12') + 1_000);

        expect(bot.said().map(({ type }) => type)).toEqual(['catch-up']);
      });
    });
  });

  test('waits as long as a mute that was made shorter', async () => {
    await withBot(alone, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        await it.command('mute', { until: '2026-07-16', reason }, BY);
        await bot.tickAt(at('2026-07-10') + 1_000);
        await it.reviseTo(FACTS, at('2026-07-10', '12:00'));
        await it.command('mute', { until: '2026-07-12', reason }, BY);
        await bot.tickAt(at('2026-07-11', '12:00'));
        expect(bot.said()).toEqual([]);
        await bot.tickAt(at('2026-07-12') + 1_000);

        expect(bot.said().map(({ type }) => type)).toEqual(['catch-up']);
      });
    });
  });

  test('what was posted before is amended once for each end, where its date is ahead', async () => {
    await withBot(alone, async (bot) => {
      await withChat({ ...PLAN, store: bot.store(), platform: 'test' }, async (it) => {
        await it.command('follow', { state: 'Kenya' }, BY);
        await bot.tickAt(at('2026-07-10') + 1_000);
        expect(bot.said()).toHaveLength(1);
        const now = at('2026-07-10', '12:00');
        await it.reviseTo(FACTS, now);
        await it.command('mute', { until: '1 day', reason }, BY);
        await it.command('mute', { until: '1 day', reason: 'another' }, BY);
        const ready = await it.store.alerts.ready(['test:100/200'], now);

        expect(ready).toMatchObject([{ type: 'amendment' }]);
        expect(JSON.parse(ready[0]?.body ?? '')).toMatchObject({ why: 'silenced', until: now + DAY });
      });
    });
  });
});
