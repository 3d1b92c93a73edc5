import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deed, doTo, type Holder, type Task } from '../../../../src/domain/team/task.ts';
import { aTask, SIDE, SOMEBODY } from '../../../support/a-plan.ts';

const AT = { now: 1_000, today: '2026-07-01', last: '2026-07-17' };
const OTHER: Holder = { kind: 'role', side: { platform: 'discord', installation: 'G1' }, id: 'R1' };
const CLUSTER: Holder = { kind: 'cluster', side: SIDE, name: 'Housing' };
const held = (more: Partial<Task> = {}) => aTask({ holder: SOMEBODY, heardAt: 1, ...more });

describe('A deed', () => {
  const cases: readonly [string, Task, Deed, unknown][] = [
    ['that claims what somebody has is refused', held(), { do: 'claim', as: OTHER }, 'held'],
    ['that claims what one has already changes nothing', held(), { do: 'claim', as: SOMEBODY }, 'nothing-new'],
    ['that gives away what is done is refused', held({ doneAt: 5 }), { do: 'assign', to: OTHER }, 'done'],
    ['that finishes what is done is refused', held({ doneAt: 5 }), { do: 'finish', reference: null, as: OTHER }, 'done'],
    ['that reopens what is open is refused', held(), { do: 'reopen' }, 'not-done'],
    ['that releases what nobody has is refused', aTask(), { do: 'release' }, 'not-held'],
    ['that asks nobody is refused', aTask(), { do: 'ask' }, 'not-held'],
    ['that snoozes to the last day is refused', held(), { do: 'snooze', snooze: { until: '2026-07-17', reason: 'r' } }, 'beyond-the-date'],
    ['that snoozes to yesterday is refused', held(), { do: 'snooze', snooze: { until: '2026-06-30', reason: 'r' } }, 'in-the-past'],
  ];

  test.each(cases)('%s', (_what, task, deed, refused) => {
    expect(doTo(task, deed, AT)).toEqual({ refused });
  });

  test('that finishes an unclaimed task leaves it with whoever finished it, and keeps the receipt', () => {
    expect(doTo(aTask(), { do: 'finish', reference: 'receipt 12', as: CLUSTER }, AT)).toEqual({
      task: aTask({ holder: CLUSTER, doneAt: 1_000, reference: 'receipt 12', version: 2 }),
    });
  });

  test('that asks and asks again warns, and remembers when; an answer begins anew', () => {
    const lived = (task: Task, ...deeds: Deed[]) =>
      deeds.reduce((so, deed) => ('task' in doTo(so, deed, AT) ? (doTo(so, deed, AT) as { task: Task }).task : so), task);

    expect(lived(held(), { do: 'ask' })).toMatchObject({ asked: 'asked', askedAt: 1_000, heardAt: 1 });
    expect(lived(held(), { do: 'ask' }, { do: 'ask' })).toMatchObject({ asked: 'warned' });
    for (const deed of [{ do: 'answer' }, { do: 'snooze', snooze: { until: '2026-07-10', reason: 'away' } }] as const) {
      expect(lived(held(), { do: 'ask' }, { do: 'ask' }, deed)).toMatchObject({ asked: 'not-yet', askedAt: null, heardAt: 1_000 });
    }
    expect(lived(held(), { do: 'ask' }, { do: 'hand-back' })).toMatchObject({ holder: null, heardAt: null, asked: 'not-yet', askedAt: null });
  });
});

/** What a plan on a wall would say: whose name is on the card, and whether it is ticked off. */
interface Wall {
  holder: Holder | null;
  done: boolean;
}

function onTheWall(wall: Wall, deed: Deed): Wall | null {
  const { holder, done } = wall;
  switch (deed.do) {
    case 'claim':
      return done || holder !== null ? null : { holder: deed.as, done };
    case 'assign':
      return done || JSON.stringify(holder) === JSON.stringify(deed.to) ? null : { holder: deed.to, done };
    case 'finish':
      return done ? null : { holder: holder ?? deed.as, done: true };
    case 'reopen':
      return done ? { holder, done: false } : null;
    case 'snooze':
      return done ? null : wall;
    case 'release':
    case 'hand-back':
      return done || holder === null ? null : { holder: null, done };
    case 'answer':
    case 'ask':
      return done || holder === null ? null : wall;
  }
}

const holders = fc.constantFrom(SOMEBODY, OTHER, CLUSTER);
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  holders.map((as): Deed => ({ do: 'claim', as })),
  holders.map((to): Deed => ({ do: 'assign', to })),
  holders.map((as): Deed => ({ do: 'finish', reference: null, as })),
  fc.constantFrom<Deed>({ do: 'release' }, { do: 'reopen' }, { do: 'answer' }, { do: 'ask' }, { do: 'hand-back' }),
  fc.constant<Deed>({ do: 'snooze', snooze: { until: '2026-07-08', reason: 'away' } }),
);

test('Any course of deeds leaves what a wall of cards would show; a version for each change, none for a refusal', () => {
  fc.assert(
    fc.property(fc.array(deeds, { maxLength: 40 }), (course) => {
      let [task, wall]: [Task, Wall] = [aTask(), { holder: null, done: false }];
      for (const deed of course) {
        const outcome = doTo(task, deed, AT);
        const next = onTheWall(wall, deed);
        expect('refused' in outcome).toBe(next === null);
        if (next === null || 'refused' in outcome) continue;
        expect(outcome.task.version).toBe(task.version + 1);
        [task, wall] = [outcome.task, next];
        expect({ holder: task.holder, done: task.doneAt !== null }).toEqual(wall);
        // Nobody is pressed who has nothing to do, and who was asked has a time from which it counts.
        expect(task.asked === 'not-yet' || (task.holder !== null && task.doneAt === null)).toBe(true);
        expect(task.askedAt === null).toBe(task.asked === 'not-yet');
        expect(task.heardAt === null).toBe(task.holder === null || (task.doneAt !== null && task.heardAt === null));
      }
    }),
    { numRuns: 300 },
  );
});
