import { describe, expect, test } from 'vitest';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, withBot } from '../../support/a-bot.ts';
import { anEvent } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { type ADate, calendarOf } from '../../support/some-dates.ts';

const dates: readonly ADate[] = ['KEN', 'FRA'].map((state) => ({ state, kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) }));
const PLAN: BotPlan = {
  at: at('2026-07-01', '12:00'),
  facts: calendarOf(dates),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'] } },
  channels: [
    { id: 'watch', follows: [{ news: 'participation' }] },
    { id: 'france', follows: [{ news: 'participation', states: ['FRA'] }] },
    { id: 'nairobi', follows: [{ states: ['KEN'] }] },
  ],
};

describe('A channel that follows participation', () => {
  test('hears of every State at once, of no date, and what a channel hears that follows the State is not less', async () => {
    const said = await withBot(PLAN, async (bot) => {
      bot.clock.setWall(at('2026-07-05', '12:00'));
      const announced = anEvent('non-participation-announced', { on: '2026-07-05' });
      const published = anEvent('documents-published', { on: '2026-07-05' });
      await bot.reviseTo(
        calendarOf(
          dates.map((date) => ({ ...date, when: dayWhen('2026-07-24', GENEVA) })),
          { KEN: [announced, published] },
        ),
      );
      for (const day of ['05', '17', '23', '24']) await bot.tickAt(at(`2026-07-${day}`, '12:00'));
      return bot.said();
    });
    const of = (channel: string) => said.filter((message) => message.channel === channel);

    expect(of('watch').map(({ message }) => message.title)).toEqual(['Kenya: non-participation in its review announced']);
    expect(of('watch')[0]?.message.fallbackText).toContain('Stakeholder submissions stand until Friday, 24 July 2026');
    expect(of('france')).toEqual([]);
    expect(of('nairobi').map(({ type }) => type)).toEqual(['changes', 'leads', 'leads']);
  });
});
