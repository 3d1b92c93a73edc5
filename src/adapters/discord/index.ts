/** Discord: alerts through its REST API, questions through its gateway. Posting needs no gateway. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import type { Message } from '../../message/message.ts';
import type { Words } from '../../message/words.ts';
import { type Adapter, ChatError, type Posted, type PostOptions, type Room, type Target } from '../adapter.ts';
import { discordCodeOf } from './errors.ts';
import { type Channel, channelOf, isForum, ownThread, type Self, selfOf, standingIn, tagsFor } from './places.ts';
import { createReceiver } from './receive.ts';
import { render } from './render.ts';
import { type Answered, createAsk, read } from './rest.ts';
import type { DiscordConfig } from './schema.ts';
import { ARCHIVE_AFTER_MINUTES, threadOn } from './threads.ts';

/** What Discord is given by whoever starts it. */
export interface DiscordTools {
  readonly log: Logger;
  /** Counts a request that the platform refused; too many of them and it shuts the bot out. */
  refused(platform: string): void;
  /** The words of a language, for the few that only a renderer needs. */
  words(locale: string): Words;
}

/** Discord answers a repeat "within the past few minutes" with the earlier message; less is counted on. */
const REPEAT_SAFE_MS = 90_000;
/** A Message does not say its language; there is one catalogue so far. */
const ALERTS_IN = 'en';
const NO_TEXT_CHANNEL = 50008;

const postedSchema = z.object({ id: z.string() });

export function createDiscordAdapter(config: DiscordConfig, { log, words, refused }: DiscordTools): Adapter {
  const ask = createAsk(config, { log, refused: () => refused('discord') });
  const receiver = createReceiver({ config, ask, log, words });
  const more = (count: number) => words(ALERTS_IN)('adapter.more', { count });
  /** The forums met so far, each with the bot's thread in it. */
  const forums = new Map<string, { channel: Channel; thread: string | null }>();
  let self: Self | null = null;
  const whoAmI = async (signal: AbortSignal): Promise<Self> => {
    self ??= (await selfOf(ask, signal)).self;
    return self;
  };

  async function postIn(target: Target, message: Message, { key, signal }: PostOptions): Promise<Posted> {
    const body = { ...render(message, more), nonce: nonceOf(key), enforce_nonce: true };
    const answer = await ask({ method: 'POST', path: `/channels/${target.thread ?? target.channel}/messages`, body, signal });
    return { ref: { target, id: read(postedSchema, answer).id }, room: roomOf(answer) };
  }

  /** In the bot's own thread of a forum; the first message opens it, under the bot's own name. */
  async function postInForum(target: Target, message: Message, options: PostOptions): Promise<Posted> {
    const forum = forums.get(target.channel) ?? { channel: await beforehand(channelOf(ask, target.channel, options.signal)), thread: null };
    if (!isForum(forum.channel)) throw new ChatError('channel-gone', { detail: 'a channel that takes no messages' });
    forums.set(target.channel, forum);
    const me = await beforehand(whoAmI(options.signal));
    forum.thread ??= await beforehand(ownThread(ask, forum.channel, me, options.signal));
    if (forum.thread === null) {
      const tags = tagsFor(forum.channel);
      const opening = { name: me.username, auto_archive_duration: ARCHIVE_AFTER_MINUTES, ...(tags.length === 0 ? {} : { applied_tags: tags }) };
      const body = { ...opening, message: render(message, more) };
      const answer = await ask({ method: 'POST', path: `/channels/${target.channel}/threads`, body, signal: options.signal });
      forum.thread = read(postedSchema, answer).id;
      // The first message of a forum's thread has the id of the thread.
      return { ref: { target: { ...target, thread: forum.thread }, id: forum.thread }, room: null };
    }
    try {
      return await postIn({ ...target, thread: forum.thread }, message, options);
    } catch (cause) {
      if (!(cause instanceof ChatError) || cause.reason !== 'channel-gone') throw cause;
      forum.thread = null;
      throw new ChatError('unavailable', { detail: 'the thread is gone; the next try opens another', cause });
    }
  }

  return {
    platform: 'discord',
    // 50 requests a second a bot: https://docs.discord.com/developers/topics/rate-limits (read 2026-08-06).
    pace: { tokenMs: 20, channelMs: 0 },
    routes: [],
    start: (listener) => receiver.start(listener),
    stop: () => receiver.stop(),
    verify: async () => {
      const { self: found, headers } = await selfOf(ask);
      self = found;
      const at = Date.parse(headers.get('date') ?? '');
      return { identity: found.username, serverTime: Number.isNaN(at) ? null : at };
    },
    check: (target) => standingIn(ask, target),
    repeatSafeMs: (target) => (target.thread === undefined && forums.get(target.channel)?.thread === null ? 0 : REPEAT_SAFE_MS),
    post: async (target, message, options) => {
      if (target.thread === undefined && forums.has(target.channel)) return postInForum(target, message, options);
      try {
        return await postIn(target, message, options);
      } catch (cause) {
        if (target.thread !== undefined || discordCodeOf(cause) !== NO_TEXT_CHANNEL) throw cause;
        return postInForum(target, message, options);
      }
    },
    edit: async ({ target, id }, message, { signal }) => {
      // Who was called once is not called again by an edit.
      const body = { ...render(message, more), allowed_mentions: { parse: [] } };
      await ask({ method: 'PATCH', path: `/channels/${target.thread ?? target.channel}/messages/${id}`, body, signal });
    },
    threadOf: async ({ target, id }, title, { signal }) => (target.thread === undefined ? threadOn(ask, { target, id, title, signal }) : target),
  };
}

/** What is looked up before a message: when its outcome is unknown, nothing was posted all the same. */
async function beforehand<T>(looked: Promise<T>): Promise<T> {
  try {
    return await looked;
  } catch (cause) {
    if (cause instanceof ChatError && cause.reason === 'ambiguous')
      throw new ChatError('unavailable', { detail: 'what is asked before posting had no answer', cause });
    throw cause;
  }
}

/** At most 25 characters; the same key gives the same. */
function nonceOf(key: string): string {
  return key.length <= 25 ? key : createHash('sha256').update(key).digest('base64url').slice(0, 25);
}

function roomOf({ headers }: Answered): Room | null {
  const left = headers.get('x-ratelimit-remaining');
  const after = headers.get('x-ratelimit-reset-after');
  if (left === null || after === null || !Number.isFinite(Number(left)) || !Number.isFinite(Number(after))) return null;
  return { left: Number(left), refillsInMs: Math.max(0, Math.ceil(Number(after) * 1_000)) };
}
