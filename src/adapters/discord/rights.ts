/** What the bot may do: https://docs.discord.com/developers/topics/permissions (read 2026-08-06). Pure. */
import type { May } from '../adapter.ts';

/** The rights the bot asks for, and no other. */
const RIGHTS = {
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
} as const;
export type Right = keyof typeof RIGHTS;

const ADMINISTRATOR = 1n << 3n;
const MANAGE_CHANNELS = 1n << 4n;
const MANAGE_GUILD = 1n << 5n;
const ALL = (1n << 64n) - 1n;

/** All of them as the number of an invite link. */
export const INVITE_PERMISSIONS = Object.values(RIGHTS).reduce((sum, right) => sum | right, 0n);

/** The address where somebody adds the bot to a server, with the least rights. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({ client_id: applicationId, scope: 'bot applications.commands', permissions: `${INVITE_PERMISSIONS}` });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** What someone with these permissions in a channel may change of the bot; a role that the channel names may change it too. */
export function mayDo(permissions: string): May {
  const held = /^\d{1,20}$/.test(permissions) ? BigInt(permissions) : 0n;
  if ((held & (ADMINISTRATOR | MANAGE_GUILD)) !== 0n) return 'all';
  return (held & MANAGE_CHANNELS) !== 0n ? 'channel' : 'if-named';
}

export interface Overwrite {
  readonly id: string;
  readonly allow: string;
  readonly deny: string;
}

export interface Standing {
  readonly guildId: string;
  readonly memberId: string;
  readonly owner: boolean;
  readonly roleIds: readonly string[];
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
  /** Of the channel; of a thread, those of its channel. */
  readonly overwrites: readonly Overwrite[];
}

/** Server roles, then what the channel says of everyone, of the roles together, and of the bot itself, in this order. */
export function permissionsIn({ guildId, memberId, owner, roleIds, roles, overwrites }: Standing): bigint {
  if (owner) return ALL;
  const mine = new Set([guildId, ...roleIds]);
  const base = roles.filter(({ id }) => mine.has(id)).reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((base & ADMINISTRATOR) !== 0n) return ALL;
  const everyone = overwrites.filter(({ id }) => id === guildId);
  const ofRoles = overwrites.filter(({ id }) => id !== guildId && mine.has(id));
  const own = overwrites.filter(({ id }) => id === memberId);
  return [everyone, ofRoles, own].reduce((held, step) => {
    const [denied, allowed] = [sum(step, 'deny'), sum(step, 'allow')];
    return (held & ~denied) | allowed;
  }, base);
}

/** Whether everybody of a server sees a channel, by the role that all have and what the channel says of it. */
export function everyoneSees({ guildId, roles, overwrites }: Pick<Standing, 'guildId' | 'roles' | 'overwrites'>): boolean {
  const held = permissionsIn({ guildId, memberId: guildId, owner: false, roleIds: [], roles, overwrites });
  return (held & RIGHTS.VIEW_CHANNEL) !== 0n;
}

function sum(overwrites: readonly Overwrite[], side: 'allow' | 'deny'): bigint {
  return overwrites.reduce((all, overwrite) => all | BigInt(overwrite[side]), 0n);
}

/** Which of the rights are missing, as Discord's API names them. Who cannot see a channel has no right there at all. */
export function missingRights(held: bigint, needed: readonly Right[]): readonly Right[] {
  return needed.filter((right) => (held & RIGHTS[right]) === 0n);
}
