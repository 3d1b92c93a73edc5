import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withBot } from '../../support/a-bot.ts';
import { whatMustBeSaid } from '../../support/oracle.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { aDateOf, calendars, channels, gaps, MINUTES, plansOf, type RandomChannel, type RandomDate, sorted, toldBy } from './arbitraries.ts';

interface World {
  readonly start: number;
  readonly dates: readonly RandomDate[];
  readonly listeners: readonly RandomChannel[];
}

/** The bot and brute force live through the same ticks; both accounts of what channels were told. */
async function bothAccounts({ start, dates, listeners }: World, gapsBetween: readonly number[]) {
  let now = start;
  const ticks = [start, ...gapsBetween.map((gap) => (now += gap))];
  const { leads } = whatMustBeSaid(listeners, [{ revise: start, dates }, ...ticks.map((tick) => ({ tick }))]);
  const said = await withBot({ at: start, facts: calendarOf(dates.map(aDateOf)), ...plansOf(listeners) }, async (bot) => {
    for (const tick of ticks) await bot.tickAt(tick);
    return bot.said();
  });
  return { said, told: sorted(toldBy(said)), must: sorted(leads) };
}

const worlds = (quiet: boolean) => fc.tuple(calendars, channels(quiet)).map(([calendar, listeners]): World => ({ ...calendar, listeners }));

describe('Whatever the calendar, the channels and the windows', () => {
  test('every channel is told exactly what brute force says, each lead once', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(false), gaps, async (world, windows) => {
        const { told, must } = await bothAccounts(world, windows);

        expect(told).toEqual(must);
      }),
      { numRuns: 100 },
    );
  });

  test('a date has one line in a message, and late leads of a channel come in one catch-up', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(false), gaps, async (world, windows) => {
        const { said } = await bothAccounts(world, windows);

        const lines = said.flatMap(({ channel, at, type, leads }) =>
          leads.filter(({ folded }) => !folded).map(({ deadline }) => `${at} ${channel} ${type} ${deadline}`),
        );
        const messages = said.map(({ channel, at, type }) => `${at} ${channel} ${type}`);
        expect(new Set(lines).size).toBe(lines.length);
        expect(new Set(messages).size).toBe(messages.length);
      }),
      { numRuns: 30 },
    );
  });

  test('quiet hours hold a lead until they end or until the last day before its date begins', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(true), gaps, async (world, windows) => {
        const { told, must } = await bothAccounts(world, windows);

        expect(told).toEqual(must);
      }),
      { numRuns: 80 },
    );
  });

  test('a clock that is set back again and again says nothing twice', async () => {
    const jumps = fc.array(
      fc.integer({ min: -600, max: 900 }).map((fives) => fives * 5 * MINUTES),
      { minLength: 10, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(worlds(false), jumps, async (world, windows) => {
        const { told, must } = await bothAccounts(world, windows);

        expect(told).toEqual(must);
      }),
      { numRuns: 50 },
    );
  });
});
