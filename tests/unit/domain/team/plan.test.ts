import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen, rangeWhen, unknownWhen } from '../../../../src/domain/calendar/when.ts';
import { isWorkingDay } from '../../../../src/domain/calendar/working-days.ts';
import { type Dated, type Plan, planOf } from '../../../../src/domain/team/plan.ts';
import type { Due, Template } from '../../../../src/domain/team/template.ts';
import { addDays, GENEVA } from '../../../../src/domain/time.ts';
import { shippedPlans } from '../../../support/a-plan.ts';
import { at } from '../../../support/a-voice.ts';

const plans = await shippedPlans();
const JOINT = plans.get('joint-submission') as Template;
const HOLIDAYS = new Map([[2026, { year: 2026, days: ['2026-04-03', '2026-04-06', '2026-12-25'], source: [], checked: '2026-01-01' }]]);

function dated(day: string, more: Partial<Dated> = {}): Dated {
  return { when: dayWhen(day, GENEVA), certainty: 'published', standing: 'standing', ...more };
}

function made(template: Template, deadline: Dated, today: string, internal?: { count: number; unit: 'd' | 'wd' }): Plan {
  const planned = planOf(template, deadline, { now: at(today), today, holidays: HOLIDAYS, ...(internal === undefined ? {} : { internal }) });
  if ('refused' in planned) throw new Error(planned.refused);
  return planned.plan;
}

describe('A plan made in time', () => {
  const plan = made(JOINT, dated('2026-07-17'), '2026-01-05');

  test('counts twelve tasks back from the deadline, each on a working day', () => {
    const days = plan.tasks.filter(({ dueOn }) => dueOn <= '2026-07-17').map(({ dueOn }) => dueOn);

    expect(days).toEqual([
      ...['2026-01-16', '2026-01-16', '2026-02-17', '2026-02-17', '2026-03-19', '2026-05-01'],
      ...['2026-06-02', '2026-06-02', '2026-06-26', '2026-07-07', '2026-07-10', '2026-07-15'],
    ]);
    expect(plan.tasks.some(({ compressed }) => compressed)).toBe(false);
  });

  test('has its own deadline two working days before the official one, and goes on after it', () => {
    expect(plan.internal).toBe('2026-07-15');
    expect(plan.last).toBe('2026-07-31');
    expect(plan.plannedFor).toEqual(dayWhen('2026-07-17', GENEVA));
  });

  test('goes around a holiday, and says whose list of holidays is not known', () => {
    expect(made(JOINT, dated('2026-04-07'), '2026-01-05').internal).toBe('2026-04-01');
    expect(made(JOINT, dated('2027-04-07'), '2026-01-05').holidaysUnknown).toEqual([2027]);
  });

  test('submits on the internal deadline that the team wants, and ends everything before by then', () => {
    const early = made(JOINT, dated('2026-07-17'), '2026-01-05', { count: 10, unit: 'wd' });

    expect(early.internal).toBe('2026-07-03');
    expect(early.tasks.slice(9, 12).map(({ dueOn }) => dueOn)).toEqual(['2026-07-03', '2026-07-03', '2026-07-03']);
  });
});

describe('A plan made late', () => {
  test('60 days before shares the time to the first task that keeps its day, and marks what it moved', () => {
    const { tasks } = made(JOINT, dated('2026-07-17'), '2026-05-18');

    expect(tasks.slice(0, 7).map(({ dueOn, compressed }) => `${dueOn} ${compressed}`)).toEqual([
      ...['2026-05-21 true', '2026-05-21 true', '2026-05-22 true', '2026-05-22 true', '2026-05-26 true', '2026-05-29 true', '2026-06-02 false'],
    ]);
  });

  test('on the last day puts all on it', () => {
    const { tasks, internal } = made(JOINT, dated('2026-07-17'), '2026-07-17');

    expect(new Set(tasks.slice(0, 12).map(({ dueOn }) => dueOn))).toEqual(new Set(['2026-07-17']));
    expect(internal).toBe('2026-07-17');
  });
});

