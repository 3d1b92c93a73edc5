/** Requests to Discord's API. Every failure is a {@link ChatError}; pacing and repeating are the lanes'. */
import { REST } from 'discord.js';
import type { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import { ChatError } from '../adapter.ts';
import { chatError } from './errors.ts';
import type { DiscordConfig } from './schema.ts';

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** False where the path holds the right already, as with interactions. */
  readonly auth?: boolean;
}

export interface Answered {
  readonly headers: Headers;
  readonly json: unknown;
}

export type Ask = (asked: Asked) => Promise<Answered>;

/** Discord blocks an address after 10,000 invalid requests in ten minutes; long before, the log says so. */
const INVALID_WARNING = 50;

/** The REST options of design.md §2: nothing waits or repeats by itself. */
export const REST_OPTIONS = { retries: 0, timeout: 10_000, offset: 0, rejectOnRateLimit: () => true, globalRequestsPerSecond: 1_000 };

export interface AskTools {
  readonly log: Logger;
  /** Called for each request that counts as invalid: refused for its token, its rights or its pace. */
  refused(): void;
}

export function createAsk({ token, apiUrl }: DiscordConfig, { log, refused }: AskTools): Ask {
  const rest = new REST({ ...REST_OPTIONS, version: '10', api: apiUrl, invalidRequestWarningInterval: 1 });
  rest.on('invalidRequestWarning', ({ count }) => {
    refused();
    if (count % INVALID_WARNING === 0) log.warn({ count }, 'Discord refused many requests; at 10,000 in ten minutes it blocks this address');
  });
  return async ({ method, path, body, signal, auth = true }) => {
    if (signal?.aborted === true) throw new ChatError('unavailable', { detail: 'stopped before it was sent' });
    // discord.js forgets the token after one 401, and a token that Discord did not take for a moment would be lost.
    rest.setToken(token);
    try {
      const response = await rest.queueRequest({
        ...{ method: method as never, fullRoute: path, auth },
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      });
      const text = await response.text();
      return { headers: response.headers as Headers, json: text === '' ? null : (JSON.parse(text) as unknown) };
    } catch (cause) {
      throw chatError(cause);
    }
  };
}

/** What an answer holds. One that is not as Discord describes it leaves open what became of the request. */
export function read<Schema extends z.ZodType>(schema: Schema, { json }: Answered): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ChatError('ambiguous', { detail: 'an answer that is not as Discord describes it' });
  return parsed.data;
}
