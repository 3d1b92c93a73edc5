import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { upr } from '../../support/slack/a-slack.ts';
import { aListener, answering, aReceiver } from './a-slack-listener.ts';

const kenya = () => answering('Kenya');

describe('The request URL of Slack', () => {
  test.each(['forged', 'stale', 'none'] as const)('turns away what is signed badly: %s', async (how) => {
    const { slack, heard } = await aListener(kenya, { way: 'http' });

    slack.sign(how);
    expect(await slack.command(upr)).toMatchObject({ acked: false, status: 401 });
    expect(await slack.event('T1', { type: 'app_uninstalled' })).toMatchObject({ acked: false, status: 401 });
    slack.sign('good');
    expect(await slack.command(upr)).toMatchObject({ acked: true, text: 'Kenya' });

    expect(heard.length).toBe(1);
  });

  test('asks to come again while it does not listen', async () => {
    const { slack, receiver, start } = await aReceiver(kenya, { way: 'http' });

    expect(await slack.command(upr)).toMatchObject({ acked: false, status: 503 });
    await start();
    expect(await slack.command(upr)).toMatchObject({ acked: true, text: 'Kenya' });
    await receiver.stop();
    expect(await slack.command(upr)).toMatchObject({ acked: false, status: 503 });
  });

  test('answers the question by which Slack makes sure of it', async () => {
    const { slack } = await aListener(kenya, { way: 'http' });

    expect(await slack.verifyUrl('who?')).toEqual({ challenge: 'who?' });
  });

  test('is not there with Socket Mode', async () => {
    const { receiver } = await aReceiver(kenya);

    expect(receiver.routes).toEqual([]);
  });
});

describe('What is signed, and yet not as Slack sends it', () => {
  const command = {
    ...{ command: '/upr', team_id: 'T1', channel_id: 'C1', user_id: 'U1', user_name: 'anna', text: 'next', api_app_id: 'A1' },
    ...{ response_url: 'http://127.0.0.1:9/nobody', trigger_id: '1.2.3', is_enterprise_install: 'false' },
  };
  const asForm = (fields: object) => String(new URLSearchParams({ ...fields }));

  async function aRequest() {
    const bot = await aListener(kenya, { way: 'http' });
    const send = async (written: string, { type = 'application/x-www-form-urlencoded', path = '/slack/events', method = 'POST' } = {}) => {
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = `v0=${createHmac('sha256', 'the-secret').update(`v0:${timestamp}:${written}`).digest('hex')}`;
      const headers = { 'Content-Type': type, 'X-Slack-Request-Timestamp': timestamp, 'X-Slack-Signature': signature };
      const response = await fetch(new URL(path, bot.url), { method, headers, ...(method === 'GET' ? {} : { body: written }) });
      return { status: response.status, text: await response.text() };
    };
    return { ...bot, send };
  }

  test('a command for a whole organization is told that it is not served', async () => {
    const { send, heard } = await aRequest();
    const told: string[] = [];
    const address = createServer(async (request, response) => {
      told.push(await text(request));
      response.end('ok');
    }).listen(0, '127.0.0.1');
    await once(address, 'listening');
    onTestFinished(() => void address.close());
    const response_url = `http://127.0.0.1:${(address.address() as AddressInfo).port}/`;

    expect(await send(asForm({ ...command, response_url, is_enterprise_install: 'true' }))).toEqual({ status: 200, text: '' });
    await expect.poll(() => told.join()).toContain('one workspace at a time');
    expect(heard).toEqual([]);
  });

  test.each<[string, object]>([
    ['no channel', { ...command, channel_id: '' }],
    ['a team that is none', { ...command, team_id: '../T1' }],
    [
      'an action without a place',
      {
        payload: JSON.stringify({
          type: 'block_actions',
          team: { id: 'T1' },
          user: { id: 'U1' },
          actions: [{ action_id: 'x' }],
          container: {},
          trigger_id: 't',
        }),
      },
    ],
    [
      'a link that was followed',
      {
        payload: JSON.stringify({
          type: 'block_actions',
          team: { id: 'T1' },
          user: { id: 'U1' },
          channel: { id: 'C1' },
          actions: [{ action_id: 'x', url: 'https://un.org' }],
          container: {},
          trigger_id: 't',
        }),
      },
    ],
    [
      'a form of another workspace',
      {
        payload: JSON.stringify({
          type: 'view_submission',
          team: { id: 'T1' },
          user: { id: 'U1' },
          trigger_id: 't',
          view: { id: 'V1', type: 'modal', private_metadata: '{"team":"T2","channel":"C1","address":null,"form":"f"}', state: { values: {} } },
        }),
      },
    ],
    ['a form that was closed', { payload: JSON.stringify({ type: 'view_closed', team: { id: 'T1' }, user: { id: 'U1' }, view: { id: 'V1' } }) }],
  ])('it is taken, and nothing comes of it: %s', async (_, fields) => {
    const { send, heard } = await aRequest();

    expect(await send(asForm(fields))).toEqual({ status: 200, text: '' });
    expect(heard).toEqual([]);
  });

  test('an event without a workspace is taken, and nothing comes of it', async () => {
    const { send, heard, told } = await aRequest();
    const event = { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_uninstalled' } };

    expect(await send(JSON.stringify(event), { type: 'application/json' })).toMatchObject({ status: 200 });
    expect([heard, told.length]).toEqual([[], 1]);
  });

  test('a request that somebody overheard and sends again is not heard again', async () => {
    const { send, heard } = await aRequest();
    const written = asForm({ ...command, text: 'unfollow all' });

    expect([await send(written), await send(written)]).toMatchObject([{ status: 200 }, { status: 200 }]);
    await expect.poll(() => heard.length).toBe(1);
    // The same words, asked anew.
    expect(await send(asForm({ ...command, text: 'unfollow all', trigger_id: '1.2.4' }))).toMatchObject({ status: 200 });
    await expect.poll(() => heard.length).toBe(2);
  });

  test('nonsense is refused, and what is no request of Slack is not found', async () => {
    const { send } = await aRequest();

    expect(await send('{', { type: 'application/json' })).toMatchObject({ status: 400 });
    expect(await send('', { method: 'GET' })).toMatchObject({ status: 404 });
    expect(await send('{}', { path: '/slack/other' })).toMatchObject({ status: 404 });
    expect(await send('x'.repeat(1_100_000))).toMatchObject({ status: 413 });
  });
});
