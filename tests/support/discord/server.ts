/** A Discord that is ours: a real HTTP server and gateway on 127.0.0.1 that discord.js talks to as it is. It refuses what Discord refuses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { createDesk, type Outcome } from './desk.ts';
import { createGateway } from './gateway.ts';
import { createInteractions } from './interactions.ts';
import { createRoutes, type Incoming } from './rest.ts';
import { createWorld, type DiscordPlan } from './store.ts';
import { createUsers } from './users.ts';
import { createView } from './view.ts';

const API = /^\/api\/v10(\/[^?]*)/;

export type Discord = ReturnType<typeof createUsers> &
  ReturnType<typeof createView> &
  ReturnType<typeof createGateway>['control'] &
  ReturnType<typeof createDesk>['control'] & {
    /** For `rest.api` of discord.js, followed by `/api`. */
    readonly url: string;
    readonly gatewayUrl: string;
    /** Ends everything, open connections too. */
    close(): Promise<void>;
  };

export async function startDiscord(plan: DiscordPlan): Promise<Discord> {
  const world = createWorld(plan);
  let port = 0;
  const gatewayUrl = () => `ws://127.0.0.1:${port}/gateway`;
  const gateway = createGateway(world, gatewayUrl);
  const interactions = createInteractions(world);
  const desk = createDesk(world, createRoutes({ world, gateway, interactions, url: gatewayUrl }));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const outcome = await desk.handle(await read(request), request.headers.authorization ?? '');
    if (outcome === 'cut') return void request.socket.destroy();
    if (outcome === 'reset') return void request.socket.resetAndDestroy();
    answer(response, outcome);
  }

  function answer(response: ServerResponse, { status, headers, body }: Exclude<Outcome, string>): void {
    response.sendDate = false;
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { ...(body === undefined ? {} : { 'Content-Type': type }), ...headers, Date: new Date(plan.now()).toUTCString() });
    response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    // A client that breaks off while it sends has sent nothing.
    serve(request, response).catch(() => request.socket.destroy());
  });
  // Idle connections stay open however long a test holds their client up, and what hangs may hang.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const sockets = new WebSocketServer({ server, path: '/gateway' });
  sockets.on('connection', gateway.accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;

  const end = async (): Promise<void> => {
    gateway.end();
    sockets.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const addresses = { url: `http://127.0.0.1:${port}`, gatewayUrl: gatewayUrl() };
  return { ...addresses, ...gateway.control, ...desk.control, ...createUsers(world, gateway, interactions), ...createView(world, gateway), close: end };
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  const type = request.headers['content-type'] ?? '';
  const bytes = await buffer(request);
  const shared = { method: request.method ?? '', path: API.exec(decodeURIComponent(pathname))?.[1] ?? pathname, query: searchParams };
  if (!type.startsWith('multipart/')) return { ...shared, body: bytes.length === 0 ? undefined : JSON.parse(String(bytes)), files: 0 };
  const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData();
  const files = [...form.keys()].filter((key) => key.startsWith('files[')).length;
  return { ...shared, body: JSON.parse(String(form.get('payload_json'))), files };
}
