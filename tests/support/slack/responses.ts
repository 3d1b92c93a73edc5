/** Addresses that answer one command or one press: five times within half an hour, wherever it was, with or without the bot in it. */
import { randomBytes } from 'node:crypto';
import { type Answer, describe, type Flaw, refusalOf } from './answers.ts';
import type { Body } from './bodies.ts';
import { flawsOfMessage } from './checks.ts';
import type { Message, World } from './store.ts';

const USES = 5;
const ALIVE_MS = 30 * 60_000;
const KNOWN = ['text', 'blocks', 'response_type', 'replace_original', 'delete_original', 'thread_ts', 'mrkdwn', 'metadata'];

export interface Answered {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly gesture: string;
  /** The message whose button was pressed; null for a command. */
  readonly source: Message | null;
}

interface Address extends Answered {
  readonly at: number;
  uses: number;
  /** What was said by it, or the source. */
  original: Message | null;
}

interface Said extends Body {
  readonly response_type?: string;
  readonly replace_original?: boolean | string;
  readonly delete_original?: boolean | string;
  readonly thread_ts?: string;
}

export type Responses = ReturnType<typeof createResponses>;

export function createResponses(world: World, url: () => string) {
  const { now } = world.plan;
  const addresses = new Map<string, Address>();
  const isSet = (value: unknown) => value === true || value === 'true';

  /** Says it where the person is; returns what is wrong with it, if Slack would not take it. */
  function say(where: Answered, said: Said, route: string): Message | readonly Flaw[] {
    const unknown = Object.keys(said).filter((key) => !KNOWN.includes(key));
    const { response_type = 'ephemeral' } = said;
    const body: Body = { ...(said.text === undefined ? {} : { text: said.text }), ...(said.blocks === undefined ? {} : { blocks: said.blocks }) };
    const flaws: readonly Flaw[] = [
      ...flawsOfMessage(body, 'answer'),
      ...unknown.map((key) => ({ path: [key], message: 'is a field that Slack does not know', error: null })),
      ...(['ephemeral', 'in_channel'].includes(response_type) ? [] : [{ path: ['response_type'], message: 'is ephemeral or in_channel' }]),
    ];
    if (flaws.length > 0) world.violate(route, flaws);
    if (refusalOf(flaws, 'invalid_blocks') !== null) return flaws;
    const { team, channel, user, gesture } = where;
    const onlyFor = response_type === 'in_channel' ? null : user;
    const thread = said.thread_ts ?? null;
    return world.addMessage({ team, channel, gesture, thread, isBroadcast: false, onlyFor, body });
  }

  function replace(address: Address, original: Message, said: Said): Answer {
    const { response_type: _, replace_original: __, delete_original: ___, ...rest } = said;
    const flaws = flawsOfMessage(rest, 'answer');
    if (flaws.length > 0) world.violate('response_url', flaws);
    if (refusalOf(flaws, 'invalid_blocks') !== null) return refused(flaws);
    world.editMessage(original, { ...(rest.text === undefined ? {} : { text: rest.text }), blocks: rest.blocks ?? [] }, address.gesture);
    return { status: 200, body: 'ok' };
  }

  function take(address: Address, said: Said): Answer {
    const { original, gesture } = address;
    const isThere = original !== null && world.messageAt(original.channel, original.ts) !== undefined;
    if (isSet(said.delete_original)) {
      if (isThere) world.deleteMessage(original, gesture);
      return { status: 200, body: 'ok' };
    }
    if (isSet(said.replace_original) && isThere) return replace(address, original, said);
    const message = say(address, said, 'response_url');
    if (!('ts' in message)) return refused(message);
    address.original ??= message;
    return { status: 200, body: 'ok' };
  }

  return {
    /** What an acknowledgement says at once. */
    acknowledge: (where: Answered, said: Said): void => void say(where, said, 'acknowledgement'),
    /** A new address. */
    issue: (where: Answered): string => {
      const secret = randomBytes(18).toString('base64url');
      addresses.set(secret, { ...where, at: now(), uses: 0, original: where.source });
      return `${url()}/commands/${where.team}/${secret}`;
    },
    handle: (secret: string, said: unknown): Answer => {
      const address = addresses.get(secret);
      if (address === undefined) return gone('no_such_url');
      if (now() >= address.at + ALIVE_MS) return gone('expired_url');
      if (address.uses >= USES) return gone('used_url');
      address.uses += 1;
      if (typeof said !== 'object' || said === null) return { status: 400, body: 'invalid_payload' };
      return take(address, said as Said);
    },
  };
}

const gone = (error: string): Answer => ({ status: 404, body: { ok: false, error } });

/** Here Slack says the name of the error alone. */
function refused(flaws: readonly Flaw[]): Answer {
  return { status: 400, body: refusalOf(flaws, 'invalid_blocks')?.message ?? flaws.map(describe).join() };
}
