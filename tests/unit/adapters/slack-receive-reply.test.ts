import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createReplies } from '../../../src/adapters/slack/reply.ts';

/** An address that answers so, one after another, and what was said by it. */
async function anAddress(...statuses: readonly number[]) {
  const left = [...statuses];
  const told: unknown[] = [];
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)));
    response.writeHead(left.shift() ?? 200).end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { told, address: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, since: 1_000 } };
}
const said = { text: 'Kenya', blocks: [] };

test('an address is used five times and no more', async () => {
  const { told, address } = await anAddress();
  const replies = createReplies(() => 1_000);

  const taken = [];
  for (const _ of [1, 2, 3, 4, 5, 6, 7]) taken.push(await replies.say(address, said));

  expect(taken).toEqual([true, true, true, true, true, false, false]);
  expect(told.length).toBe(5);
  expect(replies.open(address)).toBe(false);
});

test('an address is used for less than half an hour', async () => {
  const { told, address } = await anAddress();
  let now = 1_000;
  const replies = createReplies(() => now);

  now += 29 * 60_000;
  expect(await replies.say(address, said)).toBe(true);
  now += 60_000;
  expect(await replies.say(address, said)).toBe(false);
  expect([told.length, replies.open(address), replies.open(null)]).toEqual([1, false, false]);
});

test.each([
  ['refuses', [404], false, 1],
  ['is unwell for a moment', [503], true, 2],
  ['is unwell', [500, 502], false, 2],
  ['sends somebody elsewhere', [302, 302], false, 1],
])('an address that %s', async (_, statuses, taken, times) => {
  const { told, address } = await anAddress(...statuses);

  expect(await createReplies(() => 1_000).say(address, said)).toBe(taken);
  expect(told.length).toBe(times);
});

test('what is said is for the person alone, or takes the place of what was pressed', async () => {
  const { told, address } = await anAddress();
  const replies = createReplies(() => 1_000);

  await replies.say(address, said);
  await replies.say(address, said, { replace: true });

  expect(told).toEqual([
    { ...said, response_type: 'ephemeral', replace_original: false },
    { ...said, response_type: 'ephemeral', replace_original: true },
  ]);
});

test('an address where nobody is does not throw', async () => {
  expect(await createReplies(() => 1_000).say({ url: 'http://127.0.0.1:9/', since: 1_000 }, said)).toBe(false);
});
