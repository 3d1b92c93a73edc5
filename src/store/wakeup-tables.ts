import type { Kysely } from 'kysely';
import type { Wakeup, WakeupStore } from './store.ts';
import type { Database } from './tables.ts';

/** Work that waits for a time or for knowledge, by kind and subject. */
export function wakeupTables(db: Kysely<Database>): WakeupStore {
  return {
    put: async (wakeup) => {
      await db
        .insertInto('wakeups')
        .values(toRow(wakeup))
        // Writes what is there, so that whoever takes it waits for what this transaction changes beside it.
        .onConflict((clash) => clash.columns(['kind', 'subject']).doUpdateSet((set) => ({ body_json: set.ref('wakeups.body_json') })))
        .execute();
    },
    set: async (wakeup) => {
      const { due_at, body_json } = toRow(wakeup);
      await db
        .insertInto('wakeups')
        .values(toRow(wakeup))
        .onConflict((clash) => clash.columns(['kind', 'subject']).doUpdateSet({ due_at, body_json }))
        .execute();
    },
    of: async (kind) => (await db.selectFrom('wakeups').selectAll().where('kind', '=', kind).orderBy('due_at').execute()).map(toWakeup),
    find: async (kind, subject) => {
      const row = await db.selectFrom('wakeups').selectAll().where('kind', '=', kind).where('subject', '=', subject).executeTakeFirst();
      return row === undefined ? null : toWakeup(row);
    },
    due: async (kinds, now, limit) => {
      const due = db.selectFrom('wakeups').selectAll().where('kind', 'in', kinds).where('due_at', '<=', now);
      return (await due.orderBy('due_at').orderBy('subject').limit(limit).execute()).map(toWakeup);
    },
    remove: async (kind, subject) => {
      await db.deleteFrom('wakeups').where('kind', '=', kind).where('subject', '=', subject).execute();
    },
  };
}

function toRow({ kind, subject, dueAt, body }: Wakeup): Database['wakeups'] {
  return { kind, subject, due_at: dueAt, body_json: body };
}

function toWakeup({ kind, subject, due_at, body_json }: Database['wakeups']): Wakeup {
  return { kind, subject, dueAt: Number(due_at), body: body_json };
}
