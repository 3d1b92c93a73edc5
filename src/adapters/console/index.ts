/** The platform for trying things out and for a log that people read: messages are written to the output. */
import type { Instant } from '../../domain/time.ts';
import type { Message } from '../../message/message.ts';
import { type Adapter, ChatError, type PostedRef, type Target } from '../adapter.ts';
import { receiveNothing } from './receive.ts';
import { render } from './render.ts';
import type { ConsoleConfig } from './schema.ts';

/** What the console is given by whoever starts it. */
export interface ConsoleTools {
  write(text: string): void;
  now(): Instant;
  /** True when the output is a terminal; without one nothing is coloured. */
  readonly isTerminal: boolean;
}

export function createConsoleAdapter(config: ConsoleConfig, tools: ConsoleTools): Adapter {
  const look = { width: config.width, styled: config.color && tools.isTerminal };
  const write = (message: Message, signal: AbortSignal) => {
    if (signal.aborted) throw new ChatError('unavailable', { detail: 'stopped before it was written' });
    try {
      tools.write(render(message, look));
    } catch (cause) {
      throw new ChatError('unavailable', { detail: 'the output cannot be written to', cause });
    }
  };
  return {
    platform: 'console',
    start: receiveNothing,
    stop: async () => {},
    verify: async () => ({ identity: 'console', serverTime: tools.now() }),
    check: async () => [],
    repeatSafeMs: () => 0,
    post: async (target: Target, message, { key, signal }): Promise<PostedRef> => {
      write(message, signal);
      return { target, id: key };
    },
    edit: async (_ref, message, { signal }) => write(message, signal),
  };
}
