import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Answer, type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const SUBMISSION = { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) } as const;
const PLAN: BotPlan = {
  at: at('2026-07-09', '12:00'),
  facts: calendarOf([SUBMISSION]),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] } },
  channels: [{ id: 'nairobi' }, { id: 'paris' }],
};
const NINE = at('2026-07-10', '09:00');
const SECOND = 1_000;

/** What each channel heard, second by second after nine, with the chat answering as given. */
async function heard(answers: readonly Answer[], seconds: readonly number[]) {
  return withBot(PLAN, async (bot) => {
    bot.answer(...answers);
    for (const second of seconds) await bot.tickAt(NINE + second * SECOND);
    return {
      said: bot.said().map(({ channel, at: when, marks }) => `${channel} +${(when - NINE) / SECOND}${marks.mayBeRepeat ? ' may be a repeat' : ''}`),
      counts: await bot.store().alerts.counts(),
    };
  });
}

describe('A platform that takes nothing for a while', () => {
  test('is tried again after five seconds, then ten, and the message is said once', async () => {
    const down = new ChatError('unavailable');
    const { said } = await heard([down, 'take', down], [0, 1, 4, 5, 6, 14, 15, 16]);

    expect(said).toEqual(['paris +0', 'nairobi +15']);
  });

  test('that says how long to wait is asked no sooner', async () => {
    const { said } = await heard([new ChatError('rate-limited', { retryAfterMs: 60_000 })], [0, 5, 30, 59, 60, 61]);

    expect(said).toEqual(['paris +0', 'nairobi +60']);
  });

  test('for a day costs no lead: it comes in the catch-up', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.answer(...Array.from({ length: 40 }, () => new ChatError('unavailable')));
      for (let minute = 0; minute <= 24 * 60; minute += 15) await bot.tickAt(NINE + minute * 60 * SECOND);
      return bot.said().map(({ type, leads }) => `${type} ${leads.map(({ lead }) => lead)}`);
    });

    expect(said).toEqual(['catch-up 7d']);
  });

  test('while the wall clock jumps a month ahead is not waited for a month', async () => {
    await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.clock.setWall(NINE);
      bot.answer(new ChatError('unavailable'));
      bot.whenAsked(() => bot.clock.setWall(NINE + 30 * 86_400 * SECOND));
      await bot.tick();

      expect(await bot.store().alerts.nextReady()).toBe(NINE + 5 * SECOND);
    });
  });
});

describe('A send whose outcome nobody knows', () => {
  test('is said once more, marked, and never a third time', async () => {
    const { said, counts } = await heard(['lost-answer', 'take', 'lost-answer', 'lost-answer'], [0, 1, 4, 5, 6, 60]);

    expect(said).toEqual(['nairobi +0', 'paris +0', 'nairobi +5 may be a repeat']);
    expect(counts).toMatchObject({ 'in-doubt': 1, sent: 1, pending: 0 });
  });

  test('and that was a catch-up is repeated whole, what passed meanwhile too', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.answer('lost-answer');
      await bot.tickAt(at('2026-07-18', '02:00'));
      await bot.tickAt(at('2026-07-18', '02:00') + 5 * SECOND);
      return bot.said().map(({ type, leads, marks }) => [type, leads.length, marks.mayBeRepeat]);
    });

    expect(said).toEqual([
      ['catch-up', 2, false],
      ['catch-up', 2, true],
    ]);
  });

  test('because another process died over it is said again, marked, without a restart', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('unavailable'));
      await bot.tickAt(NINE);
      bot.clock.pass(SECOND);
      const [alert] = await bot.store().alerts.ready(['nairobi'], NINE + 6 * SECOND);
      const dying = { channel: 'nairobi', lane: 'test', onceKey: 'k', type: 'leads', title: '', message: null, alerts: [alert?.id ?? 0], folded: [] };
      await bot.store().leases.release('lane:test', 'bot/1');
      await bot.store().leases.take('lane:test', 'a dead process', 60_000);
      await bot.store().alerts.begin([dying], 'a dead process', NINE);

      await bot.tickAt(NINE + 6 * SECOND);
      await bot.tickAt(NINE + 9 * SECOND);

      expect(bot.said().map(({ channel, marks }) => [channel, marks.mayBeRepeat])).toEqual([
        ['paris', false],
        ['nairobi', true],
      ]);
    });
  });

  test('because the adapter itself broke counts as in doubt', async () => {
    const { said, counts } = await heard(['explode'], [0, 1, 5]);

    expect(said).toEqual(['paris +0', 'nairobi +5 may be a repeat']);
    expect(counts.sent).toBe(2);
  });

  test('is not repeated when its date moved: the correction speaks', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.answer('lost-answer');
      await bot.tickAt(NINE);
      await bot.reviseTo(calendarOf([{ ...SUBMISSION, when: dayWhen('2026-07-30', GENEVA) }]));
      await bot.tickAt(NINE + SECOND);
      await bot.tickAt(NINE + 5 * SECOND);
      return bot.said().map(({ type }) => type);
    });

    expect(said).toEqual(['leads', 'changes']);
  });

  test('is not said again when its date moved away and came back over a clock set back', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.answer('lost-answer');
      await bot.tickAt(NINE);
      await bot.reviseTo(calendarOf([{ ...SUBMISSION, when: dayWhen('2026-07-30', GENEVA) }]));
      await bot.tickAt(NINE + SECOND);
      bot.clock.setWall(NINE - 3_600 * SECOND);
      await bot.reviseTo(calendarOf([SUBMISSION]));
      await bot.tick();
      await bot.tickAt(NINE + 2 * SECOND);
      return bot.said().flatMap(({ leads }) => leads.map(({ lead }) => lead));
    });

    expect(said).toEqual(['7d']);
  });
});

