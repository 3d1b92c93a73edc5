import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** What people set in a chat, and which servers and workspaces the bot is in. */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table channels add column digest_json text`,
  `alter table channels add column mute_json text`,
  `alter table channels add column managers_json text not null default '[]'`,
  `create index channels_by_installation on channels (platform, installation)`,
  `create table installations (platform text not null, id text not null, gone_at bigint not null, primary key (platform, id))`,
  `create index wakeups_by_kind on wakeups (kind, due_at)`,
  `drop index wakeups_due`,
];
