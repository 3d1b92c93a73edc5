/** A bot that listens to a Slack of ours, by the way that is asked for, and what it heard. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Listener, Presence, Request, Response, Vault } from '../../../src/adapters/adapter.ts';
import { createSlackClient } from '../../../src/adapters/slack/client.ts';
import { createSlackReceiver } from '../../../src/adapters/slack/receive.ts';
import { type SlackConfig, slackSchema } from '../../../src/adapters/slack/schema.ts';
import { createLog } from '../../../src/lib/log.ts';
import type { Draft } from '../../../src/message/build.ts';
import { message } from '../../../src/message/build.ts';
import { plainText } from '../../../src/message/inline.ts';
import { aVoice } from '../../support/a-voice.ts';
import { APP, aSlack, BOT } from '../../support/slack/a-slack.ts';
import type { SlackPlan } from '../../support/slack/plan.ts';

export type Answers = (request: Request) => Response | Promise<Response>;
export type Way = 'socket' | 'http';
const SECRET = 'the-secret';

export interface Wanted {
  readonly way?: Way;
  readonly plan?: Partial<SlackPlan>;
  readonly config?: Partial<SlackConfig>;
  readonly soonMs?: number;
  /** Secrets of workspaces that installed the app. */
  readonly installed?: Readonly<Record<string, string>>;
}

export function aVault(secrets: Readonly<Record<string, string>> = {}): Vault & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(secrets));
  return {
    kept,
    read: async (id) => kept.get(id) ?? null,
    write: async (id, secret) => void kept.set(id, secret),
    remove: async (id) => void kept.delete(id),
    ids: async () => [...kept.keys()],
  };
}

export async function aReceiver(answers: Answers, { way = 'socket', plan = {}, config: more = {}, installed = {}, soonMs = 2_000 }: Wanted = {}) {
  const parts = await aSlack({ signingSecret: SECRET, ...plan });
  const { slack } = parts;
  const lines: string[] = [];
  const log = createLog('debug', new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }));
  const own = way === 'socket' ? { appToken: APP } : { signingSecret: SECRET };
  const config = slackSchema.parse({ botToken: BOT, apiUrl: slack.url, ...own, ...more });
  const vault = aVault(installed);
  const client = createSlackClient({ config, vault, refused: () => undefined });
  const receiver = createSlackReceiver({ config, client, log, words: () => aVoice().words, vault, soonMs });
  onTestFinished(() => receiver.stop());
  const [heard, told, lost]: [Request[], Presence[], Error[]] = [[], [], []];
  const listener: Listener = {
    request: async (request) => {
      heard.push(request);
      return answers(request);
    },
    presence: async (news) => void told.push(news),
    lost: (why) => void lost.push(why),
  };
  let url = '';
  if (way === 'http') {
    const [route] = receiver.routes;
    const server = createServer((request, response) => void route?.handle(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    slack.deliverTo(url);
  }
  return { ...parts, url, receiver, vault, heard, told, lost, lines, start: () => receiver.start(listener) };
}

export async function aListener(answers: Answers, wanted: Wanted = {}) {
  const bot = await aReceiver(answers, wanted);
  await bot.start();
  return bot;
}

export const saying = (title: string, more: Partial<Draft> = {}) => message({ tone: 'info', title, body: [], ...more });
export const answering = (title: string, audience: 'asker' | 'channel' = 'asker', more: Partial<Draft> = {}): Response => ({
  ...{ type: 'message', audience },
  message: saying(title, more),
});
export const button = (id: string, label = id) => ({ actions: [{ id, label, style: 'secondary' as const }] });
export const body = (text: string) => ({ body: [plainText(text)] });
