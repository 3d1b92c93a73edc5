import { expect, test } from 'vitest';
import { ChatError } from '../../../../src/adapters/adapter.ts';
import { dayWhen } from '../../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../../src/domain/time.ts';
import { type Bot, type BotPlan, withBot } from '../../../support/a-bot.ts';
import { at } from '../../../support/a-voice.ts';
import { calendarOf } from '../../../support/some-dates.ts';

const KENYA = { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) } as const;
const PLAN: BotPlan = {
  at: at('2026-07-09', '12:00'),
  facts: calendarOf([KENYA]),
  ladders: { default: { stakeholder_submission: ['7d!', '3d!', '2d!', '1d!'] } },
  channels: [{ id: 'nairobi' }, { id: 'paris' }],
};

/** Alerts by state as the store proves them, without what still waits. */
async function proven(bot: Bot): Promise<Readonly<Record<string, number>>> {
  const rows = (await bot.store().alerts.proof(0)).filter(({ state }) => state !== 'pending');
  const states = Object.groupBy(rows, ({ state }) => state);
  return Object.fromEntries(Object.entries(states).map(([state, found]) => [state, found?.length ?? 0]));
}

test('What is counted is what the store proves: sent, folded, failed, in doubt and superseded', async () => {
  await withBot(PLAN, async (bot) => {
    const nine = at('2026-07-10');
    bot.answer('lost-answer', new ChatError('rejected')); // nairobi, paris
    await bot.tickAt(nine);
    bot.answer('lost-answer');
    await bot.tickAt(nine + 5_000); // nairobi again, and now it rests in doubt
    await bot.tickAt(at('2026-07-15', '20:00')); // two leads are past their grace: one is folded into the other
    bot.answer(new ChatError('unavailable'), new ChatError('rate-limited', { retryAfterMs: 60_000 }));
    await bot.tickAt(at('2026-07-16'));
    await bot.reviseTo(calendarOf([{ ...KENYA, when: dayWhen('2026-07-30', GENEVA) }]));
    await bot.tickAt(at('2026-07-16', '09:02')); // what waited is superseded, and the correction goes out

    const states = await proven(bot);
    expect(Object.keys(states).sort()).toEqual(['failed', 'folded', 'in-doubt', 'sent', 'superseded']);
    expect(await bot.metrics().totals('alerts_total', 'state')).toEqual(states);
    expect(await bot.metrics().totals('deliveries_total', 'outcome')).toMatchObject({ failed: 1, postponed: 2, 'in-doubt': 2 });
  });
});