describe('A channel that refuses', () => {
  const standing = async (bot: Bot) => (await bot.store().subscriptions.list()).map(({ channel, status, reason }) => [channel, status, reason]);

  test.each(['channel-gone', 'installation-gone'] as const)('for good (%s) is paused with the reason, and the others hear on', async (reason) => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError(reason));
      await bot.tickAt(NINE);
      await bot.tickAt(at('2026-07-16'));

      expect(await standing(bot)).toEqual([
        ['nairobi', 'paused', reason],
        ['paris', 'active', null],
      ]);
      expect(bot.said().filter(({ type }) => type === 'leads')).toHaveLength(2);
      expect(new Set(bot.said().map(({ channel }) => channel))).toEqual(new Set(['paris']));
    });
  });

  test('for want of a right is asked once more after a quarter of an hour, and hears when it was given back', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('forbidden'));
      await bot.tickAt(NINE);
      await bot.tickAt(NINE + 15 * 60 * SECOND - 1);
      const before = bot.said().length;
      await bot.tickAt(NINE + 15 * 60 * SECOND);

      expect([before, bot.said().map(({ channel }) => channel)]).toEqual([1, ['paris', 'nairobi']]);
      expect((await standing(bot)).map(([, status]) => status)).toEqual(['active', 'active']);
    });
  });

  test('for want of a right twice is paused, and nothing more is tried there', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('forbidden'), 'take', new ChatError('forbidden'));
      await bot.tickAt(NINE);
      await bot.tickAt(NINE + 15 * 60 * SECOND);
      await bot.tickAt(at('2026-07-16'));

      expect((await standing(bot))[0]).toEqual(['nairobi', 'paused', 'forbidden']);
      expect(bot.said().filter(({ channel }) => channel === 'nairobi')).toEqual([]);
    });
  });

  test('for a fault of the token or the settings loses nothing: it waits until that is mended', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('fatal'));
      await bot.tickAt(NINE);
      await bot.tickAt(NINE + 60_000);

      expect((await bot.store().subscriptions.list()).map(({ status }) => status)).toEqual(['active', 'active']);
      expect(
        bot
          .said()
          .map(({ channel }) => channel)
          .sort(),
      ).toEqual(['nairobi', 'paris']);
    });
  });

  test('one message loses that message only', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('rejected'));
      await bot.tickAt(NINE);
      await bot.tickAt(at('2026-07-16'));

      expect(bot.said().map(({ channel }) => channel)).toEqual(['paris', 'nairobi', 'paris']);
      expect((await bot.store().alerts.counts()).failed).toBe(1);
    });
  });
});

describe('A stop', () => {
  test('finishes and records what is under way, and leaves the rest for the next start', async () => {
    const channels = Array.from({ length: 30 }, (_, index) => ({ id: `channel-${index}` }));
    await withBot({ ...PLAN, channels }, async (bot) => {
      bot.whenAsked(() => void bot.stop());
      await bot.tickAt(NINE);
      const before = bot.said().length;
      const { sending, sent } = await bot.store().alerts.counts();
      bot.whenAsked(() => undefined);
      await bot.restart();
      await bot.tick();

      expect([sending, sent]).toEqual([0, before]);
      expect(before).toBeLessThan(30);
      expect(bot.said()).toHaveLength(30);
      expect(bot.said().every(({ marks }) => !marks.mayBeRepeat)).toBe(true);
    });
  });
});
