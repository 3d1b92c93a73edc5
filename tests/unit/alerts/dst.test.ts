import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { withBot } from '../../support/a-bot.ts';
import { dayPlus, type OracleChannel, type OracleDate, whatMustBeSaid } from '../../support/oracle.ts';
import { calendarOf } from '../../support/some-dates.ts';
import { DAYS, MINUTES, plansOf, type RandomChannel, sorted, toldBy, ZONES } from './arbitraries.ts';

const LADDER = { stakeholder_submission: ['2d!', '1d!', '0d!', '3h!'], national_report: ['1d!', '90min!', '0min!'] };

/** A channel in each of thirty zones, whose alert hour is one that clocks skip or show twice. */
const CHANNELS: readonly RandomChannel[] = ZONES.map((zone, index) => ({
  id: zone.toLowerCase().replaceAll('/', '-'),
  zone,
  hour: ['02:30', '01:30', '00:30', '02:00'][index % 4] ?? '02:30',
  ladder: LADDER,
  quiet: null,
  asked: [{}],
  wishes: [{ states: null, kinds: null, sessions: null }] satisfies OracleChannel['wishes'],
}));

describe('Over the change of clocks', () => {
  test.each([
    ['New York and Havana, spring', '2026-03-08'],
    ['Geneva, spring', '2026-03-29'],
    ['Lord Howe and Santiago', '2026-04-05'],
    ['Cairo, spring', '2026-04-24'],
    ['Chatham and Auckland, spring', '2026-09-27'],
    ['Geneva, autumn', '2026-10-25'],
    ['Cairo, autumn', '2026-10-30'],
    ['New York, autumn', '2026-11-01'],
  ])('%s: every lead is said once, at the hour that the wall shows first', async (_where, sunday) => {
    const shared = { session: 54, certainty: 'published', fires: true } as const;
    const dates: readonly OracleDate[] = [
      { ...shared, id: '54-KEN-stakeholder_submission', state: 'KEN', kind: 'stakeholder_submission', day: sunday, time: null, zone: 'Europe/Zurich' },
      {
        ...shared,
        id: '54-FRA-stakeholder_submission',
        state: 'FRA',
        kind: 'stakeholder_submission',
        day: dayPlus(sunday, 1),
        time: '02:30',
        zone: 'America/New_York',
      },
      { ...shared, id: '54-PER-national_report', state: 'PER', kind: 'national_report', day: sunday, time: '02:30', zone: 'Europe/Zurich' },
      { ...shared, id: '54-USA-national_report', state: 'USA', kind: 'national_report', day: sunday, time: '02:00', zone: 'Australia/Lord_Howe' },
    ];
    const start = Date.parse(`${dayPlus(sunday, -4)}T00:02:00Z`);
    const ticks = Array.from({ length: (6 * DAYS) / (60 * MINUTES) }, (_, index) => start + index * 60 * MINUTES);
    const facts = calendarOf(
      dates.map(({ state, kind, day, time, zone }) => ({
        state,
        kind: kind as 'national_report',
        when: time === null ? dayWhen(day, zone) : minuteWhen(day, time, zone),
      })),
    );
    const must = whatMustBeSaid(CHANNELS, [{ revise: start, dates }, ...ticks.map((tick) => ({ tick }))]).leads;

    const said = await withBot({ at: start, facts, ...plansOf(CHANNELS) }, async (bot) => {
      for (const tick of ticks) await bot.tickAt(tick);
      return bot.said();
    });

    expect(sorted(toldBy(said))).toEqual(sorted(must));
    expect(must.length).toBeGreaterThan(300);
  });
});
