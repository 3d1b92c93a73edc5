/** The routes of Discord's API, version 10, that a bot of this kind uses. */
import { ChannelType } from 'discord.js';
import { type Answer, Refusal } from './answers.ts';
import { type Body, type Callback, type CommandBody, FLAG, has } from './bodies.ts';
import { type Checked, type Form, flawsOf } from './checks.ts';
import type { Gateway } from './gateway.ts';
import type { Interactions } from './interactions.ts';
import { applicationPayload, botUser, channelPayload, guildPayload, memberOf, messagePayload } from './payloads.ts';
import { type Channel, isThread, type Message, type PermissionName, type World } from './store.ts';
import { pingedBy } from './text.ts';

export interface Incoming {
  readonly method: string;
  /** Below `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: number;
}

export interface Route {
  readonly pattern: RegExp;
  /** Asked of others than the bot too: the token in the path says who. */
  readonly isOpen?: true;
  /** What shares a rate limit; nothing limits it when left out. */
  readonly bucket?: string;
  handle(incoming: Incoming, ...ids: readonly string[]): Answer;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const NO_CONTENT: Answer = { status: 204 };
const POSTS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const SILENT: readonly ChannelType[] = [...POSTS, ChannelType.GuildCategory, ChannelType.GuildDirectory];

interface Parts {
  readonly world: World;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  url(): string;
}

/** The first route whose pattern fits answers; its ids are what the pattern caught. */
export function createRoutes({ world, gateway, interactions, url }: Parts): readonly Route[] {
  const { plan } = world;
  const byNonce = new Map<string, Message>();

  /** The body, when it is one that Discord takes; what is wrong with it is remembered. */
  function checked<T>(form: Form, { method, path, body, files }: Incoming, before?: Checked['before']): T {
    const flaws = flawsOf({ form, body, files, before });
    if (flaws.length === 0) return body as T;
    world.violations.push({ route: `${method} ${path}`, flaws, body });
    throw new Refusal(flaws.some(({ message }) => message === new Refusal(50006).message) ? 50006 : 50035, flaws);
  }

  const say = (channel: Channel, body: Body): Message =>
    world.addMessage({
      channel: channel.id,
      body,
      nonce: nonceOf(body),
      onlyFor: null,
      byInteraction: false,
      pinged: pingedBy({ body, byInteraction: false }),
    });

  function post(incoming: Incoming, id: string): Answer {
    const body = checked<Body>('message', incoming);
    const channel = world.channelFor(id, ...rightsToSay(world.channels.get(id), body));
    if (SILENT.includes(channel.type)) throw new Refusal(50008);
    const nonce = nonceOf(body);
    const earlier = nonce === null || body.enforce_nonce !== true ? undefined : byNonce.get(nonce);
    if (earlier !== undefined && plan.now() < earlier.at + (plan.nonceWindowMs ?? 180_000)) return ok(messagePayload(world, earlier));
    const message = say(channel, body);
    if (nonce !== null) byNonce.set(nonce, message);
    return ok(messagePayload(world, message));
  }

  function edit(incoming: Incoming, id: string, messageId: string): Answer {
    const channel = world.channelFor(id);
    const message = world.messages.get(messageId);
    if (message === undefined || message.channel !== channel.id || message.onlyFor !== null) throw new Refusal(10008);
    return ok(messagePayload(world, world.editMessage(message, checked<Body>('edit', incoming, message.body))));
  }

  function startThread(incoming: Incoming, id: string): Answer {
    const isForum = POSTS.includes(world.channels.get(id)?.type ?? ChannelType.GuildText);
    const body = checked<{ name: string; type?: number; message?: Body }>(isForum ? 'forum-post' : 'thread', incoming);
    const parent = world.channelFor(id, isForum ? 'SendMessages' : 'CreatePublicThreads');
    const { name: title, guild, permissions } = parent;
    if (isThread(parent)) throw new Refusal(50008);
    const type = isForum || body.type === ChannelType.PublicThread ? ChannelType.PublicThread : ChannelType.PrivateThread;
    const thread: Channel = { id: world.newId(), name: body.name || title, type, guild, parent: id, ...(permissions === undefined ? {} : { permissions }) };
    world.channels.set(thread.id, thread);
    const told = channelPayload(world, thread);
    const said = body.message === undefined ? {} : { message: messagePayload(world, say(thread, body.message)) };
    gateway.dispatch('THREAD_CREATE', { ...told, newly_created: true }, guild);
    return { status: 201, body: { ...told, ...said } };
  }

  function startThreadOn(incoming: Incoming, id: string, messageId: string): Answer {
    const body = checked<{ name: string }>('message-thread', incoming);
    const parent = world.channelFor(id, 'CreatePublicThreads');
    if (isThread(parent)) throw new Refusal(50024);
    if (world.messages.get(messageId)?.channel !== parent.id) throw new Refusal(10008);
    // A thread has the id of the message that it is below.
    if (world.channels.has(messageId)) throw new Refusal(160004);
    const { guild, permissions } = parent;
    const thread: Channel = {
      ...{ id: messageId, name: body.name, type: ChannelType.PublicThread, guild, parent: id },
      ...(permissions === undefined ? {} : { permissions }),
    };
    world.channels.set(thread.id, thread);
    const told = channelPayload(world, thread);
    gateway.dispatch('THREAD_CREATE', { ...told, newly_created: true }, guild);
    return { status: 201, body: told };
  }

  function callback(incoming: Incoming, id: string, token: string): Answer {
    const source = interactions.find(token)?.source?.body;
    const told = interactions.callback(id, token, checked<Callback>('callback', incoming, source));
    return incoming.query.get('with_response') === 'true' ? ok(told) : NO_CONTENT;
  }

  function editOriginal(incoming: Incoming, application: string, token: string): Answer {
    mine(application);
    const before = interactions.find(token)?.original?.body;
    return ok(messagePayload(world, interactions.editOriginal(token, checked<Body>('webhook-edit', incoming, before))));
  }

  const mine = (application: string) => {
    if (application !== plan.application.id) throw new Refusal(10015);
  };

  function publish(incoming: Incoming, application: string): Answer {
    if (application !== plan.application.id) throw new Refusal(50001);
    const before = world.registered.commands;
    const commands = checked<readonly CommandBody[]>('commands', incoming);
    world.registered.commands = commands.map((command) => ({ ...command, id: before.find(({ name }) => name === command.name)?.id ?? world.newId() }));
    return listed();
  }

  const listed = () => {
    const more = { application_id: plan.application.id, version: '1', default_member_permissions: null, dm_permission: true, nsfw: false };
    return ok(world.registered.commands.map((command) => ({ ...more, type: 1, ...command })));
  };

  const activeThreads = (guild: string) =>
    [...world.channels.values()].filter((channel) => channel.guild === guild && isThread(channel)).map((channel) => channelPayload(world, channel));

  const limit = { total: 1_000, remaining: 1_000, reset_after: 86_400_000, max_concurrency: 1 };
  return [
    { pattern: /^GET \/gateway\/bot$/, handle: () => ok({ url: url(), shards: 1, session_start_limit: limit }) },
    { pattern: /^GET \/users\/@me$/, handle: () => ok(botUser(world)) },
    { pattern: /^GET \/(?:applications|oauth2\/applications)\/@me$/, handle: () => ok(applicationPayload(world)) },
    {
      pattern: /^GET \/guilds\/(\d+)$/,
      handle: (_, id = '') => {
        const guild = world.guilds.get(id);
        if (guild === undefined) throw new Refusal(10004);
        return ok(guildPayload(world, guild));
      },
    },
    { pattern: /^GET \/guilds\/(\d+)\/members\/\d+$/, handle: () => ok(memberOf(botUser(world))) },
    { pattern: /^GET \/guilds\/(\d+)\/threads\/active$/, handle: (_, id = '') => ok({ threads: activeThreads(id), members: [] }) },
    { pattern: /^GET \/channels\/(\d+)\/threads\/archived\/public$/, handle: () => ok({ threads: [], members: [], has_more: false }) },
    { pattern: /^GET \/channels\/(\d+)$/, handle: (_, id = '') => ok(channelPayload(world, world.channelFor(id))) },
    { pattern: /^POST \/channels\/(\d+)\/messages$/, bucket: 'messages', handle: (incoming, id = '') => post(incoming, id) },
    { pattern: /^PATCH \/channels\/(\d+)\/messages\/(\d+)$/, bucket: 'edits', handle: (incoming, id = '', message = '') => edit(incoming, id, message) },
    {
      pattern: /^POST \/channels\/(\d+)\/messages\/(\d+)\/threads$/,
      bucket: 'threads',
      handle: (incoming, id = '', message = '') => startThreadOn(incoming, id, message),
    },
    { pattern: /^POST \/channels\/(\d+)\/threads$/, bucket: 'threads', handle: (incoming, id = '') => startThread(incoming, id) },
    { pattern: /^POST \/interactions\/(\d+)\/([^/]+)\/callback$/, isOpen: true, handle: (incoming, id = '', token = '') => callback(incoming, id, token) },
    {
      pattern: /^GET \/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
      isOpen: true,
      handle: (_, _application, token = '') => ok(messagePayload(world, interactions.original(token))),
    },
    {
      pattern: /^PATCH \/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
      isOpen: true,
      bucket: 'webhooks',
      handle: (incoming, application = '', token = '') => editOriginal(incoming, application, token),
    },
    {
      pattern: /^DELETE \/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
      isOpen: true,
      handle: (_, application = '', token = '') => {
        mine(application);
        interactions.deleteOriginal(token);
        return NO_CONTENT;
      },
    },
    {
      pattern: /^POST \/webhooks\/(\d+)\/([^/]+)$/,
      isOpen: true,
      bucket: 'webhooks',
      handle: (incoming, application = '', token = '') => {
        mine(application);
        return ok(messagePayload(world, interactions.followUp(token, checked<Body>('follow-up', incoming))));
      },
    },
    { pattern: /^PUT \/applications\/(\d+)\/commands$/, handle: (incoming, application = '') => publish(incoming, application) },
    { pattern: /^GET \/applications\/(\d+)\/commands$/, handle: listed },
  ];
}

function nonceOf({ nonce }: Body): string | null {
  return nonce == null ? null : String(nonce);
}

function rightsToSay(channel: Channel | undefined, { embeds, flags }: Body): readonly PermissionName[] {
  const send = channel !== undefined && isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
  return (embeds ?? []).length > 0 && !has(flags, FLAG.componentsV2) ? [send, 'EmbedLinks'] : [send];
}
