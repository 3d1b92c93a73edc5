import type { Kysely } from 'kysely';
import type { AlertStore } from './store.ts';
import type { Database } from './tables.ts';

/** Planned work on its way to alerts. */
export function fanoutTables(db: Kysely<Database>): Pick<AlertStore, 'plan' | 'openFanouts' | 'advance'> {
  return {
    plan: async (fanouts) => {
      const rows = fanouts.map(({ onceKey, work, profile }) => ({
        once_key: onceKey,
        work_json: work,
        profile_id: profile,
        state_index: 0,
        cursor: '',
        done: 0,
      }));
      for (let at = 0; at < rows.length; at += 400) {
        await db
          .insertInto('fanouts')
          .values(rows.slice(at, at + 400))
          .onConflict((clash) => clash.column('once_key').doNothing())
          .execute();
      }
    },
    openFanouts: async () => {
      const rows = await db.selectFrom('fanouts').selectAll().where('done', '=', 0).orderBy('id').execute();
      return rows.map((row) => ({
        id: row.id,
        onceKey: row.once_key,
        work: row.work_json,
        profile: row.profile_id,
        stateIndex: row.state_index,
        cursor: row.cursor,
      }));
    },
    advance: async (fanout, { stateIndex, cursor, done }) => {
      await db
        .updateTable('fanouts')
        .set({ state_index: stateIndex, cursor, done: done ? 1 : 0 })
        .where('id', '=', fanout)
        .execute();
    },
  };
}
