import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLead, TODAY } from '../../../src/domain/alerts/ladder.ts';
import { type Moment, momentsOf } from '../../../src/domain/alerts/moment.ts';
import type { Deadline } from '../../../src/domain/calendar/deadline.ts';
import { dayWhen, minuteWhen, passesAt } from '../../../src/domain/calendar/when.ts';
import { addDays, GENEVA, HOUR, MINUTE } from '../../../src/domain/time.ts';
import { aDeadline } from '../../support/a-calendar.ts';

const HOLIDAYS = new Map([2026, 2027].map((year) => [year, { year, days: [], source: [], checked: '2026-07-01' }]));
const THREE_PM = aDeadline({ when: minuteWhen('2026-07-17', '15:00', GENEVA) });

function moments(deadline: Deadline, leads: readonly string[], zone = GENEVA, hour = '09:00'): readonly Moment[] {
  return momentsOf(
    deadline,
    leads.map((text) => readLead(text) ?? TODAY),
    { zone, hour },
    HOLIDAYS,
  );
}

const graces = (...args: Parameters<typeof moments>) => Object.fromEntries(moments(...args).map(({ lead, grace }) => [lead.key, grace]));

describe('The grace of a lead', () => {
  test('is six hours, or half the gap to the next lead where that is less', () => {
    expect(graces(THREE_PM, ['7d!', '1d!', '3h!', '1h!'])).toEqual({ '7d': 6 * HOUR, '1d': 6 * HOUR, '3h': HOUR, '1h': 30 * MINUTE });
  });

  test('of the last lead is half the gap to the deadline', () => {
    expect(graces(aDeadline(), ['0d!'])).toEqual({ today: 6 * HOUR });
    expect(graces(aDeadline(), ['0d!'], GENEVA, '20:00')).toEqual({ today: 2 * HOUR });
  });

  test('at the deadline or after it is six hours, or half the gap to the next', () => {
    expect(graces(THREE_PM, ['0min!'])).toEqual({ '0min': 6 * HOUR });
    expect(graces(aDeadline(), ['+1d?', '+14d?'])).toEqual({ '+1d': 6 * HOUR, '+14d': 6 * HOUR });
  });

  test('is not cut short by a lead that only the digest tells', () => {
    expect(graces(THREE_PM, ['4h!', '3h'])).toMatchObject({ '4h': 2 * HOUR });
  });

  test('of two leads at one instant looks to the one after', () => {
    expect(graces(THREE_PM, ['3h!', '180min!', '1h!'])).toMatchObject({ '3h': HOUR, '180min': HOUR });
  });
});

describe('Any deadline, ladder and channel', () => {
  const aDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days));
  const aTime = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
  const aWhen = fc.oneof(
    aDay.map((day) => dayWhen(day, GENEVA)),
    fc.tuple(aDay, aTime).map(([day, time]) => minuteWhen(day, time, GENEVA)),
  );
  const aZone = fc.constantFrom(GENEVA, 'Africa/Cairo', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Australia/Lord_Howe');
  const someLeads = fc.subarray(['60d!', '14d!', '5wd!', '2d!', '1d!', '0d!', '6h!', '1h!', '10min!', '0min!', '+1d?', '21d', '3h']);

  test('has its moments in time order, each with a grace of at most six hours that ends before the next', () => {
    fc.assert(
      fc.property(aWhen, someLeads, aZone, aTime, (when, leads, zone, hour) => {
        const found = moments(aDeadline({ when }), leads, zone, hour);
        const speaking = found.filter(({ lead }) => lead.mode !== 'digest');

        expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => a - b));
        for (const { at, grace } of speaking) {
          const next = speaking.find((other) => other.at > at)?.at ?? Number.POSITIVE_INFINITY;
          expect(grace).toBeGreaterThan(0);
          expect(grace).toBeLessThanOrEqual(6 * HOUR);
          expect(at + grace).toBeLessThan(next);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is told in days at the latest three hours before the end', () => {
    fc.assert(
      fc.property(aWhen, aZone, aTime, (when, zone, hour) => {
        const last = moments(aDeadline({ when }), ['7d!', '1d!', '0d!'], zone, hour).at(-1);

        const left = (passesAt(when) ?? 0) - (last?.at ?? 0);
        expect(left).toBeGreaterThanOrEqual(3 * HOUR);
      }),
      { numRuns: 200 },
    );
  });
});
