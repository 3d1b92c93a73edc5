import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { WholeResponse } from '../../domain/team/response.ts';
import type { Side } from '../../domain/team/task.ts';
import type { Database } from '../tables.ts';
import type { TeamStore } from '../team-store.ts';
import { toResponse, toResponseRow, toTask, toTaskRow } from './rows.ts';
import type { TeamTables } from './tables.ts';

type Family = Pick<TeamStore, 'add' | 'find' | 'of' | 'forDeadline' | 'putResponse' | 'remove' | 'keptBefore'>;
type Chosen = SelectQueryBuilder<Database, 'responses', TeamTables['responses']>;

export function responseTables(db: Kysely<Database>): Family {
  const chosen = () => db.selectFrom('responses').selectAll('responses');
  return {
    add: async (whole) => {
      const work = (trx: Kysely<Database>) => add(trx, whole);
      await (db.isTransaction ? work(db) : db.transaction().execute(work));
    },
    find: async (id) => (await wholeOf(db, chosen().where('responses.id', '=', id)))[0] ?? null,
    of: (side, channel) => wholeOf(db, seenBy(chosen(), side, channel)),
    forDeadline: (deadline) => wholeOf(db, chosen().where('responses.deadline_id', '=', deadline).where('responses.status', '=', 'open')),
    putResponse: async (response) => {
      const { id, ...row } = toResponseRow(response);
      const { numUpdatedRows } = await db
        .updateTable('responses')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', response.version - 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    remove: (id) => remove(db, id),
    keptBefore: async (at) => {
      const over = db.selectFrom('responses').select('id').where('over_at', '<', at);
      return (await over.orderBy('over_at').orderBy('id').execute()).map(({ id }) => id);
    },
  };
}

async function add(db: Kysely<Database>, { response, tasks }: WholeResponse): Promise<void> {
  await db.insertInto('responses').values(toResponseRow(response)).execute();
  if (tasks.length > 0) await db.insertInto('tasks').values(tasks.map(toTaskRow)).execute();
}

function seenBy(chosen: Chosen, { platform, installation }: Side, channel: string | undefined): Chosen {
  return chosen.where((where) => {
    const own = where.and([where('responses.platform', '=', platform), where('responses.installation', '=', installation)]);
    const bridges = where
      .selectFrom('bridges')
      .select('response_id')
      .where('status', '=', 'open')
      .where('partner_platform', '=', platform)
      .where('partner_installation', '=', installation);
    if (channel === undefined) return where.or([own, where('responses.id', 'in', bridges)]);
    return where.or([
      where.and([own, where('responses.channel_id', '=', channel)]),
      where('responses.id', 'in', bridges.where('partner_channel', '=', channel)),
    ]);
  });
}

/** The oldest first. */
async function wholeOf(db: Kysely<Database>, chosen: Chosen): Promise<readonly WholeResponse[]> {
  const responses = await chosen.orderBy('responses.created_at').orderBy('responses.id').execute();
  if (responses.length === 0) return [];
  const ids = chosen.clearSelect().select('responses.id');
  const rows = await db.selectFrom('tasks').selectAll().where('response_id', 'in', ids).orderBy('number').execute();
  const tasks = Map.groupBy(rows.map(toTask), (task) => task.response);
  return responses.map((row) => ({ response: toResponse(row), tasks: tasks.get(row.id) ?? [] }));
}

/** Its tasks, cards, log and bridges go with it. */
async function remove(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('responses').where('id', '=', id).execute();
  await removeWakeups(db, id);
}

/** Those whose subject is the response, or begins with it and a slash. */
export async function removeWakeups(db: Kysely<Database>, id: string): Promise<void> {
  const begins = `${id}/`;
  await db
    .deleteFrom('wakeups')
    .where((where) => where.or([where('subject', '=', id), where(sql<string>`substr(subject, 1, ${begins.length})`, '=', begins)]))
    .execute();
}
