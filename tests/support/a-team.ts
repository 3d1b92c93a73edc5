/** A bot with a plan for Kenya's submission on 17 July 2026 in one channel, and a partner's channel that may share it. */

import type { ReviewEvent } from '../../src/domain/calendar/facts.ts';
import { dayWhen, type When } from '../../src/domain/calendar/when.ts';
import type { Response, WholeResponse } from '../../src/domain/team/response.ts';
import type { Holder, Task } from '../../src/domain/team/task.ts';
import type { Actor } from '../../src/domain/team/teamwork.ts';
import { GENEVA, SECOND } from '../../src/domain/time.ts';
import { type Bot, type BotPlan, withBot } from './a-bot.ts';
import { aResponse, aTask } from './a-plan.ts';
import { at } from './a-voice.ts';
import { calendarOf } from './some-dates.ts';

export const PLAN_ID = 'abcd1234';
export const OURS = { platform: 'test', installation: 'test' } as const;
export const THEIRS = { platform: 'test', installation: 'other' } as const;
export const [MARIA, OMAR]: readonly [Actor, Actor] = [
  { side: OURS, id: 'maria' },
  { side: THEIRS, id: 'omar' },
];

export function holderOf({ side, id }: Actor): Holder {
  return { kind: 'person', side, id };
}

export function kenyaOn(day: string, events: readonly ReviewEvent[] = []) {
  const when: When = dayWhen(day, GENEVA);
  return calendarOf([{ state: 'KEN', kind: 'stakeholder_submission', when }], { KEN: events });
}

export interface TeamPlan extends Partial<BotPlan> {
  readonly tasks?: readonly Partial<Task>[];
  readonly response?: Partial<Response>;
  /** The partner's channel shares the plan. */
  readonly bridged?: boolean;
}

/** A plan is made at the beginning, and its first card is posted. Wednesday, 1 July 2026, ten o'clock. */
export async function withTeam<T>({ tasks = [{}], response = {}, bridged = false, ...plan }: TeamPlan, use: (bot: Bot) => Promise<T>): Promise<T> {
  const channels = [
    { id: 'ours', follows: [] },
    { id: 'theirs', installation: 'other', follows: [] },
  ];
  return withBot({ at: at('2026-07-01', '10:00'), facts: kenyaOn('2026-07-17'), ladders: { default: {} }, channels, ...plan }, async (bot) => {
    await bot.teamwork().begin(planOf(tasks, response), MARIA);
    if (bridged) await share(bot);
    await bot.tick();
    return use(bot);
  });
}

function planOf(tasks: readonly Partial<Task>[], response: Partial<Response>): WholeResponse {
  const own = {
    side: OURS,
    channel: 'ours',
    deadline: '54-KEN-stakeholder_submission',
    title: 'Kenya, joint submission',
    createdAt: at('2026-07-01', '10:00'),
  };
  return { response: aResponse({ ...own, ...response }), tasks: tasks.map((task, index) => aTask({ number: index + 1, title: `Task ${index + 1}`, ...task })) };
}

async function share(bot: Bot): Promise<void> {
  await bot.store().teams.addBridge({
    ...{ id: 'bridge', response: PLAN_ID, owner: OURS, partner: THEIRS, partnerChannel: 'theirs', ownerShows: 'titles', partnerShows: 'titles' },
    ...{ status: 'open', codeHash: null, codeUntil: at('2026-07-02'), version: 1 },
  });
  await bot.store().teams.putCard({ response: PLAN_ID, channel: 'theirs', ref: null });
}

/** Time passes, a tick a second. */
export async function pass(bot: Bot, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await bot.tickAt(bot.clock.now() + SECOND);
}

export async function taskOf(bot: Bot, number: number): Promise<Task> {
  const task = (await bot.store().teams.find(PLAN_ID))?.tasks.find((one) => one.number === number);
  if (task === undefined) throw new Error(`no task ${number}`);
  return task;
}
