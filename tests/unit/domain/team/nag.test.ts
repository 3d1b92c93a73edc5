import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NextStep, nextStep, wantsHands } from '../../../../src/domain/team/nag.ts';
import { type Deed, doTo, type Task } from '../../../../src/domain/team/task.ts';
import { addDays, daysBetween, GENEVA, weekday } from '../../../../src/domain/time.ts';
import { aTask, SOMEBODY } from '../../../support/a-plan.ts';
import { at } from '../../../support/a-voice.ts';

const LAST = '2026-07-31';

/** Lives with a task from a day on: every step that falls due is taken at nine, and days with deeds are lived. */
function course(task: Task, from: string, deeds: Readonly<Record<string, Deed>> = {}): readonly string[] {
  const said: string[] = [];
  let now = task;
  for (let today = from; today <= addDays(LAST, 10); today = addDays(today, 1)) {
    const deed = deeds[today];
    const on = { now: at(today), today, last: LAST };
    if (deed !== undefined) now = must(doTo(now, deed, on));
    const step = nextStep(now, { today, last: LAST, zone: GENEVA });
    if (step?.on !== today) continue;
    said.push(`${today} ${step.step}`);
    if (step.step !== 'ask-team') now = must(doTo(now, { do: step.step === 'hand-back' ? 'hand-back' : 'ask' }, on));
  }
  return said;
}

function must(outcome: ReturnType<typeof doTo>): Task {
  if ('refused' in outcome) throw new Error(outcome.refused);
  return outcome.task;
}

const held = (since: string, more: Partial<Task> = {}) => aTask({ holder: SOMEBODY, heardAt: at(since), ...more });

describe('A task that nobody has', () => {
  test('is asked for 7, 3 and 1 days before its day, and once when it is late; never on a weekend', () => {
    expect(course(aTask(), '2026-06-01')).toEqual(['2026-07-03 ask-team', '2026-07-07 ask-team', '2026-07-09 ask-team', '2026-07-13 ask-team']);
    expect(course(aTask({ dueOn: '2026-07-13' }), '2026-06-01')).toEqual(['2026-07-06 ask-team', '2026-07-10 ask-team', '2026-07-14 ask-team']);
  });

  test('rests while it is snoozed, and is asked for on the day after', () => {
    const snooze = { until: '2026-07-07', reason: 'holidays' };

    expect(course(aTask({ snooze }), '2026-06-01')).toEqual(['2026-07-08 ask-team', '2026-07-09 ask-team', '2026-07-13 ask-team']);
  });

  test('is named in digests from 14 days before its day on, until somebody has it', () => {
    expect(['2026-06-25', '2026-06-26', '2026-07-20'].map((day) => wantsHands(aTask(), day))).toEqual([false, true, true]);
    expect(wantsHands(held('2026-07-01'), '2026-07-05')).toBe(false);
    expect(wantsHands(aTask({ doneAt: 1 }), '2026-07-05')).toBe(false);
    expect(wantsHands(aTask({ snooze: { until: '2026-07-05', reason: 'r' } }), '2026-07-05')).toBe(false);
  });
});

describe('A silent holder', () => {
  test('is asked a week before the day, warned two days later, and two days after that the task goes back', () => {
    expect(course(held('2026-07-01'), '2026-07-01').slice(0, 3)).toEqual(['2026-07-06 ask-holder', '2026-07-08 warn-holder', '2026-07-10 hand-back']);
  });

  test('of a long task is asked after 14 days of silence', () => {
    expect(course(held('2026-05-04'), '2026-05-04').slice(0, 3)).toEqual(['2026-05-18 ask-holder', '2026-05-20 warn-holder', '2026-05-22 hand-back']);
  });

  test('who answers is left in peace until the next time; one who is done, for ever', () => {
    expect(course(held('2026-07-01'), '2026-07-01', { '2026-07-07': { do: 'answer' } })[1]).toBe('2026-07-10 ask-holder');
    expect(course(held('2026-07-01'), '2026-07-01', { '2026-07-07': { do: 'finish', reference: null, as: SOMEBODY } })).toEqual(['2026-07-06 ask-holder']);
  });

  test('who snoozed is asked on the day after', () => {
    expect(course(held('2026-06-29', { snooze: { until: '2026-07-08', reason: 'ill' } }), '2026-06-29')[0]).toBe('2026-07-09 ask-holder');
  });

  test('of a late task has a day for each answer', () => {
    const late = course(held('2026-07-09'), '2026-07-09');

    expect(late.slice(0, 3)).toEqual(['2026-07-13 ask-holder', '2026-07-14 warn-holder', '2026-07-15 hand-back']);
  });

  test('is not pressed at once after the bot was away for a month', () => {
    const away = held('2026-05-04', { dueOn: '2026-07-20' });

    expect(course(away, '2026-06-15').slice(0, 2)).toEqual(['2026-06-15 ask-holder', '2026-06-17 warn-holder']);
  });
});

test('Whatever the task, nobody loses it without having been asked and warned on earlier days, and nothing is said on a weekend or after the end', () => {
  const day = (from: string, most: number) => fc.nat(most).map((days) => addDays(from, days));
  fc.assert(
    fc.property(day('2026-06-01', 60), day('2026-06-01', 40), fc.option(day('2026-06-10', 50)), fc.boolean(), (dueOn, from, until, isHeld) => {
      const snooze = until === null ? null : { until, reason: 'r' };
      const steps = course(aTask({ dueOn, snooze, ...(isHeld ? { holder: SOMEBODY, heardAt: at(from) } : {}) }), from).map((line) => {
        const [on = '', step = ''] = line.split(' ');
        return { on, step } as NextStep;
      });

      expect(steps.filter(({ on }) => weekday(on) > 5 || on > LAST || (until !== null && on <= until && until < LAST))).toEqual([]);
      if (!isHeld) expect(steps.every(({ step }) => step === 'ask-team')).toBe(true);
      const pressed = steps.filter(({ step }) => step !== 'ask-team');
      expect(pressed.map(({ step }) => step)).toEqual(['ask-holder', 'warn-holder', 'hand-back'].slice(0, pressed.length));
      for (const [index, { on }] of pressed.entries()) if (index > 0) expect(daysBetween(pressed[index - 1]?.on ?? '', on)).toBeGreaterThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
