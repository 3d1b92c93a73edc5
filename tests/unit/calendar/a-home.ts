/** A calendar folder on disk and a store, as a running bot has them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { aFolder } from './a-folder.ts';

export const NOW = Date.parse('2026-07-10T07:00:00Z');

export async function aHome() {
  const root = mkdtempSync(join(tmpdir(), 'upr-watch-'));
  const folder = join(root, 'calendar');
  const write = (changed: Record<string, string | null> = {}) => {
    rmSync(folder, { recursive: true, force: true });
    for (const { file, text } of aFolder(changed)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  };
  write();
  const store = await openSqlite({ file: ':memory:' });
  const remove = async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  };
  return { root, folder, home: { folder, data: join(root, 'data') }, store, write, remove };
}
