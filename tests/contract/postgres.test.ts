import { afterAll, afterEach, beforeAll } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { storeContract } from './store.ts';

let server: TestPostgres;
const opened: Store[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => server.stop(), 60_000);

storeContract('PostgreSQL', async () => {
  const store = await openPostgres({ url: await server.database() });
  opened.push(store);
  return store;
});
