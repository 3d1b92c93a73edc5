import type { Kysely } from 'kysely';
import type { WakeupStore } from './store.ts';
import type { Database } from './tables.ts';

/** Work that waits for a time or for knowledge, by kind and subject. */
export function wakeupTables(db: Kysely<Database>): WakeupStore {
  return {
    put: async ({ kind, subject, dueAt, body }) => {
      await db
        .insertInto('wakeups')
        .values({ kind, subject, due_at: dueAt, body_json: body })
        .onConflict((clash) => clash.columns(['kind', 'subject']).doNothing())
        .execute();
    },
    of: async (kind) => {
      const rows = await db.selectFrom('wakeups').selectAll().where('kind', '=', kind).orderBy('due_at').execute();
      return rows.map((row) => ({ kind, subject: row.subject, dueAt: Number(row.due_at), body: row.body_json }));
    },
    remove: async (kind, subject) => {
      await db.deleteFrom('wakeups').where('kind', '=', kind).where('subject', '=', subject).execute();
    },
  };
}
