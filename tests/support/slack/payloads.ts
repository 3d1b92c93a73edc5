/** Things as Slack tells of them. */
import { appIdOf, botIdOf, type Channel, isIn, type User } from './plan.ts';
import type { Message, World } from './store.ts';

export function userPayload(user: User, withLocale: boolean) {
  const { id, team, name, tz = 'Europe/Zurich', locale = 'en-US' } = user;
  return {
    ...{ id, team_id: user.isStranger === true ? 'T0ELSEWHERE' : team, name, real_name: name, deleted: false, color: '9f69e7' },
    ...{ tz, tz_label: tz, updated: 1, profile: { real_name: name, display_name: name, team } },
    ...{ is_admin: user.isAdmin ?? user.isOwner ?? false, is_owner: user.isOwner ?? false, is_primary_owner: false },
    ...{ is_restricted: user.isRestricted ?? user.isUltraRestricted ?? false, is_ultra_restricted: user.isUltraRestricted ?? false },
    ...{ is_bot: user.isBot ?? false, is_app_user: false, ...(user.isStranger === undefined ? {} : { is_stranger: user.isStranger }) },
    ...(withLocale ? { locale } : {}),
  };
}

export function channelPayload(world: World, channel: Channel, withCount: boolean) {
  const { id, team, name, isMember = true, isArchived = false, isPrivate = false } = channel;
  if (id.startsWith('D')) return { id, created: 1, is_im: true, is_org_shared: false, user: channel.members?.[0], is_archived: false };
  const people = [...world.users.values()].filter((user) => user.team === team && isIn(channel, user.id));
  return {
    ...{ id, name, name_normalized: name, is_channel: !isPrivate, is_group: isPrivate, is_im: false, is_mpim: false, is_private: isPrivate },
    ...{ created: 1, is_archived: isArchived, is_general: false, is_member: isMember, is_shared: false, is_ext_shared: false, is_org_shared: false },
    ...{ context_team_id: team, topic: { value: '', creator: '', last_set: 0 }, purpose: { value: '', creator: '', last_set: 0 } },
    ...(withCount ? { num_members: people.length } : {}),
  };
}

export function messagePayload({ plan, teams }: World, message: Message) {
  const { team, ts, thread, body } = message;
  return {
    ...{ type: 'message', user: teams.get(team)?.botUser, bot_id: botIdOf({ team }), app_id: appIdOf(plan), team, ts },
    ...{ text: body.text ?? '', ...(body.blocks === undefined ? {} : { blocks: body.blocks }) },
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(message.editedAt === null ? {} : { edited: { user: teams.get(team)?.botUser, ts: String(message.editedAt / 1_000) } }),
  };
}

/** Who did something, as interactions tell of it. */
export function whoPayload(user: User) {
  const team = user.isStranger === true ? 'T0ELSEWHERE' : user.team;
  return { id: user.id, username: user.name, name: user.name, team_id: team };
}

/** Slack escapes what people type. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Slack tells of plain texts as if they were markup. Source: bolt-python#513. */
export function echoed<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(echoed) as T;
  const entries = Object.entries(value).map(([key, inner]) => [key, key === 'text' && isPlain(value) ? escaped(String(inner)) : echoed(inner)]);
  return Object.fromEntries(entries) as T;
}

const isPlain = (value: object) => 'type' in value && value.type === 'plain_text';

export const domainOf = (team: string): string => team.toLowerCase();
