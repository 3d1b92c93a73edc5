import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ChatError } from '../../../src/adapters/adapter.ts';
import { createSocketEars } from '../../../src/adapters/slack/listen-socket.ts';
import { createLog } from '../../../src/lib/log.ts';
import { APP, aSlack, upr } from '../../support/slack/a-slack.ts';
import { aListener, answering, aReceiver } from './a-slack-listener.ts';

const kenya = () => answering('Kenya');

test.each(['warning', 'refresh_requested'] as const)('a connection is opened in the place of one that Slack ends: %s', async (reason) => {
  const { slack, lost } = await aListener(kenya);

  slack.disconnect(reason);
  await expect.poll(() => slack.socketMode().opened).toBe(2);
  await expect.poll(() => slack.connections()).toBe(1);

  expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
  expect(lost).toEqual([]);
  expect(slack.violations()).toEqual([]);
});

test('a connection that breaks is opened anew, and what was sent meanwhile comes again', async () => {
  const { slack, heard } = await aListener(kenya);
  slack.refuseConnections();

  slack.cut();
  await expect.poll(() => slack.connections()).toBe(0);
  const opening = slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'home' });
  expect(await slack.command(upr)).toMatchObject({ acked: false, error: 'dispatch_failed' });
  slack.refuseConnections(false);
  await expect.poll(() => slack.connections(), { timeout: 10_000 }).toBe(1);
  await opening;
  await expect.poll(() => heard.map(({ type }) => type)).toEqual(['home']);

  expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
});

test('an outage of Slack does not end it', async () => {
  const { slack, lost, lines } = await aListener(kenya);
  slack.fail('apps.connections.open', { kind: 'status', status: 503 }, { kind: 'limited', retryAfterMs: 2_000 });

  slack.cut();
  await expect.poll(() => slack.socketMode().opened, { timeout: 20_000 }).toBe(2);

  expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
  expect(lost).toEqual([]);
  expect(lines.filter((line) => line.includes('it is tried again')).length).toBe(2);
  expect(lines.join()).not.toMatch(/xapp|ticket=/);
});

test.each([
  ['its token is not accepted any more', 'SLACK_APP_TOKEN', 'refresh_requested'],
  ['Socket Mode is switched off', 'switched off', 'link_disabled'],
] as const)('it is lost when %s', async (_, advice, reason) => {
  const { slack, lost } = await aListener(kenya);
  slack.fail('apps.connections.open', { kind: 'error', code: 'invalid_auth' });

  slack.disconnect(reason);
  await expect.poll(() => lost).toMatchObject([{ reason: 'fatal', message: expect.stringContaining(advice) }]);

  await expect.poll(() => slack.connections()).toBe(0);
});

test.each([
  [{ appToken: 'xapp-1-wrong' }, 'SLACK_APP_TOKEN'],
  [{ botToken: 'xoxb-wrong' }, 'SLACK_BOT_TOKEN'],
  [{ appToken: null }, 'SLACK_APP_TOKEN'],
])('a bad setting ends the start at once, with what to do: %j', async (config, advice) => {
  const { slack, start, lines } = await aReceiver(kenya, { config });

  const failure = await start().catch((cause: unknown) => cause);

  expect(failure).toBeInstanceOf(ChatError);
  expect(failure).toMatchObject({ reason: 'fatal', message: expect.stringContaining(advice) });
  expect(`${(failure as Error).message} ${lines.join()}`).not.toMatch(/wrong/);
  expect([slack.connections(), slack.socketMode().opened]).toEqual([0, 0]);
});

test.each<[string, object, object]>([
  ['limited', { kind: 'limited', retryAfterMs: 7_000 }, { reason: 'rate-limited', retryAfterMs: 7_000 }],
  ['unwell', { kind: 'status', status: 502 }, { reason: 'unavailable' }],
  ['cut', { kind: 'reset-after' }, { reason: 'unavailable' }],
])('a start that Slack cannot serve now can be tried later: %s', async (_, fault, why) => {
  const { slack, start } = await aReceiver(kenya);
  slack.fail('apps.connections.open', fault as Parameters<typeof slack.fail>[1]);

  await expect(start()).rejects.toMatchObject(why);
  await start();

  expect(await slack.command(upr)).toMatchObject({ text: 'Kenya' });
});

