import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, type ChannelPlan, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

const FACTS = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'stakeholder_submission', when: dayWhen('2026-07-19', GENEVA) },
]);
const KENYA: ChannelPlan = { id: 'nairobi', hour: '18:00', follows: [{ states: ['KEN'] }] };
const PLAN: BotPlan = {
  at: at('2026-07-04', '12:00'),
  facts: FACTS,
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] }, early: { stakeholder_submission: ['14d!', '10d!', '7d!', '1d!'] } },
  channels: [KENYA],
};

/** Ticks at noon, restarts with other settings, ticks on; the leads said with their instants. */
async function leadsAfter(
  changed: Partial<Pick<BotPlan, 'channels' | 'ladders'>>,
  when: { readonly noon: string; readonly restart: number; readonly ticks: readonly number[] },
) {
  return withBot(PLAN, async (bot) => {
    await bot.tickAt(at(when.noon, '12:00'));
    bot.clock.setWall(when.restart);
    await bot.restart(changed);
    for (const tick of [when.restart, ...when.ticks]) await bot.tickAt(tick);
    return bot.said().map((message) => `${message.leads.map(({ lead }) => lead).join(' ')} ${new Date(message.at).toISOString()} ${message.type}`);
  });
}

describe('A channel that changes its timing', () => {
  const restart = at('2026-07-10', '12:01');

  test('to an hour that lies behind hears at once what it had ahead', async () => {
    const said = await leadsAfter({ channels: [{ ...KENYA, hour: '09:00' }] }, { noon: '2026-07-10', restart, ticks: [at('2026-07-10', '18:00')] });

    expect(said).toEqual(['7d 2026-07-10T10:01:00.000Z leads']);
  });

  test('to a zone further east, too', async () => {
    const said = await leadsAfter({ channels: [{ ...KENYA, zone: 'Pacific/Auckland' }] }, { noon: '2026-07-10', restart, ticks: [at('2026-07-10', '18:00')] });

    expect(said).toEqual(['7d 2026-07-10T10:01:00.000Z leads']);
  });

  test('to a later hour hears nothing twice', async () => {
    const ticks = [at('2026-07-10', '18:00'), at('2026-07-10', '20:00')];
    const said = await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-10', '18:00'));
      await bot.restart({ channels: [{ ...KENYA, hour: '20:00' }] });
      for (const tick of ticks) await bot.tickAt(tick);
      return bot.said().length;
    });

    expect(said).toBe(1);
  });

  test('while the bot was down loses no lead that fell into the downtime under the old hour', async () => {
    const said = await leadsAfter(
      { channels: [{ ...KENYA, hour: '11:00' }] },
      { noon: '2026-07-10', restart: at('2026-07-10', '19:00'), ticks: [at('2026-07-10', '19:01')] },
    );

    expect(said).toEqual(['7d 2026-07-10T17:00:00.000Z leads']);
  });

  test('to another ladder hears the leads ahead of it, and none that it never had and that lie behind', async () => {
    const said = await leadsAfter(
      { channels: [{ ...KENYA, ladder: 'early' }] },
      { noon: '2026-07-09', restart: at('2026-07-09', '12:05'), ticks: [at('2026-07-10', '18:00')] },
    );

    expect(said).toEqual(['7d 2026-07-10T16:00:00.000Z leads']);
  });
});

describe('A subscription', () => {
  test('hears from the moment it begins, not what was due before', async () => {
    const said = await withBot(PLAN, async (bot) => {
      bot.clock.setWall(at('2026-07-13'));
      await bot.restart({ channels: [KENYA, { id: 'late', hour: '18:00', follows: [{ states: ['KEN', 'FRA'] }] }] });
      for (const day of ['13', '16', '18']) await bot.tickAt(at(`2026-07-${day}`, '18:00'));
      return bot.said().flatMap(({ channel, leads }) => leads.map(({ deadline, lead }) => `${channel} ${deadline.slice(3, 6)} ${lead}`));
    });

    expect(said.filter((line) => line.startsWith('late'))).toEqual(['late KEN 1d', 'late FRA 1d']);
  });

  test('that is taken out of the file goes silent, also with what was pending', async () => {
    const said = await withBot({ ...PLAN, channels: [{ ...KENYA, hour: '05:00', quiet: { from: '22:00', to: '07:00' } }] }, async (bot) => {
      await bot.tickAt(at('2026-07-10', '05:00'));
      await bot.restart({ channels: [] });
      for (const time of ['07:00', '09:00']) await bot.tickAt(at('2026-07-10', time));
      const [subscription] = await bot.store().subscriptions.list();
      return { said: bot.said().length, status: subscription?.status, pending: (await bot.store().alerts.counts()).pending };
    });

    expect(said).toEqual({ said: 0, status: 'paused', pending: 0 });
  });

  test('that is wider after a restart keeps what it had and says nothing twice', async () => {
    const said = await withBot(PLAN, async (bot) => {
      await bot.tickAt(at('2026-07-10', '18:00'));
      await bot.restart({ channels: [{ ...KENYA, follows: [{ states: ['KEN', 'FRA'] }] }] });
      for (const day of ['11', '12', '16', '18']) await bot.tickAt(at(`2026-07-${day}`, '18:00'));
      return bot.said().flatMap(({ leads }) => leads.map(({ deadline, lead }) => `${deadline.slice(3, 6)} ${lead}`));
    });

    expect(said).toEqual(['KEN 7d', 'FRA 7d', 'KEN 1d', 'FRA 1d']);
  });

  test('beside another of the same channel makes nothing double', async () => {
    const said = await withBot({ ...PLAN, channels: [{ ...KENYA, follows: [{}, { states: ['KEN'] }, { regions: ['African'] }] }] }, async (bot) => {
      await bot.tickAt(at('2026-07-10', '18:00'));
      return bot.said().flatMap(({ leads }) => leads);
    });

    expect(said).toHaveLength(1);
  });
});
