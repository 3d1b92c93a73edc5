/** What one installation corrects is its own: it hears of it, runs on it and loses it alone. */
import { describe, expect, test } from 'vitest';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import type { Correction } from '../../../src/domain/calendar/team.ts';
import { dayWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA, HOUR } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, type Said, withBot } from '../../support/a-bot.ts';
import { aDateFact, aReviewFacts, aSession, someFacts } from '../../support/a-calendar.ts';

const KENYA = '54-KEN-stakeholder_submission';
const on = (day: string) => dayWhen(day, GENEVA);
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
const BEGINS = noon('2026-06-01');

/** Session 54 with one date for all its States; the review of Kenya where its day is known. */
function aCalendar(day: string, review: string | null = null): CalendarFacts {
  const kenya = aReviewFacts('KEN', { review: review === null ? null : aDateFact(on(review)) });
  const deadlines = { stakeholder_submission: aDateFact(on(day)) };
  return someFacts([aSession(54, aDateFact(on('2027-01-18'), { until: '2027-01-29' }), { deadlines, reviews: [kenya, aReviewFacts('FRA')] })]);
}

function aCorrection(day: string, more: Partial<Correction> = {}): Correction {
  const source = { id: 'team:1', url: 'https://www.ohchr.org/en/new', name: null, notBefore: null, says: 'a letter', class: 'official', byTeam: true } as const;
  const of = { deadline: KENYA, session: 54, state: 'KEN', kind: 'stakeholder_submission' } as const;
  return { ...of, when: on(day), certainty: 'published', source, note: null, made: '2026-06-01', ...more };
}

const PLAN: BotPlan = {
  at: BEGINS,
  facts: aCalendar('2026-07-17'),
  ladders: { default: { stakeholder_submission: ['7d!', '1d!'], review: ['7d!'], advance_questions: ['7d!'] } },
  channels: [
    { id: 'ours', installation: 'ours' },
    { id: 'theirs', installation: 'theirs' },
  ],
};

/** Ticks every hour of a day or more, as a bot that runs does. */
async function live(bot: Bot, until: number): Promise<void> {
  for (let at = bot.clock.now() + HOUR; at <= until; at += HOUR) await bot.tickAt(at);
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const brief = (said: readonly Said[]) =>
  said.map(({ at, channel, leads, changes }) => `${day(at)} ${channel} ${[...leads.map(({ lead }) => lead), ...changes.map(moved)].join(' ')}`);
const from = (deadline: Deadline | null | undefined) => deadline?.when.from ?? 'nothing';
const moved = (change: Said['changes'][number]) => (change.about === 'date' ? `${change.what} ${from(change.before)} → ${from(change.after)}` : change.what);

describe('A correction of one installation', () => {
  test('is said to its channels at once, runs their alerts, and changes nothing for anybody else', async () => {
    await withBot(PLAN, async (bot) => {
      await bot.correct('ours', KENYA, aCorrection('2026-06-20'));
      await live(bot, noon('2026-07-20'));

      expect(brief(bot.said())).toEqual([
        '2026-06-01 ours moved 2026-07-17 → 2026-06-20',
        '2026-06-13 ours 7d',
        '2026-06-19 ours 1d',
        '2026-07-10 theirs 7d 7d',
        '2026-07-10 ours 7d',
        '2026-07-16 theirs 1d 1d',
        '2026-07-16 ours 1d',
      ]);
    });
  });
});
