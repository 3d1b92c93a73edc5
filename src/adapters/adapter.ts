/** The contract between the bot and a chat platform. An adapter renders, sends and receives; it decides nothing. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant, Zone } from '../domain/time.ts';
import type { Choice, Message } from '../message/message.ts';

export type { Choice } from '../message/message.ts';

/** A place to post in. A forum channel that is followed has a thread of its own. */
export interface Target {
  readonly installation: string;
  readonly channel: string;
  readonly thread?: string;
}

/** A message that was posted, as its platform names it. */
export interface PostedRef {
  readonly target: Target;
  readonly id: string;
}

/** Who asks. Ids are the platform's own and stay out of logs. */
export interface Asker {
  readonly id: string;
  readonly locale: string;
  /** The zone the platform gives for the person; null where it gives none. */
  readonly zone: Zone | null;
  /** The person's own id and those of the roles or groups they are in, for channels that name who may manage them. */
  readonly ids: readonly string[];
  readonly may: May;
}

/**
 * What the platform lets somebody change here.
 *
 * - `all`: everything of the installation
 * - `channel`: what this channel hears
 * - `unless-named`: the same, until the channel names others
 * - `if-named`: only where the channel names them
 * - `nothing`: nothing, whoever is named (guests, strangers of a shared channel)
 */
export type May = 'all' | 'channel' | 'unless-named' | 'if-named' | 'nothing';

interface Asked {
  readonly platform: string;
  readonly target: Target;
  readonly by: Asker;
}

export type Options = Readonly<Record<string, string>>;

export type CommandRequest = Asked & { readonly type: 'command'; readonly command: string; readonly options: Options };
/** Autocomplete: what was typed so far for one option. */
export type CompleteRequest = Asked & { readonly type: 'complete'; readonly command: string; readonly option: string; readonly typed: string };
/** A button or a select; `values` is empty for a button. */
export type ActionRequest = Asked & {
  readonly type: 'action';
  readonly action: string;
  readonly values: readonly string[];
  readonly message: PostedRef;
};
/** A filled form. */
export type SubmitRequest = Asked & { readonly type: 'submit'; readonly form: string; readonly values: Options };
/** What somebody typed after `/upr`, where a platform gives one line; empty when nothing was typed. */
export type LineRequest = Asked & { readonly type: 'line'; readonly text: string };
/** Somebody opened the page that the bot has in a workspace; the target has no channel. */
export type HomeRequest = Asked & { readonly type: 'home' };
export type Request = CommandRequest | CompleteRequest | ActionRequest | SubmitRequest | LineRequest | HomeRequest;

export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly required: boolean;
  /** `search`: completed while somebody types, as {@link CompleteRequest} asks; `date`: a day, `YYYY-MM-DD`; `member`: a person, by the platform's id. */
  readonly input: 'line' | 'lines' | 'choice' | 'search' | 'date' | 'member';
  /** Of a `choice`. */
  readonly choices: readonly Choice[];
  /** What a `search` completes. */
  readonly completes: { readonly command: string; readonly option: string } | null;
}

export type MessageResponse = { readonly type: 'message'; readonly message: Message; readonly audience: 'asker' | 'channel' };
export type ChoicesResponse = { readonly type: 'choices'; readonly choices: readonly Choice[] };
export type FormResponse = {
  readonly type: 'form';
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly fields: readonly FormField[];
};
/** The message whose button was pressed, as it looks now. A {@link MessageResponse} to the asker leaves that message as it is. */
export type ViewResponse = { readonly type: 'view'; readonly message: Message };
export type Response = MessageResponse | ChoicesResponse | FormResponse | ViewResponse;

export type OnRequest = (request: Request) => Promise<Response>;

/**
 * Where the bot is. `all` lists every installation of the platform, those that cannot be reached for the moment included.
 */
export type Presence =
  | { readonly platform: string; readonly what: 'all'; readonly installations: readonly string[] }
  | { readonly platform: string; readonly what: 'joined' | 'left'; readonly installation: string };

/** What an adapter that listens tells. */
export interface Listener {
  readonly request: OnRequest;
  /** Never throws. */
  presence(news: Presence): Promise<void>;
  /** It does not listen any more, and will not by itself. */
  lost(why: ChatError): void;
}

/** What the bot may do in a place, and who reads there. */
export interface Standing {
  /** Rights that are missing to post, as the platform names them; empty when all is well. */
  readonly missing: readonly string[];
  /** Whether everybody of the installation can read there; null where the platform does not say. */
  readonly everyoneReads: boolean | null;
}

