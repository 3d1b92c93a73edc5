/** A database as it was at one instant, while others go on writing to it. It is not brought up to date for that. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Database } from '../open-store.ts';
import { postgresFault, postgresTypes } from '../postgres.ts';
import { sqliteFault } from '../sqlite.ts';
import { StoreError } from '../store.ts';
import type { Batch, Header, Row } from './format.ts';
import { KEPT_TABLES, SCHEMA_KEY } from './tables.ts';

export interface Source extends Pick<Header, 'schema' | 'store'> {
  /** How many rows there are. */
  readonly total: number;
  batches(): AsyncIterable<Batch>;
  close(): Promise<void>;
}

/** Rows handled at a time. */
const BATCH = 500;
const SCHEMA = `select value from meta where key = '${SCHEMA_KEY}'`;

/** @throws StoreError where there is no database, or it is damaged. */
export function openSource(database: Database): Promise<Source> {
  return 'url' in database ? openServer(database.url) : openFile(database.file);
}

async function openFile(file: string): Promise<Source> {
  if (!existsSync(file)) throw new StoreError('folder', `${file}: there is no database yet; the first start makes one`);
  let raw: DatabaseSync | undefined;
  try {
    raw = new DatabaseSync(file);
    const db = raw;
    // What a write-ahead log shows to one who reads stays as it is until the end, and keeps nobody from writing.
    db.exec('pragma busy_timeout = 5000; begin');
    const schema = Number(db.prepare(SCHEMA).get()?.value ?? 0);
    const [sound] = db.prepare('pragma integrity_check(1)').all();
    if (sound?.integrity_check !== 'ok')
      throw new StoreError('corrupt', `${file}: the database is damaged (${String(sound?.integrity_check)}); no backup was made`);
    const there = new Set(
      db
        .prepare(`select name from sqlite_master where type = 'table'`)
        .all()
        .map(({ name }) => String(name)),
    );
    const tables = KEPT_TABLES.filter((table) => there.has(table));
    const total = tables.reduce((sum, table) => sum + Number(db.prepare(`select count(*) as n from ${table}`).get()?.n ?? 0), 0);
    const batches = async function* (): AsyncIterable<Batch> {
      for (const table of tables) {
        let rows: Row[] = [];
        for (const row of db.prepare(`select * from ${table}`).iterate()) {
          rows.push(row as Row);
          if (rows.length < BATCH) continue;
          yield { table, rows };
          rows = [];
        }
        if (rows.length > 0) yield { table, rows };
      }
    };
    return { schema, store: 'sqlite', total, batches, close: async () => db.close() };
  } catch (cause) {
    raw?.close();
    throw sqliteFault(cause, file);
  }
}

async function openServer(url: string): Promise<Source> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, idle_in_transaction_session_timeout: 0, types: postgresTypes });
  // A connection that dies fails the query it serves.
  client.on('error', () => undefined);
  const ask = async <Answer extends object>(query: string): Promise<readonly Answer[]> => (await client.query<Answer>(query)).rows;
  try {
    await client.connect();
    await ask('begin isolation level repeatable read read only');
    const there = new Set((await ask<{ name: string }>(`select tablename as name from pg_tables where schemaname = current_schema()`)).map(({ name }) => name));
    if (!there.has('meta')) throw new StoreError('folder', 'there is no database of UPR Watch yet; the first start makes one');
    const [schema] = await ask<{ value: string }>(SCHEMA);
    const tables = KEPT_TABLES.filter((table) => there.has(table));
    let total = 0;
    for (const table of tables) total += Number((await ask<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n ?? 0);
    const batches = async function* (): AsyncIterable<Batch> {
      for (const table of tables) {
        await ask(`declare lines no scroll cursor for select * from ${table}`);
        for (let rows = await ask<Row>(`fetch ${BATCH} from lines`); rows.length > 0; rows = await ask<Row>(`fetch ${BATCH} from lines`)) yield { table, rows };
        await ask('close lines');
      }
    };
    return { schema: Number(schema?.value ?? 0), store: 'postgresql', total, batches, close: () => client.end() };
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw postgresFault(cause);
  }
}
