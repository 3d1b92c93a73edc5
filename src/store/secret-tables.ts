import type { Kysely } from 'kysely';
import type { SecretStore } from './store.ts';
import type { Database } from './tables.ts';

/** Secrets of installations, as they were sealed. */
export function secretTables(db: Kysely<Database>): SecretStore {
  return {
    get: async ({ platform, id }) => {
      const row = await db.selectFrom('secrets').select('sealed').where('platform', '=', platform).where('id', '=', id).executeTakeFirst();
      return row?.sealed ?? null;
    },
    put: async ({ platform, id }, sealed) => {
      await db
        .insertInto('secrets')
        .values({ platform, id, sealed })
        .onConflict((clash) => clash.columns(['platform', 'id']).doUpdateSet({ sealed }))
        .execute();
    },
    replace: async ({ platform, id }, { was, sealed }) => {
      await db.updateTable('secrets').set({ sealed }).where('platform', '=', platform).where('id', '=', id).where('sealed', '=', was).execute();
    },
    remove: async ({ platform, id }) => {
      await db.deleteFrom('secrets').where('platform', '=', platform).where('id', '=', id).execute();
    },
    ids: async (platform) => {
      const rows = await db.selectFrom('secrets').select('id').where('platform', '=', platform).orderBy('id').execute();
      return rows.map(({ id }) => id);
    },
  };
}
