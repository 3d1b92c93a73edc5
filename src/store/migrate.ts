import { type Kysely, sql } from 'kysely';
import * as first from './migrations/0001-first.ts';
import * as leases from './migrations/0002-leases.ts';
import * as lanes from './migrations/0003-lanes.ts';
import * as chat from './migrations/0004-chat.ts';
import * as secrets from './migrations/0005-secrets.ts';
import * as teams from './migrations/0006-teams.ts';
import * as team from './migrations/0007-team.ts';
import * as feeds from './migrations/0008-feeds.ts';
import { StoreError } from './store.ts';
import type { Database } from './tables.ts';

/** In order; a migration that has shipped never changes. */
const MIGRATIONS = [first, leases, lanes, chat, secrets, teams, team, feeds];

export const LATEST_SCHEMA = MIGRATIONS.length;

/** What differs between databases when tables are made. */
export interface Flavour {
  /** The type of a key that counts up by itself. */
  readonly serial: string;
  /** Makes a transaction wait until no other process migrates; nothing where only one can write anyway. */
  readonly alone: (trx: Kysely<Database>) => Promise<unknown>;
  /** Lets keys that count up by themselves go on after rows that were put in with theirs; left out where they do anyway. */
  readonly recount?: (trx: Kysely<Database>) => Promise<void>;
}

/**
 * Brings an empty or older database up to date, each step in one transaction with its number.
 *
 * @throws StoreError `newer-schema` when the database was written by a newer version.
 */
export async function migrate(db: Kysely<Database>, flavour: Flavour): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await flavour.alone(trx);
    await makeMeta(trx);
  });
  const at = await schemaOf(db);
  if (at > LATEST_SCHEMA) {
    throw new StoreError('newer-schema', `the database has schema ${at}, this version knows ${LATEST_SCHEMA}; start the newer version of UPR Watch`);
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < at) continue;
    await db.transaction().execute(async (trx) => {
      await flavour.alone(trx);
      if ((await schemaOf(trx)) > index) return; // another process came first
      await migration.up(trx, flavour.serial);
      await numbered(trx, index + 1);
    });
  }
}

/** Makes an empty or older database one of that schema, inside a transaction of the caller's. */
export async function climb(trx: Kysely<Database>, flavour: Flavour, to: number): Promise<void> {
  await makeMeta(trx);
  const at = await schemaOf(trx);
  for (const migration of MIGRATIONS.slice(at, to)) await migration.up(trx, flavour.serial);
  await numbered(trx, Math.max(at, to));
}

async function makeMeta(trx: Kysely<Database>): Promise<void> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(trx);
}

async function numbered(trx: Kysely<Database>, schema: number): Promise<void> {
  const value = String(schema);
  await trx
    .insertInto('meta')
    .values({ key: 'schema', value })
    .onConflict((clash) => clash.column('key').doUpdateSet({ value }))
    .execute();
}

async function schemaOf(db: Kysely<Database>): Promise<number> {
  const stored = await db.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst();
  return Number(stored?.value ?? 0);
}
