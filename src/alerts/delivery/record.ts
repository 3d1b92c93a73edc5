/** What came of messages, written down: by the requests that ended, and for those that nobody knows the outcome of. */
import type { PostedRef } from '../../adapters/adapter.ts';
import { dayOf, GENEVA, type Instant } from '../../domain/time.ts';
import type { Message } from '../../message/message.ts';
import type { Channel, DeliveryResult, Interrupted, Store } from '../../store/store.ts';
import { readAmendment } from '../amend.ts';
import type { Memory } from '../memory.ts';
import { planOf } from '../team/bodies.ts';
import { recordCard } from './card-result.ts';
import type { DeliveryDeps, Finished, Letter, Tally } from './letter.ts';
import { afterFailure, tokenRefused } from './notices.ts';
import { inDoubt, type Verdict } from './outcome.ts';
import { type Arrived, amendOvertaken } from './overtaken.ts';
import { readCard } from './team-look.ts';

/** A request that ended, with what follows. */
export interface Ended {
  readonly finished: Finished;
  readonly result: DeliveryResult;
}

export interface CommitDeps extends DeliveryDeps {
  /** What is counted once the transaction stands. */
  readonly counted: ((tally: Tally) => void)[];
}

export async function record(deps: CommitDeps, ended: readonly Ended[], memory: Memory, now: Instant): Promise<void> {
  if (ended.length === 0) return;
  const { store, log, operator, counted } = deps;
  const recorded = new Set(
    await store.alerts.record(
      ended.map(({ result }) => result),
      now,
    ),
  );
  const arrived: Arrived[] = [];
  for (const { finished, result } of ended) {
    const { channel, delivery } = finished.letter;
    if (!recorded.has(delivery.id)) {
      log.warn({ delivery: delivery.id, outcome: result.outcome }, 'A result came after another process had taken the message up');
      continue;
    }
    counted.push((tally) => countResult(tally, finished.letter, result, now));
    if (result.outcome === 'sent') arrived.push({ letter: finished.letter, ref: result.ref });
    await recordCard({ store, log, now }, finished.letter, result);
    if (result.outcome === 'failed') await afterFailure({ store, log, operator, now }, finished);
    if (result.outcome === 'postponed' && result.reason === 'fatal') {
      await tokenRefused({ store, log, operator, now }, channel, dayOf(now, GENEVA));
    }
  }
  await amendOvertaken(store, arrived, memory, now);
}

function countResult(tally: Tally, { alerts, channel, type }: Letter, result: DeliveryResult, now: Instant): void {
  if (result.outcome === 'unsent') return;
  tally.delivered(channel.platform, result.outcome);
  if (result.outcome === 'sent') {
    const folded = alerts.filter(({ reason }) => reason === 'folded').length;
    tally.settled('sent', alerts.length - folded);
    tally.settled('folded', folded);
    for (const { dueAt } of alerts) tally.late(Math.max(0, now - dueAt));
  }
  // What could not be amended was said all the same, and the store counts it so.
  if (result.outcome === 'failed') tally.settled(type === 'amendment' || type === 'history' ? 'superseded' : 'failed', alerts.length);
  if (result.outcome === 'in-doubt') tally.settled('in-doubt', alerts.length - result.again.length);
}

interface TakingUp {
  readonly lane: string;
  readonly known: ReadonlySet<number>;
  readonly memory: Memory;
  readonly now: Instant;
}

/** What nobody knows the outcome of: a process died in the act, or could not record. Answers what can be tried again, and whether alerts wait anew. */
export async function takeUp(deps: CommitDeps, { lane, known, memory, now }: TakingUp): Promise<{ found: readonly Letter[]; freed: boolean }> {
  const { store, worker, adapters, random, times, log, counted } = deps;
  const left = (await store.alerts.interrupted(lane)).filter(({ id }) => !known.has(id));
  if (left.length === 0) return { found: [], freed: false };
  const channels = new Map((await store.subscriptions.channelsBy(left.map(({ channel }) => channel))).map((channel) => [channel.id, channel]));
  const found: Letter[] = [];
  const results: DeliveryResult[] = [];
  for (const delivery of left) {
    const channel = channels.get(delivery.channel);
    const adapter = channel === undefined ? undefined : adapters.get(channel.platform);
    if (channel === undefined || adapter === undefined) continue;
    const letter = letterOf(delivery, channel, await editedBy(store, delivery));
    // Requests start only after their mark stands: what this process marked once and does not know of never started.
    const never: Verdict = { result: { id: delivery.id, fence: delivery.fence, outcome: 'unsent' } };
    const doubt = { memory, now, random, requestMs: times.requestMs, answered: false, knowsWords: delivery.message !== null };
    const verdict = delivery.worker === worker && delivery.fence === 1 ? never : inDoubt(letter, adapter, doubt);
    if ('againAt' in verdict) found.push(letter);
    else {
      results.push(verdict.result);
      counted.push((tally) => countResult(tally, letter, verdict.result, now));
    }
  }
  await store.alerts.record(results, now);
  log.warn({ lane, deliveries: left.length }, 'Messages were found that nobody knows the outcome of; what is said again is marked, or cannot arrive twice');
  return { found, freed: results.length > 0 };
}

/** The message that it was to change; null for a new one. A card is edited once it is known where it is. */
async function editedBy(store: Store, { type, channel, alerts }: Interrupted): Promise<PostedRef | null> {
  const [first] = alerts;
  if (first === undefined || (type !== 'amendment' && type !== 'card')) return null;
  if (type === 'amendment') return readAmendment(first.body ?? '').ref;
  const card = (await store.teams.cards(planOf(first) ?? '')).find((one) => one.channel === channel);
  return card === undefined ? null : (readCard(card)?.ref ?? null);
}

function letterOf({ id, channel: _, fence, type, onceKey, message, begunAt, alerts }: Interrupted, channel: Channel, edits: PostedRef | null): Letter {
  const delivery = { id, channel: channel.id, fence };
  return { delivery, channel, type, key: onceKey, message: JSON.parse(message ?? 'null') as Message, edits, alerts, begunAt, tries: 0 };
}
