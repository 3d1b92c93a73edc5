import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { createGuard, type GuardDeps } from '../../../src/web/guard.ts';
import { createPace } from '../../../src/web/pace.ts';
import { pathFault } from '../../../src/web/path.ts';
import { aClock } from '../../support/a-clock.ts';
import { aWeb } from '../../support/a-web.ts';
import { factsOf } from '../../support/edits/files.ts';
import { FIRST } from '../../support/edits/sheet.ts';

const NOW = Date.parse('2026-02-10T09:00:00Z');

function aGuard(deps: Partial<GuardDeps> = {}) {
  const clock = aClock(0);
  const guard = createGuard({ host: '127.0.0.1', publicUrl: 'https://upr.example', trustProxy: false, clock, ...deps });
  const ask = (url: string, headers: Record<string, string> = {}, from = '203.0.113.7') =>
    guard({ url, method: 'GET', headers: { host: 'upr.example', ...headers }, socket: { remoteAddress: from } } as unknown as IncomingMessage)?.status ?? 200;
  return { clock, ask };
}

/** How many of so many are answered. */
const answered = (times: number, ask: () => number) => Array.from({ length: times }, ask).filter((status) => status === 200).length;

describe('Who asks too often', () => {
  test('waits, by address, and for calendars sooner; whoever looks after the process never does', () => {
    const { clock, ask } = aGuard();
    expect(answered(300, () => ask('/'))).toBe(240);
    expect([ask('/'), ask('/', {}, '203.0.113.8'), ask('/healthz')]).toEqual([429, 200, 200]);
    clock.pass(1_000);
    expect(answered(300, () => ask('/'))).toBe(20);
    expect(answered(300, () => ask('/calendar.ics', {}, '203.0.113.9'))).toBe(24);
  });

  test('is a network where the address is of IPv6, and the same in its two ways of writing', () => {
    const { ask } = aGuard();
    let host = 0;
    expect(answered(300, () => ask('/', {}, `2001:db8::${(++host).toString(16)}`))).toBe(240);
    expect([ask('/', {}, '2001:0db8:0:0:ffff::1'), ask('/', {}, '2001:db8:0:1::1')]).toEqual([429, 200]);
  });

  test('is who the proxy says only where it is trusted, and then the last that it wrote', () => {
    let number = 0;
    const other = () => ({ 'x-forwarded-for': `198.51.100.${++number % 250}` });
    const forged = () => ({ 'x-forwarded-for': `198.51.100.${++number % 250}, 192.0.2.1` });
    const [open, trusting] = [aGuard(), aGuard({ trustProxy: true })];
    expect(answered(500, () => open.ask('/', other()))).toBe(240);
    expect(answered(500, () => trusting.ask('/', other()))).toBe(500);
    expect(answered(500, () => trusting.ask('/', forged()))).toBe(240);
  });

  test('is remembered among ten thousand and no more', () => {
    const pace = createPace({ burst: 1, perSecond: 0.1, addresses: 3 }, aClock(0));
    expect(['a', 'b', 'c', 'a', 'd', 'a', 'b'].map((who) => pace.take(who, 1))).toEqual([0, 0, 0, 10, 0, 10, 0]);
  });
});

test('A name that is not ours is turned away, so that no page elsewhere can lead its name to us; machines may use any', () => {
  const { ask } = aGuard();
  for (const host of ['upr.example', 'UPR.example:443', '127.0.0.1:3000', 'localhost', '[::1]:3000']) expect([host, ask('/', { host })]).toEqual([host, 200]);
  for (const host of ['evil.example', 'upr.example.evil.example', '127.0.0.1@evil.example', '', 'a b', '10.0.0.1'])
    expect([host, ask('/', { host })]).toEqual([host, 421]);
  expect(ask('/metrics', { host: 'upr-watch-1:3000' })).toBe(200);
  expect(aGuard({ host: '0.0.0.0' }).ask('/', { host: '10.0.0.1:3000' })).toBe(200);
});

test('An address that would have to be tidied first is none of ours', () => {
  for (const path of ['/', '/states/USA', '/states/C%C3%B4te%20d%E2%80%99Ivoire', '/calendar.ics?state=a/../b'])
    expect([path, pathFault(path)]).toEqual([path, null]);
  const odd = ['', '//', '/a//b', '/a/', '/./a', '/a/..', '/%2e%2e/a', '/a%2fb', '/a%5cb', '/a\\b', '/a%00', '/%', '/%ff', 'http://evil.example/', '*'];
  for (const path of odd) expect([path, pathFault(path)]).toEqual([path, 'odd']);
  expect(pathFault(`/?${'a'.repeat(2_100)}`)).toBe('long');
});

describe('The server', () => {
  test('sets no cookie, lets nothing be framed, loaded or guessed, and says of a fault only that there was one', async () => {
    const site = await aWeb({ facts: factsOf(FIRST), now: NOW });
    for (const path of ['/healthz', '/calendar.ics', '/changes.atom', '/calendar.json', '/nothing', '/robots.txt']) {
      const { headers } = await fetch(`${site.url}${path}`);
      expect([headers.get('set-cookie'), headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([null, 'nosniff', 'no-referrer']);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    }
    expect(await (await fetch(`${site.url}/robots.txt`)).text()).toContain('Disallow: /private/');
    await site.store.close();
    await site.reviseTo(factsOf(FIRST)).catch(() => undefined);
    const broken = await fetch(`${site.url}/private/AAAAAAAAAAAAAAAAAAAAAA.ics`);
    expect([broken.status, await broken.text()]).toEqual([500, 'Something went wrong here.\n']);
    expect(site.logged()).toContain('A page could not be shown');
    expect(site.logged()).not.toContain('AAAAAAAAAA');
  });

  test('waits for no body and speaks no other protocol on the same connection', async () => {
    const { port } = await aWeb({ facts: factsOf(FIRST), now: NOW });
    for (const [header, status] of [
      ['Content-Length: 9999', '413'],
      ['Connection: Upgrade\r\nUpgrade: websocket', '404'],
    ]) {
      const socket = connect(port, '127.0.0.1');
      const closed = once(socket, 'close');
      socket.write(`GET /none HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`);
      expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      await closed;
    }
  });
});

describe('What machines ask', () => {
  test('/readyz says of the store and the ticks whether they are well', async () => {
    const site = await aWeb({ facts: factsOf(FIRST), now: NOW });
    const asked = async () => {
      const response = await fetch(`${site.url}/readyz`);
      return [response.status, await response.text()];
    };
    expect(await asked()).toEqual([200, 'store: ok\ntick: ok\n']);
    site.clock.pass(121_000);
    expect(await asked()).toEqual([503, 'store: ok\ntick: none for 121 seconds\n']);
    site.pulse.ticked();
    expect((await asked())[0]).toBe(200);
  });

  test('/metrics has the gauges of the calendar and the ticks, and labels of closed sets only', async () => {
    const site = await aWeb({ facts: factsOf(FIRST), now: NOW });
    site.clock.pass(5_000);
    const response = await fetch(`${site.url}/metrics`);
    const numbers = await response.text();

    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of ['upr_watch_calendar_revision 1', 'upr_watch_calendar_age_seconds 5', 'upr_watch_tick_age_seconds 5', 'upr_watch_alerts_waiting 0'])
      expect(numbers.split('\n')).toContain(line);
    const labels = new Set([...numbers.matchAll(/\{([a-z_]+)=/g)].map(([, label]) => label));
    expect([...labels].filter((label) => !['state', 'platform', 'outcome', 'le'].includes(label ?? ''))).toEqual([]);
  });
});
