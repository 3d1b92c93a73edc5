import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DAY, type Instant } from '../../domain/time.ts';
import type { Database } from '../open-store.ts';
import { StoreError } from '../store.ts';
import { backupName, backupTime, writeEnd, writeHeader, writeRows } from './format.ts';
import { openSource, type Source } from './source.ts';
import { isKept, SCHEMA_KEY } from './tables.ts';

export interface BackupPlan {
  /** Made when it is not there. */
  readonly folder: string;
  readonly now: Instant;
  /** Called with the rows that are written and those there are. */
  readonly progress: (done: number, total: number) => void;
}

export interface Written {
  readonly id: string;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What only its owner may read: tokens are sealed in it, but not what teams plan. */
const MODE = 0o600;

/**
 * Writes a database as it is at one instant into a new file, with its SHA-256 beside it (`sha256sum -c` reads it), while
 * others go on writing to the database. A file with the name of a backup is a whole one.
 *
 * @throws StoreError
 */
export async function writeBackup(database: Database, { folder, now, progress }: BackupPlan): Promise<Written> {
  const source = await openSource(database);
  const [id, name] = [randomUUID(), backupName(now)];
  const file = join(folder, name);
  const partial = `${file}.partial`;
  const written = { rows: 0, bytes: 0 };
  const hash = createHash('sha256');
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      written.bytes += chunk.length;
      done(null, chunk);
    },
  });
  const told = (rows: number) => {
    written.rows += rows;
    progress(written.rows, source.total);
  };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await pipeline(Readable.from(lines(source, { id, now, told })), createGzip(), counted, createWriteStream(partial, { mode: MODE, flags: 'wx' }));
    await toDisk(partial);
    const sha256 = hash.digest('hex');
    await writeFile(`${file}.sha256`, `${sha256}  ${name}\n`, { mode: MODE });
    await rename(partial, file);
    return { id, file, ...written, sha256 };
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw folderFault(cause, folder);
  } finally {
    await source.close();
  }
}

async function* lines(source: Source, { id, now, told }: { readonly id: string; readonly now: Instant; readonly told: (rows: number) => void }) {
  yield writeHeader({ id, at: now, schema: source.schema, store: source.store });
  let count = 0;
  for await (const { table, rows } of source.batches()) {
    const own = table === 'meta' ? rows.filter(({ key }) => key !== SCHEMA_KEY) : rows;
    if (!isKept(table)) continue;
    count += own.length;
    yield writeRows({ table, rows: own });
    told(own.length);
  }
  yield writeEnd(count);
}

async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

/** Removes backups that are older than so many days, with what lies beside them. Answers their names. */
export async function expireBackups(folder: string, keepDays: number, now: Instant): Promise<readonly string[]> {
  const old = (await readdir(folder)).filter((name) => {
    const at = backupTime(name);
    return at !== null && at < now - keepDays * DAY;
  });
  for (const name of old) for (const file of [name, `${name}.sha256`]) await rm(join(folder, file), { force: true });
  return old.sort();
}

/** The latest backup of a folder; null where there is none. */
export async function lastBackup(folder: string): Promise<{ readonly name: string; readonly at: Instant } | null> {
  const names = await readdir(folder).catch(() => []);
  const all = names.flatMap((name) => {
    const at = backupTime(name);
    return at === null ? [] : [{ name, at }];
  });
  return all.sort((a, b) => b.at - a.at)[0] ?? null;
}

const FAULTS: Readonly<Record<string, readonly [StoreError['reason'], string]>> = {
  ENOSPC: ['full', 'the disk is full; free some space, or give another folder with --to'],
  EACCES: ['folder', 'the folder of backups cannot be written; give another with --to'],
  EPERM: ['folder', 'the folder of backups cannot be written; give another with --to'],
  EROFS: ['folder', 'the folder of backups cannot be written; give another with --to'],
  ENOTDIR: ['folder', 'this is no folder; give another with --to'],
  EEXIST: ['locked', 'a backup is being made there at this very moment'],
};

function folderFault(cause: unknown, folder: string): unknown {
  const fault = FAULTS[(cause as NodeJS.ErrnoException).code ?? ''];
  return fault === undefined || cause instanceof StoreError ? cause : new StoreError(fault[0], `${folder}: ${fault[1]}`, cause);
}
