import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Route } from '../../../src/adapters/adapter.ts';
import { createLog } from '../../../src/lib/log.ts';
import { createWeb } from '../../../src/web/listener.ts';
import { aClock } from '../../support/a-clock.ts';

function aWeb(routes: readonly Route[] = [], port = 0) {
  const lines: string[] = [];
  const clock = aClock(0);
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const web = createWeb({ host: '127.0.0.1', port, routes, site: null, clock, log });
  onTestFinished(() => web.stop());
  web.start();
  const listens = async () => {
    await expect.poll(web.address).not.toBeNull();
    return `http://127.0.0.1:${web.address()?.port}`;
  };
  return { web, clock, lines, listens };
}

describe('The web server', () => {
  test('says that the process lives, and knows nothing else', async () => {
    const url = await aWeb().listens();

    const asked = async (path: string, method = 'GET') => {
      const response = await fetch(`${url}${path}`, { method });
      return [response.status, await response.text(), response.headers.get('content-type')];
    };

    expect(await asked('/healthz')).toEqual([200, 'ok', 'text/plain; charset=UTF-8']);
    expect(await asked('/healthz', 'HEAD')).toEqual([200, '', 'text/plain; charset=UTF-8']);
    const nothing = [404, 'There is nothing here.\n', 'text/plain; charset=UTF-8'];
    for (const path of ['/', '/healthz/', '/../healthz/x', '/slack/events', '/%2e%2e/.env', '//', '/healthz%00']) expect(await asked(path)).toEqual(nothing);
    expect(await asked('/healthz', 'POST')).toEqual(nothing);
  });

  test('gives an adapter its requests as they came, and keeps what it must not decide', async () => {
    const heard: unknown[] = [];
    const route: Route = {
      path: '/slack/events',
      handle: async (request, response) => {
        heard.push([request.method, request.url, request.headers['x-slack-signature'], String(await buffer(request))]);
        response.writeHead(202, { 'Content-Type': 'application/json' }).end('{}');
      },
    };
    const url = await aWeb([route]).listens();

    const body = 'payload=%7B%7D';
    const response = await fetch(`${url}/slack/events?a=1`, { method: 'POST', body, headers: { 'x-slack-signature': 'v0=abc' } });

    expect([response.status, await response.text(), heard]).toEqual([202, '{}', [['POST', '/slack/events?a=1', 'v0=abc', body]]]);
    const secure = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options', 'cache-control'];
    for (const answer of [response, await fetch(`${url}/healthz`)]) expect(secure.filter((name) => !answer.headers.has(name))).toEqual([]);
    expect((await fetch(`${url}/slack/events/more`)).status).toBe(404);
  });

  test.each<[string, Route['handle'], number]>([
    [
      'throws',
      () => {
        throw new Error('a bug');
      },
      500,
    ],
    ['rejects', async () => Promise.reject(new Error('a bug')), 500],
  ])('stays up when an adapter %s, and shows nobody why', async (_, handle, status) => {
    const { listens, lines } = aWeb([{ path: '/broken', handle }]);
    const url = await listens();

    const response = await fetch(`${url}/broken`);

    expect([response.status, await response.text()]).toEqual([status, 'Something went wrong here.\n']);
    expect(lines.filter((line) => line.includes('could not be answered') && line.includes('a bug'))).toHaveLength(1);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('breaks off an answer that an adapter began and could not end', async () => {
    const handle: Route['handle'] = async (_, response) => {
      response.write('half');
      throw new Error('a bug');
    };
    const url = await aWeb([{ path: '/half', handle }]).listens();

    await expect(fetch(`${url}/half`).then((response) => response.text())).rejects.toThrow();
  });

  test('is not brought down by what is no HTTP', async () => {
    const url = await aWeb().listens();
    for (const text of ['\u0000\u0001\u0002\r\n\r\n', 'GET /healthz HTTP/1.1\r\n\r\n', 'GET http://[ HTTP/1.1\r\nHost: [\r\n\r\n']) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
      socket.end(text);
      await once(socket.resume(), 'close');
    }

    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('A port that somebody else has', () => {
  test('is said once, tried every five seconds, and taken when it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { web, clock, lines } = aWeb([], port);
    const said = (text: string) => lines.filter((line) => line.includes(text)).length;

    await expect.poll(() => said('Another process has the PORT')).toBe(1);
    for (let round = 0; round < 3; round += 1) {
      clock.pass(5_000);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect([web.address(), said('Another process has the PORT')]).toEqual([null, 1]);
    await new Promise((resolve) => other.close(resolve));
    await expect
      .poll(() => {
        clock.pass(5_000);
        return web.address()?.port;
      })
      .toBe(port);

    expect([said('The web server listens'), (await fetch(`http://127.0.0.1:${port}/healthz`)).status]).toEqual([1, 200]);
  });

  test('is not waited for by one that stops', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { web, lines } = aWeb([], (other.address() as AddressInfo).port);
    await expect.poll(() => lines).toHaveLength(1);

    await web.stop();

    expect(web.address()).toBeNull();
  });
});

describe('A web server that stops', () => {
  test('lets what it answers end, takes nothing new, and waits for nobody longer than a second', async () => {
    let end = () => {};
    const asked = Promise.withResolvers<void>();
    const routes: Route[] = [
      {
        path: '/slow',
        handle: async (_, response) => {
          end = () => void response.end('done');
          asked.resolve();
        },
      },
      { path: '/never', handle: async (_, response) => void response.write('…') },
    ];
    const { web, listens } = aWeb(routes);
    const url = await listens();
    const slow = fetch(`${url}/slow`).then((response) => response.text());
    const never = fetch(`${url}/never`)
      .then((response) => response.text())
      .catch(() => 'broken off');
    await asked.promise;

    const began = performance.now();
    const stopped = web.stop();
    end();

    expect(await slow).toBe('done');
    await stopped;
    expect([await never, web.address(), performance.now() - began < 3_000]).toEqual(['broken off', null, true]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await web.stop();
  });

  test('stops at once when nobody asks, though connections are kept alive', async () => {
    const { web, listens } = aWeb();
    await fetch(`${await listens()}/healthz`);

    const began = performance.now();
    await web.stop();

    expect(performance.now() - began).toBeLessThan(900);
  });
});
