import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { storeContract } from './store.ts';

const opened: { store: Store; folder: string }[] = [];

afterEach(async () => {
  for (const { store, folder } of opened.splice(0)) {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

async function open(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'upr-watch-'));
  const store = await openSqlite({ file: join(folder, 'upr-watch.db') });
  opened.push({ store, folder });
  return store;
}

storeContract('SQLite', open);

test('SQLite has no clock of its own', async () => {
  expect(await (await open()).time()).toBeNull();
});
