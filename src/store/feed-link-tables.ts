import type { Kysely } from 'kysely';
import type { FeedLinkStore } from './feed-link-store.ts';
import type { Database } from './tables.ts';

/** Private links to what channels follow. */
export function feedLinkTables(db: Kysely<Database>): FeedLinkStore {
  return {
    put: async ({ channel, hash, at }) => {
      const row = { token_hash: hash, made_at: at };
      await db
        .insertInto('feed_links')
        .values({ channel_id: channel, ...row })
        .onConflict((clash) => clash.column('channel_id').doUpdateSet(row))
        .execute();
    },
    of: async (channel) => {
      const row = await db.selectFrom('feed_links').select('made_at').where('channel_id', '=', channel).executeTakeFirst();
      return row === undefined ? null : { made: Number(row.made_at) };
    },
    channelOf: async (hash) => {
      const row = await db.selectFrom('feed_links').select('channel_id').where('token_hash', '=', hash).executeTakeFirst();
      return row?.channel_id ?? null;
    },
    remove: async (channel) => {
      const { numDeletedRows } = await db.deleteFrom('feed_links').where('channel_id', '=', channel).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
