/** YAML and JSON: a list of rows with the columns of a spreadsheet, or a whole file of a session. */
import { z } from 'zod';
import { type OperatorFile, operatorFile } from '../schema.ts';
import { type Locate, parseYamlFile } from '../yaml-file.ts';
import { COLUMNS, type RawRow, type ReadFile, type Remark } from './raw-row.ts';
import type { ImportedFact } from './read-rows.ts';

const cell = z
  .union([z.string(), z.number(), z.null(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value.join(' ') : String(value ?? '')));
const rowList = z.array(z.strictObject(Object.fromEntries(COLUMNS.map((column) => [column, cell.optional()]))));

/** What a whole file holds: its dates, and all else that it says. */
export interface WholeFile {
  readonly dates: readonly ImportedFact[];
  readonly rest: OperatorFile;
}

/** @returns rows, or a whole file. JSON is YAML too; a key that stands twice is a fault in both. */
export function readYaml(file: string, text: string): ReadFile | { readonly whole: WholeFile } {
  const nothing = { rows: [], passedOver: [] };
  const plain = parseYamlFile(file, text, z.unknown());
  if ('faults' in plain) return { ...nothing, faults: plain.faults };
  if (plain.value === null || plain.value === undefined) return { ...nothing, faults: [{ line: 1, message: 'is empty' }] };
  if (!Array.isArray(plain.value)) {
    const parsed = parseYamlFile(file, text, operatorFile);
    return 'faults' in parsed ? { ...nothing, faults: parsed.faults } : { whole: wholeOf(parsed.value, parsed.locate) };
  }
  const parsed = parseYamlFile(file, text, rowList);
  if ('faults' in parsed) return { ...nothing, faults: parsed.faults };
  const rows: RawRow[] = parsed.value.map((cells, index) => ({ line: parsed.locate([index]), cells: cells as RawRow['cells'] }));
  const faults: Remark[] = rows.length === 0 ? [{ line: 1, message: 'holds no rows' }] : [];
  return { rows, faults, passedOver: [] };
}

function wholeOf(value: OperatorFile, locate: Locate): WholeFile {
  const { session } = value;
  const { dates, deadlines, states, ...rest } = value;
  const found: ImportedFact[] = [];
  const add = (path: readonly PropertyKey[], place: Omit<ImportedFact['place'], 'session'>, input: ImportedFact['input'] | undefined) => {
    if (input !== undefined) found.push({ line: locate(path), place: { session, ...place }, input: { ...input, checked: input.checked ?? value.checked } });
  };
  const each = (path: readonly PropertyKey[], state: string | null, all: OperatorFile['deadlines']) => {
    for (const [kind, input] of Object.entries(all ?? {})) add([...path, kind], { state, kind: kind as ImportedFact['place']['kind'] }, input);
  };
  add(['dates'], { state: null, kind: 'session' }, dates);
  each(['deadlines'], null, deadlines);
  for (const [index, { state, review, deadlines: own }] of (states ?? []).entries()) {
    add(['states', index, 'review'], { state, kind: 'review' }, review);
    each(['states', index, 'deadlines'], state, own);
  }
  const left = states?.map(({ review: _review, deadlines: _deadlines, ...others }) => others);
  return { dates: found, rest: left === undefined ? rest : { ...rest, states: left } };
}
