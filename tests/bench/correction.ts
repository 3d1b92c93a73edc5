/** One moved date that 50,000 channels follow, and questions asked of the same process meanwhile. */
import { join } from 'node:path';
import { createRecall } from '../../src/alerts/memory.ts';
import { plan } from '../../src/alerts/plan.ts';
import { revise } from '../../src/calendar/revise.ts';
import { stateAnswer } from '../../src/commands/state.ts';
import type { CalendarFacts, DateFact } from '../../src/domain/calendar/facts.ts';
import { overlay } from '../../src/domain/calendar/layers.ts';
import { dayWhen } from '../../src/domain/calendar/when.ts';
import { GENEVA } from '../../src/domain/time.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { formatState } from '../../src/message/format-state.ts';
import { loadWords } from '../../src/words-file.ts';
import { aVoice } from '../support/a-voice.ts';
import { bigStore, LADDERS } from './big-store.ts';
import { type Figure, percentile } from './measure.ts';

const [RUNS, EVERY_MS] = [3, 25];

/** The submissions of Togo's session are due five days later. */
function moved(facts: CalendarFacts, session: number, now: number): CalendarFacts {
  const fact = facts.sessions.get(session)?.deadlines.stakeholder_submission as DateFact;
  const day = new Date(now).toISOString().slice(0, 10);
  const later: DateFact = { ...fact, when: dayWhen('2026-07-22', GENEVA), known: day, checked: day };
  return overlay(facts, { sources: [], sessions: [{ number: session, deadlines: { stakeholder_submission: later } }], councils: [], holidays: [] });
}

export async function correction(channels: number): Promise<readonly Figure[]> {
  const now = Date.parse('2026-07-01T08:00:00Z');
  const words = (await loadWords(join(import.meta.dirname, '../../config/locales')))('en');
  const totals: number[] = [];
  const answered: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { store, facts: before, close } = await bigStore(channels, ['TGO'], now - 60_000);
    let facts = before;
    const recall = createRecall({ store, ladders: LADDERS, calendar: { facts: () => facts, refresh: async () => {} } });
    await store.setMark('event-cursor', (await recall.recall(now)).revision);
    facts = moved(facts, 54, now);
    await revise(store, facts, { now, reason: 'bench' });
    const memory = await recall.recall(now);
    const ask = async () => {
      const { picture } = await recall.recall(now);
      formatState(stateAnswer(picture, 'TGO'), { ...aVoice({ now, facts }), words });
    };
    await ask();
    const from = performance.now();
    const work = { done: false };
    const planning = plan({ store, memory, log: createLog('silent') }, now).then(() => {
      work.done = true;
      totals.push(performance.now() - from);
    });
    for (let index = 0; !work.done; index += 1) {
      const asked = from + EVERY_MS * index;
      await systemClock.sleep(Math.max(0, asked - performance.now()));
      await ask();
      answered.push(performance.now() - asked);
    }
    await planning;
    const { pending } = await store.alerts.counts();
    if (pending !== channels) throw new Error(`${pending} corrections for ${channels} channels`);
    await close();
  }
  return [
    { name: `one correction to ${channels.toLocaleString('en')} channels`, target: '≤ 5 s', unit: 'ms', values: totals },
    {
      ...{ name: '… a question meanwhile, p99', target: '≤ 100 ms', unit: 'ms', values: [percentile(answered, 0.99)] },
      note: `${answered.length} questions, one every ${EVERY_MS} ms, from their instant to the message; median ${percentile(answered, 0.5).toFixed(1)} ms, longest ${Math.max(...answered).toFixed(0)} ms`,
    },
  ];
}
