import type { Kysely } from 'kysely';
import type { Database } from './tables.ts';
import { bridgeTables } from './team/bridges.ts';
import { cardTables } from './team/cards.ts';
import { logTables } from './team/log.ts';
import { responseTables } from './team/responses.ts';
import { taskTables } from './team/tasks.ts';
import type { TeamStore } from './team-store.ts';

/** What teams do for a deadline. */
export function teamTables(db: Kysely<Database>): TeamStore {
  return { ...responseTables(db), ...taskTables(db), ...cardTables(db), ...logTables(db), ...bridgeTables(db) };
}
