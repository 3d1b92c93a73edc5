import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { type Bot, type BotPlan, dies, type Said, withBot } from '../../support/a-bot.ts';
import { at } from '../../support/a-voice.ts';
import { calendarOf } from '../../support/some-dates.ts';

/** A week of two channels: leads that share a message, a date that moves, two days of downtime, a night. */
const BEFORE = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-17', GENEVA) },
  { state: 'FRA', kind: 'stakeholder_submission', when: minuteWhen('2026-07-17', '15:00', GENEVA) },
  { state: 'PER', kind: 'national_report', when: dayWhen('2026-07-18', GENEVA) },
]);
const AFTER = calendarOf([
  { state: 'KEN', kind: 'stakeholder_submission', when: dayWhen('2026-07-20', GENEVA) },
  { state: 'FRA', kind: 'stakeholder_submission', when: minuteWhen('2026-07-17', '15:00', GENEVA) },
  { state: 'PER', kind: 'national_report', when: dayWhen('2026-07-18', GENEVA) },
]);
const PLAN: BotPlan = {
  at: at('2026-07-09'),
  facts: BEFORE,
  ladders: { default: { stakeholder_submission: ['7d!', '3d!', '2d!', '1d!', '3h!'], national_report: ['2d!'] } },
  channels: [{ id: 'geneva' }, { id: 'nairobi', zone: 'Africa/Nairobi', quiet: { from: '22:00', to: '08:00' }, follows: [{ states: ['KEN', 'FRA'] }] }],
};
const WEEK: readonly (readonly [day: string, time: string, facts?: typeof AFTER])[] = [
  ['2026-07-09', '09:01'],
  ['2026-07-10', '09:00'],
  ['2026-07-11', '23:30', AFTER],
  ['2026-07-12', '08:00'],
  ['2026-07-14', '09:00'],
  ['2026-07-16', '20:00'],
  ['2026-07-17', '09:00'],
  ['2026-07-17', '12:00'],
];

/** Reads change nothing, and half a transaction is none: to die there is to die at one of these. */
const WORTH_DYING_AT = ['transaction: after', 'alerts.begin: after', 'post: before', 'post: after'];

/** Lives the week; where it dies, it starts again at once and lives on. */
async function live(bot: Bot): Promise<boolean> {
  let died = false;
  for (const [day, time, facts] of WEEK) {
    const now = at(day, time);
    const step = async () => {
      if (facts !== undefined) {
        bot.clock.setWall(now);
        await bot.reviseTo(facts);
      }
      await bot.tickAt(now);
    };
    if (!(await dies(step)) && !bot.isDead()) continue;
    died = true;
    await bot.restart();
    await step();
  }
  return died;
}

/** Everything said, a line a lead or change, with how often it arrived. */
function arrivals(said: readonly Said[]): ReadonlyMap<string, readonly Said[]> {
  const found = new Map<string, Said[]>();
  for (const message of said) {
    const leads = message.leads.map(({ deadline, whenKey, lead }) => `${message.channel} ${deadline} ${whenKey} ${lead}`);
    const changes = message.changes.map((change) => `${message.channel} ${change.about === 'date' ? `${change.after?.id} ${change.what}` : change.what}`);
    for (const line of [...leads, ...changes]) found.set(line, [...(found.get(line) ?? []), message]);
  }
  return found;
}

describe('A process that dies at any step', () => {
  test('has, after it started again, said everything once, or twice with the second marked', async () => {
    const calm = await withBot(PLAN, async (bot) => {
      bot.dieAt(Number.POSITIVE_INFINITY);
      await live(bot);
      return { steps: bot.steps(), lines: [...arrivals(bot.said()).keys()].sort() };
    });
    expect(calm.lines.length).toBeGreaterThan(10);
    const steps = calm.steps.map((name, index) => ({ name, index })).filter(({ name }) => WORTH_DYING_AT.includes(name));

    for (const { name, index } of steps) {
      const said = await withBot(PLAN, async (bot) => {
        bot.dieAt(index);
        expect(await live(bot), `to die at ${name}`).toBe(true);
        return bot.said();
      });

      const found = arrivals(said);
      expect([...found.keys()].sort(), `dead at step ${index}, ${name}`).toEqual(calm.lines);
      for (const [line, messages] of found) {
        const marks = messages.map(({ marks: { mayBeRepeat } }) => mayBeRepeat);
        expect([[false], [true], [false, true]], `${line}, dead at step ${index}, ${name}`).toContainEqual(marks);
        if (messages.length > 1) expect(name).toMatch(/^post: /);
      }
    }
  });
});
