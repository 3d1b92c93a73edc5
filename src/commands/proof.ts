import { formatProof } from '../message/format-proof.ts';
import type { Run } from './asked.ts';
import { timingOf } from './channel.ts';
import { MONTH } from './sending.ts';

/** Alerts that are told one by one. */
const SHOWN = 20;

/** What edits a message, or stands in its thread, is nothing that somebody waits for. */
const UNSEEN: readonly string[] = ['amendment', 'card', 'history'];

/** What became of the alerts of this channel, and of no other, in the last 30 days. */
export const runProof: Run = async (ask) => {
  const { store } = ask.deps;
  const all = (await store.alerts.proof(ask.now - MONTH, ask.channelId)).filter(({ type }) => !UNSEEN.includes(type));
  const last = all.slice(-SHOWN).reverse();
  const rows = last.map((row) => ({ ...row, date: ask.picture.deadlines.get(row.deadline ?? '') ?? null }));
  const totals = Map.groupBy(all, ({ state }) => state);
  const message = formatProof({ totals: [...totals].map(([state, { length }]) => ({ state, count: length })), rows, zone: timingOf(ask).zone }, ask.voice);
  return { message, audience: 'asker', again: { command: 'proof', options: {} } };
};
