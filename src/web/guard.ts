/** What is turned away before anything of ours looks at it. Routes of platforms look after themselves: they know who may ask. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { createPace } from './pace.ts';
import { pathFault } from './path.ts';

export interface GuardDeps {
  /** The address on which we listen. */
  readonly host: string;
  readonly publicUrl: string | null;
  /** A proxy of the operator stands in front of us and writes, last in X-Forwarded-For, who asks. */
  readonly trustProxy: boolean;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Null for a request that may be answered. */
export type Guard = (request: IncomingMessage) => Refusal | null;

/** A page with its style and picture is three requests; a whole office may sit behind one address. */
const PACE = { burst: 240, perSecond: 20, addresses: 10_000 };

/** Asked by machines that know us by an address or a name of their own network; they say nothing of anybody. */
const FOR_MACHINES = ['/healthz', '/readyz', '/metrics'];

/** A calendar is written anew for each filter: up to a tenth of a second's work. */
const WRITTEN_ANEW = 10;

function costOf(path: string): number {
  return path === '/calendar.ics' || path === '/changes.atom' || path.startsWith('/private/') ? WRITTEN_ANEW : 1;
}

export function createGuard({ host, publicUrl, trustProxy, clock }: GuardDeps): Guard {
  const pace = createPace(PACE, clock);
  const names = namesOf(host, publicUrl);
  return (request) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    // Nobody reads the body, so nobody waits for it either.
    if (hasBody(request)) return refusal(413, 'No body is taken here.', { connection: 'close' });
    if (path === '/healthz' && isReading(request)) return null; // whoever looks after the process must never be told to wait
    const wait = pace.take(askerOf(request, trustProxy), costOf(path));
    if (wait > 0) return refusal(429, 'Too many requests; please wait a little.', { 'retry-after': String(wait) });
    if (!isReading(request)) return refusal(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
    const fault = pathFault(request.url ?? '');
    if (fault !== null) return fault === 'long' ? refusal(414, 'This address is too long.') : refusal(404, 'There is nothing here.');
    if (FOR_MACHINES.includes(path) || names.has(request.headers.host)) return null;
    return refusal(421, 'This server is not known by that name; PUBLIC_URL says by which.');
  };
}

function refusal(status: number, text: string, headers: Refusal['headers'] = {}): Refusal {
  return { status, text: `${text}\n`, headers };
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** RFC 9112 §6: a request has a body if one of these is there. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** Who asks, as one who is counted. What a client writes into X-Forwarded-For stands before what the proxy adds. */
function askerOf({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() : undefined;
  return networkOf(forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : (socket.remoteAddress ?? ''));
}

/** Whoever has an address of IPv6 has 2^64 of them: the network counts (RFC 6177). */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [front = '', back] = address.replace(/%.*$/, '').split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  const whole = [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** By which names we may be asked; a page of another that leads its name to us is not let in (DNS rebinding). */
function namesOf(host: string, publicUrl: string | null): { has(header: string | undefined): boolean } {
  const everywhere = host === '0.0.0.0' || host === '::';
  const own = new Set(['localhost', '127.0.0.1', '[::1]', (isIP(host) === 6 ? `[${host}]` : host).toLowerCase()]);
  if (publicUrl !== null) own.add(new URL(publicUrl).hostname.toLowerCase());
  return {
    has: (header) => {
      const name = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '')?.[1]?.toLowerCase();
      return name !== undefined && (own.has(name) || (everywhere && isIP(name.replace(/^\[|\]$/g, '')) !== 0));
    },
  };
}
