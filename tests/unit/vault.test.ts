import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { createSeal } from '../../src/lib/seal.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createVault, NO_VAULT, proveVault } from '../../src/vault.ts';

const [NEW, OLD] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const SECRET = 'xoxb-geneva-secret';

async function aVault(...keys: readonly Buffer[]) {
  const folder = mkdtempSync(join(tmpdir(), 'upr-vault-'));
  const store = await openSqlite({ file: join(folder, 'upr-watch.db') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const withKeys = (...others: readonly Buffer[]) => createVault(store, createSeal(others), 'slack');
  const bytes = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  return { store, vault: withKeys(...keys), withKeys, bytes };
}

describe('A vault', () => {
  test('keeps what is written by its platform, and not a word of it is in the files', async () => {
    const { vault, store, bytes } = await aVault(NEW);

    await vault.write('T1', SECRET);
    await vault.write('T2', 'another');
    await vault.remove('T2');

    expect([await vault.read('T1'), await vault.read('T2'), await vault.ids()]).toEqual([SECRET, null, ['T1']]);
    expect(await createVault(store, createSeal([NEW]), 'irc').ids()).toEqual([]);
    for (const text of bytes()) expect(text).not.toContain(SECRET);
  });

  test('opens no row that was moved to another workspace or another platform', async () => {
    const { vault, store } = await aVault(NEW);
    await vault.write('T1', SECRET);
    const sealed = (await store.secrets.get({ platform: 'slack', id: 'T1' })) ?? '';
    await store.secrets.put({ platform: 'slack', id: 'T2' }, sealed);
    await store.secrets.put({ platform: 'irc', id: 'T1' }, sealed);

    await expect(vault.read('T2')).rejects.toMatchObject({ reason: 'damaged', message: expect.not.stringContaining(SECRET) });
    await expect(createVault(store, createSeal([NEW]), 'irc').read('T1')).rejects.toMatchObject({ reason: 'damaged' });
  });

  test('seals anew what an old key sealed when it is read, so that the old key can go', async () => {
    const { vault, withKeys } = await aVault(OLD);
    await vault.write('T1', SECRET);
    await expect(withKeys(NEW).read('T1')).rejects.toMatchObject({ reason: 'unknown-key' });

    expect(await withKeys(NEW, OLD).read('T1')).toBe(SECRET);

    expect(await withKeys(NEW).read('T1')).toBe(SECRET);
  });

  test('does not put an old secret over one that was written while it read', async () => {
    const { vault, store } = await aVault(OLD);
    await vault.write('T1', SECRET);
    const fresh = createVault(store, createSeal([NEW, OLD]), 'slack');
    const between = {
      ...store.secrets,
      get: async (place: { platform: string; id: string }) => {
        const was = await store.secrets.get(place);
        await fresh.write('T1', 'installed again');
        return was;
      },
    };

    expect(await createVault({ secrets: between }, createSeal([NEW, OLD]), 'slack').read('T1')).toBe(SECRET);

    expect(await fresh.read('T1')).toBe('installed again');
  });

  test('without a key keeps nothing', async () => {
    expect([await NO_VAULT.read('T1'), await NO_VAULT.ids(), await NO_VAULT.remove('T1')]).toEqual([null, [], undefined]);
    await expect(NO_VAULT.write('T1', SECRET)).rejects.toThrow('ENCRYPTION_KEY');
  });
});

describe('At the start', () => {
  test('every secret is opened once: rotation is done then, and what no key opens is counted in the log', async () => {
    const { vault, store, withKeys } = await aVault(OLD);
    for (const id of ['T1', 'T2']) await vault.write(id, SECRET);
    await store.secrets.put({ platform: 'slack', id: 'T3' }, 'v1.damaged');
    const lines: string[] = [];
    const log = createLog('info', { write: (line: string) => void lines.push(line) });

    await proveVault(withKeys(NEW), log);
    await proveVault(withKeys(NEW, OLD), log);
    await store.secrets.remove({ platform: 'slack', id: 'T3' });
    await proveVault(withKeys(NEW), log);

    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { workspaces: 3, damaged: 1, msg: expect.stringContaining('put the key that sealed them behind the first one') },
      { workspaces: 1, damaged: 1 },
    ]);
    expect(lines.join()).not.toMatch(/T1|xoxb/);
  });
});
