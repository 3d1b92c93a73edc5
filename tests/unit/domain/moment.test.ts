import { describe, expect, test } from 'vitest';
import { readLead, TODAY } from '../../../src/domain/alerts/ladder.ts';
import { momentsOf, type Timing } from '../../../src/domain/alerts/moment.ts';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { clockTimeOf, dayOf, GENEVA } from '../../../src/domain/time.ts';
import { aDeadline } from '../../support/a-calendar.ts';

const HOLIDAYS = new Map([2025, 2026].map((year) => [year, { year, days: [], source: [], checked: '2026-07-01' }]));
const NINE: Timing = { zone: GENEVA, hour: '09:00' };
const DAY = aDeadline();
const THREE_PM = aDeadline({ when: minuteWhen('2026-07-17', '15:00', GENEVA) });

/** Every moment as `lead day time`, in the zone of the channel. */
function firing(deadline: Deadline, leads: readonly string[], timing: Timing = NINE): readonly string[] {
  const ladder = leads.map((text) => readLead(text) ?? TODAY);
  return momentsOf(deadline, ladder, timing, HOLIDAYS).map(({ lead, at }) => `${lead.key} ${dayOf(at, timing.zone)} ${clockTimeOf(at, timing.zone)}`);
}

describe('Leads in days', () => {
  test('fire at the alert hour of the channel on that day, counted in the official zone', () => {
    expect(firing(DAY, ['30d!', '7d!', '1d!'])).toEqual(['30d 2026-06-17 09:00', '7d 2026-07-10 09:00', '1d 2026-07-16 09:00']);
  });

  test.each([
    ['Nairobi', 'Africa/Nairobi', '09:00'],
    ['Bogotá', 'America/Bogota', '07:30'],
    ['Auckland', 'Pacific/Auckland', '09:00'],
  ])('fire at its own hour in %s', (_where, zone, hour) => {
    expect(firing(DAY, ['7d!'], { zone, hour })).toEqual([`7d 2026-07-10 ${hour}`]);
  });

  test('keep the hour of the wall over a change of clocks', () => {
    const deadline = aDeadline({ when: dayWhen('2026-03-31', GENEVA) });

    expect(firing(deadline, ['7d!', '1d!'])).toEqual(['7d 2026-03-24 09:00', '1d 2026-03-30 09:00']);
  });

  test('that check fire at that hour so many days after', () => {
    expect(firing(DAY, ['+1d?', '+14d?'])).toEqual(['+1d 2026-07-18 09:00', '+14d 2026-07-31 09:00']);
  });

  test('in UN working days skip week-ends', () => {
    expect(firing(aDeadline({ when: dayWhen('2025-11-07', GENEVA) }), ['10wd!', '5wd!'])).toEqual(['10wd 2025-10-24 09:00', '5wd 2025-10-31 09:00']);
  });
});

describe('Leads in hours and minutes', () => {
  test('are counted from a published hour', () => {
    expect(firing(THREE_PM, ['3h!', '10min!', '0min!'])).toEqual(['3h 2026-07-17 12:00', '10min 2026-07-17 14:50', '0min 2026-07-17 15:00']);
  });

  test('are the same instants wherever the channel is, and over a change of clocks', () => {
    const deadline = aDeadline({ when: minuteWhen('2026-03-29', '05:00', GENEVA) });

    expect(firing(deadline, ['6h!'], { zone: 'America/New_York', hour: '09:00' })).toEqual(['6h 2026-03-28 17:00']);
    expect(firing(deadline, ['6h!'])).toEqual(['6h 2026-03-28 22:00']);
  });

  test('need that hour: a date known to the day has one alert on its day instead', () => {
    expect(firing(DAY, ['1d!', '3h!', '1h!', '10min!', '0min!'])).toEqual(['1d 2026-07-16 09:00', 'today 2026-07-17 09:00']);
  });

  test('and a lead on the day itself are one alert of a date known to the day', () => {
    expect(firing(DAY, ['0d!', '3h!'])).toEqual(['today 2026-07-17 09:00']);
    expect(firing(DAY, ['0d!'])).toEqual(['today 2026-07-17 09:00']);
  });

  test('become an alert also when they were for the digest', () => {
    const moments = momentsOf(DAY, [readLead('1h') ?? TODAY], NINE, HOLIDAYS);

    expect(moments.map((moment) => moment.lead)).toEqual([TODAY]);
  });

  test('do not become an alert where the ladder has none', () => {
    expect(firing(DAY, ['7d!', '+1d?', '+0d?'])).toEqual(['7d 2026-07-10 09:00', '+0d 2026-07-17 09:00', '+1d 2026-07-18 09:00']);
  });
});

