/** Our own web server: what platforms ask of it, untouched, and the few pages of the house. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Route } from '../adapters/adapter.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { createHealth } from './health.ts';
import { addPages, type SiteDeps } from './site.ts';

export interface WebDeps {
  readonly host: string;
  /** 0 = any that is free. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** The pages for people; null where nobody asked for them. */
  readonly site: SiteDeps | null;
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
  'Cache-Control': 'no-store',
};

export function createWeb({ host, port, routes, site, clock, log }: WebDeps): Web {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, answering({ routes, site, log }));
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

/** A route of an adapter gets request and response as they came, no body read; everything else is a page. */
function answering({ routes, site, log }: Pick<WebDeps, 'routes' | 'site' | 'log'>): RequestListener {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  const app = createHealth();
  if (site !== null) addPages(app, site);
  const pages = getRequestListener(app.fetch);
  return (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const route = byPath.get((request.url ?? '').split('?', 1)[0] ?? '');
    if (route === undefined) return void pages(request, response);
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
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Something went wrong here.\n');
}
