import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFeedPage } from '../../../src/calendar/feed/publish.ts';
import { feedRoute } from '../../../src/web/calendar-feed.ts';
import { shippedFacts } from '../../support/shipped.ts';

const PUBLISHED = Date.UTC(2026, 10, 24);

test('The calendar in force is at /calendar.json, is not sent again to whoever has it, and cannot be written', async () => {
  const facts = await shippedFacts();
  const page = createFeedPage(null);
  const route = feedRoute(async (tag) => page({ facts, published: PUBLISHED }, tag));
  const server = createServer((request, response) => void route.handle(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.json`;

  const first = await fetch(url);
  const etag = first.headers.get('etag') ?? '';
  const body = (await first.json()) as { format: string; sessions: readonly unknown[] };
  const again = await fetch(url, { headers: { 'If-None-Match': etag } });
  const written = await fetch(url, { method: 'POST', body: '{}' });

  expect([first.status, body.format, body.sessions.length]).toEqual([200, 'upr-watch-calendar', facts.sessions.size]);
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
