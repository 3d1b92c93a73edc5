import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Secrets of installations, sealed. */
export async function up(db: Kysely<Database>): Promise<void> {
  await sql.raw('create table secrets (platform text not null, id text not null, sealed text not null, primary key (platform, id))').execute(db);
}
