import { describe, expect, test } from 'vitest';
import type { Look } from '../../../src/domain/calendar/facts.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { anEvent } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

function report(looks: readonly Look[], events: Parameters<typeof calendarOf>[1] = {}) {
  return calendarOf([{ state: 'USA', kind: 'national_report', when: dayWhen('2026-08-04', GENEVA), looks }], events);
}

const look = (day: string, seen = false): Look => ({ from: day, to: day, source: 'ohchr', seen });
const PLAN: BotPlan = {
  at: at('2026-08-04', '20:00'),
  facts: report([]),
  ladders: { default: { national_report: ['+1d?', '+14d?'] } },
  channels: [{ id: 'newsroom' }],
};

async function daily(bot: Bot, from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day += 1) await bot.tickAt(at(`2026-08-${String(day).padStart(2, '0')}`, '09:00'));
}

const checks = (bot: Bot) =>
  bot
    .said()
    .map((message) => `${new Date(message.at).toISOString().slice(0, 10)} ${message.leads.map(({ lead, folded }) => (folded ? `(${lead})` : lead)).join(' ')}`);

describe('A report that was due', () => {
  test('is not spoken of while nobody is known to have looked; the operator is told', async () => {
    await withBot(PLAN, async (bot) => {
      await daily(bot, 5, 30);

      expect(bot.said()).toEqual([]);
      expect(bot.logged('no look at the source is recorded')).toBe(2);
    });
  });

  test('was not seen in a look dated after its day: said at one day and at fourteen, each once', async () => {
    const said = await withBot({ ...PLAN, facts: report([look('2026-08-05')]) }, async (bot) => {
      await daily(bot, 5, 30);
      return checks(bot);
    });

    expect(said).toEqual(['2026-08-05 +1d', '2026-08-18 +14d']);
  });

  test('a look on the due day itself proves nothing', async () => {
    const said = await withBot({ ...PLAN, facts: report([look('2026-08-04')]) }, async (bot) => {
      await daily(bot, 5, 30);
      return checks(bot);
    });

    expect(said).toEqual([]);
  });

  test('a check waits for a look and is then said once, as due now', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await daily(bot, 5, 9);
      await bot.reviseTo(report([look('2026-08-08')]));
      await daily(bot, 10, 12);
      await bot.restart();
      await daily(bot, 13, 30);
      return [...checks(bot), ...bot.said().map(({ type }) => type)];
    });

    expect(said).toEqual(['2026-08-10 +1d', '2026-08-18 +14d', 'leads', 'leads']);
  });

  test('two checks that waited for the same look are one line', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await daily(bot, 5, 20);
      await bot.reviseTo(report([look('2026-08-19')]));
      await daily(bot, 21, 22);
      return checks(bot);
    });

    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/\(\+1d\) \+14d|\+14d \(\+1d\)|\(\+14d\) \+1d|\+1d \(\+14d\)/);
  });

  test('that came is not missed', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await daily(bot, 5, 9);
      await bot.reviseTo(report([look('2026-08-08')], { USA: [anEvent('national-report-submitted', { on: '2026-08-07' })] }));
      await daily(bot, 10, 30);
      return bot.said().map(({ changes }) => changes.map((change) => (change.about === 'review' ? change.event.what : change.what)));
    });

    expect(said).toEqual([['national-report-submitted']]);
  });

  test('that came while the channel slept is not called missing in the morning', async () => {
    const plan: BotPlan = {
      ...PLAN,
      facts: report([look('2026-08-05')]),
      channels: [{ id: 'newsroom', hour: '06:00', quiet: { from: '22:00', to: '07:00' } }],
    };
    const said = await withBot(plan, async (bot) => {
      await bot.tickAt(at('2026-08-05', '06:00'));
      await bot.reviseTo(report([look('2026-08-05'), look('2026-08-05', true)]));
      for (const time of ['06:30', '07:00', '09:00']) await bot.tickAt(at('2026-08-05', time));
      return checks(bot);
    });

    expect(said).toEqual([]);
  });

  test('a check that waits is not lost to a channel that changes its hour meanwhile', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await daily(bot, 5, 9);
      await bot.restart({ channels: [{ id: 'newsroom', hour: '10:00' }] });
      await bot.reviseTo(report([look('2026-08-08')]));
      await daily(bot, 10, 12);
      return checks(bot);
    });

    expect(said).toEqual(['2026-08-10 +1d']);
  });
});
