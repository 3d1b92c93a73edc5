/** Listens at Discord's gateway: the intent for servers alone, and nothing kept that is not needed to listen. */
import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import type { Logger } from '../../lib/log.ts';
import type { Words } from '../../message/words.ts';
import { ChatError, type Listener, type OnRequest } from '../adapter.ts';
import { answer } from './answer.ts';
import { BAD_TOKEN, chatError } from './errors.ts';
import { interactionSchema } from './interaction.ts';
import { createPresence } from './presence.ts';
import { type Ask, REST_OPTIONS } from './rest.ts';
import type { DiscordConfig } from './schema.ts';

export interface ReceiverDeps {
  readonly config: DiscordConfig;
  readonly ask: Ask;
  readonly log: Logger;
  words(locale: string): Words;
}

export interface Receiver {
  /** Logged in and listening when it ends. A token that is not accepted is a ChatError `fatal`, and nothing goes on. */
  start(listener: Listener): Promise<void>;
  /** Questions that came are still answered, for at most three seconds. */
  stop(): Promise<void>;
}

/** How long a login may take; Discord lets a bot wait its turn for five seconds. */
const LOGIN_WITHIN = 30_000;
const LAST_ANSWERS = 3_000;

export function createReceiver({ config, ask, log, words }: ReceiverDeps): Receiver {
  let client: Client | null = null;
  const underWay = new Set<Promise<void>>();

  function heard(data: unknown, onRequest: OnRequest): void {
    const parsed = interactionSchema.safeParse(data);
    if (!parsed.success) {
      log.warn({ issues: parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }, 'Discord sent a question in a form that is not known');
      return;
    }
    const answering = answer({ ask, log, words }, parsed.data, onRequest).finally(() => underWay.delete(answering));
    underWay.add(answering);
  }

  async function stop(): Promise<void> {
    const leaving = client;
    client = null;
    if (leaving === null) return;
    await leaving.destroy();
    await within(LAST_ANSWERS, Promise.all(underWay));
  }

  return {
    start: async (listener) => {
      await stop();
      const listening = createClient(config);
      client = listening;
      const presence = createPresence();
      const lost = (why: ChatError) => {
        if (client === listening) listener.lost(why);
      };
      listening.on(
        Events.Raw as never,
        ((packet: { t?: unknown; d?: unknown }) => {
          if (packet.t === 'INTERACTION_CREATE') heard(packet.d, listener.request);
          else for (const news of presence(packet)) void listener.presence(news);
        }) as never,
      );
      listening.on(Events.Error, (err) => log.error({ err: { name: err.name, message: err.message } }, 'The gateway of Discord reports an error'));
      listening.on(Events.Warn, (text) => log.warn({ text }, 'discord.js warns'));
      listening.on(Events.ShardDisconnect, ({ code }) => lost(closedForGood(code)));
      listening.on(Events.Invalidated, () => lost(new ChatError('unavailable', { detail: 'Discord ended the session of the gateway' })));
      try {
        await login(listening, config.token);
        if (client !== listening) return await listening.destroy(); // told to stop meanwhile
        log.info({ servers: listening.guilds.cache.size }, 'Listening to Discord');
      } catch (cause) {
        await stop();
        throw loginError(cause);
      }
    },
    stop,
  };
}

function createClient({ apiUrl }: DiscordConfig): Client {
  const nothing = { MessageManager: 0, ReactionManager: 0, GuildMemberManager: 0, UserManager: 0, PresenceManager: 0, VoiceStateManager: 0 };
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({ ...nothing, GuildEmojiManager: 0, GuildStickerManager: 0, ThreadManager: 0, ThreadMemberManager: 0 }),
    rest: { ...REST_OPTIONS, api: apiUrl },
  });
}

/** Ends when every shard listens. */
async function login(client: Client, token: string): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    client.once(Events.ClientReady, () => resolve());
    client.once(Events.ShardDisconnect, ({ code }) => reject(closedForGood(code)));
  });
  const entered = client.login(token).then(() => ready);
  ready.catch(() => undefined);
  const late = Symbol();
  if ((await within(LOGIN_WITHIN, entered, late)) === late) {
    entered.catch(() => undefined);
    throw new ChatError('unavailable', { detail: 'the gateway of Discord did not answer in time' });
  }
}

function loginError(cause: unknown): ChatError {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return code === 'TokenInvalid' ? new ChatError('fatal', { detail: BAD_TOKEN }) : chatError(cause);
}

function closedForGood(code: number): ChatError {
  return new ChatError(code === 4004 ? 'fatal' : 'unavailable', { detail: adviceOn(code) });
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes, close codes of the gateway (read 2026-08-06). */
function adviceOn(code: number): string {
  if (code === 4004) return BAD_TOKEN;
  if (code === 4013 || code === 4014) return 'Discord does not allow this bot the intent it asks for';
  return `closed with ${code}`;
}

async function within<T, Late>(ms: number, promise: Promise<T>, late?: Late): Promise<T | Late | undefined> {
  const timer = Promise.withResolvers<Late | undefined>();
  const handle = setTimeout(() => timer.resolve(late), ms);
  try {
    return await Promise.race([promise, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
