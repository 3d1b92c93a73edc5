/** The adapter of the fake platform. It learns of limits and failures as a real one does: from the answers. */
import { Agent } from 'node:http';
import { z } from 'zod';
import { type Adapter, ChatError, type Pace, type Posted, type Target } from '../../../src/adapters/adapter.ts';
import type { Message } from '../../../src/message/message.ts';
import { plainMessage } from '../../../src/message/plain.ts';
import { readSaid, readTaken } from './answers.ts';
import { exchange, type Reply, type Sending } from './connection.ts';
import { DIALECTS, type Flavour } from './dialect.ts';

export interface FakeAdapterOptions {
  readonly flavour: Flavour;
  /** Where the platform listens. */
  readonly url: string;
  /** The name of the platform; the flavour when left out. */
  readonly platform?: string;
  /** One for each installation on Slack, one for all on Discord, when left out. */
  token?(target: Target): string;
  /** Nothing is published when left out, so that the bot learns from answers. */
  readonly pace?: Pace;
  readonly repeatSafeMs?: number;
}

const REPEAT_SAFE: Readonly<Record<Flavour, number>> = { slack: 0, discord: 90_000 };
const TOKENS = { slack: ({ installation }: Target) => `xoxb-${installation}`, discord: () => 'bot-token' };
const NOWHERE: Target = { installation: 'verify', channel: '' };
const Rights = z.object({ missing: z.array(z.string()) });

/** Posts a message as plain text; it cannot edit. */
export function createFakeAdapter(options: FakeAdapterOptions): Adapter {
  const { flavour, url, platform = flavour, token = TOKENS[flavour], pace = { tokenMs: 0, channelMs: 0 } } = options;
  const agent = new Agent({ keepAlive: true });
  const send = (target: Target, { route, ...rest }: { readonly route: string } & Pick<Sending, 'body' | 'signal'>): Promise<Reply> => {
    const [method, path] = route.split(' ');
    const authorization = `${flavour === 'slack' ? 'Bearer' : 'Bot'} ${token(target)}`;
    return exchange({ agent, url: `${url}${path}`, method: method === 'GET' ? 'GET' : 'POST', authorization, ...rest });
  };
  return {
    platform,
    pace,
    routes: [],
    start: async () => {},
    stop: async () => agent.destroy(),
    verify: async () => {
      const reply = await send(NOWHERE, { route: DIALECTS[flavour].who });
      readSaid(reply);
      const serverTime = Date.parse(reply.headers.date ?? '');
      return { identity: `upr-watch on ${platform}`, serverTime: Number.isNaN(serverTime) ? null : serverTime };
    },
    check: async (target) => {
      const reply = await send(target, { route: `GET /fake/rights/${encodeURIComponent(placeOf(target))}` });
      readSaid(reply);
      return { missing: Rights.parse(JSON.parse(reply.text)).missing, everyoneReads: null };
    },
    repeatSafeMs: () => options.repeatSafeMs ?? REPEAT_SAFE[flavour],
    post: async (target, message, { key, signal }): Promise<Posted> => {
      const { id, room } = readTaken(flavour, await send(target, { ...toPost(flavour, { target, message, key }), signal }));
      return { ref: { target, id }, room };
    },
    edit: async () => {
      throw new ChatError('rejected', { detail: 'the fake platform has no edits' });
    },
    threadOf: async ({ target, id }) => ({ ...target, thread: id }),
  };
}

/** A thread is a place of its own to read in. */
function placeOf({ channel, thread }: Target): string {
  return thread ?? channel;
}

function toPost(flavour: Flavour, { target, message, key }: { readonly target: Target; readonly message: Message; readonly key: string }) {
  const [place, text] = [placeOf(target), plainMessage(message)];
  if (flavour === 'slack') return { route: 'POST /api/chat.postMessage', body: { channel: place, text } };
  const route = `POST /api/v10/channels/${encodeURIComponent(place)}/messages`;
  return { route, body: { content: text, nonce: key, enforce_nonce: true } };
}
