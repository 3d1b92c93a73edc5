import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { setPaused } from '../../../src/alerts/pause.ts';
import { dayWhen, rangeWhen, type When } from '../../../src/domain/calendar/when.ts';
import { DAY, GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, dies, type Said, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const MONDAYS = { day: 1, hour: '09:00' };
const [KENYA, PERU] = ['54-KEN-stakeholder_submission', '54-PER-national_report'];
const SOON = dayWhen('2026-07-17', GENEVA);

/** Kenya's date comes, Peru has only a month. 1 July 2026 is a Wednesday. */
const datesWith = (kenya: When) =>
  calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: kenya },
    { state: 'PER', kind: 'national_report', when: rangeWhen('2026-09-01', '2026-09-30', GENEVA), certainty: 'estimated' },
  ]);
const PLAN: BotPlan = { at: at('2026-07-01'), facts: datesWith(SOON), ladders: { default: {} }, channels: [{ id: 'geneva', digest: MONDAYS }] };

/** Ticks at each of these, in order. */
async function live(bot: Bot, ...times: readonly (readonly [day: string, time: string])[]): Promise<void> {
  for (const [day, time] of times) await bot.tickAt(at(day, time));
}

function told({ content }: Said) {
  if (content.type !== 'digest') return content.type;
  const { ahead, changed, estimated } = content.digest;
  const days = changed.map((change) => (change.about === 'date' ? `${change.before?.when.from} → ${change.after?.when.from}` : change.what));
  return { ahead: ahead.map(({ id }) => id), changed: days, estimated: estimated.map(({ id }) => id) };
}

const shown = (said: readonly Said[]) => said.map((message) => [message.channel, message.at, told(message)]);
const proofOf = async (bot: Bot, type: string) =>
  (await bot.store().alerts.proof(0)).filter((row) => row.type === type).map(({ state, reason, repeats }) => [state, reason, repeats]);

