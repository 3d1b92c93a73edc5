/** A Slack for tests, and Bolt that talks to it as it is. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { aClock } from '../a-clock.ts';
import type { SlackPlan } from './plan.ts';
import { type Slack, startSlack } from './server.ts';

export const NOON = Date.UTC(2026, 6, 10, 12);
export const BOT = 'xoxb-geneva';
export const APP = 'xapp-1-test';

export const channels = [
  { id: 'C1', name: 'dates' },
  { id: 'C2', name: 'public', isMember: false },
  { id: 'C3', name: 'board', isMember: false, isPrivate: true },
  { id: 'C4', name: 'old', isArchived: true },
  { id: 'C5', name: 'small', isPrivate: true, members: ['U1'] },
];
export const users = [
  { id: 'U1', name: 'anna', locale: 'fr-FR', tz: 'Asia/Dili', isAdmin: true },
  { id: 'U2', name: 'ben', isRestricted: true },
  { id: 'U3', name: 'chloe', isStranger: true },
  { id: 'U4', name: 'dobby', isBot: true },
];
export const geneva = { team: 'T1', name: 'Geneva', botToken: BOT, botUser: 'U0BOT', channels, users };

export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };
export const optionsFor = (slack: Slack) => ({ slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000 });

export async function aSlack(plan: Partial<SlackPlan> = {}) {
  const clock = aClock(NOON);
  const limits = { channelPerSecond: null, tiers: false };
  const slack = await startSlack({ now: clock.now, workspaces: [geneva], appToken: APP, limits, patienceMs: 2_000, ...plan });
  onTestFinished(slack.close);
  /** A request as any program could make it. */
  const ask = async (method: string, args: object = {}, token = BOT) => {
    const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${slack.url}${method}`, { method: 'POST', headers, body: JSON.stringify(args) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const post = (args: object = {}) => ask('chat.postMessage', { channel: 'C1', text: 'hello', unfurl_links: false, unfurl_media: false, ...args });
  return { clock, slack, ask, post };
}

/** Bolt itself, by Socket Mode. */
export async function aBot(arrange: (app: App, slack: Slack, clock: ReturnType<typeof aClock>) => void = () => {}, plan: Partial<SlackPlan> = {}) {
  const parts = await aSlack(plan);
  const { slack, clock } = parts;
  const receiver = aReceiver(slack);
  const failures: unknown[] = [];
  const app = new App({ receiver, socketMode: true, token: BOT, clientOptions: optionsFor(slack), logger: quiet, deferInitialization: true });
  app.error(async (failure) => void failures.push(failure));
  await app.init();
  arrange(app, slack, clock);
  await app.start();
  onTestFinished(() => void app.stop());
  return { ...parts, app, receiver, failures };
}

export const aReceiver = (slack: Slack) =>
  new SocketModeReceiver({ appToken: APP, logger: quiet, clientPingTimeout: 150, installerOptions: { clientOptions: optionsFor(slack) } });

/** Bolt itself, by HTTP. */
export async function aBotOverHttp(arrange: (app: App) => void) {
  const parts = await aSlack({ signingSecret: 'the-secret' });
  const receiver = new HTTPReceiver({ signingSecret: 'the-secret', logger: quiet });
  const app = new App({ receiver, token: BOT, clientOptions: optionsFor(parts.slack), logger: quiet, deferInitialization: true });
  await app.init();
  arrange(app);
  const server = createServer((request, response) => receiver.requestListener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  parts.slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return parts;
}

export const said = (text: string) => ({ text, unfurl_links: false, unfurl_media: false });
export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
export const section = (text: string, more: object = {}) => ({ type: 'section' as const, text: mrkdwn(text), ...more });
export const button = (action_id: string, more: object = {}) => ({ type: 'button' as const, action_id, text: plain(action_id), ...more });
export const actions = (...elements: readonly object[]) => ({ type: 'actions', elements });
export const option = (value: string) => ({ text: plain(value), value });
export const times = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));
export const upr = { channel: 'C1', user: 'U1', text: 'next' };
export const texts = (read: readonly { readonly text: string }[]) => read.map(({ text }) => text);

/** Socket Mode as its protocol, without Bolt. */
export async function aSocket(url: string) {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const heard: string[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    heard.push(String(data));
    wake();
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  const next = async (): Promise<{ envelope_id: string }> => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return JSON.parse(heard.shift() ?? '');
  };
  return { next, closed, say: (text: string) => socket.send(text) };
}
