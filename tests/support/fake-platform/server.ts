/** A chat platform to post to: a real HTTP server on 127.0.0.1 with limits, faults on demand, and a memory of what its readers see. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createDesk, type Outcome, type PlatformPlan } from './desk.ts';

export { type PlatformPlan, WHO } from './desk.ts';
export type { Fault } from './faults.ts';

export type Platform = ReturnType<typeof createDesk>['control'] & {
  readonly url: string;
  /** Breaks every connection and refuses new ones. What hung or was slow is not posted any more. */
  down(): Promise<void>;
  /** Listens again, where it listened before. */
  up(): Promise<void>;
  /** Ends everything, open connections too. */
  close(): Promise<void>;
};

/** Plays Slack or Discord, as far as a bot that posts can tell. The same in this process and for child processes. */
export async function startPlatform(plan: PlatformPlan): Promise<Platform> {
  const desk = createDesk(plan);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = new Promise((resolve) => response.once('close', resolve));
    const route = `${request.method} ${request.url}`;
    const outcome = await desk.handle({ route, authorization: request.headers.authorization ?? '', body: await text(request) }, closed);
    if (outcome === 'cut') return void request.socket.destroy();
    if (outcome === 'reset') return void request.socket.resetAndDestroy();
    answer(response, outcome);
  }

  function answer(response: ServerResponse, { status, headers, body }: Exclude<Outcome, string>): void {
    response.sendDate = false;
    response.writeHead(status, { ...headers, Date: new Date(plan.now()).toUTCString() });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    // A client that breaks off while it sends has sent nothing.
    serve(request, response).catch(() => request.socket.destroy());
  });
  // Idle connections stay open however long a test holds their client up, and what hangs may hang.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });

  const down = async (): Promise<void> => {
    if (!server.listening) return;
    desk.cutPower();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };

  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    down,
    up: async (): Promise<void> => {
      if (!server.listening) await listen(port);
    },
    close: down,
    ...desk.control,
  };
}
