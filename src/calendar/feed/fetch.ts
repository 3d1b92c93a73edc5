/**
 * One conditional GET of a feed (RFC 9110 §13.1.2) from an address that a stranger may have chosen: over TLS, to a public
 * address that is checked after the name is resolved and then called, without redirects, bounded in size and time. Uses
 * `node:https` and not `fetch`, which cannot be told which address to call.
 */
import type { LookupAddress } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, type Resolve, resolveName } from './address.ts';
import { SIGNATURE_HEADER } from './signature.ts';

export interface FeedReach {
  readonly resolve: Resolve;
  /** Hosts and addresses that may be called although they are not public, also without TLS: a test's own server. */
  readonly allow: ReadonlySet<string>;
  readonly maxBytes: number;
  /** For everything, from the name to the last byte. */
  readonly withinMs: number;
}

export const PUBLIC_REACH: FeedReach = { resolve: resolveName, allow: new Set(), maxBytes: 5_000_000, withinMs: 20_000 };

export type Fetched =
  | { readonly outcome: 'fresh'; readonly bytes: Uint8Array; readonly etag: string | null; readonly signature: string | null }
  | { readonly outcome: 'unchanged' }
  /** `reason` goes on from "the feed …". It shows neither the path nor the query of the address. */
  | { readonly outcome: 'refused'; readonly reason: string };

/** Never rejects: whatever goes wrong is a reason. */
export async function fetchFeed(asked: { readonly url: string; readonly etag: string | null }, reach: FeedReach, signal: AbortSignal): Promise<Fetched> {
  const timeout = AbortSignal.timeout(reach.withinMs);
  const within = AbortSignal.any([signal, timeout]);
  try {
    const url = new URL(asked.url);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reach.allow.has(host))) throw new Refusal('is not at an https address');
    const addresses = await inTime(addressesOf(host, reach), within);
    return await answerOf(await send(url, { etag: asked.etag, addresses, within }), { etag: asked.etag, maxBytes: reach.maxBytes });
  } catch (cause) {
    if (timeout.aborted) return { outcome: 'refused', reason: `did not arrive within ${reach.withinMs / 1_000} seconds` };
    return { outcome: 'refused', reason: cause instanceof Refusal ? cause.message : connectionFault(cause) };
  }
}

class Refusal extends Error {}

/** All addresses of a host, when every one of them may be called: a name with one private address is up to something. */
async function addressesOf(host: string, { resolve, allow }: FeedReach): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0) throw new Refusal('has a host without an address');
  const refused = addresses.some(({ address }) => !allow.has(address) && !isPublicAddress(address));
  if (refused) throw new Refusal('is at an address that is not of the public internet, which is never called');
  return addresses;
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = Promise.withResolvers<never>();
  const abort = () => over.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

interface Sending {
  readonly etag: string | null;
  readonly addresses: readonly LookupAddress[];
  readonly within: AbortSignal;
}

function send(url: URL, { etag, addresses, within }: Sending): Promise<IncomingMessage> {
  // The name is not resolved a second time: what was checked is what is called.
  const lookup: LookupFunction = (_host, { all }, found) =>
    all === true ? found(null, [...addresses]) : found(null, addresses[0]?.address ?? '', addresses[0]?.family);
  const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'upr-watch', ...(etag === null ? {} : { 'if-none-match': etag }) };
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(url, { headers, lookup, agent: false, signal: within });
    sent.once('response', resolve).on('error', reject).end();
  });
}

async function answerOf(answer: IncomingMessage, { etag, maxBytes }: { readonly etag: string | null; readonly maxBytes: number }): Promise<Fetched> {
  try {
    const { statusCode = 0, headers } = answer;
    if (statusCode === 304 && etag !== null) return { outcome: 'unchanged' };
    if (statusCode >= 300 && statusCode < 400)
      throw new Refusal(`is not there (${statusCode}); redirects are not followed, so set CALENDAR_FEED_URL to where it is`);
    if (statusCode !== 200) throw new Refusal(`was answered with status ${statusCode}`);
    if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '')) throw new Refusal('is not sent as application/json');
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new Refusal('is sent compressed, though plain JSON was asked for');
    const signature = headers[SIGNATURE_HEADER];
    const bytes = await bodyOf(answer, maxBytes);
    return { outcome: 'fresh', bytes, etag: validatorOf(headers.etag), signature: typeof signature === 'string' ? signature.trim() : null };
  } finally {
    answer.destroy();
  }
}

/** Counted as it comes; not a byte more than a chunk past the limit is kept. */
async function bodyOf(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new Refusal(`is larger than ${maxBytes} bytes`);
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An entity tag as RFC 9110 §8.8.3 writes it, of bounded length; anything else is as if there were none. */
function validatorOf(etag: string | undefined): string | null {
  return etag !== undefined && etag.length <= 200 && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
}

/** By the code alone: messages of the network hold addresses. */
function connectionFault(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND') return 'has a host whose name is not known';
  return `cannot be reached (${typeof code === 'string' ? code : 'no connection'})`;
}
