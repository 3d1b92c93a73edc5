import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FeedReach, type Fetched, fetchFeed, PUBLIC_REACH } from '../../../src/calendar/feed/fetch.ts';
import { type Answer, aFeedServer } from '../../support/feed-server.ts';

let server: Awaited<ReturnType<typeof aFeedServer>>;
beforeEach(async () => {
  server = await aFeedServer();
});
afterEach(() => server.close());

const unknown = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
const REACH: FeedReach = { ...PUBLIC_REACH, resolve: unknown, allow: new Set(['127.0.0.1']), maxBytes: 1_000, withinMs: 5_000 };
const never = new AbortController().signal;

const ask = (url = server.url, reach: Partial<FeedReach> = {}, etag: string | null = null) => fetchFeed({ url, etag }, { ...REACH, ...reach }, never);
const reasonOf = (got: Fetched) => (got.outcome === 'refused' ? got.reason : got.outcome);
const json = (headers: Record<string, string>, body = '{}'): Answer => {
  return (_request, response) => void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
};

describe('A feed that is well', () => {
  test('comes as its bytes, with its validator and its signature', async () => {
    server.publishes('{"a":1}', { etag: '"7"', headers: { 'x-upr-watch-signature': 'c2ln' } });

    expect(await ask()).toEqual({ outcome: 'fresh', bytes: Buffer.from('{"a":1}'), etag: '"7"', signature: 'c2ln' });
    expect(server.asked[0]?.headers).toMatchObject({ accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'upr-watch' });
  });

  test('is not sent again to whoever has it', async () => {
    server.publishes('{}', { etag: '"7"' });

    expect(await ask(server.url, {}, '"7"')).toEqual({ outcome: 'unchanged' });
  });

  test('with a validator that is none is asked for anew each time', async () => {
    server.answers(json({ etag: 'seven' }));

    expect(await ask()).toMatchObject({ outcome: 'fresh', etag: null });
  });

  test.each(['application/json; charset=utf-8', 'application/vnd.upr+json', 'Application/JSON'])('may be %s', async (type) => {
    server.answers(json({ 'content-type': type }));

    expect((await ask()).outcome).toBe('fresh');
  });
});

