import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayWhen, minuteWhen, unknownWhen } from '../../../../src/domain/calendar/when.ts';
import { type Dated, planOf } from '../../../../src/domain/team/plan.ts';
import { type Redating, redate } from '../../../../src/domain/team/redate.ts';
import type { Task } from '../../../../src/domain/team/task.ts';
import type { Template } from '../../../../src/domain/team/template.ts';
import { addDays, GENEVA } from '../../../../src/domain/time.ts';
import { aResponse, aTask, shippedPlans } from '../../../support/a-plan.ts';
import { at } from '../../../support/a-voice.ts';

const JOINT = (await shippedPlans()).get('joint-submission') as Template;
const NO_HOLIDAYS = new Map();
const dated = (day: string): Dated => ({ when: dayWhen(day, GENEVA), certainty: 'published', standing: 'standing' });

/** The joint plan as it was made on a day for 17 July 2026. */
function standing(madeOn: string, template: Template | null = JOINT) {
  const planned = planOf(JOINT, dated('2026-07-17'), { now: at(madeOn), today: madeOn, holidays: NO_HOLIDAYS });
  if ('refused' in planned) throw new Error(planned.refused);
  const tasks = planned.plan.tasks.map((task): Task => aTask(task));
  return { response: aResponse({ internal: planned.plan.internal, plannedFor: planned.plan.plannedFor }), tasks, template };
}

function moved(plan: ReturnType<typeof standing>, day: string, today: string): Redating {
  const found = redate(plan, dated(day), { now: at(today), today, holidays: NO_HOLIDAYS });
  if (found === null || 'refused' in found) throw new Error(JSON.stringify(found));
  return found;
}

describe('A deadline that moves by five days', () => {
  test('moves what is not done, and leaves what is', () => {
    const plan = standing('2026-01-05');
    const tasks = plan.tasks.map((task) => (task.number <= 10 ? { ...task, doneAt: at('2026-07-01') } : task));
    const { internal, tasks: proposed } = moved({ ...plan, tasks }, '2026-07-22', '2026-07-08');

    expect(internal).toBe('2026-07-20');
    expect(proposed.map(({ number, from, to }) => `${number}: ${from} → ${to}`)).toEqual([
      '11: 2026-07-10 → 2026-07-15',
      '12: 2026-07-15 → 2026-07-20',
      '13: 2026-07-24 → 2026-07-29',
      '14: 2026-07-31 → 2026-08-05',
    ]);
  });

  test('keeps the internal deadline that the team chose', () => {
    const plan = standing('2026-01-05');

    expect(moved({ ...plan, response: { ...plan.response, internal: '2026-07-10' } }, '2026-07-22', '2026-06-01').internal).toBe('2026-07-15');
  });

  test('moves a task that people added, and every task of a plan whose template is gone, by as many days', () => {
    const plan = standing('2026-01-05');
    const own = aTask({ number: 15, title: 'Bake a cake', dueOn: '2026-07-16' });
    const change = moved({ ...plan, tasks: [...plan.tasks, own] }, '2026-07-22', '2026-01-06').tasks.find(({ number }) => number === 15);

    expect(change).toEqual({ number: 15, from: '2026-07-16', to: '2026-07-21', compressed: false });
    expect(moved(standing('2026-01-05', null), '2026-07-24', '2026-01-06').tasks.map(({ to }) => to)[0]).toBe('2026-01-23');
  });
});

test('Nothing is proposed where the day is the same, also when its hour is published', () => {
  const plan = standing('2026-01-05');
  const same = { ...dated('2026-07-17'), when: minuteWhen('2026-07-17', '15:00', GENEVA) };

  for (const deadline of [dated('2026-07-17'), same])
    expect(redate(plan, deadline, { now: at('2026-02-01'), today: '2026-02-01', holidays: NO_HOLIDAYS })).toBeNull();
});

test('A date that is withdrawn, or is over, is refused with the reason', () => {
  const plan = standing('2026-01-05');
  const asked = { now: at('2026-02-01'), today: '2026-02-01', holidays: NO_HOLIDAYS };

  expect(redate(plan, { ...dated('2026-07-17'), when: unknownWhen(GENEVA), certainty: 'unknown' }, asked)).toEqual({ refused: 'no-day' });
  expect(redate(plan, dated('2026-01-20'), asked)).toEqual({ refused: 'passed' });
});

test('However the date moves, no open task gets a day in the past, after its deadline or out of order', () => {
  const days = fc.integer({ min: -150, max: 100 });
  fc.assert(
    fc.property(days, fc.nat(190), fc.nat(190), fc.subarray(JOINT.tasks.map((_task, index) => index + 1)), (by, madeAfter, later, done) => {
      const plan = standing(addDays('2026-01-05', madeAfter));
      const today = addDays('2026-01-05', Math.min(190, madeAfter + later));
      const tasks = plan.tasks.map((task) => (done.includes(task.number) ? { ...task, doneAt: 1 } : task));
      const deadline = addDays('2026-07-17', by);
      const found = redate({ ...plan, tasks }, dated(deadline), { now: at(today), today, holidays: NO_HOLIDAYS });
      if (found === null || 'refused' in found) {
        expect(by === 0 || deadline < today).toBe(true);
        return;
      }
      const open = tasks.filter(({ doneAt }) => doneAt === null).map((task) => found.tasks.find(({ number }) => number === task.number)?.to ?? task.dueOn);

      expect(found.tasks.filter(({ number, from, to }) => done.includes(number) || from === to)).toEqual([]);
      expect(open).toEqual([...open].sort());
      expect(open.filter((day) => day < today)).toEqual([]);
      const before = tasks.filter(({ doneAt, number }) => doneAt === null && number <= 12).length;
      expect(open.slice(0, before).filter((day) => day > deadline)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
