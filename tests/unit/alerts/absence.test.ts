import { describe, expect, test } from 'vitest';
import type { ReviewEvent } from '../../../src/domain/calendar/facts.ts';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type BotPlan, type Said, withBot } from '../../support/a-bot.ts';
import { anEvent } from '../../support/a-calendar.ts';
import { at } from '../../support/a-voice.ts';
import { type ADate, calendarOf } from '../../support/some-dates.ts';

function kenya(day: string, more: Partial<ADate> = {}): ADate {
  return { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen(day, GENEVA), ...more };
}

function planOf(dates: readonly ADate[], ladders: BotPlan['ladders'], events: readonly ReviewEvent[] = []): BotPlan {
  return { at: at('2026-07-01', '12:00'), facts: calendarOf(dates, { KEN: events }), ladders, channels: [{ id: 'nairobi' }] };
}

/** `leads 1d` or `changes absent`, in the order said. */
function lines(said: readonly Said[]): readonly string[] {
  return said.map(({ type, leads, changes }) =>
    [type, ...changes.map((change) => (change.about === 'review' ? change.event.what : change.what)), ...leads.map(({ lead }) => lead)].join(' '),
  );
}

describe('An absence', () => {
  const review = kenya('2026-07-06', { kind: 'review' });
  const adoption: ADate = { state: 'KEN', kind: 'outcome_adoption', when: minuteWhen('2026-07-20', '10:00', GENEVA) };
  const ladders: BotPlan['ladders'] = {
    default: { review: ['1d!'], outcome_adoption: ['7d!', '3d!', '1d!'], recommendations_circulated: ['0d!'], stakeholder_submission: ['1d!'] },
  };
  const circulated: ADate = kenya('2026-07-08', { kind: 'recommendations_circulated' });
  const submission = kenya('2026-07-16');
  const after = (event: ReviewEvent) => calendarOf([review, adoption, circulated, submission], { KEN: [event] });

  test('stops what follows a review and leaves the dates of civil society alone', async () => {
    const said = await withBot(planOf([review, adoption, circulated, submission], ladders), async (bot) => {
      await bot.tickAt(at('2026-07-05'));
      bot.clock.setWall(at('2026-07-06', '12:00'));
      await bot.reviseTo(after(anEvent('absent', { on: '2026-07-06' })));
      for (let day = 6; day <= 20; day += 1) await bot.tickAt(at(`2026-07-${String(day).padStart(2, '0')}`, '12:00'));
      return bot.said();
    });

    expect(lines(said)).toEqual(['leads 1d', 'changes absent', 'leads 1d']);
    expect(said.at(-1)?.leads[0]?.deadline).toBe('54-KEN-stakeholder_submission');
  });

  test('recommendations are spoken of only once a source says that the review was held', async () => {
    const sayings = await Promise.all(
      [[], [anEvent('held', { on: '2026-07-06' })]].map((events) =>
        withBot(planOf([review, circulated], ladders, events), async (bot) => {
          await bot.tickAt(at('2026-07-08', '09:00'));
          return lines(bot.said()).filter((line) => line.includes('today'));
        }),
      ),
    );

    expect(sayings).toEqual([[], ['leads today']]);
  });
});
