/** People who want the same task at the same moment. */
import { createTeamwork } from '../../src/alerts/team/teamwork.ts';
import { dayWhen } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';
import type { Store } from '../../src/store/store.ts';
import { aResponse, aTask } from '../support/a-plan.ts';
import { putChannels } from './lanes.ts';

export interface Clicks {
  readonly response: string;
  readonly count: number;
  /** Names the people of this process. */
  readonly process: number;
}

export interface Clicked {
  /** From the click to the answer. */
  readonly ms: readonly number[];
  readonly won: number;
  /** Told who has it. */
  readonly told: number;
}

export async function clickAtOnce(store: Store, { response, count, process }: Clicks): Promise<Clicked> {
  const work = createTeamwork({ store, now: Date.now });
  const ms: number[] = [];
  let [won, told] = [0, 0];
  const click = async (index: number) => {
    const side = index % 2 === 0 ? { platform: 'discord', installation: '100' } : { platform: 'slack', installation: 'T1' };
    const id = `U${process}-${index}`;
    const from = performance.now();
    const did = await work.deed(response, 1, { do: 'claim', as: { kind: 'person', side, id } }, { side, id });
    ms.push(performance.now() - from);
    if ('event' in did) won += 1;
    else if (did.refused === 'held' && did.task.holder !== null) told += 1;
  };
  await Promise.all(Array.from({ length: count }, (_none, index) => click(index)));
  return { ms, won, told };
}

/** A plan far ahead, with the tasks of a large one. */
export async function putPlan(store: Store, id: string): Promise<void> {
  await putChannels(store, 'bench', ['plans']);
  const tasks = Array.from({ length: 12 }, (_none, index) => aTask({ response: id, number: index + 1, dueOn: '2099-07-10' }));
  const response = aResponse({ id, channel: 'plans', plannedFor: dayWhen('2099-07-17', GENEVA), internal: '2099-07-15' });
  await createTeamwork({ store, now: Date.now }).begin({ response, tasks }, { side: response.side, id: 'U0' });
}
