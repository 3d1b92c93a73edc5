/** Random calendars, channels and windows, in the words of the oracle, and the same for the bot. */
import fc from 'fast-check';
import type { DeadlineKind } from '../../../src/domain/calendar/kinds.ts';
import { dayWhen, minuteWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import type { ChannelPlan, LadderPlan, Said } from '../../support/a-bot.ts';
import { dayPlus, type MustBeSaid, type OracleChannel, type OracleDate } from '../../support/oracle.ts';
import { type ADate, REGION_OF } from '../../support/some-dates.ts';

export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;
export const DAYS = 24 * HOURS;

/** Thirty zones: both DST changes north and south, half hours, quarters, a DST of half an hour, midnights that are skipped, both sides of the date line. */
export const ZONES = [
  'Europe/Zurich',
  'Europe/London',
  'Europe/Chisinau',
  'Atlantic/Azores',
  'America/New_York',
  'America/Chicago',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Bogota',
  'America/Caracas',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Australia/Darwin',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Asia/Beirut',
  'Asia/Tehran',
  'Africa/Cairo',
  'Africa/Nairobi',
  'Africa/Casablanca',
] as const;

/** Days around which clocks change somewhere, and a few where none do. */
const BASES = ['2026-03-01', '2026-03-22', '2026-03-29', '2026-04-19', '2026-04-02', '2026-07-01', '2026-09-20', '2026-10-25', '2026-10-29', '2026-12-28'];

const KINDS = ['stakeholder_submission', 'national_report', 'presession_application'] as const satisfies readonly DeadlineKind[];
const STATES = ['KEN', 'FRA', 'PER', 'USA'] as const;
const LEADS = ['10d!', '7d!', '3d!', '2d!', '1d!', '0d!', '5wd!', '6h!', '3h!', '90min!', '10min!', '0min!', '4d', '2h'] as const;
const LAST_HOURS = ['00:30', '01:30', '02:00', '02:30', '12:00', '15:00', '23:55'] as const;

const zone = fc.constantFrom(...ZONES);
export const anHour = fc.tuple(fc.nat(23), fc.constantFrom('00', '30')).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const ladder = fc.record(Object.fromEntries(KINDS.map((kind) => [kind, fc.subarray([...LEADS], { minLength: 1, maxLength: 5 })])));
const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { freq: 1 });
const wish = fc.record({ states: some(STATES), regions: some(['African', 'WEOG'] as const), kinds: some(KINDS), sessions: some([53, 54]) });

export interface RandomChannel extends OracleChannel {
  readonly asked: ChannelPlan['follows'];
}

const quietHours = fc.record({ from: anHour, to: anHour });

export function channels(quiet: boolean): fc.Arbitrary<readonly RandomChannel[]> {
  const channel = fc.record({
    zone,
    hour: anHour,
    ladder,
    quiet: quiet ? fc.option(quietHours) : fc.constant(null),
    asked: fc.array(wish, { minLength: 1, maxLength: 2 }),
  });
  return fc.array(channel, { minLength: 1, maxLength: 3 }).map((list) =>
    list.map((entry, index) => ({
      ...entry,
      id: `channel-${index}`,
      wishes: entry.asked.map(({ regions, ...rest }) => ({ ...rest, states: statesOf(rest.states, regions) })),
    })),
  );
}

/** States named and States of regions named add up; neither named means all. */
function statesOf(states: readonly string[] | null, regions: readonly string[] | null): readonly string[] | null {
  if (states === null && regions === null) return null;
  return [...(states ?? []), ...STATES.filter((state) => regions?.includes(REGION_OF[state] ?? ''))];
}

export interface RandomDate extends OracleDate {
  readonly certainty: NonNullable<ADate['certainty']>;
  readonly precision: 'day' | 'minute' | 'month';
}

const certainty = fc.constantFrom('published', 'published', 'published', 'tentative', 'tentative', 'fixed-rule', 'estimated', 'voluntary');

/** Dates within three weeks of `base`, each State, kind and session at most once. */
function dates(base: string): fc.Arbitrary<readonly RandomDate[]> {
  const date = fc.record({
    state: fc.constantFrom(...STATES),
    kind: fc.constantFrom(...KINDS),
    session: fc.constantFrom(53, 54),
    day: fc.nat(20).map((days) => dayPlus(base, days)),
    time: fc.constantFrom(...LAST_HOURS),
    precision: fc.constantFrom('day', 'day', 'day', 'minute', 'minute', 'minute', 'month'),
    zone: fc.oneof(fc.constant('Europe/Zurich'), zone),
    certainty,
  });
  return fc.uniqueArray(date, { minLength: 2, maxLength: 7, selector: ({ state, kind, session }) => `${session}-${state}-${kind}` }).map((list) =>
    list.map((entry) => ({
      ...entry,
      id: `${entry.session}-${entry.state}-${entry.kind}`,
      time: entry.precision === 'minute' ? entry.time : null,
      fires: entry.precision !== 'month' && !['estimated', 'voluntary'].includes(entry.certainty),
    })),
  ) as fc.Arbitrary<readonly RandomDate[]>;
}

/** A day to begin on, at an instant at which no lead fires, and dates around it. */
export const calendars = fc
  .constantFrom(...BASES)
  .chain((base) => dates(base).map((list) => ({ start: Date.parse(`${base}T00:00:00Z`) - 2 * DAYS + 2 * MINUTES, dates: list })));

/** Gaps between ticks in minutes: beats, naps, days of downtime. */
const gap = fc
  .oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 72 }), fc.integer({ min: 13, max: 144 }), fc.integer({ min: 145, max: 1_200 }))
  .map((fives) => fives * 5 * MINUTES);
export const gaps = fc.array(gap, { minLength: 10, maxLength: 50 });

export function aDateOf({ state, kind, session, day, time, zone: of, certainty: sure, precision }: RandomDate): ADate {
  const when = precision === 'month' ? rangeWhen(day, dayPlus(day, 9), of) : time === null ? dayWhen(day, of) : minuteWhen(day, time, of);
  return { state, kind: kind as DeadlineKind, session, when, certainty: sure };
}

export function plansOf(list: readonly RandomChannel[]): { channels: readonly ChannelPlan[]; ladders: LadderPlan } {
  return {
    channels: list.map(({ id, zone: of, hour, quiet, asked }) => ({ id, zone: of, hour, quiet, ladder: id, follows: asked ?? [] })),
    ladders: { default: {}, ...Object.fromEntries(list.map(({ id, ladder: leads }) => [id, leads])) },
  };
}

type Told = Pick<MustBeSaid, 'channel' | 'deadline' | 'lead' | 'at' | 'how'>;

const HOW = { leads: 'on time', 'catch-up': 'in a catch-up', changes: 'in a correction' } as const;

/** What a bot said, in the words of the oracle. */
export function toldBy(said: readonly Said[]): readonly Told[] {
  return said.flatMap(({ channel, at, type, leads }) =>
    type in HOW ? leads.map(({ deadline, lead }) => ({ channel, deadline, lead, at, how: HOW[type as keyof typeof HOW] })) : [],
  );
}

/** In an order of their own, so that two sets can be compared. */
export function sorted(list: readonly Told[]): readonly string[] {
  return list.map(({ channel, deadline, lead, at, how }) => `${new Date(at).toISOString()} ${channel} ${deadline} ${lead} ${how}`).sort();
}
