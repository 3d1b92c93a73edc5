/**
 * A backup: lines of JSON, gzipped. The first says what it is, then one line a row, and the last how many rows there were,
 * so that a file that was cut off is known. It is the same for both stores; docs/operations.md describes it.
 */
import { z } from 'zod';
import { type Instant, toIso } from '../../domain/time.ts';
import { StoreError } from '../store.ts';

const FORMAT = 1;

const headerSchema = z.object({
  format: z.literal('upr-watch backup'),
  version: z.int().positive(),
  /** Names this backup and no other. */
  id: z.string().min(1),
  at: z.number(),
  /** The schema whose tables it holds. */
  schema: z.int().positive(),
  store: z.enum(['sqlite', 'postgresql']),
});

const rowSchema = z.tuple([z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.null()]))]);
const endSchema = z.strictObject({ rows: z.int().nonnegative() });

export type Header = Omit<z.infer<typeof headerSchema>, 'format' | 'version'>;
export type Row = Readonly<Record<string, string | number | null>>;

/** Rows of one table, as many as are handled at a time. */
export interface Batch {
  readonly table: string;
  readonly rows: readonly Row[];
}

export function writeHeader(header: Header): string {
  return `${JSON.stringify({ format: 'upr-watch backup', version: FORMAT, ...header })}\n`;
}

export function writeRows({ table, rows }: Batch): string {
  return rows.map((row) => `${JSON.stringify([table, row])}\n`).join('');
}

export function writeEnd(rows: number): string {
  return `${JSON.stringify({ rows })}\n`;
}

/** @throws StoreError `corrupt` for what is no backup, `newer-schema` for one that a newer version wrote. */
export function readHeader(line: string): Header {
  const read = headerSchema.safeParse(parsed(line));
  if (!read.success) throw new StoreError('corrupt', 'this is not a backup of UPR Watch');
  if (read.data.version > FORMAT) throw new StoreError('newer-schema', 'a newer version of UPR Watch made this backup; restore it with that version');
  return read.data;
}

/** A row with its table, or how many there were. @throws StoreError `corrupt`. */
export function readLine(line: string): readonly [table: string, row: Row] | number {
  const value = parsed(line);
  const row = rowSchema.safeParse(value);
  if (row.success) return row.data;
  const end = endSchema.safeParse(value);
  if (!end.success) throw damaged('a line of it cannot be read');
  return end.data.rows;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

export function damaged(how: string): StoreError {
  return new StoreError('corrupt', `the backup is damaged: ${how}; restore another one`);
}

const NAME = /^upr-watch-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2}\.\d{3})Z\.jsonl\.gz$/;

/** Files in order of their names are in order of time. */
export function backupName(at: Instant): string {
  return `upr-watch-${toIso(at).replaceAll(':', '-')}.jsonl.gz`;
}

/** When the backup of that name was made; null for any other file. */
export function backupTime(name: string): Instant | null {
  const found = NAME.exec(name);
  if (found === null) return null;
  const [, day, hour, minute, second] = found;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : at;
}
