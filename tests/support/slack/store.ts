/** What this Slack holds: workspaces, channels, people, tokens, messages, and what was wrong with requests. */
import { describe, type Flaw, Refusal } from './answers.ts';
import { type Body, named } from './bodies.ts';
import type { Mention } from './mrkdwn.ts';
import type { Channel, SlackPlan, User, Workspace } from './plan.ts';
import { mentionsOf } from './text.ts';

export interface Message {
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  readonly at: number;
  /** The ts of the message that is answered; null outside threads. */
  readonly thread: string | null;
  /** A reply that the channel sees too. */
  readonly isBroadcast: boolean;
  /** Null: every reader of the channel sees it. */
  readonly onlyFor: string | null;
  body: Body;
  editedAt: number | null;
}

export interface Token {
  readonly team: string;
  scopes: readonly string[];
  /** `revoked` by auth.revoke or an administrator, `gone` with the whole app. */
  state: 'active' | 'revoked' | 'gone';
}

/** What came before somebody's eyes. */
export type Sight =
  | { readonly kind: 'message'; readonly message: Message; readonly gesture?: string }
  | { readonly kind: 'view'; readonly view: string; readonly gesture?: string }
  | { readonly kind: 'home'; readonly user: string }
  | { readonly kind: 'deleted'; readonly message: Message; readonly gesture?: string };

export type World = ReturnType<typeof createWorld>;

/** All a minimal bot asks for, and what makes it comfortable. */
const SCOPES = ['commands', 'chat:write', 'chat:write.public', 'channels:read', 'groups:read', 'im:read', 'im:write', 'users:read'];

const keyOf = (channel: string, ts: string) => `${channel}/${ts}`;

export function createWorld(plan: SlackPlan) {
  const teams = new Map<string, Workspace>(plan.workspaces.map((workspace) => [workspace.team, workspace]));
  const channels = new Map<string, Channel>();
  const users = new Map<string, User>();
  const tokens = new Map<string, Token>();
  const homes = new Map<string, { readonly team: string; readonly id: string }>();
  const messages = new Map<string, Message>();
  const mentions: (Mention & { readonly channel: string })[] = [];
  const violations: string[] = [];
  const watchers = new Set<(sight: Sight) => void>();
  let [made, lastMicros] = [0, 0];

  for (const { team, botToken, scopes = SCOPES, isInstalled = true, channels: placed, users: people } of plan.workspaces) {
    for (const channel of placed) channels.set(channel.id, { ...channel, team });
    for (const user of people) users.set(user.id, { ...user, team });
    if (isInstalled) tokens.set(botToken, { team, scopes, state: 'active' });
  }

  /** Never the same twice. */
  function newTs(): string {
    lastMicros = Math.max(lastMicros + 1, Math.floor(plan.now() * 1_000));
    return `${Math.floor(lastMicros / 1_000_000)}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  }

  const newId = (letter: string) => `${letter}${(made++).toString(36).toUpperCase().padStart(8, '0')}`;
  const show = (sight: Sight) => {
    for (const watch of [...watchers]) watch(sight);
  };
  const remember = (channel: string, body: Body) => void mentions.push(...mentionsOf(body).map((mention) => ({ channel, ...mention })));
  const withIds = (body: Body): Body => (body.blocks === undefined ? body : { ...body, blocks: named(body.blocks, () => newId('b')) });

  return {
    plan,
    teams,
    channels,
    users,
    tokens,
    /** The view that each person has as Home, by person. */
    homes,
    messages,
    mentions,
    violations,
    newId,
    newTs,
    show,
    /** Returns what ends it. */
    watch: (watcher: (sight: Sight) => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    violate: (route: string, flaws: readonly Flaw[] | string): void => {
      const said = typeof flaws === 'string' ? [flaws] : flaws.map(describe);
      violations.push(...said.map((flaw) => `${route}: ${flaw}`));
    },
    messageAt: (channel: string, ts: string): Message | undefined => messages.get(keyOf(channel, ts)),
    addMessage: ({ body, gesture, ...rest }: Omit<Message, 'ts' | 'at' | 'editedAt'> & { readonly gesture?: string }): Message => {
      const message: Message = { ...rest, body: withIds(body), ts: newTs(), at: plan.now(), editedAt: null };
      messages.set(keyOf(message.channel, message.ts), message);
      remember(message.channel, body);
      show({ kind: 'message', message, ...(gesture === undefined ? {} : { gesture }) });
      return message;
    },
    editMessage: (message: Message, body: Body, gesture?: string): Message => {
      message.body = withIds(body);
      message.editedAt = plan.now();
      remember(message.channel, body);
      show({ kind: 'message', message, ...(gesture === undefined ? {} : { gesture }) });
      return message;
    },
    deleteMessage: (message: Message, gesture?: string): void => {
      messages.delete(keyOf(message.channel, message.ts));
      show({ kind: 'deleted', message, ...(gesture === undefined ? {} : { gesture }) });
    },
    /** The direct channel with a person; it begins to exist when it is asked for. */
    directWith: ({ id, team }: User): Channel => {
      const direct = `D${id}`;
      const channel = channels.get(direct) ?? { id: direct, name: 'directmessage', team, isMember: true, isPrivate: true, members: [id] };
      channels.set(direct, channel);
      return channel;
    },
    userOf: (team: string, id: string): User => {
      const user = users.get(id);
      if (user === undefined || user.team !== team) throw new Refusal('user_not_found');
      return user;
    },
  };
}
