/** One request over HTTP whose bytes are written in one go, as late as possible, so that it is known whether anything was sent. */
import { type Agent, request as begin, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { ChatError } from '../../../src/adapters/adapter.ts';

export interface Sending {
  readonly agent: Agent;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly authorization: string;
  /** Sent as JSON; nothing is sent when left out. */
  readonly body?: object;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Waits for a connection, looks once more whether it is still wanted, and writes head and body at once. Whatever fails
 * before that is `unavailable`; after it, `ambiguous`.
 */
export function exchange({ agent, url, method, authorization, body, signal }: Sending): Promise<Reply> {
  const content = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    let written = false;
    const settle = (done: () => void) => {
      signal?.removeEventListener('abort', abort);
      done();
    };
    const fail = (cause: unknown) =>
      settle(() => {
        const detail = cause instanceof Error ? cause.message : String(cause);
        reject(new ChatError(written ? 'ambiguous' : 'unavailable', { detail, cause }));
      });
    const headers = { Authorization: authorization, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) };
    const request = begin(url, { agent, method, headers }, (response) => {
      text(response).then((answer) => settle(() => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: answer })), fail);
    });
    const abort = () => void request.destroy(new Error('aborted'));
    const write = () => {
      if (signal?.aborted === true) return abort();
      if (request.destroyed || request.socket?.writable !== true) return void request.destroy(new Error('the connection is gone'));
      written = true;
      request.end(content);
    };
    request.once('error', fail);
    request.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => afterDueTimers(write));
      else afterDueTimers(write);
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Between two turns of the loop every timer that came due runs: a process that was stopped learns first what it missed. */
function afterDueTimers(then: () => void): void {
  setImmediate(() => setImmediate(then));
}
