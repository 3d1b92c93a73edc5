/**
 * From alerts to messages. For each channel with something ready: the last look, then one message after the other, each
 * marked as being sent before the request and recorded after it.
 */
import { createHash } from 'node:crypto';
import { type Adapter, ChatError } from '../adapters/adapter.ts';
import type { Ladder } from '../domain/alerts/ladder.ts';
import { selectedStates } from '../domain/alerts/subscription.ts';
import type { Change } from '../domain/calendar/diff.ts';
import type { State, StateCode } from '../domain/calendar/facts.ts';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { AlertContent, Marks } from '../message/content.ts';
import type { Message } from '../message/message.ts';
import type { Alert, Channel, Store } from '../store/store.ts';
import { compose, type Draft } from './compose.ts';
import type { Memory } from './memory.ts';
import { recordFailure } from './outcome.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly states: ReadonlyMap<StateCode, State>;
  readonly format: (content: AlertContent, marks: Marks, channel: Channel, now: Instant) => Message;
  /** Asked in the transaction that takes alerts for a message: whether it is still this process's turn to post. */
  readonly mayPost: (store: Store) => Promise<boolean>;
  /** Aborted when the process stops: the message in flight is finished, the next one is not begun. */
  readonly signal: AbortSignal;
}

export interface DeliveryCounts {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
  readonly inDoubt: number;
}

export type Outcome = keyof DeliveryCounts;

/** `now` is the tick's; `time` goes on from there on the monotonic clock, so that a wall clock that jumps dates nothing. */
interface TickDeliverDeps extends DeliverDeps {
  readonly time: () => Instant;
}

const REQUEST_TIMEOUT = 10_000;
/** A message this late is on time to a reader. */
const UNSAID_LATENESS = 2 * MINUTE;
const BATCH = 200;

/** Says everything that is ready. Stops between two messages when the signal aborts. */
export async function deliver(deps: DeliverDeps, now: Instant): Promise<DeliveryCounts> {
  const counts = { sent: 0, postponed: 0, failed: 0, inDoubt: 0 };
  const done = new Set<string>();
  const began = deps.clock.monotonic();
  const ticking = { ...deps, time: () => now + (deps.clock.monotonic() - began) };
  while (!deps.signal.aborted) {
    const channels = (await deps.store.alerts.readyChannels(now, BATCH + done.size)).filter((id) => !done.has(id));
    if (channels.length === 0) break;
    for (const id of channels) {
      done.add(id);
      if (deps.signal.aborted) break;
      for (const outcome of await deliverOrLog(ticking, id, now)) counts[outcome] += 1;
    }
  }
  return counts;
}

/** One channel that cannot be served, whatever the reason, keeps no other waiting. */
async function deliverOrLog(deps: TickDeliverDeps, channel: string, now: Instant): Promise<readonly Outcome[]> {
  try {
    return await deliverTo(deps, channel, now);
  } catch (cause) {
    deps.log.error({ err: cause, channel }, 'A channel could not be served; the next tick tries again');
    return [];
  }
}

async function deliverTo(deps: TickDeliverDeps, channelId: string, now: Instant): Promise<readonly Outcome[]> {
  const { store } = deps;
  const channel = await store.subscriptions.channel(channelId);
  const ready = await store.alerts.ready(channelId, now);
  const adapter = channel === null ? undefined : deps.adapters.get(channel.platform);
  if (channel === null || adapter === undefined) return [];
  const subscriptions = (await store.subscriptions.ofChannel(channelId)).filter((subscription) => subscription.status === 'active');
  const wishes = subscriptions.map(({ selector }) => ({ selector, states: selectedStates(selector, deps.states) }));
  const ladder = deps.ladders.get(channel.profile.ladder) ?? {};
  const { drafts, superseded } = compose({ ready, changes: await changesOf(store, ready), wishes, ladder, memory: deps.memory, now });
  for (const [reason, ids] of byReason(superseded)) await store.alerts.supersede(ids, reason, now);
  const outcomes: Outcome[] = [];
  for (const draft of drafts) {
    if (deps.signal.aborted) break;
    const outcome = await send({ ...deps, channel, adapter }, draft, now);
    if (outcome !== null) outcomes.push(outcome);
    if (outcome !== 'sent') break;
  }
  return outcomes;
}

async function changesOf(store: Store, ready: readonly Alert[]): Promise<ReadonlyMap<string, Change>> {
  const changes = new Map<string, Change>();
  for (const { type, revision, seq } of ready) {
    if (type !== 'change' || revision === null || seq === null) continue;
    const stored = await store.calendar.change(revision, seq);
    if (stored !== null) changes.set(`${revision}|${seq}`, stored.change);
  }
  return changes;
}

function byReason(superseded: readonly { readonly alert: Alert; readonly reason: string }[]): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const { alert, reason } of superseded) groups.set(reason, [...(groups.get(reason) ?? []), alert.id]);
  return groups;
}

/** What it takes to send one message to one channel. */
export interface SendDeps extends TickDeliverDeps {
  readonly channel: Channel;
  readonly adapter: Adapter;
}

/** Null when another process was first. */
async function send(deps: SendDeps, draft: Draft, now: Instant): Promise<Outcome | null> {
  const { store, channel, adapter } = deps;
  const message = deps.format(draft.content, marksOf(draft, now), channel, now);
  const onceKey = deliveryKey(draft);
  const begun = {
    channel: channel.id,
    onceKey,
    type: draft.type,
    title: message.title,
    alerts: draft.alerts.map(({ id }) => id),
    folded: draft.folded.map(({ id }) => id),
    now,
  };
  const delivery = await store.transaction(async (trx) => ((await deps.mayPost(trx)) ? trx.alerts.begin(begun) : null));
  if (delivery === null) return null;
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT);
  let ref: unknown;
  try {
    ref = await adapter.post(channel.target, message, { key: onceKey, signal });
  } catch (cause) {
    if (!(cause instanceof ChatError))
      deps.log.error({ err: cause, delivery: delivery.id }, 'An adapter failed in an unknown way; the message counts as in doubt');
    return recordFailure(deps, { draft, delivery: delivery.id, error: cause instanceof ChatError ? cause : new ChatError('ambiguous', { cause }) });
  }
  await store.transaction((trx) => trx.alerts.sent(delivery.id, ref, deps.time()));
  return 'sent';
}

/** The same alerts give the same key, also after a restart. */
function deliveryKey(draft: Draft): string {
  const keys = [...draft.alerts, ...draft.folded].map((alert) => `${alert.channel}|${alert.onceKey}`).sort();
  return createHash('sha256')
    .update(`${draft.type}\n${keys.join('\n')}`)
    .digest('base64url')
    .slice(0, 25);
}

function marksOf(draft: Draft, now: Instant): Marks {
  const late = Math.max(0, ...draft.alerts.map((alert) => now - alert.dueAt));
  const said = draft.type === 'leads' && late > UNSAID_LATENESS ? late : null;
  return { mayBeRepeat: draft.alerts.some((alert) => alert.repeats > 0), late: said };
}
