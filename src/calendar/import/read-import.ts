/** One file that somebody wants in the calendar, of whatever kind, read into dates; or everything that is wrong with it. */
import { extname } from 'node:path';
import type { OperatorFile } from '../schema.ts';
import { decode } from '../text-file.ts';
import type { Remark } from './raw-row.ts';
import { readCsv } from './read-csv.ts';
import { readIcs } from './read-ics.ts';
import { type ImportedFact, type RowContext, readRows } from './read-rows.ts';
import { readYaml } from './read-yaml.ts';

export const IMPORTED = ['.yaml', '.yml', '.json', '.csv', '.tsv', '.ics'] as const;

export interface ReadImport {
  readonly dates: readonly ImportedFact[];
  readonly rest: readonly OperatorFile[];
  readonly faults: readonly Remark[];
  readonly passedOver: readonly Remark[];
}

export function readImport({ file, bytes }: { readonly file: string; readonly bytes: Uint8Array }, context: RowContext): ReadImport {
  const refused = (message: string): ReadImport => ({ dates: [], rest: [], passedOver: [], faults: [{ line: 0, message }] });
  const kind = extname(file).toLowerCase();
  if (!(IMPORTED as readonly string[]).includes(kind)) return refused(`has a name that ends in none of ${IMPORTED.join(', ')}`);
  const text = kind === '.ics' ? '' : decode(bytes);
  if (text === null) return refused('is not UTF-8; save it as UTF-8');
  if (bytes.length === 0 || (kind !== '.ics' && text.trim() === '')) return refused('is empty');
  const read = kind === '.ics' ? readIcs(bytes, context.facts.sources) : kind === '.csv' || kind === '.tsv' ? readCsv(text) : readYaml(file, text);
  if ('whole' in read) return { dates: read.whole.dates, rest: [read.whole.rest], faults: [], passedOver: [] };
  const { imported, faults } = readRows(read.rows, context);
  return { dates: imported, rest: [], faults: [...read.faults, ...faults], passedOver: read.passedOver };
}
