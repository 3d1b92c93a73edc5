import { type Kysely, sql } from 'kysely';
import * as first from './migrations/0001-first.ts';
import { StoreError } from './store.ts';
import type { Database } from './tables.ts';

/** In order; a migration that has shipped never changes. */
const MIGRATIONS = [first];

/**
 * Brings an empty or older database up to date, each step in one transaction with its number.
 *
 * @throws StoreError `newer-schema` when the database was written by a newer version.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(db);
  const stored = await db.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst();
  const at = Number(stored?.value ?? 0);
  if (at > MIGRATIONS.length) {
    throw new StoreError('newer-schema', `the database has schema ${at}, this version knows ${MIGRATIONS.length}; start the newer version of UPR Watch`);
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < at) continue;
    await db.transaction().execute(async (trx) => {
      await migration.up(trx);
      const value = String(index + 1);
      await trx
        .insertInto('meta')
        .values({ key: 'schema', value })
        .onConflict((clash) => clash.column('key').doUpdateSet({ value }))
        .execute();
    });
  }
}
