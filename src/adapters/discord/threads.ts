/** The thread below a message: https://docs.discord.com/developers/resources/channel#start-thread-from-message (read 2026-11-24). */
import { ChatError, type PostedRef, type Target } from '../adapter.ts';
import { discordCodeOf } from './errors.ts';
import type { Ask } from './rest.ts';
import { shorten } from './text.ts';

/** A week without a message, the longest there is; a message brings an archived thread back. */
export const ARCHIVE_AFTER_MINUTES = 10_080;

const HAS_A_THREAD = 160004;
/** A thread opens no thread. */
const OTHER_KIND_OF_CHANNEL = 50024;
const LONGEST_NAME = 100;

interface Opening extends PostedRef {
  readonly title: string;
  readonly signal: AbortSignal;
}

/** The thread has the id of its message, so that one which is there needs no search. */
export async function threadOn(ask: Ask, { target, id, title, signal }: Opening): Promise<Target> {
  const body = { name: shorten(title, LONGEST_NAME), auto_archive_duration: ARCHIVE_AFTER_MINUTES };
  try {
    await ask({ method: 'POST', path: `/channels/${target.channel}/messages/${id}/threads`, body, signal });
  } catch (cause) {
    const code = discordCodeOf(cause);
    if (code === OTHER_KIND_OF_CHANNEL) return target;
    // Opening it twice does no harm, so that what is unknown is tried again.
    if (cause instanceof ChatError && cause.reason === 'ambiguous') throw new ChatError('unavailable', { detail: 'whether a thread was opened', cause });
    if (code !== HAS_A_THREAD) throw cause;
  }
  return { ...target, thread: id };
}
