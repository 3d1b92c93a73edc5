import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Who may do what only one process does at a time, and until when. */
export async function up(db: Kysely<Database>): Promise<void> {
  await sql.raw('create table leases (name text primary key, owner text not null, until bigint not null)').execute(db);
}
