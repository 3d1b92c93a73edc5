import { describe, expect, test } from 'vitest';
import { dayWhen, type When } from '../../../src/domain/calendar/when.ts';
import { DAY, GENEVA, HOUR } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const MONDAYS = { day: 1, hour: '09:00' };
const datesWith = (kenya: When) => calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when: kenya }]);

async function live(bot: Bot, ...times: readonly (readonly [day: string, time: string])[]): Promise<void> {
  for (const [day, time] of times) await bot.tickAt(at(day, time));
}

const proofOf = async (bot: Bot) =>
  (await bot.store().alerts.proof(0)).filter(({ type }) => type === 'silence').map(({ state, reason, repeats }) => [state, reason, repeats]);

describe('A channel that heard nothing for a month', () => {
  const FAR = datesWith(dayWhen('2027-05-01', GENEVA));
  const SILENT: BotPlan = { at: at('2026-07-01'), facts: FAR, ladders: { default: {} }, channels: [{ id: 'geneva', digest: MONDAYS }] };

  /** Every third hour for so many days. */
  async function often(bot: Bot, days: number): Promise<void> {
    const from = bot.clock.now();
    for (let hour = 3; hour <= days * 24; hour += 3) await bot.tickAt(from + hour * HOUR);
  }

  test('reads exactly one line a month, at its alert hour, with the last check of the sources', async () => {
    const said = await withBot({ ...SILENT, at: at('2026-07-01', '12:00') }, async (bot) => {
      await often(bot, 95);
      return bot.said();
    });

    expect(said.map(({ type }) => type)).toEqual(['silence', 'silence', 'silence']);
    const times = said.map((message) => message.at);
    expect(times[0]).toBe(at('2026-08-01'));
    for (const [index, time] of times.entries()) if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThan(30 * DAY);
    expect(new Date(times[1] ?? 0).toISOString().slice(11, 16)).toBe('07:00');
    expect(said[0]?.content).toMatchObject({ type: 'silence', checked: '2026-07-05' });
  });

  test('reads none while it hears something else within the month, counted from the last of it', async () => {
    const plan = { ...SILENT, facts: datesWith(dayWhen('2026-07-20', GENEVA)), ladders: { default: { stakeholder_submission: ['1d!'] } } };
    const said = await withBot({ ...plan, channels: [{ id: 'geneva' }] }, async (bot) => {
      await often(bot, 60);
      return bot.said().map((message) => [message.type, message.at]);
    });

    expect(said).toEqual([
      ['leads', at('2026-07-19')],
      ['silence', at('2026-08-19')],
    ]);
  });

  test('is spared the line when a lead comes in the same minute', async () => {
    const plan = { ...SILENT, facts: datesWith(dayWhen('2026-08-02', GENEVA)), ladders: { default: { stakeholder_submission: ['1d!'] } } };
    await withBot({ ...plan, channels: [{ id: 'geneva' }] }, async (bot) => {
      await live(bot, ['2026-08-01', '09:00']);

      expect(bot.said().map(({ type }) => type)).toEqual(['leads']);
      expect(await proofOf(bot)).toEqual([['superseded', 'it is not silent any more', 0]]);
    });
  });

  test('and wants to hear nothing reads it when that is over', async () => {
    const mute = { until: at('2026-08-20'), reason: 'summer' };
    const said = await withBot({ ...SILENT, channels: [{ id: 'geneva', mute }] }, async (bot) => {
      await often(bot, 55);
      return bot.said().map((message) => [message.type, message.at]);
    });

    expect(said).toEqual([['silence', at('2026-08-20')]]);
  });

  test('reads it once across restarts, and not again when nobody knows whether it arrived', async () => {
    await withBot({ ...SILENT, channels: [{ id: 'geneva' }] }, async (bot) => {
      bot.answer('lost-answer');
      for (const day of ['2026-07-30', '2026-07-31', '2026-08-01', '2026-08-02']) {
        await bot.restart();
        await live(bot, [day, '09:00'], [day, '09:01']);
      }

      expect(bot.said().map(({ type }) => type)).toEqual(['silence']);
      expect(await proofOf(bot)).toEqual([['in-doubt', 'outcome unknown', 0]]);
    });
  });

  test('and follows nothing hears nothing', async () => {
    const said = await withBot({ ...SILENT, channels: [{ id: 'geneva', digest: MONDAYS, follows: [] }] }, async (bot) => {
      await often(bot, 40);
      return bot.said();
    });

    expect(said).toEqual([]);
  });
});
