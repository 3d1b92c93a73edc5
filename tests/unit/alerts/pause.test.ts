import { describe, expect, test } from 'vitest';
import { isPaused, setPaused } from '../../../src/alerts/pause.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const PLAN: BotPlan = {
  at: at('2026-07-01', '12:00'),
  facts: calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }]),
  ladders: { default: { stakeholder_submission: ['14d!', '7d!', '1d!'] } },
  channels: [{ id: 'nairobi' }],
};

describe('While posting is paused', () => {
  test('nothing is posted and nothing is lost: what waited is one catch-up afterwards', async () => {
    await withBot(PLAN, async (bot) => {
      await setPaused(bot.store(), true);
      await bot.tickAt(at('2026-07-03', '09:00'));
      await bot.tickAt(at('2026-07-10', '09:00'));
      expect(bot.said()).toEqual([]);

      await setPaused(bot.store(), false);
      await bot.tickAt(at('2026-07-12', '12:00'));

      expect(bot.said().map(({ type, leads }) => [type, leads.length])).toEqual([['catch-up', 2]]);
    });
  });

  test('a restart keeps the brake on', async () => {
    await withBot(PLAN, async (bot) => {
      await setPaused(bot.store(), true);

      await bot.restart();
      await bot.tickAt(at('2026-07-03', '09:00'));

      expect([await isPaused(bot.store()), bot.said()]).toEqual([true, []]);
    });
  });

  test('pausing twice, or going on without a pause, changes nothing', async () => {
    await withBot(PLAN, async (bot) => {
      const store = bot.store();

      expect([await setPaused(store, false), await setPaused(store, true), await setPaused(store, true), await setPaused(store, false)]).toEqual([
        false,
        true,
        false,
        true,
      ]);
    });
  });
});
