/**
 * Listens by Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode. Each connection has
 * a receiver of its own and Bolt never connects anew by itself: its own way leaves a gap of seconds, tries no more after
 * one failed request, and can open a connection after it was told to stop.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatError } from '../adapter.ts';
import { type Connection, type ConnectionParts, connect } from './connection.ts';
import type { Ears } from './receive.ts';

export interface SocketParts extends ConnectionParts {
  /** After it listened: Slack will not have it any more. */
  lost(why: ChatError): void;
}

/** A connection that lasted as long was a good one, and the next is opened at once. */
const STEADY = 30_000;
const [FIRST_REST, LONGEST_REST] = [1_000, 30_000];
const SWITCHED_OFF = 'Socket Mode was switched off for this app; switch it on at https://api.slack.com/apps, Socket Mode';

export function createSocketEars(parts: SocketParts): Ears {
  const { log } = parts;
  let stopping = new AbortController();
  let open: Connection | null = null;
  let busy: Promise<unknown> = Promise.resolve();

  /** Until it is told to stop, or Slack will not have it. */
  async function keep(first: Connection, signal: AbortSignal): Promise<void> {
    const reopen = createReopening(parts, signal);
    for (let connection: Connection | null = first; connection !== null; ) {
      open = connection;
      if (signal.aborted) void connection.close();
      const end = await connection.ended;
      void connection.close();
      if (signal.aborted) return;
      if (end === 'switched-off') return parts.lost(new ChatError('fatal', { detail: SWITCHED_OFF }));
      connection = await reopen(performance.now() - connection.since > STEADY);
    }
  }

  return {
    start: async () => {
      stopping = new AbortController();
      const { signal } = stopping;
      const first = connect(parts, signal);
      busy = first.catch(() => undefined);
      const connection = await first;
      busy = keep(connection, signal).catch((cause: unknown) => log.error({ err: cause }, 'Listening to Slack ended'));
      if (signal.aborted) throw new ChatError('unavailable', { detail: 'stopped' });
    },
    stop: async () => {
      stopping.abort();
      await open?.close();
      open = null;
      await busy;
    },
  };
}

/** Tries until there is a connection, with longer and longer rests; null when it was stopped or lost. */
function createReopening({ lost, ...parts }: SocketParts, signal: AbortSignal): (wasSteady: boolean) => Promise<Connection | null> {
  const { log } = parts;
  let failures = 0;
  return async (wasSteady) => {
    if (wasSteady) failures = 0;
    for (let asked = 0; ; ) {
      const rest = failures === 0 ? 0 : Math.min(LONGEST_REST, FIRST_REST * 2 ** (failures - 1));
      failures += 1;
      await sleep(Math.max(rest, asked), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return null;
      try {
        const connection = await connect(parts, signal);
        log.info('Connected to Slack anew');
        return connection;
      } catch (cause) {
        if (signal.aborted) return null;
        const why = cause as ChatError;
        if (why.reason === 'fatal') {
          lost(why);
          return null;
        }
        asked = why.retryAfterMs ?? 0;
        log.warn({ why: why.message, failures }, 'The connection to Slack is gone; it is tried again');
      }
    }
  };
}
