import { type Adapter, ChatError, type Posted } from '../../adapters/adapter.ts';
import type { DeliveryDeps, Finished, Letter } from './letter.ts';

type PostDeps = Pick<DeliveryDeps, 'clock' | 'log' | 'times'>;

/**
 * Hands one letter to its platform. Never throws, and ends within the time of a request even where an adapter ignores
 * its signal: what has no answer by then is of unknown outcome.
 */
export async function post(deps: PostDeps, adapter: Adapter, letter: Letter, stop: AbortSignal): Promise<Finished> {
  const startedAt = deps.clock.monotonic();
  const answer = await ask(deps, adapter, letter, stop);
  const missing =
    answer instanceof ChatError && answer.reason === 'forbidden' && letter.edits === null && letter.below === undefined
      ? await missingRights(deps, adapter, letter)
      : [];
  return { letter, startedAt, at: deps.clock.monotonic(), answer, missing };
}

async function ask({ clock, log, times }: PostDeps, adapter: Adapter, letter: Letter, stop: AbortSignal): Promise<Posted | ChatError> {
  const [limit, answered] = [new AbortController(), new AbortController()];
  const giveUp = () => limit.abort();
  stop.addEventListener('abort', giveUp, { once: true });
  const inTime = clock.sleep(times.requestMs, answered.signal).then(async () => {
    if (answered.signal.aborted) return null;
    giveUp();
    await clock.sleep(1_000, answered.signal); // for an answer that was on its way
    return null;
  });
  try {
    return (await Promise.race([handOver(adapter, letter, limit.signal), inTime])) ?? new ChatError('ambiguous', { detail: 'no answer' });
  } catch (cause) {
    if (cause instanceof ChatError) return cause;
    log.error({ err: cause, delivery: letter.delivery.id }, 'An adapter failed in an unknown way; the message counts as in doubt');
    return new ChatError('ambiguous', { cause });
  } finally {
    answered.abort();
    stop.removeEventListener('abort', giveUp);
  }
}

async function handOver(adapter: Adapter, { edits, below, channel, message, key }: Letter, signal: AbortSignal): Promise<Posted> {
  if (edits === null) {
    const target = below === undefined ? channel.target : await adapter.threadOf(below.card, message.title, { signal });
    return adapter.post(target, message, { key, signal });
  }
  await adapter.edit(edits, message, { signal });
  return { ref: edits, room: null };
}

/** What the owner has to grant; empty when the platform does not say, or not in time. */
async function missingRights({ clock, times }: PostDeps, adapter: Adapter, { channel }: Letter): Promise<readonly string[]> {
  const answered = new AbortController();
  const late = clock.sleep(times.requestMs, answered.signal).then(() => []);
  const missing = await Promise.race([
    adapter.check(channel.target).then(
      ({ missing }) => missing,
      () => [],
    ),
    late,
  ]);
  answered.abort();
  return missing;
}
