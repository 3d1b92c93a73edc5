import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { StoreError } from '../../../src/store/store.ts';
import { type Answer, type BotPlan, withBot } from '../../support/a-bot.ts';
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
    const { said, counts } = await heard(['lost-answer', 'take', 'lost-answer', 'lost-answer'], [0, 1, 2, 3, 60]);

    expect(said).toEqual(['nairobi +0', 'paris +0', 'nairobi +1 may be a repeat']);
    expect(counts).toMatchObject({ 'in-doubt': 1, sent: 1, pending: 0 });
  });

  test('because it could not be recorded is said again, marked, at the next tick and without a restart', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('unavailable'));
      await bot.tickAt(NINE);
      const [alert] = await bot.store().alerts.ready('nairobi', NINE);
      await bot.store().alerts.begin({ channel: 'nairobi', onceKey: 'k', type: 'leads', title: '', alerts: [alert?.id ?? 0], folded: [], now: NINE });

      await bot.tickAt(NINE + 6_000);

      expect(bot.said().map(({ channel, marks }) => [channel, marks.mayBeRepeat])).toEqual([
        ['paris', false],
        ['nairobi', true],
      ]);
    });
  });

  test('because the adapter itself broke counts as in doubt', async () => {
    const { said, counts } = await heard(['explode'], [0, 1, 2]);

    expect(said).toEqual(['paris +0', 'nairobi +1 may be a repeat']);
    expect(counts.sent).toBe(2);
  });

  test('is not repeated when its date moved: the correction speaks', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi' }] }, async (bot) => {
      bot.answer('lost-answer');
      await bot.tickAt(NINE);
      await bot.reviseTo(calendarOf([{ ...SUBMISSION, when: dayWhen('2026-07-30', GENEVA) }]));
      await bot.tickAt(NINE + SECOND);
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
  test.each(['forbidden', 'channel-gone', 'installation-gone'] as const)('for good (%s) is paused with the reason, and the others hear on', async (reason) => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError(reason));
      await bot.tickAt(NINE);
      await bot.tickAt(at('2026-07-16'));

      const states = (await bot.store().subscriptions.list()).map(({ channel, status, reason: why }) => [channel, status, why]);
      expect(states).toEqual([
        ['nairobi', 'paused', reason],
        ['paris', 'active', null],
      ]);
      expect(bot.said().map(({ channel }) => channel)).toEqual(['paris', 'paris']);
    });
  });

  test('for a fault of the token or the settings loses nothing: it waits until that is mended', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('fatal'));
      await bot.tickAt(NINE);
      await bot.tickAt(NINE + 5_000);

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
  test('between two messages leaves the second for the next start', async () => {
    await withBot(PLAN, async (bot) => {
      await bot.tickAt(NINE - SECOND);
      bot.clock.pass(SECOND);
      const stopping = new AbortController();
      bot.answer('take');
      const first = bot.tick(stopping.signal);
      bot.whenSaid(() => stopping.abort());
      await first;
      const before = bot.said().length;
      await bot.restart();
      await bot.tick();

      expect([before, bot.said().length]).toEqual([1, 2]);
      expect(bot.said().every(({ marks }) => !marks.mayBeRepeat)).toBe(true);
    });
  });
});

describe('A disk that is full', () => {
  test('loses nothing: with room again everybody is told, once or with the second marked', async () => {
    const channels = Array.from({ length: 60 }, (_, index) => ({ id: `channel-${index}` }));
    await withBot({ ...PLAN, channels }, async (bot) => {
      await bot.tickAt(NINE - SECOND);
      await bot.restartOnFullDisk();
      const failed = await bot.tickAt(NINE).then(
        () => bot.logged('database or disk is full') > 0,
        (cause: unknown) => cause instanceof StoreError && cause.reason === 'full',
      );
      expect(failed).toBe(true);
      await bot.restart();
      await bot.tickAt(NINE + SECOND);

      const heardBy = Object.groupBy(bot.said(), ({ channel }) => channel);
      expect(Object.keys(heardBy)).toHaveLength(60);
      for (const messages of Object.values(heardBy)) expect([[false], [false, true], [true]]).toContainEqual(messages?.map(({ marks }) => marks.mayBeRepeat));
    });
  });
});
