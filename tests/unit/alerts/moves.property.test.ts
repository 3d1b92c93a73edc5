import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { When } from '../../../src/domain/calendar/when.ts';
import { type Said, withBot } from '../../support/a-bot.ts';
import { dateText, dayPlus, type OracleStep, whatMustBeSaid } from '../../support/oracle.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { aDateOf, calendars, channels, MINUTES, plansOf, type RandomDate, sorted, toldBy } from './arbitraries.ts';

/** Which date moves, and to which of three days: A → B → A is common. */
interface Move {
  readonly date: number;
  readonly by: number;
}

const doing = fc.oneof(
  { weight: 4, arbitrary: fc.constant('tick' as const) },
  { weight: 2, arbitrary: fc.record({ date: fc.nat(6), by: fc.constantFrom(0, 1, 6) }) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);
/** Minutes divided by five since the last; sometimes the clock is set back. */
const passing = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 150 }) },
  { weight: 1, arbitrary: fc.integer({ min: -90, max: 0 }) },
  { weight: 1, arbitrary: fc.integer({ min: 150, max: 900 }) },
);
const script = fc.array(fc.record({ passing, doing }), { minLength: 10, maxLength: 40 });

function moved(dates: readonly RandomDate[], original: readonly RandomDate[], { date, by }: Move): readonly RandomDate[] {
  const index = date % dates.length;
  const day = dayPlus(original[index]?.day ?? '', by);
  return dates.map((entry, at) => (at === index ? { ...entry, day } : entry));
}

const whenText = ({ from, time, zone }: When) => dateText({ day: from ?? '', time, zone });

function correctionsIn(said: readonly Said[]): readonly string[] {
  return said.flatMap(({ channel, at, changes }) =>
    changes.flatMap((change) => {
      if (change.about !== 'date' || change.before === null || change.after === null) return [`${channel} something else`];
      return `${new Date(at).toISOString()} ${channel} ${change.after.id} ${change.what} ${whenText(change.before.when)} → ${whenText(change.after.when)}`;
    }),
  );
}

describe('Dates that move, there and back, while the bot ticks, restarts and loses its clock', () => {
  test('each channel is corrected once a move, and told the leads ahead of the new date and no lead twice', async () => {
    const world = fc.record({ calendar: calendars, listeners: channels(false), script });
    await fc.assert(
      fc.asyncProperty(world, async ({ calendar: { start, dates: all }, listeners, script: acts }) => {
        const original = all.filter(({ fires }) => fires).map((date): RandomDate => ({ ...date, certainty: 'published' }));
        fc.pre(original.length > 0);
        const steps: OracleStep[] = [{ revise: start, dates: original }, { tick: start }];

        const said = await withBot({ at: start, facts: calendarOf(original.map(aDateOf)), ...plansOf(listeners) }, async (bot) => {
          let [now, dates] = [start, original as readonly RandomDate[]];
          await bot.tickAt(now);
          for (const act of acts) {
            now = Math.max(start + 5 * MINUTES, now + act.passing * 5 * MINUTES);
            bot.clock.setWall(now);
            // A bot ticks every second, so it sees a clock that is set back before anybody revises the calendar by it.
            if (act.doing === 'tick' || act.passing < 0) {
              await bot.tickAt(now);
              steps.push({ tick: now });
            }
            if (act.doing === 'restart') await bot.restart();
            else if (act.doing !== 'tick') {
              dates = moved(dates, original, act.doing);
              await bot.reviseTo(calendarOf(dates.map(aDateOf)));
              steps.push({ revise: now, dates });
            }
          }
          return bot.said();
        });

        const must = whatMustBeSaid(listeners, steps);
        expect(sorted(toldBy(said))).toEqual(sorted(must.leads));
        expect([...correctionsIn(said)].sort()).toEqual(
          must.corrections.map(({ channel, at, deadline, from, to }) => `${new Date(at).toISOString()} ${channel} ${deadline} moved ${from} → ${to}`).sort(),
        );
        const perTick = said.filter(({ type }) => type === 'changes').map(({ channel, at }) => `${channel} ${at}`);
        expect(perTick.length - new Set(perTick).size).toBeLessThanOrEqual(
          steps.filter((step, index) => 'tick' in step && steps.slice(0, index).some((other) => 'tick' in other && other.tick === step.tick)).length *
            listeners.length,
        );
      }),
      { numRuns: 50 },
    );
  });
});
