import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver } from '@slack/bolt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aBot, aBotOverHttp, actions, aSlack, BOT, button, geneva, option, optionsFor, quiet, upr } from '../../support/slack/a-slack.ts';
import { askedBy } from '../../support/slack/oauth.ts';
import type { Slack } from '../../support/slack/server.ts';

describe('An installation', () => {
  const back = 'https://bot.example/slack/oauth_redirect';
  const fresh = { ...geneva, isInstalled: false };
  const consent = { clientId: '1.1', scope: 'commands,chat:write', state: 'a-state', redirectUri: back, team: 'T1', user: 'U1' };
  const client = { client_id: '1.1', client_secret: 'a-client-secret' };

  test('goes from the page by a code, once, to a token', async () => {
    const { slack, ask, post } = await aSlack({ workspaces: [fresh], redirectUrls: [back] });
    expect((await post()).json.error).toBe('invalid_auth');
    const page = await fetch(`${slack.authorizeUrl}?client_id=1.1&scope=commands&redirect_uri=${encodeURIComponent(back)}`);

    const returned = new URL(slack.approve(consent));
    const exchange = async (more: object = {}) =>
      (await ask('oauth.v2.access', { ...client, code: returned.searchParams.get('code'), redirect_uri: back, ...more }, '')).json;

    expect([page.status, returned.origin + returned.pathname, returned.searchParams.get('state')]).toEqual([200, back, 'a-state']);
    expect((await exchange({ client_secret: 'x' })).error).toBe('bad_client_secret');
    expect((await exchange({ client_id: 'x' })).error).toBe('invalid_client_id');
    expect((await exchange({ code: 'x' })).error).toBe('invalid_code');
    expect((await exchange({ redirect_uri: 'https://evil.example' })).error).toBe('bad_redirect_uri');
    expect(await exchange()).toMatchObject({
      ok: true,
      access_token: BOT,
      team: { id: 'T1', name: 'Geneva' },
      scope: 'commands,chat:write',
      authed_user: { id: 'U1' },
    });
    expect((await exchange()).error).toBe('invalid_code');
    expect((await post()).json.ok).toBe(true);
    expect(slack.violations()).toEqual([]);
  });

  test('can be refused by a person, or by the page', async () => {
    const { slack } = await aSlack({ workspaces: [fresh], redirectUrls: [back] });

    expect(slack.deny(consent)).toBe(`${back}?error=access_denied&state=a-state`);
    expect(() => slack.approve({ ...consent, clientId: 'x' })).toThrow('invalid_client_id');
    expect(() => slack.approve({ ...consent, redirectUri: 'https://evil.example' })).toThrow('bad_redirect_uri');
    expect(() => slack.approve({ ...consent, scope: ' ' })).toThrow('invalid_scope');
    expect(() => slack.approve({ ...consent, team: 'T9' })).toThrow('no workspace T9');
    expect((await fetch(`${slack.authorizeUrl}?client_id=x&scope=commands`)).status).toBe(400);
  });

  test('has a code that lives ten minutes, and a new token when the app comes back', async () => {
    const { slack, ask, clock } = await aSlack();
    const exchange = async (address: string) =>
      (await ask('oauth.v2.access', { ...client, redirect_uri: back, code: new URL(address).searchParams.get('code') }, '')).json;

    const late = slack.approve(consent);
    clock.pass(10 * 60_000 + 1);
    expect((await exchange(late)).error).toBe('invalid_code');
    expect((await exchange(slack.approve(consent))).access_token).toBe(BOT);
    slack.uninstall('T1');
    expect((await exchange(slack.approve(consent))).access_token).toBe(`${BOT}-1`);
    expect((await ask('auth.test')).json.error).toBe('account_inactive');
    expect((await ask('auth.test', {}, `${BOT}-1`)).json.team_id).toBe('T1');
  });

  test.each<[string, (slack: Slack, ask: Awaited<ReturnType<typeof aSlack>>['ask']) => unknown, readonly string[]]>([
    ['by an administrator', (slack) => slack.uninstall('T1'), ['tokens_revoked', 'app_uninstalled']],
    ['by the bot', (_, ask) => ask('apps.uninstall', client), ['tokens_revoked', 'app_uninstalled']],
    ['with its token only', (slack) => slack.revoke(BOT), ['tokens_revoked']],
    ['with its token only, by the bot', (_, ask) => ask('auth.revoke'), ['tokens_revoked']],
  ])('ends %s, and the bot hears of it', async (_, end, events) => {
    const heard: string[] = [];
    const { slack, ask } = await aBot((app) => {
      for (const type of ['tokens_revoked', 'app_uninstalled']) app.event(type, async ({ event }) => void heard.push(event.type));
    });

    await end(slack, ask);

    await expect.poll(() => heard).toEqual(events);
    expect((await ask('auth.test')).json.error).toBe(events.length === 2 ? 'account_inactive' : 'token_revoked');
  });

  test('stays, when its end is only tried out or asked for by a stranger', async () => {
    const { slack, ask } = await aSlack();

    expect((await ask('auth.revoke', { test: true })).json).toEqual({ ok: true, revoked: false });
    expect((await ask('apps.uninstall', { ...client, client_id: 'x' })).json.error).toBe('invalid_client_id');
    expect((await ask('apps.uninstall', { ...client, client_secret: 'x' })).json.error).toBe('bad_client_secret');
    expect(() => slack.revoke('xoxb-other')).toThrow('no such token');
    expect((await ask('auth.test')).json.ok).toBe(true);
  });

  test('is made by the installer of Bolt itself', async () => {
    const { slack } = await aSlack({ workspaces: [fresh] });
    const stored: unknown[] = [];
    const receiver = new HTTPReceiver({
      ...{ signingSecret: 'x', logger: quiet, clientId: '1.1', clientSecret: 'a-client-secret', stateSecret: 's', scopes: ['commands'], redirectUri: back },
      installationStore: { storeInstallation: async (one) => void stored.push(one), fetchInstallation: async () => Promise.reject(new Error('none')) },
      installerOptions: {
        clientOptions: optionsFor(slack),
        authorizationUrl: slack.authorizeUrl,
        directInstall: true,
        redirectUriPath: '/slack/oauth_redirect',
      },
    });
    const server = createServer((request, response) => receiver.requestListener(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const start = await fetch(`${url}/slack/install`, { redirect: 'manual' });
    const returned = slack.approve({ ...askedBy(start.headers.get('location') ?? ''), team: 'T1', user: 'U1' });
    const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
    const end = await fetch(`${url}${returned.slice('https://bot.example'.length)}`, { headers: { cookie } });

    expect([start.status, end.status]).toEqual([302, 200]);
    expect(stored).toMatchObject([{ team: { id: 'T1' }, bot: { token: BOT, userId: 'U0BOT', id: 'B0T1', scopes: ['commands'] }, user: { id: 'U1' } }]);
  });
});

describe('A request URL', () => {
  test('gets commands, presses, suggestions and events, signed, and is acknowledged by its answer', async () => {
    const heard: unknown[] = [];
    const { slack, post } = await aBotOverHttp((app) => {
      app.command('/upr', ({ ack, command }) => ack(`hello ${command.text}`));
      app.action('mute', ({ ack, respond }) => ack().then(() => void respond({ text: 'muted' })));
      app.options('pick', ({ ack }) => ack({ options: [option('Chad')] }));
      app.event('app_home_opened', async ({ event }) => void heard.push(event.user));
    });
    const { json } = await post({ blocks: [actions(button('mute'), { type: 'external_select', action_id: 'pick', min_query_length: 0 })] });

    expect(await slack.command({ ...upr, text: 'a&b <c>' })).toMatchObject({ acked: true, text: 'hello a&b <c>', ephemeral: true, status: null });
    expect(await slack.press(json, 'mute', 'U1')).toMatchObject({ text: 'muted' });
    expect((await slack.suggest(json, 'pick', '', 'U1')).options).toEqual([option('Chad')]);
    expect(await slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1' })).toMatchObject({ acked: true });
    await expect.poll(() => heard).toEqual(['U1']);
    expect(await slack.verifyUrl('who?')).toEqual({ challenge: 'who?' });
    expect(slack.connections()).toBe(0);
    expect(slack.violations()).toEqual([]);
  });

  test.each(['forged', 'stale', 'none'] as const)('turns away what is signed badly: %s', async (how) => {
    const { slack } = await aBotOverHttp((app) => app.command('/upr', ({ ack }) => ack('taken')));

    slack.sign(how);

    expect(await slack.command(upr)).toMatchObject({ acked: false, status: 401, error: 'dispatch_failed' });
    expect(slack.violations()).toEqual([]);
    slack.sign('good');
    expect(await slack.command(upr)).toMatchObject({ acked: true, text: 'taken' });
  });

  test('that answers with an error is remembered, and gets an event again with a number', async () => {
    const heard: unknown[] = [];
    const { slack } = await aSlack();
    const server = createServer((request, response) => {
      heard.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
      response.writeHead(heard.length === 1 ? 500 : 200).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

    expect(await slack.event('T1', { type: 'app_home_opened' })).toMatchObject({ acked: false, status: 500 });
    await slack.redeliver();

    expect(heard).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
    expect([slack.acks(), slack.violations()]).toMatchObject([
      [{ ackMs: expect.any(Number), attempts: 2 }],
      ['the request URL, asked for events_api: answered 500'],
    ]);
  });
});
