import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, type ChannelPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const [KENYA, FRANCE, PERU] = ['54-KEN-stakeholder_submission', '54-FRA-stakeholder_submission', '54-PER-national_report'];
const datesOn = (kenya: string, france = '2026-08-20') =>
  calendarOf([
    { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen(kenya, GENEVA) },
    { state: 'FRA', kind: 'stakeholder_submission', when: dayWhen(france, GENEVA) },
    { state: 'PER', kind: 'national_report', when: dayWhen('2026-07-14', GENEVA) },
  ]);

const MUTED: ChannelPlan = { id: 'geneva', mute: { until: at('2026-07-20', '12:00'), reason: 'summer' } };
const PLAN: BotPlan = {
  at: at('2026-07-09'),
  facts: datesOn('2026-08-07'),
  ladders: { default: { stakeholder_submission: ['30d!', '28d!', '26d!', '7d!', '1d!'], national_report: ['3d!', '1d!'] } },
  channels: [MUTED],
};

async function live(bot: Bot, ...times: readonly (readonly [day: string, time: string])[]): Promise<void> {
  for (const [day, time] of times) await bot.tickAt(at(day, time));
}

const shown = (bot: Bot) => bot.said().map(({ type, at: when, leads }) => [type, when, leads.map(({ deadline, lead }) => `${deadline} ${lead}`).sort()]);
const waiting = async (bot: Bot) => (await bot.store().alerts.proof(0)).filter(({ state }) => state === 'pending').length;

describe('A muted channel', () => {
  test('hears nothing until the end, then one catch-up of it all, and after it as before', async () => {
    await withBot({ ...PLAN, channels: [{ ...MUTED, follows: [{ states: ['KEN', 'FRA'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00'], ['2026-07-12', '09:00'], ['2026-07-20', '11:59']);
      expect([bot.said(), await waiting(bot)]).toEqual([[], 2]);

      await live(bot, ['2026-07-20', '12:00'], ['2026-07-20', '12:01'], ['2026-07-21', '09:00']);

      expect(shown(bot)).toEqual([
        ['catch-up', at('2026-07-20', '12:00'), [`${KENYA} 26d`, `${KENYA} 28d`]],
        ['leads', at('2026-07-21'), [`${FRANCE} 30d`]],
      ]);
    });
  });

  test('hears of a date in its last 24 hours, with what was kept back of it, and not again at the end', async () => {
    await withBot({ ...PLAN, channels: [{ ...MUTED, follows: [{ states: ['PER'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-11', '09:00'], ['2026-07-13', '09:00'], ['2026-07-13', '23:59']);
      expect(bot.said()).toEqual([]);
      // The last 24 hours of the 14th are that day.
      await live(bot, ['2026-07-14', '00:00'], ['2026-07-14', '09:00'], ['2026-07-20', '12:00']);

      expect(shown(bot)).toEqual([['catch-up', at('2026-07-14', '00:00'), [`${PERU} 1d`, `${PERU} 3d`]]]);
    });
  });

  test('hears at the end, as passed, of what passed while nobody could tell it', async () => {
    await withBot({ ...PLAN, channels: [{ ...MUTED, follows: [{ states: ['PER'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-11', '09:00'], ['2026-07-16', '09:00']);
      expect(bot.said()).toEqual([]);
      await live(bot, ['2026-07-20', '12:00']);

      expect(bot.said().map(({ content }) => content)).toMatchObject([{ type: 'catch-up', ahead: [], passed: [{ deadline: { id: PERU } }] }]);
    });
  });

  test('reads changes that waited as one, from the first old to the last new', async () => {
    await withBot({ ...PLAN, ladders: { default: {} } }, async (bot) => {
      for (const [day, kenya] of [
        ['2026-07-10', '2026-08-10'],
        ['2026-07-11', '2026-08-14'],
      ] as const) {
        await live(bot, [day, '10:00']);
        await bot.reviseTo(datesOn(kenya));
        await bot.tick();
      }
      expect(bot.said()).toEqual([]);
      await live(bot, ['2026-07-20', '12:00'], ['2026-07-20', '12:01']);

      expect(bot.said().map(({ type }) => type)).toEqual(['changes']);
      expect(bot.said()[0]?.changes).toMatchObject([{ what: 'moved', before: { when: { from: '2026-08-07' } }, after: { when: { from: '2026-08-14' } } }]);
    });
  });

  test('reads nothing of a change that was changed back meanwhile', async () => {
    await withBot({ ...PLAN, ladders: { default: {} } }, async (bot) => {
      for (const kenya of ['2026-08-10', '2026-08-07']) {
        await live(bot, ['2026-07-10', '10:00']);
        await bot.reviseTo(datesOn(kenya));
        await bot.tick();
      }
      await live(bot, ['2026-07-20', '12:00']);

      expect([bot.said(), await waiting(bot)]).toEqual([[], 0]);
    });
  });

  test('hears at once of a change to a date within 24 hours, old or new', async () => {
    await withBot({ ...PLAN, ladders: { default: {} } }, async (bot) => {
      await live(bot, ['2026-07-10', '10:00']);
      await bot.reviseTo(datesOn('2026-07-10'));
      await bot.tick();
      await bot.reviseTo(datesOn('2026-07-31'));
      await live(bot, ['2026-07-10', '10:01']);

      expect(bot.said().map(({ type }) => type)).toEqual(['changes', 'changes']);
    });
  });

  test('hears at once what waited when it is released, and once only', async () => {
    await withBot({ ...PLAN, channels: [{ ...MUTED, follows: [{ states: ['KEN'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00'], ['2026-07-12', '09:00']);
      await bot.restart({ channels: [{ id: 'geneva', follows: [{ states: ['KEN'] }] }] });
      await live(bot, ['2026-07-13', '10:00']);
      expect(bot.said()).toEqual([]); // what was held has its time still

      await bot.store().alerts.release('geneva', bot.clock.now());
      await live(bot, ['2026-07-13', '10:01'], ['2026-07-20', '12:00']);

      expect(shown(bot)).toEqual([['catch-up', at('2026-07-13', '10:01'), [`${KENYA} 26d`, `${KENYA} 28d`]]]);
    });
  });

  test('whose mute ends at night hears what waited when its quiet hours end', async () => {
    const quiet = { from: '22:00', to: '07:00' };
    const mute = { until: at('2026-07-20', '03:00'), reason: '' };
    await withBot({ ...PLAN, channels: [{ id: 'geneva', quiet, mute, follows: [{ states: ['KEN'] }] }] }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00'], ['2026-07-20', '03:00'], ['2026-07-20', '06:59']);
      expect(bot.said()).toEqual([]);
      await live(bot, ['2026-07-20', '07:00']);

      expect(shown(bot).map(([type]) => type)).toEqual(['catch-up']);
    });
  });

  test('leaves its neighbours as they are, and its own state across a restart', async () => {
    const follows = [{ states: ['KEN'] }];
    const channels = [
      { ...MUTED, follows },
      { id: 'loud', follows },
    ];
    await withBot({ ...PLAN, channels }, async (bot) => {
      await live(bot, ['2026-07-10', '09:00']);
      await bot.restart();
      await live(bot, ['2026-07-11', '09:00']);

      expect(bot.said().map(({ channel }) => channel)).toEqual(['loud']);
      await live(bot, ['2026-07-20', '12:00']);
      expect(bot.said().map(({ channel, type }) => [channel, type])).toEqual([
        ['loud', 'leads'],
        ['geneva', 'catch-up'],
        ['loud', 'catch-up'],
      ]);
    });
  });
});
