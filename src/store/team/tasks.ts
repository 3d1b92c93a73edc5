import type { Kysely } from 'kysely';
import type { Database } from '../tables.ts';
import type { TeamStore } from '../team-store.ts';
import { toTaskRow } from './rows.ts';

type Family = Pick<TeamStore, 'putTask' | 'addTask'>;

export function taskTables(db: Kysely<Database>): Family {
  return {
    putTask: async (task) => {
      const { response_id, number, ...row } = toTaskRow(task);
      const { numUpdatedRows } = await db
        .updateTable('tasks')
        .set(row)
        .where('response_id', '=', response_id)
        .where('number', '=', number)
        .where('version', '=', task.version - 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    addTask: async (task) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('tasks')
        .values(toTaskRow(task))
        .onConflict((clash) => clash.columns(['response_id', 'number']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