describe('The weekly digest', () => {
  test('comes once, at its hour in the zone of its channel, with what is ahead and what is estimated', async () => {
    const channels = [{ id: 'nairobi', zone: 'Africa/Nairobi', digest: MONDAYS }, { id: 'geneva', digest: { day: 2, hour: '17:30' } }, { id: 'none' }];
    const said = await withBot({ ...PLAN, channels }, async (bot) => {
      // Nine in Nairobi is eight in Geneva's summer.
      await live(bot, ['2026-07-06', '07:59'], ['2026-07-06', '08:00'], ['2026-07-06', '08:01'], ['2026-07-06', '09:00']);
      await live(bot, ['2026-07-07', '17:29'], ['2026-07-07', '17:30'], ['2026-07-07', '23:00']);
      return shown(bot.said());
    });

    const all = { ahead: [KENYA], changed: [], estimated: [PERU] };
    expect(said).toEqual([
      ['nairobi', at('2026-07-06', '08:00'), all],
      ['geneva', at('2026-07-07', '17:30'), all],
    ]);
  });

  test('comes each week at the same hour, also where the clocks changed in between', async () => {
    const plan = { ...PLAN, at: at('2026-10-20'), facts: datesWith(dayWhen('2026-11-12', GENEVA)) };
    const said = await withBot(plan, async (bot) => {
      for (const day of ['2026-10-26', '2026-11-02', '2026-11-09']) await live(bot, [day, '08:59'], [day, '09:00'], [day, '10:00']);
      return bot.said().map((message) => message.at);
    });

    expect(said).toEqual([at('2026-10-26'), at('2026-11-02'), at('2026-11-09')]);
  });

  test('says what changed since the last one, merged, and nothing of it again', async () => {
    const said = await withBot(PLAN, async (bot) => {
      for (const [day, date] of [
        ['2026-07-02', '2026-07-20'],
        ['2026-07-03', '2026-07-24'],
      ] as const) {
        await live(bot, [day, '12:00']);
        await bot.reviseTo(datesWith(dayWhen(date, GENEVA)));
        await bot.tick();
      }
      await live(bot, ['2026-07-06', '09:00'], ['2026-07-13', '09:00']);
      return bot.said().filter(({ type }) => type === 'digest');
    });

    expect(said.map(told)).toEqual([
      { ahead: [KENYA], changed: ['2026-07-17 → 2026-07-24'], estimated: [PERU] },
      { ahead: [KENYA], changed: [], estimated: [PERU] },
    ]);
  });

  test('does not come when there is nothing ahead and nothing changed', async () => {
    await withBot({ ...PLAN, facts: datesWith(dayWhen('2026-12-01', GENEVA)) }, async (bot) => {
      await live(bot, ['2026-07-06', '09:00'], ['2026-07-13', '09:00']);

      expect(bot.said()).toEqual([]);
      expect(await proofOf(bot, 'digest')).toEqual(Array(2).fill(['superseded', 'there was nothing to tell', 0]));
    });
  });

  test('leaves out what the channel was told in the last twelve hours, leads and changes', async () => {
    const plan = { ...PLAN, ladders: { default: { stakeholder_submission: ['11d!'] } } };
    await withBot(plan, async (bot) => {
      await live(bot, ['2026-07-06', '09:00']);
      expect(bot.said().map(({ type }) => type)).toEqual(['leads']);

      await live(bot, ['2026-07-13', '08:00']);
      await bot.reviseTo(datesWith(dayWhen('2026-07-20', GENEVA)));
      await live(bot, ['2026-07-13', '08:01'], ['2026-07-13', '09:00']);
      expect(bot.said().map(({ type }) => type)).toEqual(['leads', 'changes']);

      await live(bot, ['2026-07-20', '09:00']);
      // Told a week ago, and since the last digest that was said: it is told again, once.
      expect(bot.said().map(told).slice(2)).toEqual([{ ahead: [KENYA], changed: ['2026-07-17 → 2026-07-20'], estimated: [PERU] }]);
    });
  });

  test('is held by quiet hours like everything else', async () => {
    const quiet = { from: '08:00', to: '10:00' };
    const said = await withBot({ ...PLAN, channels: [{ id: 'geneva', digest: MONDAYS, quiet }] }, async (bot) => {
      await live(bot, ['2026-07-06', '09:00'], ['2026-07-06', '09:59'], ['2026-07-06', '10:00']);
      return bot.said().map((message) => message.at);
    });

    expect(said).toEqual([at('2026-07-06', '10:00')]);
  });

  test('does not come to a channel that follows nothing any more, or has no digest any more', async () => {
    await withBot(
      {
        ...PLAN,
        channels: [
          { id: 'nothing', digest: MONDAYS, follows: [] },
          { id: 'off', digest: MONDAYS },
        ],
      },
      async (bot) => {
        await bot.restart({ channels: [{ id: 'nothing', digest: MONDAYS, follows: [] }, { id: 'off' }] });
        await live(bot, ['2026-07-06', '09:00'], ['2026-07-13', '09:00']);

        expect([bot.said(), await bot.store().wakeups.of('digest')]).toEqual([[], []]);
      },
    );
  });
});

