/** A publisher of calendars on this machine: a real HTTP server that answers as it is told and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function aFeedServer() {
  const asked: IncomingMessage[] = [];
  let answer: Answer = (_request, response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/calendar.json`,
    port,
    asked,
    answers: (next: Answer) => {
      answer = next;
    },
    /** Answers with a body, or 304 to whoever has it already. */
    publishes: (body: string | Uint8Array, { etag = '"1"', headers = {} }: { etag?: string; headers?: Record<string, string> } = {}) => {
      answer = (request, response) => {
        if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
        return response.writeHead(200, { 'content-type': 'application/json', etag, ...headers }).end(body);
      };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
