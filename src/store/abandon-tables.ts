import type { Kysely } from 'kysely';
import type { AlertStore } from './store.ts';
import type { Database } from './tables.ts';

/** What was under way when a backup was made, and of which nobody knows what became of it since. */
export function abandonTables(db: Kysely<Database>): Pick<AlertStore, 'abandon'> {
  return {
    abandon: async (reason, now) => {
      const leads = await db
        .selectFrom('alerts')
        .select(['channel_id', 'deadline_id', 'lead', 'due_at'])
        .where('state', 'in', ['pending', 'sending'])
        .where('type', '=', 'lead')
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      await db.updateTable('fanouts').set({ done: 1 }).where('done', '=', 0).execute();
      await db.updateTable('alerts').set({ state: 'superseded', reason, changed_at: now }).where('state', '=', 'pending').execute();
      await db.updateTable('alerts').set({ state: 'in-doubt', reason, changed_at: now }).where('state', '=', 'sending').execute();
      await db.updateTable('deliveries').set({ state: 'in-doubt', reason, message_json: null, done_at: now }).where('state', '=', 'sending').execute();
      return leads.flatMap((row) =>
        row.deadline_id === null ? [] : [{ channel: row.channel_id, deadline: row.deadline_id, lead: row.lead, dueAt: Number(row.due_at) }],
      );
    },
  };
}