describe('No plan', () => {
  const refusal = (deadline: Dated, now = at('2026-07-01')) => planOf(JOINT, deadline, { now, today: '2026-07-01', holidays: HOLIDAYS });

  test.each([
    ['whose day is unknown', dated('', { when: unknownWhen(GENEVA), certainty: 'unknown' }), 'no-day'],
    ['that is only estimated', dated('', { when: rangeWhen('2026-08-01', '2026-08-20', GENEVA), certainty: 'estimated' }), 'no-day'],
    ['that is over', dated('2026-06-30'), 'passed'],
    ['that went to another session', dated('2026-08-17', { standing: 'moved-away' }), 'not-standing'],
  ])('is made for a deadline %s', (_what, deadline, refused) => {
    expect(refusal(deadline)).toEqual({ refused });
  });

  test('is made an hour after the deadline, and one is an hour before', () => {
    const noon = dated('', { when: minuteWhen('2026-07-01', '12:00', GENEVA) });

    expect(refusal(noon, at('2026-07-01', '13:00'))).toEqual({ refused: 'passed' });
    expect(refusal(noon, at('2026-07-01', '11:00'))).toHaveProperty('plan');
  });
});

test('A voluntary report is planned for the first day that is suggested', () => {
  const plan = made(
    plans.get('mid-term-report') as Template,
    { when: rangeWhen('2027-09-06', '2027-10-08', GENEVA), certainty: 'voluntary', standing: 'standing' },
    '2026-07-01',
  );

  expect(plan.internal).toBe('2027-09-02');
});

const offset = fc.record({ count: fc.nat(200), unit: fc.constantFrom('d' as const, 'wd' as const) });
const due: fc.Arbitrary<Due> = fc.oneof(
  { weight: 6, arbitrary: offset.map((lead): Due => ({ side: 'before', offset: lead })) },
  fc.constant<Due>({ side: 'internal' }),
);
const templates = fc.record({
  internal: fc.record({ count: fc.nat(12), unit: fc.constantFrom('d' as const, 'wd' as const) }),
  before: fc.array(due, { minLength: 1, maxLength: 20 }),
  after: fc.array(fc.nat(60), { maxLength: 4 }),
});

test('Whatever the template and the day, no task is in the past, out of order, after the deadline or on a day off, and exactly those whose day was over are marked', () => {
  fc.assert(
    fc.property(templates, fc.nat(400), fc.nat(360), ({ internal, before, after }, lead, day) => {
      const deadline = addDays('2026-02-01', day);
      const today = addDays(deadline, -lead);
      const sorted = after.sort((a, b) => a - b).map((count): Due => ({ side: 'after', offset: { count, unit: 'd' } }));
      const tasks = [...before, ...sorted].map((when, index) => ({ title: `${index}`, phase: 'P', due: when, suits: null, cluster: null }));
      const template: Template = { id: 'x', title: 'X', for: [], alsoFor: [], internal, tasks };
      const plan = made(template, dated(deadline), today);
      // Made long ago, every task has its own day.
      const own = made(template, dated(deadline), addDays(deadline, -1000));
      const days = plan.tasks.map(({ dueOn }) => dueOn);

      expect(own.tasks.some(({ compressed }) => compressed)).toBe(false);
      expect(days.filter((dueOn) => dueOn < today)).toEqual([]);
      expect(days).toEqual([...days].sort());
      expect(days.slice(0, before.length).filter((dueOn) => dueOn > deadline)).toEqual([]);
      expect((days.at(-1) ?? '') <= plan.last).toBe(true);
      expect(plan.tasks.map(({ compressed }) => compressed)).toEqual(own.tasks.map(({ dueOn }) => dueOn < today));
      for (const [index, { dueOn, compressed }] of plan.tasks.entries()) {
        if (!compressed) expect(dueOn).toBe(own.tasks[index]?.dueOn);
        if (!isWorkingDay(dueOn, HOLIDAYS)) expect(hasWorkingDay(today, dueOn)).toBe(false);
      }
      expect(plan.internal >= today && plan.internal <= deadline).toBe(true);
    }),
    { numRuns: 100 },
  );
});

function hasWorkingDay(from: string, to: string): boolean {
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day, HOLIDAYS)) return true;
  return false;
}
