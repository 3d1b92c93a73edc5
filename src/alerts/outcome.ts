/** What follows when a message was not taken, or when nobody knows. */
import type { ChatError } from '../adapters/adapter.ts';
import { passesAt } from '../domain/calendar/when.ts';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Alert } from '../store/store.ts';
import type { Draft } from './compose.ts';
import type { DeliverDeps, Outcome, SendDeps } from './deliver.ts';
import type { Memory } from './memory.ts';

const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 15 * MINUTE;

interface Failure {
  readonly draft: Draft;
  readonly delivery: number;
  readonly error: ChatError;
}

/** Records what became of a message that the platform did not take, or perhaps took. */
export async function recordFailure(deps: SendDeps, { draft, delivery, error }: Failure): Promise<Outcome> {
  const { store, channel, log } = deps;
  const now = deps.time();
  log.warn({ delivery, reason: error.reason }, 'A message was not sent');
  // A wrong token or setting is the operator's to mend; what is due waits for it.
  if (error.retryable || error.reason === 'fatal') {
    const attempts = Math.max(0, ...draft.alerts.map((alert) => alert.attempts));
    const backOff = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(attempts, 10));
    await store.transaction((trx) => trx.alerts.postpone(delivery, error.reason, now + Math.max(error.retryAfterMs ?? 0, backOff), now));
    return 'postponed';
  }
  if (error.reason === 'ambiguous') {
    await store.transaction((trx) => trx.alerts.doubt(delivery, worthRepeating([...draft.alerts, ...draft.folded], deps.memory, now), now));
    return 'inDoubt';
  }
  await store.transaction(async (trx) => {
    await trx.alerts.fail(delivery, error.reason, now);
    if (error.reason === 'rejected') return;
    for (const subscription of await trx.subscriptions.ofChannel(channel.id)) await trx.subscriptions.pause(subscription.id, error.reason);
  });
  return 'failed';
}

/**
 * What is said a second time, marked, when nobody knows whether it was said (design.md §7, 2): changes and catch-ups, and
 * leads whose deadline is ahead. Nothing is said a third time.
 */
function worthRepeating(alerts: readonly Alert[], memory: Memory, now: Instant): readonly number[] {
  const again = alerts.filter((alert) => {
    if (alert.repeats > 0) return false;
    if (alert.type !== 'lead') return true;
    const entry = memory.versions.get(alert.deadline ?? '');
    return entry?.version === alert.version && (passesAt(entry.deadline.when) ?? 0) > now;
  });
  return again.map(({ id }) => id);
}

/** What a dead process left in the act of sending is in doubt: nobody knows whether it arrived. */
export async function resolveInterrupted({ store, memory, log }: Pick<DeliverDeps, 'store' | 'memory' | 'log'>, now: Instant): Promise<number> {
  const interrupted = await store.alerts.interrupted();
  for (const { delivery, alerts } of interrupted) await store.transaction((trx) => trx.alerts.doubt(delivery.id, worthRepeating(alerts, memory, now), now));
  if (interrupted.length > 0)
    log.warn({ deliveries: interrupted.length }, 'The last run ended while sending; what is still ahead is said again, marked as a possible repeat');
  return interrupted.length;
}
