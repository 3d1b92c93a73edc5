/** How fast a question is answered while the same process posts as much as it can. */
import { join } from 'node:path';
import { createRecall } from '../../src/alerts/memory.ts';
import { nextAnswer } from '../../src/commands/next.ts';
import { stateAnswer } from '../../src/commands/state.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { formatNext } from '../../src/message/format-next.ts';
import { formatState } from '../../src/message/format-state.ts';
import { loadWords } from '../../src/words-file.ts';
import { aVoice } from '../support/a-voice.ts';
import { bigStore, LADDERS } from './big-store.ts';
import { addNotices, benchLanes, channelNames, instantAdapter, putChannels } from './lanes.ts';
import { type Figure, percentile } from './measure.ts';

const [QUESTIONS, EVERY_MS] = [300, 50];

export async function answersMeanwhile(deliveries: number): Promise<readonly Figure[]> {
  const { store, facts, close } = await bigStore(0, ['TGO'], Date.now());
  const channels = channelNames(1_000);
  await putChannels(store, 'bench', channels);
  for (let round = 0; round < deliveries / channels.length; round += 1) {
    await addNotices(store, { lane: 'bench', channels, name: `${round}`, dueAt: Date.now() - 1_000 });
  }
  const words = (await loadWords(join(import.meta.dirname, '../../config/locales')))('en');
  const recall = createRecall({ store, ladders: LADDERS, calendar: { facts: () => facts, refresh: async () => {} } });
  const lanes = benchLanes({ store, facts, adapter: instantAdapter(20) });
  const states = [...facts.states.keys()];

  async function answer(index: number): Promise<void> {
    const now = Date.now();
    const { picture } = await recall.recall(now);
    const voice = { ...aVoice({ now, facts }), words };
    const state = states[index % states.length] ?? 'TGO';
    if (index % 2 === 0) formatState(stateAnswer(picture, state), voice);
    else formatNext(nextAnswer(picture, { states: index % 4 === 1 ? null : [state], sessions: null, kinds: null, limit: 10 }, now), voice);
  }

  await answer(0);
  await lanes.look(Date.now());
  const [begun, answered]: [number[], number[]] = [[], []];
  const from = performance.now();
  for (let index = 0; index < QUESTIONS; index += 1) {
    const asked = from + EVERY_MS * index;
    await systemClock.sleep(Math.max(0, asked - performance.now()));
    begun.push(performance.now() - asked);
    await answer(index);
    answered.push(performance.now() - asked);
  }
  const { pending, sent } = await store.alerts.counts();
  await lanes.stop();
  await close();
  const name = `slash command while ${deliveries.toLocaleString('en')} deliveries are pending`;
  return [
    {
      ...{ name: `${name}: answered, p99`, target: '≤ 100 ms', unit: 'ms', values: [percentile(answered, 0.99)] },
      note: `${QUESTIONS} questions from their instant to the message; median ${percentile(answered, 0.5).toFixed(1)} ms, longest ${Math.max(...answered).toFixed(0)} ms; ${sent} sent meanwhile, ${pending} left`,
    },
    {
      ...{ name: `${name}: taken up, longest`, target: '≤ 1 s', unit: 'ms', values: [Math.max(...begun)] },
      note: 'what the process adds; acknowledging is measured with the adapters of later issues',
    },
  ];
}