describe('An answer is refused', () => {
  test.each<[string, Answer]>([
    ['is not there (302); redirects are not followed, so set CALENDAR_FEED_URL to where it is', (_q, r) => r.writeHead(302, { location: '/x' }).end()],
    ['is not there (304); redirects are not followed, so set CALENDAR_FEED_URL to where it is', (_q, r) => r.writeHead(304).end()],
    ['was answered with status 404', (_q, r) => r.writeHead(404).end()],
    ['was answered with status 503', (_q, r) => r.writeHead(503).end('x'.repeat(100_000))],
    ['was answered with status 204', (_q, r) => r.writeHead(204).end()],
    ['is not sent as application/json', json({ 'content-type': 'text/html' })],
    ['is not sent as application/json', json({ 'content-type': 'application/jsonp' })],
    ['is not sent as application/json', (_q, r) => r.writeHead(200).end('{}')],
    ['is sent compressed, though plain JSON was asked for', json({ 'content-encoding': 'gzip' }, gzipSync('{}').toString('latin1'))],
    ['is larger than 1000 bytes', json({ 'content-length': '1001' }, 'x'.repeat(1_001))],
    ['is larger than 1000 bytes', json({ 'transfer-encoding': 'chunked' }, 'x'.repeat(1_001))],
    ['cannot be reached (ECONNRESET)', (q) => q.socket.destroy()],
    [
      'cannot be reached (ECONNRESET)',
      (_q, r) => void r.writeHead(200, { 'content-type': 'application/json', 'content-length': '9' }).write('{', () => r.destroy()),
    ],
    ['cannot be reached (HPE_HEADER_OVERFLOW)', json({ 'x-long': 'x'.repeat(20_000) })],
  ])('%s', async (reason, answer) => {
    server.answers(answer);

    expect(reasonOf(await ask())).toBe(reason);
    expect(server.asked).toHaveLength(1);
  });

  test('when it is exactly one byte too large, and not when it is as large as it may be', async () => {
    server.publishes('x'.repeat(1_000));

    expect((await ask()).outcome).toBe('fresh');
  });

  test('when it never ends, before more than a few buffers of it were read', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64_000, 0x20);
    server.answers((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });

    expect(reasonOf(await ask(server.url, { maxBytes: 200_000 }))).toBe('is larger than 200000 bytes');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBeLessThan(20_000_000);
  });

  test.each<[string, Answer]>([
    ['no answer', () => undefined],
    [
      'a body a letter at a time',
      (_q, r) => {
        r.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => r.write(' '), 20);
        r.on('close', () => clearInterval(drip));
      },
    ],
  ])('after its time, with %s', async (_what, answer) => {
    server.answers(answer);

    expect(reasonOf(await ask(server.url, { withinMs: 200 }))).toBe('did not arrive within 0.2 seconds');
  });

  test('when its name takes longer than its time', async () => {
    const slow = { resolve: () => new Promise<never>(() => undefined), withinMs: 100 };

    expect(reasonOf(await ask('https://feed.test/', slow))).toBe('did not arrive within 0.1 seconds');
  });

  test('when the bot stops', async () => {
    server.answers(() => stopping.abort());
    const stopping = new AbortController();

    expect((await fetchFeed({ url: server.url, etag: null }, REACH, stopping.signal)).outcome).toBe('refused');
  });

  test('when what answers does not speak HTTP', async () => {
    const sockets: Socket[] = [];
    const other = createServer((socket) => void sockets.push(socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n')));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));

    expect(reasonOf(await ask(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`))).toMatch(/^cannot be reached \(HPE_/);
    other.close();
  });
});

describe('An address is not called', () => {
  test.each(['http://example.org/calendar.json', 'file:///etc/passwd', 'ftp://127.0.0.1/x', 'not an address'])('%s', async (url) => {
    expect((await ask(url)).outcome).toBe('refused');
  });

  test.each([
    'https://10.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://017700000001/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
  ])('%s, which is private however it is written', async (url) => {
    expect(reasonOf(await ask(url, { allow: new Set() }))).toBe('is at an address that is not of the public internet, which is never called');
  });

  test.each([[['127.0.0.1']], [['93.184.215.14', '10.0.0.1']], [['2606:4700:4700::1111', '::1']], [['::ffff:127.0.0.1']]])(
    'of a name that resolves to %j',
    async (addresses) => {
      const resolve = () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

      expect(reasonOf(await ask(`https://feed.test:${server.port}/`, { resolve, allow: new Set() }))).toContain('is never called');
      expect(server.asked).toEqual([]);
    },
  );

  test('that a name is bound to after it was checked: what was checked is what is called', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const resolve = () => Promise.resolve((answers[asked++] ?? []).map((address) => ({ address, family: 4 })));
    server.publishes('{}');

    const got = await ask(`http://feed.test:${server.port}/`, { resolve, allow: new Set(['feed.test', '127.0.0.1']) });

    expect([got.outcome, asked]).toEqual(['fresh', 1]);
    expect(server.asked[0]?.headers.host).toBe(`feed.test:${server.port}`);
  });

  test('of a name that nobody knows, or that has none', async () => {
    expect(reasonOf(await ask('https://feed.test/'))).toBe('has a host whose name is not known');
    expect(reasonOf(await ask('https://feed.test/', { resolve: () => Promise.resolve([]) }))).toBe('has a host without an address');
  });

  test('without TLS where an address says https', async () => {
    server.publishes('{}');

    expect(reasonOf(await ask(server.url.replace('http:', 'https:')))).toMatch(/^cannot be reached \(/);
  });
});

test('A reason never shows the secrets of an address', async () => {
  server.answers((_request, response) => response.writeHead(302, { location: 'https://evil.example/' }).end());
  const secret = server.url.replace('127', 'user:hunter2@127').concat('?key=hunter2');

  const reasons = [await ask(secret), await ask(secret.replace('127.0.0.1', 'feed.test')), await ask(secret.replace('http:', 'https:'))].map(reasonOf);

  expect(reasons.join()).not.toMatch(/hunter2|calendar\.json|evil/);
});
