/** Channels, threads and forums: where a message really goes, and what the bot may do there. */
import { z } from 'zod';
import { ChatError, type Standing, type Target } from '../adapter.ts';
import { discordCodeOf } from './errors.ts';
import { type Ask, read } from './rest.ts';
import { everyoneSees, missingRights, permissionsIn, type Right } from './rights.ts';

const THREADS: readonly number[] = [10, 11, 12];
const PRIVATE_THREAD = 12;
const FORUMS: readonly number[] = [15, 16];
const REQUIRE_TAG = 1 << 4;

const id = z.string().regex(/^\d{1,20}$/);
const bits = z.string().regex(/^\d{1,20}$/);
const channelSchema = z.object({
  id,
  type: z.int(),
  guild_id: id.optional(),
  parent_id: id.nullish(),
  flags: z.int().default(0),
  permission_overwrites: z.array(z.object({ id, allow: bits, deny: bits })).default([]),
  available_tags: z.array(z.object({ id, moderated: z.boolean().default(false) })).default([]),
});
export type Channel = z.infer<typeof channelSchema>;

const guildSchema = z.object({ id, owner_id: id, roles: z.array(z.object({ id, permissions: bits })) });
const memberSchema = z.object({ roles: z.array(id) });
const threadsSchema = z.object({ threads: z.array(z.object({ id, parent_id: id.nullish(), owner_id: id.nullish(), name: z.string().nullish() })) });
const selfSchema = z.object({ id, username: z.string() });

/** The bot as Discord knows it. */
export type Self = z.infer<typeof selfSchema>;

export async function selfOf(ask: Ask, signal?: AbortSignal) {
  const answer = await ask({ method: 'GET', path: '/users/@me', ...(signal === undefined ? {} : { signal }) });
  return { self: read(selfSchema, answer), headers: answer.headers };
}

export async function channelOf(ask: Ask, channel: string, signal?: AbortSignal): Promise<Channel> {
  return read(channelSchema, await ask({ method: 'GET', path: `/channels/${channel}`, ...(signal === undefined ? {} : { signal }) }));
}

export function isForum({ type }: Channel): boolean {
  return FORUMS.includes(type);
}

/** The tag that a new thread of the forum gets: none where none is asked for. */
export function tagsFor({ flags, available_tags: tags }: Channel): readonly string[] {
  return (flags & REQUIRE_TAG) === 0
    ? []
    : tags
        .filter(({ moderated }) => !moderated)
        .slice(0, 1)
        .map(({ id: tag }) => tag);
}

/**
 * The thread that the bot opened in a forum before, so that it opens one only; null when there is none. Where the archive
 * may not be read, only the active threads are looked through.
 */
export async function ownThread(ask: Ask, { id: forum, guild_id: guild }: Channel, self: Self, signal: AbortSignal): Promise<string | null> {
  const look = async (path: `/${string}`) => {
    const { threads } = read(threadsSchema, await ask({ method: 'GET', path, signal }));
    return threads.find((thread) => thread.parent_id === forum && thread.owner_id === self.id && thread.name === self.username)?.id ?? null;
  };
  const active = guild === undefined ? null : await look(`/guilds/${guild}/threads/active`);
  return active ?? (await look(`/channels/${forum}/threads/archived/public?limit=100`).catch(nullWhenForbidden));
}

function nullWhenForbidden(cause: unknown): null {
  if (cause instanceof ChatError && cause.reason === 'forbidden') return null;
  throw cause;
}

/** What the bot may do in a target, and who reads there. Throws where Discord does not say, or the channel is gone. */
export async function standingIn(ask: Ask, target: Target): Promise<Standing> {
  let place: Channel;
  try {
    place = await channelOf(ask, target.thread ?? target.channel);
  } catch (cause) {
    if (discordCodeOf(cause) === 50001) return { missing: ['VIEW_CHANNEL'], everyoneReads: false };
    throw cause;
  }
  const inThread = THREADS.includes(place.type);
  const { guild_id: guildId } = place;
  if (guildId === undefined) return { missing: [], everyoneReads: null };
  const channel = inThread && place.parent_id != null ? await channelOf(ask, place.parent_id) : place;
  const { self } = await selfOf(ask);
  const [guild, member] = await Promise.all([
    ask({ method: 'GET', path: `/guilds/${guildId}` }).then((answer) => read(guildSchema, answer)),
    ask({ method: 'GET', path: `/guilds/${guildId}/members/${self.id}` }).then((answer) => read(memberSchema, answer)),
  ]);
  const held = permissionsIn({
    ...{ guildId, memberId: self.id, owner: guild.owner_id === self.id },
    ...{ roleIds: member.roles, roles: guild.roles, overwrites: channel.permission_overwrites },
  });
  const seen = everyoneSees({ guildId, roles: guild.roles, overwrites: channel.permission_overwrites });
  return { missing: missingRights(held, neededIn(place, inThread)), everyoneReads: seen && place.type !== PRIVATE_THREAD };
}

/** In a thread the right to send messages does nothing; opening a post in a forum needs it. */
function neededIn(place: Channel, inThread: boolean): readonly Right[] {
  if (inThread) return ['VIEW_CHANNEL', 'SEND_MESSAGES_IN_THREADS'];
  return isForum(place) ? ['VIEW_CHANNEL', 'SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS'] : ['VIEW_CHANNEL', 'SEND_MESSAGES'];
}
