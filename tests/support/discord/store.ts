/** What this Discord holds: guilds, channels, messages, commands, and what was wrong with requests. */
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { LimitPlan } from '../fake-platform/limits.ts';
import { type Flaw, Refusal } from './answers.ts';
import type { Body, CommandBody } from './bodies.ts';

export type PermissionName = keyof typeof PermissionFlagsBits;

export interface ChannelPlan {
  readonly id: string;
  readonly name: string;
  readonly type: ChannelType;
  /** What the bot may do there; everything when left out. */
  readonly permissions?: readonly PermissionName[];
  /** Everyone may not see it; the bot may. */
  readonly isPrivate?: boolean;
  /** The channel of a thread. */
  readonly parent?: string;
}

export interface GuildPlan {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly ChannelPlan[];
  readonly roles?: readonly { readonly id: string; readonly name: string }[];
}

export interface DiscordPlan {
  /** Discord's clock, epoch milliseconds. */
  now(): number;
  readonly application: { readonly id: string };
  readonly token: string;
  readonly guilds: readonly GuildPlan[];
  /** Five messages in five seconds for each channel, and 50 requests a second, when left out. */
  readonly limits?: LimitPlan;
  /** How long a nonce gives the earlier message; three minutes when left out. */
  readonly nonceWindowMs?: number;
}

export interface Channel extends ChannelPlan {
  readonly guild: string;
}

export interface Message {
  readonly id: string;
  readonly channel: string;
  readonly at: number;
  readonly nonce: string | null;
  /** Null: every reader of the channel sees it. */
  readonly onlyFor: string | null;
  readonly byInteraction: boolean;
  readonly pinged: readonly string[];
  body: Body;
  editedAt: number | null;
}

export interface Person {
  readonly user: string;
  readonly locale?: string;
  /** What they may do in the channel; everything when left out. */
  readonly permissions?: readonly PermissionName[];
}

export interface Violation {
  readonly route: string;
  readonly flaws: readonly Flaw[];
  readonly body: unknown;
}

/** The first second of Discord, from which its ids count. */
const EPOCH = 1_420_070_400_000;
const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
const THREADS = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];

export const isThread = ({ type }: { readonly type: ChannelType }): boolean => THREADS.includes(type);

export function bitsOf(names: readonly PermissionName[] | undefined): bigint {
  return names === undefined ? EVERYTHING : names.reduce((all, name) => all | PermissionFlagsBits[name], 0n);
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(plan: DiscordPlan) {
  const guilds = new Map(plan.guilds.map((guild) => [guild.id, guild]));
  const channels = new Map<string, Channel>();
  for (const guild of plan.guilds) for (const channel of guild.channels) channels.set(channel.id, { ...channel, guild: guild.id });
  const messages = new Map<string, Message>();
  const names = new Map(plan.guilds.flatMap(({ roles = [] }) => roles.map(({ id, name }) => [id, name] as const)));
  const violations: Violation[] = [];
  const registered: { commands: (CommandBody & { readonly id: string })[] } = { commands: [] };
  let made = 0n;

  const newId = () => String((BigInt(Math.floor(plan.now()) - EPOCH) << 22n) + (made++ % 4_096n));
  const mayDo = (channel: Channel) => bitsOf(channel.permissions);

  return {
    plan,
    guilds,
    channels,
    messages,
    /** What roles and people are called. */
    names,
    violations,
    registered,
    newId,
    mayDo,
    /** The channel, when the bot may do that there; throws {@link Refusal} when it may not. */
    channelFor: (id: string, ...needed: readonly PermissionName[]): Channel => {
      const channel = channels.get(id);
      if (channel === undefined) throw new Refusal(10003);
      if (!guilds.has(channel.guild) || (mayDo(channel) & PermissionFlagsBits.ViewChannel) === 0n) throw new Refusal(50001);
      if (needed.some((name) => (mayDo(channel) & PermissionFlagsBits[name]) === 0n)) throw new Refusal(50013);
      return channel;
    },
    addMessage: (message: Omit<Message, 'id' | 'at' | 'editedAt'>): Message => {
      const added = { ...message, id: newId(), at: plan.now(), editedAt: null };
      messages.set(added.id, added);
      return added;
    },
    /** Fields that are left out stay as they were; flags are added. */
    editMessage: (message: Message, change: Body): Message => {
      message.body = { ...message.body, ...change, flags: (message.body.flags ?? 0) | (change.flags ?? 0) };
      message.editedAt = plan.now();
      return message;
    },
  };
}
