/**
 * In which servers the bot is, out of what the gateway sends:
 * https://docs.discord.com/developers/events/gateway-events#guilds (read 2026-08-06).
 */
import { z } from 'zod';
import type { Presence } from '../adapter.ts';

const guild = z.object({ id: z.string().regex(/^\d{1,20}$/), unavailable: z.boolean().default(false) });
const packetSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('READY'), d: z.object({ guilds: z.array(guild), shard: z.tuple([z.int(), z.int()]).nullish() }) }),
  z.object({ t: z.literal('GUILD_CREATE'), d: guild }),
  z.object({ t: z.literal('GUILD_DELETE'), d: guild }),
]);

/** What each packet says of it. A server that cannot be reached for the moment was not left. */
export function createPresence(): (packet: unknown) => readonly Presence[] {
  const known = new Set<string>();
  const platform = 'discord';
  return (packet) => {
    const parsed = packetSchema.safeParse(packet);
    if (!parsed.success) return [];
    const { t, d } = parsed.data;
    if (t === 'READY') {
      const [shard, shards] = d.shard ?? [0, 1];
      for (const id of known) if (shardOf(id, shards) === shard) known.delete(id);
      for (const { id } of d.guilds) known.add(id);
      // One shard of several knows only its own servers.
      return shards > 1 ? [] : [{ platform, what: 'all', installations: d.guilds.map(({ id }) => id) }];
    }
    if (t === 'GUILD_CREATE') {
      if (known.has(d.id)) return [];
      known.add(d.id);
      return [{ platform, what: 'joined', installation: d.id }];
    }
    if (d.unavailable) return [];
    known.delete(d.id);
    return [{ platform, what: 'left', installation: d.id }];
  };
}

/** https://docs.discord.com/developers/events/gateway#sharding */
function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(Math.max(1, shards)));
}
