/** What readers and administrators of the guilds see and do. */
import type { Gateway } from './gateway.ts';
import { channelPayload, guildPayload } from './payloads.ts';
import type { GuildPlan, PermissionName, Violation, World } from './store.ts';
import { textOf } from './text.ts';

/** A message as the readers of a channel see it. */
export interface Read {
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly edited: boolean;
  readonly nonce: string | null;
  /** Ids of people and roles, `everyone` and `here`. */
  readonly pinged: readonly string[];
}

export function createView(world: World, gateway: Gateway) {
  return {
    /** Bodies that Discord would not take, and why. A good test ends with none. */
    violations: (): readonly Violation[] => [...world.violations],
    /** The registered commands. */
    commands: () => [...world.registered.commands],
    /** What the readers of a channel see, oldest first; ephemeral answers are not among it. */
    read: (channelId: string): readonly Read[] =>
      [...world.messages.values()]
        .filter(({ channel, onlyFor }) => channel === channelId && onlyFor === null)
        .map((message) => ({
          ...{ id: message.id, at: message.at, text: textOf(message, world.names), edited: message.editedAt !== null },
          ...{ nonce: message.nonce, pinged: message.pinged },
        })),
    /** The threads of a channel, oldest first. */
    threads: (channelId: string) => [...world.channels.values()].filter(({ parent }) => parent === channelId).map(({ id, name }) => ({ id, name })),
    /** An administrator changes what the bot may do in a channel. */
    permit: (channelId: string, permissions: readonly PermissionName[]): void => {
      const channel = world.channelFor(channelId);
      world.channels.set(channelId, { ...channel, permissions });
      gateway.dispatch('CHANNEL_UPDATE', channelPayload(world, { ...channel, permissions }), channel.guild);
    },
    /** Somebody deletes a channel. */
    deleteChannel: (channelId: string): void => {
      const channel = world.channelFor(channelId);
      world.channels.delete(channelId);
      gateway.dispatch('CHANNEL_DELETE', channelPayload(world, channel), channel.guild);
    },
    /** Somebody invites the bot into a guild, which has the channels it had when the bot was in it before. */
    invite: (guild: GuildPlan): void => {
      world.guilds.set(guild.id, guild);
      gateway.dispatch('GUILD_CREATE', guildPayload(world, guild), guild.id);
    },
    /** Nobody reaches a guild for the moment. */
    darken: (guildId: string): void => void gateway.dispatch('GUILD_DELETE', { id: guildId, unavailable: true }, guildId),
    /** Somebody throws the bot out of a guild. */
    kick: (guildId: string): void => {
      world.guilds.delete(guildId);
      gateway.dispatch('GUILD_DELETE', { id: guildId }, guildId);
    },
  };
}
