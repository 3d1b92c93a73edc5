/** The methods that say something: chat.postMessage, postEphemeral, update and delete. */
import { type Answer, type Flaw, ok, Refusal, refusalOf } from './answers.ts';
import type { Block, Body } from './bodies.ts';
import { type Form, flawsOfMessage } from './checks.ts';
import { type Args, type Call, channelOf, isFalse, isTrue, type Methods, text } from './methods.ts';
import { messagePayload } from './payloads.ts';
import { type Channel, isIn } from './plan.ts';
import type { Message, World } from './store.ts';

const SAID = ['channel', 'text', 'blocks', 'mrkdwn', 'parse', 'link_names'];
const POSTED = [...SAID, 'thread_ts', 'reply_broadcast', 'unfurl_links', 'unfurl_media', 'metadata', 'username', 'icon_emoji', 'icon_url'];

/** What came as JSON inside a form, or as it is. */
export function decoded(value: unknown, error: string): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(error);
  }
}

function bodyOf(args: Args): Body {
  const blocks = args.blocks === undefined ? undefined : decoded(args.blocks, 'invalid_blocks_format');
  if (blocks !== undefined && !Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  return { ...(args.text === undefined ? {} : { text: String(args.text) }), ...(blocks === undefined ? {} : { blocks: blocks as readonly Block[] }) };
}

/** Alerts show no previews, and a name in a text of others calls nobody: both are asked for with every post. */
function flawsOfManner(args: Args, isPost: boolean): readonly Flaw[] {
  const unwanted = (key: string, wrong: boolean, message: string): readonly Flaw[] => (wrong ? [{ path: [key], message, error: null }] : []);
  return [
    ...unwanted('unfurl_links', isPost && !isFalse(args.unfurl_links), 'has to be false'),
    ...unwanted('unfurl_media', isPost && !isFalse(args.unfurl_media), 'has to be false'),
    ...unwanted('link_names', isTrue(args.link_names), 'makes mentions of plain words'),
    ...unwanted('parse', args.parse !== undefined && args.parse !== 'none', 'makes mentions of plain words'),
    ...unwanted('thread_ts', args.thread_ts !== undefined && !/^\d+\.\d{6}$/.test(String(args.thread_ts)), 'is no ts'),
  ];
}

export function createChat(world: World): Methods {
  const { plan } = world;

  /** Remembers what is wrong; returns what to refuse it with, if Slack would. */
  function check({ method, args }: Call, body: Body, form: Form): Refusal | null {
    const flaws = [...flawsOfMessage(body, form), ...flawsOfManner(args, form === 'post')];
    if (flaws.length > 0) world.violate(method, flaws);
    return refusalOf(flaws, 'invalid_blocks');
  }

  /** Where the bot may speak. A person's id stands for the direct channel. */
  function placeToSpeak(call: Call): Channel {
    const { args, workspace, grant } = call;
    const person = world.users.get(text(args.channel));
    const channel = person === undefined ? channelOf(world, call, args.channel) : world.directWith(world.userOf(workspace.team, person.id));
    if (channel.isArchived === true) throw new Refusal('is_archived');
    const mayEnter = call.method === 'chat.postMessage' && channel.isPrivate !== true && grant.scopes.includes('chat:write.public');
    if (channel.isMember === false && !mayEnter) throw new Refusal('not_in_channel');
    return channel;
  }

  function threadOf({ method, args }: Call, channel: Channel): string | null {
    if (args.thread_ts === undefined) return null;
    const parent = world.messageAt(channel.id, String(args.thread_ts));
    if (parent === undefined || parent.onlyFor !== null) throw new Refusal('message_not_found');
    if (parent.thread !== null) world.violate(method, [{ path: ['thread_ts'], message: 'is that of a reply, not of the parent' }]);
    return parent.thread ?? parent.ts;
  }

  function say(call: Call, onlyFor: string | null): Message {
    const body = bodyOf(call.args);
    const refusal = check(call, body, onlyFor === null ? 'post' : 'ephemeral');
    const channel = placeToSpeak(call);
    if (onlyFor !== null && !isIn(channel, onlyFor)) throw new Refusal('user_not_in_channel');
    if (refusal !== null) throw refusal;
    const [thread, isBroadcast] = [threadOf(call, channel), isTrue(call.args.reply_broadcast)];
    return world.addMessage({ team: channel.team, channel: channel.id, thread, isBroadcast, onlyFor, body });
  }

  function post(call: Call): Answer {
    const message = say(call, null);
    return ok({ channel: message.channel, ts: message.ts, message: messagePayload(world, message) });
  }

  function postEphemeral(call: Call): Answer {
    const user = world.users.get(text(call.args.user));
    if (user === undefined || user.team !== call.workspace.team) throw new Refusal('user_not_in_channel');
    return ok({ message_ts: say(call, user.id).ts });
  }

  /** A message that the bot posted; nothing else can be changed. */
  function mine(call: Call, error: string): Message {
    const channel = channelOf(world, call, call.args.channel);
    const message = world.messageAt(channel.id, text(call.args.ts));
    if (message === undefined || message.onlyFor !== null) throw new Refusal('message_not_found');
    if (channel.isArchived === true) throw new Refusal(error);
    return message;
  }

  /** Blocks that are left out stay as they were. */
  function update(call: Call): Answer {
    const body = bodyOf(call.args);
    const refusal = check(call, body, 'update');
    const message = mine(call, 'cant_update_message');
    const { editWindowMs = Number.POSITIVE_INFINITY } = call.workspace;
    if (plan.now() > message.at + editWindowMs) throw new Refusal('edit_window_closed');
    if (refusal !== null) throw refusal;
    world.editMessage(message, { ...message.body, ...body });
    return ok({ channel: message.channel, ts: message.ts, text: body.text ?? '', message: messagePayload(world, message) });
  }

  function remove(call: Call): Answer {
    const message = mine(call, 'cant_delete_message');
    world.deleteMessage(message);
    return ok({ channel: message.channel, ts: message.ts });
  }

  return {
    'chat.postMessage': { as: 'bot', scope: 'chat:write', tier: 'message', args: POSTED, handle: post },
    'chat.postEphemeral': { as: 'bot', scope: 'chat:write', tier: 100, args: [...SAID, 'user', 'thread_ts', 'username'], handle: postEphemeral },
    'chat.update': { as: 'bot', scope: 'chat:write', tier: 50, args: [...SAID, 'ts', 'metadata', 'reply_broadcast'], handle: update },
    'chat.delete': { as: 'bot', scope: 'chat:write', tier: 50, args: ['channel', 'ts'], handle: remove },
  };
}
