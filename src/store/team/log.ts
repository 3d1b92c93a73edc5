import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { TeamEvent } from '../../domain/team/response.ts';
import type { Database } from '../tables.ts';
import type { TeamStore } from '../team-store.ts';
import { readJson, snooze } from './rows.ts';
import type { TeamTables } from './tables.ts';

type Family = Pick<TeamStore, 'log' | 'logOf'>;

const side = z.object({ platform: z.string(), installation: z.string() });
const holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['person', 'role']), side, id: z.string() }),
  z.object({ kind: z.literal('cluster'), side, name: z.string() }),
]);
const task = z.object({
  response: z.string(),
  number: z.int().positive(),
  title: z.string(),
  phase: z.string(),
  suits: z.string().nullable(),
  cluster: z.string().nullable(),
  dueOn: z.string(),
  compressed: z.boolean(),
  holder: holder.nullable(),
  doneAt: z.int().nullable(),
  reference: z.string().nullable(),
  snooze: snooze.nullable(),
  asked: z.enum(['not-yet', 'asked', 'warned']),
  askedAt: z.int().nullable(),
  heardAt: z.int().nullable(),
  version: z.int(),
});

/** Rows are added and never changed, but for the names that an erasure takes out. */
export function logTables(db: Kysely<Database>): Family {
  return {
    log: async (event) => {
      const row = await db.insertInto('team_log').values(toRow(event)).returning('id').executeTakeFirstOrThrow();
      return row.id;
    },
    logOf: async (response, limit) => {
      const rows = await db.selectFrom('team_log').selectAll().where('response_id', '=', response).orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toEvent);
    },
  };
}

function toRow(event: Omit<TeamEvent, 'id'>): Omit<TeamTables['team_log'], 'id'> {
  const { by, before } = event;
  return {
    response_id: event.response,
    task: event.task,
    at: event.at,
    by_platform: by?.side.platform ?? null,
    by_installation: by?.side.installation ?? null,
    by_id: by?.id ?? null,
    what: event.what,
    before_json: before === null ? null : JSON.stringify(before),
    held_platform: before?.holder?.side.platform ?? null,
    held_installation: before?.holder?.side.installation ?? null,
  };
}

function toEvent(row: Selectable<TeamTables['team_log']>): TeamEvent {
  const { by_platform: platform, by_installation: installation, by_id: id } = row;
  return {
    id: row.id,
    response: row.response_id,
    task: row.task,
    at: row.at,
    by: platform === null || installation === null || id === null ? null : { side: { platform, installation }, id },
    what: row.what,
    before: row.before_json === null ? null : readJson(task, row.before_json),
  };
}
