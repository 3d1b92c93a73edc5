/** Puts a backup in the place of a database: all of it, or nothing. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { buildStore, type StoreParts } from '../build-store.ts';
import { climb, type Flavour, LATEST_SCHEMA } from '../migrate.ts';
import type { Database as Where } from '../open-store.ts';
import { fillPostgres } from '../postgres.ts';
import { fillSqlite } from '../sqlite.ts';
import { type Store, StoreError } from '../store.ts';
import type { Database } from '../tables.ts';
import { batchesOf, type SoundBackup } from './read.ts';
import { ALL_TABLES } from './tables.ts';

export interface RestorePlan {
  /** Also where there is something already. */
  readonly replace: boolean;
  /** Whether a process that held something can be seen to have ended. */
  readonly isGone: (owner: string) => boolean;
  /** What has to be done before anybody else sees what was restored. */
  readonly settle: (store: Store) => Promise<void>;
  readonly progress: (done: number, total: number) => void;
}

/** Something is there already, and nobody said that it may go. */
export class NotEmptyError extends Error {}

/**
 * Answers where the SQLite file that was there lies now; null where there was none.
 *
 * @throws StoreError `locked` while a bot runs on the database, `newer-schema`; NotEmptyError.
 */
export async function restoreBackup(where: Where, backup: SoundBackup, plan: RestorePlan): Promise<string | null> {
  if (backup.header.schema > LATEST_SCHEMA)
    throw new StoreError(
      'newer-schema',
      `the backup has schema ${backup.header.schema}, this version knows ${LATEST_SCHEMA}; restore it with the newer version`,
    );
  if ('file' in where) return intoFile(where.file, backup, plan);
  await fillPostgres(where, async (db, flavour, parts) => {
    const there = await inServer(db);
    refuse(there, plan);
    for (const table of ALL_TABLES) await sql`drop table if exists ${sql.table(table)} cascade`.execute(db);
    await load(db, { flavour, parts, backup, plan });
  });
  return null;
}

interface Found {
  readonly isEmpty: boolean;
  readonly owners: readonly string[];
}

function refuse({ isEmpty, owners }: Found, { replace, isGone }: RestorePlan): void {
  const alive = owners.find((owner) => !isGone(owner));
  if (alive !== undefined) {
    const [host, pid] = alive.split('/');
    throw new StoreError('locked', `a bot runs on this database (process ${pid} on ${host}); stop it first, and where it was killed wait half a minute`);
  }
  if (!isEmpty && !replace) throw new NotEmptyError();
}

/** Beside the file, and then in its place: a database that is damaged is no obstacle. */
async function intoFile(file: string, backup: SoundBackup, plan: RestorePlan): Promise<string | null> {
  const found = existsSync(file) ? inFile(file) : null;
  if (found !== null) refuse(found, plan);
  const fresh = `${file}.restoring`;
  await removeFile(fresh);
  try {
    await fillSqlite(fresh, (db, flavour, parts) => load(db, { flavour, parts, backup, plan }));
  } catch (cause) {
    await removeFile(fresh);
    throw cause;
  }
  const aside = found === null || found.isEmpty ? null : `${file}.before-restore`;
  if (aside === null) await removeFile(file);
  else {
    await removeFile(aside);
    for (const end of FILE_ENDS) if (existsSync(`${file}${end}`)) await rename(`${file}${end}`, `${aside}${end}`);
  }
  await rename(fresh, file);
  return aside;
}

/** Of a database in a file, its log and the index of that. */
const FILE_ENDS = ['', '-wal', '-shm'];

async function removeFile(file: string): Promise<void> {
  for (const end of FILE_ENDS) await rm(`${file}${end}`, { force: true });
}

/** A file that cannot be read holds something, and no bot runs on it. */
function inFile(file: string): Found {
  let raw: DatabaseSync | undefined;
  try {
    raw = new DatabaseSync(file);
    raw.exec('pragma busy_timeout = 5000');
    const db = raw;
    const has = (table: string) => db.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(table) !== undefined;
    if (!has('meta')) return { isEmpty: true, owners: [] };
    const held = has('leases') ? db.prepare('select owner from leases where until > ?').all(Date.now()) : [];
    return { isEmpty: db.prepare('select 1 from revisions limit 1').get() === undefined, owners: held.map(({ owner }) => String(owner)) };
  } catch {
    return { isEmpty: false, owners: [] };
  } finally {
    raw?.close();
  }
}

async function inServer(db: Kysely<Database>): Promise<Found> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(db);
  const there = new Set(rows.map(({ name }) => name));
  if (!there.has('meta')) return { isEmpty: true, owners: [] };
  const held = there.has('leases')
    ? await sql<{ owner: string }>`select owner from leases where until > (extract(epoch from clock_timestamp()) * 1000)::bigint`.execute(db)
    : { rows: [] };
  const some = await sql`select 1 from revisions limit 1`.execute(db);
  return { isEmpty: some.rows.length === 0, owners: held.rows.map(({ owner }) => owner) };
}

interface Loading {
  readonly flavour: Flavour;
  readonly parts: StoreParts;
  readonly backup: SoundBackup;
  readonly plan: RestorePlan;
}

/** Tables as they were when the backup was made, its rows, and then everything that came since. */
async function load(db: Kysely<Database>, { flavour, parts, backup, plan }: Loading): Promise<void> {
  await climb(db, flavour, backup.header.schema);
  let done = 0;
  for await (const { table, rows } of batchesOf(backup)) {
    await db
      .insertInto(table as 'meta')
      .values(rows as unknown as readonly { key: string; value: string }[])
      .execute();
    done += rows.length;
    plan.progress(done, backup.rows);
  }
  await climb(db, flavour, LATEST_SCHEMA);
  await flavour.recount?.(db);
  await plan.settle(buildStore(db, parts));
}
