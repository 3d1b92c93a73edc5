import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Private links to what a channel follows: one a channel, by the hash of its token. */
export async function up(db: Kysely<Database>): Promise<void> {
  await sql
    .raw(
      `create table feed_links (channel_id text primary key references channels (id) on delete cascade, token_hash text not null unique,
         made_at bigint not null)`,
    )
    .execute(db);
}
