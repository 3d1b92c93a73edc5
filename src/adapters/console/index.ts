/** The platform for trying things out and for a log that people read: messages are written to the output. */
import type { Message } from '../../message/message.ts';
import { type Adapter, ChatError, type Posted, type Target } from '../adapter.ts';
import { receiveNothing } from './receive.ts';
import { render } from './render.ts';
import type { ConsoleConfig } from './schema.ts';

/** What the console is given by whoever starts it. */
export interface ConsoleTools {
  write(text: string): void;
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
    pace: { tokenMs: 0, channelMs: 0 },
    routes: [],
    start: receiveNothing,
    stop: async () => {},
    verify: async () => ({ identity: 'console', serverTime: null }),
    check: async () => ({ missing: [], everyoneReads: null }),
    repeatSafeMs: () => 0,
    post: async (target: Target, message, { key, signal }): Promise<Posted> => {
      write(message, signal);
      return { ref: { target, id: key }, room: null };
    },
    edit: async () => {
      throw new ChatError('rejected', { detail: 'what was written stays as it is' });
    },
    threadOf: async ({ target }) => target,
  };
}
