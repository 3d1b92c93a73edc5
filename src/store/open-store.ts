import type { Store } from './store.ts';

/** Where the database is: a PostgreSQL server, or a file in the data folder. */
export type Database = { readonly url: string } | { readonly file: string };

/**
 * Opens the database that is configured. Only its driver is loaded.
 *
 * @throws StoreError, with what to do.
 */
export async function openStore(database: Database, options: { readonly verify?: boolean } = {}): Promise<Store> {
  if ('url' in database) return (await import('./postgres.ts')).openPostgres(database);
  return (await import('./sqlite.ts')).openSqlite({ ...database, ...options });
}
