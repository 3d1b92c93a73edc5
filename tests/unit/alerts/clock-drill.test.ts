import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createScheduler } from '../../../src/alerts/scheduler.ts';
import { type AskTime, createTrustedTime } from '../../../src/alerts/trusted-time.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { createLog } from '../../../src/lib/log.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];
const NINE = at('2026-07-10', '09:00');
const PLAN: BotPlan = {
  at: NINE - 20 * SECOND,
  facts: calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
    { state: 'FRA', kind: 'stakeholder_submission', when: dayWhen('2026-08-03', GENEVA) },
  ]),
  ladders: { default: { stakeholder_submission: ['7d!', '5d!', '3d!', '1d!'] } },
  channels: [{ id: 'nairobi' }, { id: 'paris' }],
};

interface Life {
  readonly bot: Bot;
  /** Seconds on the monotonic clock at which a tick ran. */
  readonly ticks: readonly number[];
  /** Seconds go by, with a tick in each. node-cron's own timer is stuck all the while: it knows the real clock only. */
  readonly seconds: (count: number) => Promise<void>;
  readonly jump: (ms: number) => void;
}

/** A bot that lives by its scheduler from twenty seconds before nine. */
async function live(references: (bot: Bot) => readonly AskTime[], use: (life: Life) => Promise<void>): Promise<void> {
  await withBot(PLAN, async (bot) => {
    const { clock } = bot;
    const ticks: number[] = [];
    let busy = 0;
    const tick = async (now: number) => {
      busy += 1;
      ticks.push(clock.monotonic() / SECOND);
      await bot.tick(now);
      busy -= 1;
    };
    const scheduler = createScheduler({ clock, time: createTrustedTime(clock, references(bot)), log: createLog('silent'), tick });
    const settle = async () => {
      for (let turn = 0; turn < 5 || busy > 0; turn += 1) await nextTurn();
    };
    const seconds = async (count: number) => {
      for (let second = 0; second < count; second += 1) {
        clock.pass(SECOND);
        await settle();
      }
    };
    scheduler.start();
    await settle();
    await use({ bot, ticks, seconds, jump: (ms) => clock.setWall(clock.now() + ms) });
    await scheduler.stop();
  });
}

const heard = (bot: Bot) =>
  bot.said().map(({ channel, type, leads }) => `${channel} ${type} ${leads.map(({ deadline, lead }) => `${deadline} ${lead}`).sort()}`);
const ON_TIME = ['nairobi', 'paris'].map((channel) => `${channel} leads 54-KEN-stakeholder_submission 7d`);

/** One that knows the true time, whatever the wall clock of the machine says. */
const aWitness = ({ clock }: Bot): readonly AskTime[] => {
  const start = clock.now();
  const began = clock.monotonic();
  return [async () => start + (clock.monotonic() - began)];
};

describe('A wall clock that jumps ten seconds before a lead', () => {
  test.each([
    ['half a minute ahead', 30 * SECOND],
    ['half a minute back', -30 * SECOND],
    ['an hour back', -HOUR],
  ])('by %s: the next tick comes within two seconds, the lead is said once, at the hour that the clock shows', async (_name, by) => {
    await live(
      () => [],
      async ({ bot, ticks, seconds, jump }) => {
        await seconds(10);
        const before = ticks.length;
        jump(by);
        await seconds(2);
        expect(ticks.length).toBeGreaterThan(before);
        await seconds(90);
        if (by < -HOUR / 2) await seconds(3_600);

        expect(heard(bot).sort()).toEqual(ON_TIME);
      },
    );
  });

  test('by a month ahead, with a witness of the true time: the lead is said at its hour, and nothing else', async () => {
    await live(aWitness, async ({ bot, ticks, seconds, jump }) => {
      await seconds(10);
      const before = ticks.length;
      jump(30 * DAY);
      await seconds(2);
      expect(ticks.length).toBeGreaterThan(before);
      await seconds(300);

      expect(heard(bot).sort()).toEqual(ON_TIME);
    });
  });

  test('by a month ahead and back a minute later: the lead is said once, at its hour', async () => {
    await live(
      () => [],
      async ({ bot, seconds, jump }) => {
        await seconds(10);
        jump(30 * DAY);
        await seconds(40);
        jump(-30 * DAY);
        await seconds(300);

        expect(heard(bot).sort()).toEqual(ON_TIME);
      },
    );
  });

  test('by a month ahead with nobody to ask is believed after a minute: a channel hears one catch-up and no flood, and nothing twice when the clock is put right', async () => {
    await live(
      () => [],
      async ({ bot, seconds, jump }) => {
        await seconds(10);
        jump(30 * DAY);
        await seconds(120);
        const flood = heard(bot);
        jump(-30 * DAY);
        await seconds(60);

        expect(flood.filter((line) => line.includes('catch-up'))).toHaveLength(2);
        expect(flood).toHaveLength(4);
        expect(heard(bot)).toEqual(flood);
      },
    );
  });
});

describe('A watermark in the future', () => {
  test('is put back at the next tick, and what is due is said once', async () => {
    await live(
      () => [],
      async ({ bot, seconds }) => {
        await bot.store().setMark('watermark', NINE + 3 * DAY);
        await seconds(90);

        expect(heard(bot).sort()).toEqual(ON_TIME);
        expect(await bot.store().mark('watermark')).toBeLessThan(NINE + HOUR);
      },
    );
  });
});
