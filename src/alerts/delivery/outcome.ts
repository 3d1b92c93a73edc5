/** What follows from the answer of a platform, or from none. Pure; `commit.ts` does what it decides. */
import { type Adapter, ChatError } from '../../adapters/adapter.ts';
import { passesAt } from '../../domain/calendar/when.ts';
import { type Instant, MINUTE } from '../../domain/time.ts';
import type { Alert, DeliveryResult } from '../../store/store.ts';
import type { Memory } from '../memory.ts';
import { asSeenBy, placeOf } from '../views.ts';
import { jittered } from './health.ts';
import type { Finished, Letter } from './letter.ts';

const FIRST_RETRY = 5_000;
/** Longer, and a channel would hear late of what waited for the end of an outage; the health of the lane spares the platform. */
const LONGEST_RETRY = MINUTE;
/** A right that is missing is often given back within minutes; only then is it believed (design.md §7, 4). */
const CONFIRM_AFTER = 15 * MINUTE;
const FIRST_REPEAT = 1_000;
const EDIT_TRIES = 8;
/** Not said again when nobody knows whether they arrived (design.md §7, 2). */
const ONLY_COUNTED: readonly Alert['type'][] = ['digest', 'silence', 'nag', 'history'];

/** Either a result, or the same message again under the same key at `at`, which cannot make a second one. */
export type Verdict = { readonly result: DeliveryResult } | { readonly againAt: Instant };

export interface Judge {
  readonly memory: Memory;
  readonly now: Instant;
  readonly random: () => number;
  /** How long an answer may take: no repeat begins that would end after its window. */
  readonly requestMs: number;
}

export function verdictOn({ letter, answer }: Finished, adapter: Adapter, judge: Judge): Verdict {
  const { delivery } = letter;
  const result = (more: DistributiveOmit<DeliveryResult, 'id' | 'fence'>): Verdict => ({ result: { id: delivery.id, fence: delivery.fence, ...more } });
  const doubtful = () => inDoubt(letter, adapter, { ...judge, answered: true, knowsWords: true });
  // That a further try did not arrive says nothing of the first.
  const doubted = letter.tries > 0;
  if (answer === 'not-begun') return doubted ? doubtful() : result({ outcome: 'unsent' });
  if (!(answer instanceof ChatError)) return result({ outcome: 'sent', ref: answer.ref });
  if (letter.edits !== null) return edited(letter, answer, judge);
  const { now } = judge;
  const waits = answer.retryable || answer.reason === 'fatal' || answer.reason === 'forbidden';
  if (answer.reason === 'ambiguous' || (doubted && waits)) return doubtful();
  // Where the bot may open no thread, the log has what is done; nothing else of the channel waits for it.
  if (letter.below !== undefined && answer.reason === 'forbidden') return result({ outcome: 'failed', reason: 'forbidden' });
  const firstForbidden = answer.reason === 'forbidden' && !letter.alerts.some((alert) => alert.reason === 'forbidden');
  if (firstForbidden) return result({ outcome: 'postponed', reason: 'forbidden', retryAt: now + CONFIRM_AFTER });
  // A wrong token or setting is the operator's to mend; what is due waits for it.
  if (answer.retryable || answer.reason === 'fatal') {
    return result({ outcome: 'postponed', reason: answer.reason, retryAt: now + Math.max(answer.retryAfterMs ?? 0, backOff(letter, answer, judge)) });
  }
  return result({ outcome: 'failed', reason: answer.reason });
}

/** To edit a message twice does no harm, so nothing is in doubt; one that cannot be edited stays as it is. */
function edited(letter: Letter, answer: ChatError, judge: Judge): Verdict {
  const { id, fence } = letter.delivery;
  const tries = Math.max(0, ...letter.alerts.map(({ attempts }) => attempts));
  const again = (answer.retryable || answer.reason === 'ambiguous' || answer.reason === 'fatal') && tries < EDIT_TRIES;
  if (!again) return { result: { id, fence, outcome: 'failed', reason: answer.reason } };
  return {
    result: { id, fence, outcome: 'postponed', reason: answer.reason, retryAt: judge.now + Math.max(answer.retryAfterMs ?? 0, backOff(letter, answer, judge)) },
  };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A platform that says how long to wait is asked no sooner, and little later; the lane has learnt its pace. */
function backOff(letter: Letter, { reason, retryAfterMs }: ChatError, { random }: Judge): number {
  if (reason === 'rate-limited' && (retryAfterMs ?? 0) > 0) return 0;
  const attempts = Math.max(0, ...letter.alerts.map((alert) => alert.attempts));
  return jittered(Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(attempts, 10)), random);
}

export interface Doubt extends Judge {
  /** A platform that took the request and did not say what became of it is left alone for a moment. */
  readonly answered: boolean;
  /** Whether the very words are at hand, to be posted again under the same key. */
  readonly knowsWords: boolean;
}

/** Nobody knows whether it was said (design.md §7, 2). */
export function inDoubt(letter: Letter, adapter: Adapter, { memory, now, random, requestMs, answered, knowsWords }: Doubt): Verdict {
  if (letter.edits !== null) return edited(letter, new ChatError('ambiguous'), { memory, now, random, requestMs });
  const againAt = now + (letter.tries === 0 ? 0 : jittered(FIRST_REPEAT * 2 ** Math.min(letter.tries - 1, 6), random));
  if (knowsWords && mayRepeat(letter, adapter, { memory, now: againAt, requestMs })) return { againAt };
  const { id, fence } = letter.delivery;
  const retryAt = now + (answered ? jittered(FIRST_RETRY, random) : 0);
  return { result: { id, fence, outcome: 'in-doubt', again: worthRepeating(letter, memory, now), retryAt } };
}

/** Whether a repeat that begins now under the same key cannot make a second message, and still says what is true. */
export function mayRepeat(letter: Letter, adapter: Adapter, { memory, now, requestMs }: Omit<Judge, 'random'>): boolean {
  const closes = letter.begunAt + adapter.repeatSafeMs(letter.channel.target) - requestMs;
  return now < closes && letter.alerts.every((alert) => standsAsSaid(alert, asSeenBy(memory, placeOf(letter.channel))));
}

/** A date that moved since is not repeated: its correction speaks. */
function standsAsSaid(alert: Alert, memory: Memory): boolean {
  return (alert.type !== 'lead' && alert.type !== 'check') || memory.versions.get(alert.deadline ?? '')?.version === alert.version;
}

/**
 * What is said a second time, marked: changes, notices, a catch-up as a whole, and leads whose deadline is ahead. Nothing
 * is said a third time.
 */
function worthRepeating({ type, alerts, channel }: Letter, memory: Memory, now: Instant): readonly number[] {
  const { versions } = memory.views.of(placeOf(channel));
  const again = alerts.filter((alert) => {
    if (alert.repeats > 0 || ONLY_COUNTED.includes(alert.type)) return false;
    if (alert.type !== 'lead' || type === 'catch-up') return true;
    const entry = versions.get(alert.deadline ?? '');
    return entry?.version === alert.version && (passesAt(entry.deadline.when) ?? 0) > now;
  });
  return again.map(({ id }) => id);
}
