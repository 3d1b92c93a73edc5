/** The default store: one SQLite file through `node:sqlite`, one writer. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import { systemClock } from '../lib/clock.ts';
import { buildStore, type Fill, type StoreParts } from './build-store.ts';
import { type Flavour, migrate } from './migrate.ts';
import { type Store, StoreError } from './store.ts';
import type { Database } from './tables.ts';

export interface SqliteOptions {
  /** Path of the file, or `:memory:`. */
  readonly file: string;
  /** Reads the whole file once and refuses a damaged one; for the start of the bot, not for a look-up. */
  readonly verify?: boolean;
  /** Pages the file may grow to; tests play a full disk with it. */
  readonly maxPages?: number;
}

/**
 * Opens the file and brings it up to date.
 *
 * @throws StoreError when the folder cannot be written, the disk is full, the file is not a sound database, or a newer
 * version wrote it.
 */
export async function openSqlite({ file, verify = false, maxPages }: SqliteOptions): Promise<Store> {
  const raw = openFile(file);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: asKyselyDatabase(raw, file) }) });
  try {
    await prepare(raw, maxPages);
    if (verify) refuseDamaged(raw);
    await migrate(db, FLAVOUR);
    return buildStore(db, partsOf(file));
  } catch (cause) {
    await db.destroy().catch(() => undefined);
    throw sqliteFault(cause, file);
  }
}

const FLAVOUR: Flavour = { serial: 'integer primary key', alone: async () => undefined };

function partsOf(file: string): StoreParts {
  return {
    waitAlone: async () => undefined,
    clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    ownClock: false,
    scrub: (open) => scrub(open, file),
    lockRow: (query) => query,
  };
}

/** Fills a new file in one transaction, and closes it. @throws StoreError */
export async function fillSqlite(file: string, fill: Fill): Promise<void> {
  const raw = openFile(file);
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: asKyselyDatabase(raw, file) }) });
  try {
    await prepare(raw, undefined);
    await db.transaction().execute((trx) => fill(trx, FLAVOUR, partsOf(file)));
  } catch (cause) {
    throw sqliteFault(cause, file);
  } finally {
    await db.destroy();
  }
}

function openFile(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    return new DatabaseSync(file);
  } catch (cause) {
    throw sqliteFault(cause, file);
  }
}

/**
 * `secure_delete` wipes rows, but not what is left in the gaps of a page whose rows were moved: the file is written anew.
 * The log, which holds the pages as they were, is emptied then.
 *
 * @throws StoreError `locked` when another process reads of that log; the next time does it
 */
async function scrub(db: Kysely<Database>, file: string): Promise<void> {
  await sql`vacuum`.execute(db);
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
  if (rows[0]?.busy === 1) throw new StoreError('locked', `${file}: another process reads of its log, which is not emptied`);
}

/** How long a write waits for that of another process. */
const PATIENCE = 5_000;

async function prepare(raw: DatabaseSync, maxPages: number | undefined): Promise<void> {
  raw.exec(`pragma busy_timeout = ${PATIENCE}`);
  await writeAhead(raw);
  raw.exec('pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on');
  if (maxPages !== undefined) raw.exec(`pragma max_page_count = ${maxPages}`);
}

/** SQLite does not wait, whatever its timeout, when two processes turn a new file to a write-ahead log at once. */
async function writeAhead(raw: DatabaseSync): Promise<void> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    try {
      raw.exec('pragma journal_mode = wal');
      return;
    } catch (cause) {
      if (!LOCKED.test(String(cause)) || performance.now() > until) throw cause;
      await systemClock.sleep(20);
    }
  }
}

const LOCKED = /locked|busy/;

function refuseDamaged(raw: DatabaseSync): void {
  const [sound] = raw.prepare('pragma quick_check(1)').all();
  if (sound?.quick_check !== 'ok') throw new StoreError('corrupt', `the database is damaged (${String(sound?.quick_check)})`);
}

const FAULTS: readonly [RegExp, StoreError['reason'], string][] = [
  [/disk is full|SQLITE_FULL|ENOSPC/, 'full', 'the disk is full; free some space and start again'],
  [/readonly|EROFS/, 'read-only', 'the database may not be written; check the owner and rights of the file and its folder'],
  [/malformed|not a database|corrupt/, 'corrupt', 'the file is not a sound database; restore a backup, or move it away to begin anew'],
  [LOCKED, 'locked', 'another process holds the database'],
  [/unable to open|EACCES|EPERM|ENOTDIR|EEXIST|ENOENT/, 'folder', 'the data folder cannot be written; set UPR_WATCH_DATA to a folder that this user may write'],
];

/** Names what went wrong with the file, for one clear line and an exit code; anything else is passed on. */
export function sqliteFault(cause: unknown, file: string): unknown {
  if (cause instanceof StoreError) return cause;
  const text = cause instanceof Error ? `${cause.message} ${(cause as NodeJS.ErrnoException).code ?? ''}` : String(cause);
  const found = FAULTS.find(([pattern]) => pattern.test(text));
  return found === undefined ? cause : new StoreError(found[1], `${file}: ${found[2]}`, cause);
}

/** Statements kept prepared: preparing is a third of what a message costs. */
const KEPT_STATEMENTS = 200;

/** `node:sqlite` as the two methods that Kysely asks of a SQLite driver. Faults of the file are named as at the start. */
function asKyselyDatabase(raw: DatabaseSync, file: string): SqliteDatabase {
  const named = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw sqliteFault(cause, file);
    }
  };
  const kept = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = named(() => raw.prepare(text));
    const fresh = { statement, reader: statement.columns().length > 0 };
    for (const [oldest] of kept) if (kept.size >= KEPT_STATEMENTS) kept.delete(oldest);
    kept.set(text, fresh);
    return fresh;
  };
  return {
    close: () => raw.close(),
    prepare: (sql) => {
      // On a full disk SQLite rolls back by itself; to do it again would hide the fault behind another.
      if (sql === 'rollback' && !raw.isTransaction) return NOTHING_TO_DO;
      const { statement, reader } = prepared(LOCKED_FROM_THE_START[sql] ?? sql);
      const inputs = (values: readonly unknown[]) => values as SQLInputValue[];
      return {
        reader,
        all: (values) => named(() => statement.all(...inputs(values))),
        run: (values) => named(() => statement.run(...inputs(values))),
        // One that is being read row by row is nobody else's.
        iterate: (values) => named(() => raw.prepare(sql)).iterate(...inputs(values)) as IterableIterator<unknown>,
      };
    },
  };
}

interface Prepared {
  readonly statement: StatementSync;
  readonly reader: boolean;
}

/** A transaction that reads before it writes would fail, and not wait, when another process wrote in between. */
const LOCKED_FROM_THE_START: Record<string, string> = { begin: 'begin immediate' };

const NOTHING_TO_DO: ReturnType<SqliteDatabase['prepare']> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};