describe('An alert hour less than three hours before the end', () => {
  test.each([
    ['late in Geneva', GENEVA, '22:00', 'today 2026-07-16 22:00'],
    ['far in the west, where nine is late in Geneva', 'Pacific/Pago_Pago', '10:30', 'today 2026-07-16 10:30'],
  ])('%s fires one local day earlier', (_where, zone, hour, expected) => {
    expect(firing(DAY, ['3h!'], { zone, hour })).toEqual([expected]);
  });

  test('moves that lead alone: of a morning review the "today", not the "in 7 days"', () => {
    const morning = aDeadline({ when: minuteWhen('2026-07-17', '09:00', GENEVA) });

    expect(firing(morning, ['7d!', '1d!', '0d!'], { zone: GENEVA, hour: '09:00' })).toEqual([
      '7d 2026-07-10 09:00',
      '1d 2026-07-16 09:00',
      '0d 2026-07-16 09:00',
    ]);
  });

  test('is measured exactly: three hours are enough', () => {
    expect(firing(DAY, ['0d!'], { zone: GENEVA, hour: '21:00' })).toEqual(['today 2026-07-17 21:00']);
    expect(firing(DAY, ['0d!'], { zone: GENEVA, hour: '21:01' })).toEqual(['today 2026-07-16 21:01']);
  });

  test('counts from the hour, where one is published', () => {
    expect(firing(THREE_PM, ['0d!'], { zone: GENEVA, hour: '12:00' })).toEqual(['0d 2026-07-17 12:00']);
    expect(firing(THREE_PM, ['0d!'], { zone: GENEVA, hour: '12:30' })).toEqual(['0d 2026-07-16 12:30']);
    expect(firing(THREE_PM, ['0d!'], { zone: GENEVA, hour: '16:00' })).toEqual(['0d 2026-07-16 16:00']);
  });

  test('fires two days earlier where the instant lies on the day before, as for Honolulu', () => {
    const early = aDeadline({ when: minuteWhen('2026-07-17', '00:30', GENEVA) });

    expect(firing(early, ['1d!', '0d!'], { zone: 'Pacific/Honolulu', hour: '13:30' })).toEqual(['1d 2026-07-15 13:30', '0d 2026-07-15 13:30']);
    expect(firing(early, ['1d!', '0d!'], { zone: 'Pacific/Honolulu', hour: '09:00' })).toEqual(['1d 2026-07-16 09:00', '0d 2026-07-16 09:00']);
  });

  test('shifts no check and no lead in hours', () => {
    expect(firing(THREE_PM, ['3h!', '+1d?'], { zone: GENEVA, hour: '14:00' })).toEqual(['3h 2026-07-17 12:00', '+1d 2026-07-18 14:00']);
  });
});

describe('No lead fires', () => {
  const ladder = ['30d!', '1d!', '3h!', '+1d?'];

  test.each([
    ['a month', { when: rangeWhen('2026-11-01', '2026-11-30', GENEVA), certainty: 'tentative' }],
    ['an estimate', { certainty: 'estimated' }],
    ['a voluntary date', { certainty: 'voluntary' }],
    ['an unknown date', { when: unknownWhen(GENEVA), certainty: 'unknown' }],
    ['a date that moved away with its review', { standing: 'moved-away' }],
    ['a date that fell with its review', { standing: 'fallen' }],
    ['a suspended date', { standing: 'suspended' }],
  ] as const)('for %s', (_what, more) => {
    expect(firing(aDeadline(more), ladder)).toEqual([]);
  });

  test('without a ladder', () => {
    expect(firing(DAY, [])).toEqual([]);
  });

  test.each(['fixed-rule', 'published', 'tentative'] as const)('but they do for a date that is %s', (certainty) => {
    expect(firing(aDeadline({ certainty }), ladder)).toHaveLength(4);
  });
});
