/** Plans and tasks of teams, for tests. */

import { fileURLToPath } from 'node:url';
import { dayWhen } from '../../src/domain/calendar/when.ts';
import type { LengthLimits } from '../../src/domain/team/length.ts';
import type { Response } from '../../src/domain/team/response.ts';
import type { Holder, Task } from '../../src/domain/team/task.ts';
import type { Template } from '../../src/domain/team/template.ts';
import { GENEVA } from '../../src/domain/time.ts';
import { readLimits } from '../../src/limits-file.ts';
import { readPlans } from '../../src/plans-file.ts';
import { at } from './a-voice.ts';

export const SIDE = { platform: 'slack', installation: 'T1' };
export const SOMEBODY: Holder = { kind: 'person', side: SIDE, id: 'U1' };

/** A task of the plan for 17 July 2026 that nobody has, due on Friday 10 July. */
export function aTask(more: Partial<Task> = {}): Task {
  return {
    response: 'abcd1234',
    number: 1,
    title: 'Write the first draft',
    phase: 'Draft',
    suits: null,
    cluster: null,
    dueOn: '2026-07-10',
    compressed: false,
    holder: null,
    doneAt: null,
    reference: null,
    snooze: null,
    asked: 'not-yet',
    askedAt: null,
    heardAt: null,
    version: 1,
    ...more,
  };
}

export function aResponse(more: Partial<Response> = {}): Response {
  return {
    id: 'abcd1234',
    side: SIDE,
    channel: 'slack:C1',
    deadline: '54-TGO-stakeholder_submission',
    template: 'joint-submission',
    title: 'Togo, joint submission',
    plannedFor: dayWhen('2026-07-17', GENEVA),
    internal: '2026-07-15',
    status: 'open',
    reference: null,
    reason: null,
    signOn: null,
    createdAt: at('2026-01-05'),
    closedAt: null,
    version: 1,
    ...more,
  };
}

/** The plans that are shipped. */
export async function shippedPlans(): Promise<ReadonlyMap<string, Template>> {
  const { plans, faults } = await readPlans(fileURLToPath(new URL('../../config/plans', import.meta.url)));
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return plans;
}

/** The limits of length that are shipped, whatever calendar a test has. */
export async function shippedLimits(): Promise<LengthLimits> {
  const { limits } = await readLimits(fileURLToPath(new URL('../../config', import.meta.url)), { sources: new Map(), places: new Map() });
  return limits;
}
