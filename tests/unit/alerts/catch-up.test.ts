import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const THREE_PM = minuteWhen('2026-07-17', '15:00', GENEVA);
const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'national_report', when: dayWhen('2026-07-12', GENEVA) },
  { state: 'PER', kind: 'presession_application', when: THREE_PM },
]);
const PLAN: BotPlan = {
  at: at('2026-07-01', '12:00'),
  facts: FACTS,
  ladders: {
    default: {
      stakeholder_submission: ['14d!', '7d!', '3d!', '1d!'],
      national_report: ['2d!', '0d!'],
      presession_application: ['7d!', '3h!', '10min!', '0min!'],
    },
  },
  channels: [{ id: 'nairobi' }, { id: 'paris', follows: [{ states: ['FRA'] }] }],
};

describe('After downtime', () => {
  test('of two weeks each channel reads one catch-up: what is ahead, and what passed', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.restart();
      await bot.tickAt(at('2026-07-16', '20:00'));
      await bot.tickAt(at('2026-07-16', '20:01'));
      return bot.said();
    });

    expect(said.map(({ channel, type }) => `${channel} ${type}`)).toEqual(['nairobi catch-up', 'paris catch-up']);
    const [nairobi] = said.map(({ content }) => content);
    expect(nairobi).toMatchObject({
      ahead: [{ deadline: { id: '54-KEN-stakeholder_submission' } }, { deadline: { id: '54-PER-presession_application' } }],
      passed: [{ deadline: { id: '54-FRA-national_report' } }],
    });
  });

  test('a lead within its grace is said as itself, beside the catch-up', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-17', '12:30'));
      return bot.said().filter(({ channel }) => channel === 'nairobi');
    });

    expect(said.map(({ type, leads }) => [type, ...leads.filter(({ folded }) => !folded).map(({ lead }) => lead)])).toEqual([
      ['catch-up', '7d', 'today', '1d'],
      ['leads', '3h'],
    ]);
    expect(said.at(-1)?.marks.late).toBe(30 * 60_000);
  });

  test('the grace is half the gap to the next lead: three minutes to the opening, ten minutes are on time for two and a half', async () => {
    const typesAt = (time: string) =>
      withBot({ ...PLAN, channels: [{ id: 'nairobi', follows: [{ states: ['PER'] }] }], at: at('2026-07-17', '14:00') }, async (bot) => {
        await bot.tickAt(at('2026-07-17', time));
        return bot.said().map(({ type, leads }) => `${type} ${leads.map(({ lead }) => lead).join(' ')}`);
      });

    expect(await typesAt('14:54')).toEqual(['leads 10min']);
    expect(await typesAt('14:56')).toEqual(['catch-up 10min']);
    expect(await typesAt('15:00')).toEqual(['catch-up 10min', 'leads 0min']);
  });

  test('the first start says nothing of the past', async () => {
    const said = await withBot({ ...PLAN, at: at('2026-07-16', '20:00') }, async (bot) => {
      await bot.tickAt(at('2026-07-16', '20:01'));
      return bot.said();
    });

    expect(said).toEqual([]);
  });

  test('a second start on the same file says nothing again', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-10', '09:00'));
      for (let start = 0; start < 3; start += 1) {
        await bot.restart();
        await bot.tick();
      }
      return bot.said();
    });

    expect(said.map(({ channel, type }) => `${channel} ${type}`)).toEqual(['nairobi catch-up', 'paris leads', 'nairobi leads']);
  });
});

describe('Quiet hours', () => {
  const night = { from: '22:00', to: '07:00' };

  test('hold a lead until they end', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi', hour: '06:00', quiet: night, follows: [{ states: ['KEN'] }] }] }, async (bot) => {
      for (const time of ['06:00', '06:59', '07:00', '07:01']) await bot.tickAt(at('2026-07-10', time));
      return bot.said().map((message) => [message.type, message.at]);
    });

    expect(said).toEqual([
      ['catch-up', at('2026-07-10', '07:00')],
      ['leads', at('2026-07-10', '07:00')],
    ]);
  });

  test('give way once the last day before the end of its date has begun', async () => {
    const said = await withBot({ ...PLAN, channels: [{ id: 'nairobi', hour: '01:00', quiet: night, follows: [{ states: ['KEN'] }] }] }, async (bot) => {
      for (const [day, time] of [
        ['14', '01:00'],
        ['14', '07:00'],
        ['16', '01:00'],
        ['16', '06:59'],
        ['16', '07:00'],
      ] as const)
        await bot.tickAt(at(`2026-07-${day}`, time));
      return bot.said().map((message) => [message.at, message.leads.at(-1)?.lead]);
    });

    expect(said).toEqual([
      [at('2026-07-14', '07:00'), '7d'],
      [at('2026-07-14', '07:00'), '3d'],
      [at('2026-07-16', '07:00'), '1d'],
    ]);
  });

  test('do not hold what is due in the night of the last day', async () => {
    const said = await withBot(
      { ...PLAN, channels: [{ id: 'nairobi', follows: [{ states: ['PER'] }], quiet: { from: '08:00', to: '20:00' } }] },
      async (bot) => {
        for (const time of ['12:00', '14:50', '15:00']) await bot.tickAt(at('2026-07-17', time));
        return bot.said().map((message) => message.leads.at(-1)?.lead);
      },
    );

    expect(said).toEqual(['7d', '3h', '10min', '0min']);
  });
});

describe('A clock that was wrong', () => {
  test('a watermark a month ahead is set back with a warning, and nothing due until then is lost', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.store().setMark('watermark', at('2026-08-01'));
      await bot.tickAt(at('2026-07-03', '08:59'));
      await bot.tickAt(at('2026-07-03', '09:00'));
      expect(bot.logged('watermark lay in the future')).toBe(1);
      return bot.said();
    });

    expect(said.map(({ leads }) => leads.map(({ lead }) => lead))).toEqual([['14d']]);
  });

  test('leads said early by a clock a month ahead are not said again at their time', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-08-15'));
      const early = bot.said().length;
      for (const day of ['02', '03', '10', '14', '16', '17']) await bot.tickAt(at(`2026-07-${day}`, '16:00'));
      return bot.said().length - early;
    });

    expect(said).toBe(0);
  });

  test('an idle tick writes nothing, and the watermark is kept up once a minute', async () => {
    await withBot(PLAN, async (bot) => {
      bot.dieAt(Number.POSITIVE_INFINITY);
      for (let second = 1; second <= 60; second += 1) await bot.tickAt(at('2026-07-01', '12:00') + second * 1_000);
      const writes = bot.steps().filter((step) => /setMark|transaction|add|plan/.test(step) && step.includes('after'));

      expect(writes).toEqual(['setMark: after']);
      expect(await bot.store().mark('watermark')).toBe(at('2026-07-01', '12:01'));
    });
  });
});
