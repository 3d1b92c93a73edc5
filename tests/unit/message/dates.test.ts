import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { addDays, GENEVA } from '../../../src/domain/time.ts';
import { briefDate, officialDate, timeLeft } from '../../../src/message/dates.ts';
import { plainLine } from '../../../src/message/plain.ts';
import { aDeadline } from '../../support/a-calendar.ts';
import { at, aVoice } from '../../support/a-voice.ts';

const say = (...args: Parameters<typeof officialDate>) => plainLine(officialDate(...args));
const left = (deadline: Parameters<typeof timeLeft>[0], now: number) => timeLeft(deadline, now, aVoice().words);

describe('An official date', () => {
  test('says that the hour is not published', () => {
    expect(say({ when: dayWhen('2026-07-17', GENEVA), kind: 'review' }, aVoice())).toBe('Friday, 17 July 2026, Geneva; hour not published');
  });

  test('of a stakeholder submission without an hour is to be treated as noon in Geneva', () => {
    expect(say(aDeadline(), aVoice())).toBe('Friday, 17 July 2026, Geneva; hour not published; treat as 12:00 Geneva');
  });

  test('with an hour comes before the reader’s own time', () => {
    const line = officialDate({ when: minuteWhen('2027-03-22', '15:00', GENEVA) }, aVoice({ zone: 'America/Bogota' }));
    expect(plainLine(line)).toBe('Monday, 22 March 2027, 15:00 Geneva time (09:00 Colombia Standard Time)');
    expect(line.map((inline) => inline.type)).toEqual(['day', 'text', 'instant', 'text']);
  });

  test('names the reader’s day where it is another one', () => {
    expect(say({ when: minuteWhen('2026-07-17', '15:00', GENEVA) }, aVoice({ zone: 'Pacific/Auckland' }))).toContain('(Saturday, 18 July 2026, 01:00');
  });

  test('says nothing twice to a reader whose clock shows the same', () => {
    expect(say({ when: minuteWhen('2026-07-17', '15:00', GENEVA) }, aVoice({ zone: 'Europe/Paris' }))).toBe('Friday, 17 July 2026, 15:00 Geneva time');
  });

  test('whose UN holidays are not known is the latest one', () => {
    const deadline = aDeadline({
      kind: 'advance_questions',
      when: dayWhen('2025-10-24', GENEVA),
      basis: { by: 'rule', rule: 'advance_questions_working_days', anchor: 'review' },
      holidaysUnknown: [2025],
    });
    expect(say(deadline, aVoice())).toBe('at the latest Friday, 24 October 2025, Geneva; UN holidays not checked');
  });

  test('of several days has both ends', () => {
    expect(say({ when: dayWhen('2026-02-09', GENEVA), until: '2026-02-12' }, aVoice())).toBe('Monday, 9 February 2026 to Thursday, 12 February 2026, Geneva');
  });

  test.each([
    ['2026-11-01', '2026-11-30', 'November 2026'],
    ['2027-01-01', '2027-02-28', 'January–February 2027'],
    ['2026-12-01', '2027-01-31', 'December 2026–January 2027'],
    ['2026-11-20', '2026-12-12', 'between 20 November and 12 December 2026'],
    ['2025-08-05', '2025-08-24', 'between 5 and 24 August 2025'],
    ['2025-03-17', '2025-03-17', 'around 17 March 2025'],
    ['2026-12-20', '2027-01-12', 'between 20 December 2026 and 12 January 2027'],
  ])('from %s to %s reads "%s"', (from, to, text) => {
    expect(say({ when: rangeWhen(from, to, GENEVA) }, aVoice())).toBe(text);
    expect(plainLine(briefDate(rangeWhen(from, to, GENEVA), aVoice().words))).toBe(text);
  });

  test('that nobody has published says so', () => {
    expect(say({ when: unknownWhen(GENEVA) }, aVoice())).toBe('not published');
  });
});

describe('The time that is left', () => {
  test.each([
    ['2026-07-10', '09:00', 'in 7 days'],
    ['2026-07-16', '23:59', 'tomorrow (Geneva)'],
    ['2026-07-17', '00:00', 'today (Geneva)'],
    ['2026-07-17', '23:59', 'today (Geneva)'],
    ['2026-07-18', '00:00', 'passed'],
  ])('at %s %s of a day is "%s"', (day, time, text) => {
    expect(left(aDeadline(), at(day, time))).toBe(text);
  });

  test.each([
    ['11:00', 'in 4 hours'],
    ['14:50', 'in 10 minutes'],
    ['15:00', 'now'],
    ['15:02', 'passed'],
  ])('at %s of a date at 15:00 is "%s"', (time, text) => {
    expect(left(aDeadline({ when: minuteWhen('2026-07-17', '15:00', GENEVA) }), at('2026-07-17', time))).toBe(text);
  });

  test('of a meeting of several days is "under way" until its end', () => {
    const meeting = aDeadline({ kind: 'presession', when: dayWhen('2026-02-09', GENEVA), until: '2026-02-12' });
    expect(left(meeting, at('2026-02-11'))).toBe('under way');
    expect(left(meeting, at('2026-02-13'))).toBe('passed');
  });

  test('is never said of an estimate, a month, or a date that does not stand', () => {
    const days = fc.integer({ min: -400, max: 400 });
    const silent = fc.constantFrom(
      { certainty: 'estimated' as const },
      { certainty: 'voluntary' as const },
      { when: rangeWhen('2026-07-01', '2026-07-31', GENEVA) },
      { standing: 'suspended' as const },
      { standing: 'moved-away' as const },
      { standing: 'fallen' as const },
    );
    fc.assert(
      fc.property(days, silent, (shift, more) => {
        expect(left(aDeadline(more), at(addDays('2026-07-17', shift)))).toBeNull();
      }),
    );
  });
});