/** Who the bot is on a platform, and what time the platform's servers have; null where they do not say. */
export interface Identity {
  readonly identity: string;
  readonly serverTime: Instant | null;
}

/**
 * The least time between two messages that a platform publishes, in milliseconds; 0 where it publishes none. More is
 * learnt from its answers.
 */
export interface Pace {
  /** Of one bot token, whatever the channels. */
  readonly tokenMs: number;
  readonly channelMs: number;
}

/** How much more a channel takes, as the platform said with an answer. */
export interface Room {
  readonly left: number;
  /** After how long `left` is full again. */
  readonly refillsInMs: number;
}

export interface Posted {
  readonly ref: PostedRef;
  /** Null where the platform does not say. */
  readonly room: Room | null;
}

export interface PostOptions {
  /** The same key within `repeatSafeMs` cannot make a second message. */
  readonly key: string;
  readonly signal: AbortSignal;
}

export interface EditOptions {
  readonly signal: AbortSignal;
}

/** Something that a platform asks of our own web server. */
export interface Route {
  /** Begins with a slash. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Where the secrets of installations are kept, sealed. */
export interface Vault {
  read(id: string): Promise<string | null>;
  write(id: string, secret: string): Promise<void>;
  remove(id: string): Promise<void>;
  ids(): Promise<readonly string[]>;
}

/** Nothing here is optional: what a platform cannot do is answered honestly, not left out. */
export interface Adapter {
  readonly platform: string;
  readonly pace: Pace;
  /** What it answers over the web; empty where it needs none. */
  readonly routes: readonly Route[];
  /** Begins to receive. Posting needs no start. */
  start(listener: Listener): Promise<void>;
  stop(): Promise<void>;
  /** Proves that the token works; throws {@link ChatError} when it does not. */
  verify(): Promise<Identity>;
  check(target: Target): Promise<Standing>;
  /** How long posting again with the same key cannot make a second message there; 0 where it always would. */
  repeatSafeMs(target: Target): number;
  /** Sends; throws {@link ChatError} when it was not sent, or with `ambiguous` when nobody can know. */
  post(target: Target, message: Message, options: PostOptions): Promise<Posted>;
  edit(ref: PostedRef, message: Message, options: EditOptions): Promise<void>;
  /**
   * Where what belongs to a message is posted beside it: its thread, opened where there is none; the same place each time.
   * Throws `forbidden` where the bot may open none.
   */
  threadOf(ref: PostedRef, title: string, options: EditOptions): Promise<Target>;
}

/**
 * Why a platform did not take a message.
 *
 * - `rate-limited`, `unavailable`: not sent, try again later
 * - `ambiguous`: the outcome is unknown
 * - `channel-gone`, `forbidden`, `installation-gone`: not sent, and the world has changed
 * - `rejected`: not sent, the message itself is at fault
 * - `message-gone`: not changed, the message is not there any more
 * - `fatal`: the token or the configuration is at fault
 */
export type ChatErrorReason =
  | 'rate-limited'
  | 'unavailable'
  | 'ambiguous'
  | 'channel-gone'
  | 'forbidden'
  | 'installation-gone'
  | 'rejected'
  | 'message-gone'
  | 'fatal';

const RETRYABLE: readonly ChatErrorReason[] = ['rate-limited', 'unavailable'];

export interface ChatErrorOptions {
  readonly detail?: string;
  readonly retryAfterMs?: number;
  /** Whose limit it was; the channel's unless said otherwise. */
  readonly limit?: 'channel' | 'token';
  readonly cause?: unknown;
}

export class ChatError extends Error {
  readonly reason: ChatErrorReason;
  /** How long the platform asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;
  /** Whose limit was reached, when `rate-limited`. */
  readonly limit: 'channel' | 'token';
  /** True when it was surely not sent and the same request may be taken later. */
  readonly retryable: boolean;

  constructor(reason: ChatErrorReason, options: ChatErrorOptions = {}) {
    super(options.detail === undefined ? reason : `${reason}: ${options.detail}`, { cause: options.cause });
    this.name = 'ChatError';
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.limit = options.limit ?? 'channel';
    this.retryable = RETRYABLE.includes(reason);
  }
}

/**
 * What one bot token serves, and a platform paces as one. It is named by the platform, and by the installation where each
 * installation has a token of its own: `discord`, `slack:T0123`.
 */
export function platformOf(lane: string): string {
  return lane.split(':')[0] ?? lane;
}
