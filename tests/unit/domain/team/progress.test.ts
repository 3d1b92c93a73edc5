import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filledCells, progressOf } from '../../../../src/domain/team/progress.ts';
import { aTask, SOMEBODY } from '../../../support/a-plan.ts';

const TASKS = [
  aTask({ number: 1, cluster: 'Housing', doneAt: 1, holder: SOMEBODY }),
  aTask({ number: 2, cluster: 'Housing', dueOn: '2026-07-01', holder: SOMEBODY }),
  aTask({ number: 3, dueOn: '2026-06-30' }),
  aTask({ number: 4, cluster: 'Water', dueOn: '2026-07-02' }),
];

test('A plan is counted as a whole and by cluster; what is due today is not late', () => {
  expect(progressOf(TASKS, '2026-07-01')).toEqual({
    total: 4,
    done: 1,
    late: 1,
    unclaimed: 2,
    next: TASKS[2],
    clusters: [
      { cluster: 'Housing', total: 2, done: 1, late: 0, unclaimed: 0 },
      { cluster: null, total: 1, done: 0, late: 1, unclaimed: 1 },
      { cluster: 'Water', total: 1, done: 0, late: 0, unclaimed: 1 },
    ],
  });
});

test('A plan that is done has no next step', () => {
  expect(progressOf([aTask({ doneAt: 1 })], '2026-07-01').next).toBeNull();
});

test('A bar is empty only where nothing is done, and full only where all is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.integer({ min: 2, max: 20 }), (total, some, cells) => {
      const done = Math.min(total, some);
      const filled = filledCells({ total, done }, cells);
      expect(filled === 0).toBe(done === 0);
      expect(filled === cells).toBe(done === total);
    }),
  );
  expect(filledCells({ total: 0, done: 0 }, 10)).toBe(0);
});
