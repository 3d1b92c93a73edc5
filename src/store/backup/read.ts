import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StoreError } from '../store.ts';
import { type Batch, damaged, type Header, type Row, readHeader, readLine } from './format.ts';
import { isKept } from './tables.ts';

/** A backup that was read once to its end and is whole. */
export interface SoundBackup {
  readonly file: string;
  readonly header: Header;
  readonly rows: number;
  /** False where no SHA-256 lies beside it. */
  readonly isSealed: boolean;
}

/** Rows handled at a time. */
const BATCH = 200;

/** @throws StoreError `corrupt` or `newer-schema`, or `folder` where it cannot be read. */
export async function proveBackup(file: string): Promise<SoundBackup> {
  const isSealed = await proveSum(file);
  let header: Header | null = null;
  let rows = 0;
  for await (const part of partsOf(file)) {
    if ('id' in part) header = part;
    else rows += part.rows.length;
  }
  if (header === null) throw damaged('it is empty');
  return { file, header, rows, isSealed };
}

/** Its rows, batch by batch. */
export async function* batchesOf({ file }: SoundBackup): AsyncIterable<Batch> {
  for await (const part of partsOf(file)) if (!('id' in part)) yield part;
}

/** The header, then rows; throws when the end is not what the last line says. */
async function* partsOf(file: string): AsyncIterable<Header | Batch> {
  let [isFirst, ended, count] = [true, false, 0];
  let batch: { table: string; rows: Row[] } = { table: '', rows: [] };
  for await (const line of linesOf(file)) {
    if (ended) throw damaged('it goes on after its end');
    if (isFirst) {
      isFirst = false;
      yield readHeader(line);
      continue;
    }
    const read = readLine(line);
    if (typeof read === 'number') {
      if (read !== count) throw damaged('rows are missing');
      ended = true;
      continue;
    }
    const [table, row] = read;
    if (!isKept(table)) throw damaged(`it holds a table that is not known, ${table.slice(0, 40)}`);
    count += 1;
    if (batch.rows.length === BATCH || batch.table !== table) {
      if (batch.rows.length > 0) yield batch;
      batch = { table, rows: [] };
    }
    batch.rows.push(row);
  }
  if (!ended) throw damaged('its end is missing');
  if (batch.rows.length > 0) yield batch;
}

async function* linesOf(file: string): AsyncIterable<string> {
  const unzipped = createGunzip();
  pipeline(createReadStream(file), unzipped, () => undefined);
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw /^Z_|^ERR_/.test((cause as NodeJS.ErrnoException).code ?? '') ? damaged('it cannot be unpacked') : unreadable(cause);
  }
  if (rest !== '') throw damaged('its end is missing');
}

/** Whether the file is what the sum beside it says; false where there is none. */
async function proveSum(file: string): Promise<boolean> {
  const text = await readFile(`${file}.sha256`, 'utf8').catch(() => null);
  if (text === null) return false;
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (cause) {
    throw unreadable(cause);
  }
  if (!text.startsWith(hash.digest('hex'))) throw damaged('it is not what its .sha256 says');
  return true;
}

function unreadable(cause: unknown): StoreError {
  return new StoreError('folder', `the backup cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}); check its path and rights`, cause);
}
