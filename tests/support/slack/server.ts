/** A Slack that is ours: a real HTTP and WebSocket server on 127.0.0.1 that Bolt talks to as it is. It refuses what Slack refuses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import type { Outcome } from './answers.ts';
import { createChat } from './chat.ts';
import { createDeliveries } from './deliveries.ts';
import { createDesk } from './desk.ts';
import { createEvents } from './events.ts';
import { createGestures } from './gestures.ts';
import { type Args, createTellers } from './methods.ts';
import { askedBy, createOAuth } from './oauth.ts';
import type { SlackPlan } from './plan.ts';
import { createReading } from './reading.ts';
import { createResponses } from './responses.ts';
import { createSocketMode } from './socket.ts';
import { createWorld } from './store.ts';
import { createUsers } from './users.ts';
import { createViews } from './views.ts';
import { createWebhooks } from './webhooks.ts';

export type Slack = Awaited<ReturnType<typeof startSlack>>;

/** All the parts, put together; `url` is known once the server listens. */
function assemble(plan: SlackPlan, url: () => string) {
  const world = createWorld(plan);
  const views = createViews(world);
  const gestures = createGestures(world, views);
  const responses = createResponses(world, url);
  const deliveries = createDeliveries(world, () => (webhooks.isOn() ? webhooks.transport : socketMode.transport));
  const socketMode = createSocketMode(world, () => url().replace('http', 'ws'), deliveries);
  const webhooks = createWebhooks(world, deliveries);
  const events = createEvents({ world, deliveries, views, gestures });
  const oauth = createOAuth(world, events.ended);
  const methods = { ...createTellers(world), ...createChat(world), ...views.methods, ...oauth.methods, ...socketMode.methods };
  const desk = createDesk(world, methods);
  const users = createUsers({ world, deliveries, views, responses, gestures });
  const reading = createReading(world, views);
  const controls = { ...socketMode.control, ...webhooks.control, ...deliveries.control, ...oauth.control, ...events.control, ...desk.control };
  return { world, responses, deliveries, socketMode, oauth, desk, control: { ...controls, ...users, ...reading } };
}

export async function startSlack(plan: SlackPlan) {
  let port = 0;
  const address = () => `http://127.0.0.1:${port}`;
  const { world, responses, deliveries, socketMode, oauth, desk, control } = assemble(plan, address);

  async function route(request: IncomingMessage): Promise<Outcome> {
    const { pathname, href } = new URL(request.url ?? '', address());
    const [, area, ...rest] = pathname.split('/');
    if (area === 'oauth' && request.method === 'GET') return oauth.page(askedBy(href));
    const args = await read(request);
    if (area === 'commands') return await desk.respond(args, () => responses.handle(rest[1] ?? '', args));
    if (area !== 'api' || rest.length !== 1) return { status: 404, body: 'no such page' };
    if (args === null) return { status: 200, body: { ok: false, error: 'invalid_form_data' } };
    const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    return await desk.handle({ method: rest[0] ?? '', token: bearer ?? String(args.token ?? ''), args });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const outcome = await route(request);
    if (outcome === 'cut') return void request.socket.destroy();
    if (outcome === 'reset') return void request.socket.resetAndDestroy();
    const { status, headers, body } = outcome;
    response.sendDate = false;
    const type = typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8';
    response.writeHead(status, { 'Content-Type': type, Date: new Date(plan.now()).toUTCString(), ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? { ok: true }));
  }

  const server = createServer((request, response) => {
    // A client that breaks off while it sends has sent nothing.
    serve(request, response).catch(() => request.socket.destroy());
  });
  // Idle connections stay open however long a test holds their client up, and what hangs may hang.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (socketMode.isRefusing()) return void socket.destroy();
    const ticket = new URL(request.url ?? '', address()).searchParams.get('ticket') ?? '';
    sockets.handleUpgrade(request, socket, head, (client) => socketMode.accept(client, ticket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  port = typeof listening === 'object' && listening !== null ? listening.port : 0;

  /** Ends everything, open connections too. */
  const close = async (): Promise<void> => {
    deliveries.end();
    socketMode.end();
    sockets.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  /** `url` is for `slackApiUrl`. */
  const addresses = { url: `${address()}/api/`, authorizeUrl: `${address()}/oauth/v2/authorize`, appId: world.plan.appId ?? 'A0UPRWATCH' };
  return { ...addresses, ...control, close };
}

/** Arguments as a form or as JSON; null when nobody can read them. */
async function read(request: IncomingMessage): Promise<Args | null> {
  const type = request.headers['content-type'] ?? '';
  const body = String(await buffer(request));
  if (!type.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const said: unknown = JSON.parse(body);
    return typeof said === 'object' && said !== null ? (said as Args) : null;
  } catch {
    return null;
  }
}