describe('A digest that could not be said', () => {
  const moved = datesWith(dayWhen('2026-07-20', GENEVA));
  const BOTH_WEEKS = { ahead: [KENYA], changed: ['2026-07-17 → 2026-07-20'], estimated: [PERU] };

  /** Lives with a change in the first week; answers what the digests tell. */
  const digestsOf = (plan: BotPlan, use: (bot: Bot) => Promise<void>) =>
    withBot(plan, async (bot) => {
      await live(bot, ['2026-07-02', '12:00']);
      await bot.reviseTo(moved);
      await bot.tick();
      await use(bot);
      return shown(bot.said().filter(({ type }) => type === 'digest'));
    });

  test('for twelve hours of downtime is left out, and the next one tells the same', async () => {
    expect(await digestsOf(PLAN, (bot) => live(bot, ['2026-07-06', '21:01'], ['2026-07-13', '09:00']))).toEqual([['geneva', at('2026-07-13'), BOTH_WEEKS]]);
    expect(await digestsOf(PLAN, (bot) => live(bot, ['2026-07-06', '20:59'], ['2026-07-13', '09:00']))).toEqual([
      ['geneva', at('2026-07-06', '20:59'), BOTH_WEEKS],
      ['geneva', at('2026-07-13'), { ...BOTH_WEEKS, changed: [] }],
    ]);
  });

  test('because the brake was on for half a day is left out, and the next one tells the same', async () => {
    const digests = await digestsOf(PLAN, async (bot) => {
      await setPaused(bot.store(), true);
      await live(bot, ['2026-07-06', '09:00'], ['2026-07-06', '23:00']);
      await setPaused(bot.store(), false);
      await live(bot, ['2026-07-06', '23:01'], ['2026-07-13', '09:00']);
      expect((await proofOf(bot, 'digest'))[0]).toEqual(['superseded', 'too late; the next one tells it', 0]);
    });

    expect(digests).toEqual([['geneva', at('2026-07-13'), BOTH_WEEKS]]);
  });

  test('because its channel is muted is left out, and the next one tells the same', async () => {
    const mute = { until: at('2026-07-10', '12:00'), reason: 'a quiet week' };
    const digests = await digestsOf({ ...PLAN, channels: [{ id: 'geneva', digest: MONDAYS, mute }] }, (bot) =>
      live(bot, ['2026-07-06', '09:00'], ['2026-07-10', '12:00'], ['2026-07-13', '09:00']),
    );

    expect(digests).toEqual([['geneva', at('2026-07-13'), BOTH_WEEKS]]);
  });

  test('gives way to the catch-up that is said in its place, and the next one tells the same', async () => {
    const ladders = { default: { stakeholder_submission: ['14d!'] } };
    const digests = await digestsOf({ ...PLAN, ladders }, async (bot) => {
      await live(bot, ['2026-07-06', '20:00'], ['2026-07-13', '09:00']);
      expect(bot.said().map(({ type }) => type)).toEqual(['changes', 'catch-up', 'digest']);
      expect((await proofOf(bot, 'digest'))[0]).toEqual(['superseded', 'a catch-up is said in its place', 0]);
    });

    expect(digests).toEqual([['geneva', at('2026-07-13'), BOTH_WEEKS]]);
  });

  test('for sure is said again; nobody knowing, it is only counted', async () => {
    await withBot(PLAN, async (bot) => {
      bot.answer(new ChatError('unavailable'));
      await live(bot, ['2026-07-06', '09:00'], ['2026-07-06', '09:02']);
      expect(bot.said()).toHaveLength(1);

      bot.answer('lost-answer');
      await live(bot, ['2026-07-13', '09:00'], ['2026-07-13', '09:10'], ['2026-07-13', '12:00']);
      expect(bot.said()).toHaveLength(2);
      expect(await proofOf(bot, 'digest')).toEqual([
        ['sent', null, 0],
        ['in-doubt', 'outcome unknown', 0],
      ]);
    });
  });
});

describe('A bot that dies or is started again around a digest', () => {
  const [BEFORE, AFTER] = ['2026-07-06', '2026-07-13'];

  test('says it once when it was started again before, at and after its hour', async () => {
    const said = await withBot(PLAN, async (bot) => {
      for (const [day, time] of [
        [BEFORE, '08:59'],
        [BEFORE, '09:00'],
        [BEFORE, '09:01'],
        [AFTER, '09:00'],
      ] as const) {
        await bot.restart();
        await live(bot, [day, time]);
      }
      return bot.said().map((message) => message.at);
    });

    expect(said).toEqual([at(BEFORE), at(AFTER)]);
  });

  test('says it once whatever the step, or leaves it in doubt and unsaid a second time', async () => {
    const steps = await withBot(PLAN, async (bot) => {
      bot.dieAt(Number.POSITIVE_INFINITY);
      await live(bot, [BEFORE, '09:00']);
      return bot.steps();
    });
    const worth = ['transaction: after', 'alerts.add: after', 'wakeups.set: after', 'alerts.begin: after', 'post: before', 'post: after'];
    const points = steps.map((name, index) => ({ name, index })).filter(({ name }) => worth.includes(name));
    expect(new Set(points.map(({ name }) => name))).toEqual(new Set(worth));

    for (const { name, index } of points) {
      await withBot(PLAN, async (bot) => {
        bot.dieAt(index);
        if ((await dies(() => live(bot, [BEFORE, '09:00']))) || bot.isDead()) await bot.restart();
        await live(bot, [BEFORE, '09:01'], [BEFORE, '09:30'], [AFTER, '09:00']);

        const days = bot.said().map((message) => Math.floor(message.at / DAY));
        const [first, second] = [at(BEFORE), at(AFTER)].map((time) => Math.floor(time / DAY));
        const doubted = ['alerts.begin: after', 'post: before', 'post: after', 'transaction: after'].includes(name);
        expect(doubted ? [[first, second], [second]] : [[first, second]], `dead at step ${index}, ${name}`).toContainEqual(days);
      });
    }
  });
});
