/** Our own web server: what platforms ask of it, untouched, and the few pages of the house. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Route } from '../adapters/adapter.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { createGuard, type Refusal } from './guard.ts';
import { createHealth } from './health.ts';

export interface WebDeps {
  readonly host: string;
  /** 0 = any that is free. */
  readonly port: number;
  /** Of platforms: whatever comes there is theirs to judge. */
  readonly routes: readonly Route[];
  /** Our own, behind the guard as pages are. */
  readonly own?: readonly Route[];
  /** Left out: only what there is of health. */
  readonly pages?: Hono;
  readonly publicUrl?: string | null;
  /** False where left out. */
  readonly trustProxy?: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Web {
  /** Begins to listen; where the address is taken, it is tried again until it is free or nobody wants it any more. */
  start(): void;
  /** Where it listens; null while it does not. */
  address(): AddressInfo | null;
  /** What is being answered has a second to end. */
  stop(): Promise<void>;
}

const TRY_AGAIN = 5_000;
const LAST_ANSWERS = 1_000;

/** Nothing of a page may be loaded, framed, kept or guessed, unless the page itself says otherwise. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
};

/** Slow and many askers hold no more than this; a header is as long as Slack's longest and some. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 };
const MOST_HEADERS = 100;
const MOST_CONNECTIONS = 1_000;
const SILENCE = 60_000;

export function createWeb(deps: WebDeps): Web {
  const { host, port, clock, log } = deps;
  const server = createServer(LIMITS, answering(deps));
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(SILENCE);
  // A connection that the machine could not take, for want of descriptors: whoever asked asks again.
  server.on('error', () => undefined);
  const stopping = new AbortController();
  let trying: Promise<void> = Promise.resolve();

  /** Resolves with what is wrong with the address, or with nothing. */
  const listen = () =>
    new Promise<string | null>((resolve) => {
      const failed = (cause: NodeJS.ErrnoException) => resolve(cause.code ?? cause.message);
      server.once('error', failed);
      server.listen({ host, port }, () => {
        server.off('error', failed);
        resolve(null);
      });
    });

  async function untilItListens(): Promise<void> {
    for (let before: string | null = null; !stopping.signal.aborted; ) {
      const fault = await listen();
      if (fault === null) {
        const at = server.address() as AddressInfo;
        return log.info({ host: at.address, port: at.port }, 'The web server listens');
      }
      if (fault !== before) log.warn({ host, port, code: fault }, `${FAULTS[fault] ?? 'The web server cannot listen'}; it is tried again every five seconds`);
      before = fault;
      await clock.sleep(TRY_AGAIN, stopping.signal);
    }
  }

  return {
    start: () => {
      trying = untilItListens();
    },
    address: () => server.address() as AddressInfo | null,
    stop: async () => {
      stopping.abort();
      await trying;
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      const late = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS);
      await closed;
      clearTimeout(late);
    },
  };
}

const FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another process has the PORT of the web server; where it is another UPR Watch, this one takes over when that one ends',
  EACCES: 'This user may not use the PORT of the web server; choose one above 1023',
  EADDRNOTAVAIL: 'HOST is no address of this machine; 127.0.0.1 and 0.0.0.0 always are',
  ENOTFOUND: 'HOST is no address of this machine; 127.0.0.1 and 0.0.0.0 always are',
};

const WRONG = 'Something went wrong here.\n';

/** A route of an adapter gets request and response as they came, no body read; everything else is a page. */
function answering({ routes, own = [], pages = createHealth(), log, host, publicUrl = null, trustProxy = false, clock }: WebDeps): RequestListener {
  const byPath = (some: readonly Route[]) => new Map(some.map((route) => [route.path, route]));
  const [ofPlatforms, ofOurs] = [byPath(routes), byPath(own)];
  const guard = createGuard({ host, publicUrl, trustProxy, clock });
  pages.onError((cause, context) => {
    log.error({ err: cause }, 'A page could not be shown');
    return context.text(WRONG, 500);
  });
  const page = getRequestListener(pages.fetch);
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // We speak nothing else, and what follows on such a connection is not heard any more.
    if (request.headers.upgrade !== undefined) response.setHeader('Connection', 'close');
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const ofPlatform = ofPlatforms.get(path);
    const refusal = ofPlatform === undefined ? guard(request) : null;
    if (refusal !== null) return refuse(refusal, response);
    const route = ofPlatform ?? ofOurs.get(path);
    if (route === undefined) return void page(request, response);
    void handled(route, request, response).catch((cause: unknown) => {
      log.error({ err: cause, path: route.path }, 'A request over the web could not be answered');
      fail(response);
    });
  };
}

/** What an adapter throws at once counts like what it rejects with. */
async function handled(route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await route.handle(request, response);
}

function fail(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(WRONG);
}

function refuse({ status, text, headers }: Refusal, response: ServerResponse): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8', ...headers }).end(text);
}
