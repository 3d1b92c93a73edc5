/** Things as Discord tells of them. */
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { type Body, everyComponent, FLAG } from './bodies.ts';
import { bitsOf, type Channel, type GuildPlan, isThread, type Message, type World } from './store.ts';
import { pingedBy } from './text.ts';

const SINCE = '2026-01-01T00:00:00.000000+00:00';
const PARTS = {
  emojis: [],
  stickers: [],
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
  features: [],
};
const LEVELS = {
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  afk_timeout: 300,
};

/** Everybody may everything in a guild; a channel takes from the bot what it may not do there. */
const ROLE = {
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  position: 0,
  managed: false,
  mentionable: true,
  flags: 0,
};

export function botUser({ plan }: World) {
  return { id: plan.application.id, username: 'upr-watch', discriminator: '0000', global_name: null, avatar: null, bot: true };
}

export function applicationPayload({ plan }: World) {
  return { id: plan.application.id, name: 'UPR Watch', icon: null, description: '', bot_public: true, bot_require_code_grant: false, verify_key: '', flags: 0 };
}

export function memberOf(user: object, more: object = {}) {
  return { user, nick: null, avatar: null, roles: [], joined_at: SINCE, deaf: false, mute: false, flags: 0, pending: false, ...more };
}

export function channelPayload({ plan }: World, channel: Channel) {
  const { id, name, type, guild } = channel;
  const shared = { id, name, type, guild_id: guild, parent_id: channel.parent ?? null, last_message_id: null, rate_limit_per_user: 0, flags: 0 };
  if (isThread(channel)) {
    const metadata = { archived: false, auto_archive_duration: 4_320, archive_timestamp: SINCE, locked: false, create_timestamp: SINCE };
    return { ...shared, owner_id: plan.application.id, thread_metadata: metadata, message_count: 0, member_count: 1, total_message_sent: 0 };
  }
  const deny = String(bitsOf(undefined) & ~bitsOf(channel.permissions));
  const hidden = { id: guild, type: 0, allow: '0', deny: String(PermissionFlagsBits.ViewChannel) };
  const own = { id: plan.application.id, type: 1, allow: channel.isPrivate === true ? String(bitsOf(channel.permissions)) : '0', deny };
  const overwrites = channel.isPrivate === true ? [hidden, own] : [own];
  const forum = type === ChannelType.GuildForum ? { available_tags: [], default_reaction_emoji: null, default_sort_order: null, default_forum_layout: 0 } : {};
  return { ...shared, ...forum, position: 0, permission_overwrites: overwrites, topic: null, nsfw: false };
}

export function guildPayload(world: World, { id, name, roles = [] }: GuildPlan) {
  const everyone = { ...ROLE, id, name: '@everyone', permissions: String(bitsOf(undefined) & ~PermissionFlagsBits.Administrator) };
  const all = [...world.channels.values()].filter((channel) => channel.guild === id);
  return {
    ...{ ...PARTS, ...LEVELS, id, name, icon: null, splash: null, banner: null, description: null, vanity_url_code: null, discovery_splash: null },
    ...{ owner_id: '1', preferred_locale: 'en-US', system_channel_flags: 0, member_count: 2, joined_at: SINCE, large: false, unavailable: false },
    roles: [everyone, ...roles.map((role) => ({ ...ROLE, ...role, permissions: '0' }))],
    members: [memberOf(botUser(world))],
    channels: all.filter((channel) => !isThread(channel)).map((channel) => channelPayload(world, channel)),
    threads: all.filter(isThread).map((channel) => channelPayload(world, channel)),
  };
}

export function messagePayload(world: World, message: Message) {
  const { id, channel, at, editedAt, nonce, body } = message;
  const pinged = pingedBy(message);
  const people = pinged.filter((one) => /^\d+$/.test(one) && !world.plan.guilds.some(({ roles }) => roles?.some((role) => role.id === one)));
  return {
    ...{ id, channel_id: channel, type: 0, author: botUser(world), application_id: world.plan.application.id },
    ...{ timestamp: new Date(at).toISOString(), edited_timestamp: editedAt === null ? null : new Date(editedAt).toISOString() },
    ...{ content: body.content ?? '', embeds: body.embeds ?? [], components: numbered(body), attachments: [] },
    flags: (body.flags ?? 0) | (message.onlyFor === null ? 0 : FLAG.ephemeral),
    ...{ tts: false, pinned: false, mention_everyone: pinged.includes('everyone'), mentions: people.map((one) => userPayload(world, one)) },
    mention_roles: pinged.filter((one) => /^\d+$/.test(one) && !people.includes(one)),
    ...(nonce === null ? {} : { nonce }),
    ...(message.byInteraction ? { webhook_id: world.plan.application.id } : {}),
  };
}

export function userPayload({ names }: World, id: string) {
  return { id, username: names.get(id) ?? `user-${id}`, discriminator: '0', global_name: null, avatar: null };
}

/** Discord gives each component a number, in reading order. */
function numbered({ components }: Body): readonly object[] {
  const copy = structuredClone(components ?? []);
  everyComponent(copy).forEach(({ component }, at) => void Object.assign(component, { id: component.id ?? at + 1 }));
  return copy;
}

export const KNOWN_INTENTS = Object.values(GatewayIntentBits).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0);