test('nothing is open after it was stopped', async () => {
  const { slack, receiver } = await aListener(kenya);

  await receiver.stop();
  await expect.poll(() => slack.connections()).toBe(0);
  slack.disconnect();

  expect(await slack.command(upr)).toMatchObject({ acked: false });
  expect(slack.socketMode().opened).toBe(1);
});

test.each<[string, Parameters<Awaited<ReturnType<typeof aSlack>>['slack']['fail']>[1]]>([
  ['asks for an address', { kind: 'hang' }],
  ['shakes hands', { kind: 'slow', ms: 100 }],
])('nothing is opened once it was stopped while it %s', async (_, fault) => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const { slack, receiver } = await aListener(kenya);
  slack.fail('apps.connections.open', fault);
  slack.cut();
  await expect.poll(() => slack.requests('apps.connections.open').length).toBe(2);

  await receiver.stop();
  slack.release();
  await new Promise((resolve) => setTimeout(resolve, 300));

  expect(slack.connections()).toBe(0);
  expect(timers() - before, 'a few of the Slack of ours, and none that opens anything').toBeLessThan(5);
});

test('a start that is stopped ends, and leaves nothing open', async () => {
  const { slack, receiver, start } = await aReceiver(kenya);
  slack.fail('apps.connections.open', { kind: 'hang' });
  const starting = start().catch((cause: unknown) => cause);
  await expect.poll(() => slack.requests('apps.connections.open').length).toBe(1);

  await receiver.stop();
  expect(await starting).toBeInstanceOf(ChatError);
  slack.release();
  await start();

  expect(slack.connections()).toBe(1);
});

test('a connection that is dead though it is open is found and replaced', async () => {
  const { slack } = await aSlack();
  const lost: unknown[] = [];
  const ears = createSocketEars({
    appToken: APP,
    apiUrl: slack.url,
    log: createLog('silent'),
    hear: () => undefined,
    lost: (why) => lost.push(why),
    pongWithinMs: 150,
  });
  await ears.start();
  onTestFinished(() => ears.stop());

  slack.freeze();

  await expect.poll(() => slack.socketMode().opened, { timeout: 10_000 }).toBe(2);
  expect(lost).toEqual([]);
});

test('a server that says nothing when it should say goodbye is not waited for', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const ears = createSocketEars({
    ...{ appToken: APP, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` },
    ...{ log: createLog('silent'), hear: () => undefined, lost: () => undefined },
  });
  const starting = ears.start().catch((cause: unknown) => cause);
  await once(server, 'request');

  await ears.stop();

  expect(await starting).toMatchObject({ reason: 'unavailable' });
  server.closeAllConnections();
});

test('a process ends when it was stopped, whatever it was about', async () => {
  const { slack } = await aSlack();
  const ears = new URL('../../../src/adapters/slack/listen-socket.ts', import.meta.url);
  const log = new URL('../../../src/lib/log.ts', import.meta.url);
  const script = `
    import { createSocketEars } from '${ears}';
    import { createLog } from '${log}';
    const ears = createSocketEars({ appToken: '${APP}', apiUrl: '${slack.url}', log: createLog('silent'), hear() {}, lost() {} });
    await ears.start();
    console.log('open');
    process.stdin.once('data', async () => {
      process.stdin.destroy();
      await ears.stop();
    });`;
  const bot = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void bot.kill('SIGKILL'));
  const ended = once(bot, 'exit');
  await once(bot.stdout, 'data');
  slack.refuseConnections();
  slack.cut();
  await expect.poll(() => slack.socketMode().refused, { timeout: 10_000 }).toBeGreaterThan(0);

  bot.stdin.write('stop');
  const before = performance.now();

  expect(await ended).toEqual([0, null]);
  expect(performance.now() - before).toBeLessThan(10_000);
});
