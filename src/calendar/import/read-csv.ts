/** Comma-separated values as spreadsheets write them (RFC 4180), with `;` or tabs in the place of commas too. */
import type { RawRow, ReadFile } from './raw-row.ts';
import { COLUMNS, type Column, isColumn } from './raw-row.ts';

export interface CsvRecord {
  /** Where it begins, 1-based. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** More rows than any calendar has dates. */
const MOST_ROWS = 20_000;

/** Every record of a text, or the fault that ends the reading. Lines without any sign are passed over. */
export function parseCsv(text: string, separator: string): { readonly records: readonly CsvRecord[] } | { readonly line: number; readonly fault: string } {
  const records: CsvRecord[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    for (let more = true; more; ) {
      const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at, separator);
      if (typeof cell === 'string') return { line, fault: cell };
      cells.push(cell.value);
      line += linesIn(text.slice(at, cell.end));
      at = cell.end;
      more = text[at] === separator;
      if (more) at += 1;
      else if (at < text.length && text[at] !== '\r' && text[at] !== '\n') return { line, fault: 'goes on after a closing quotation mark' };
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begun, cells });
    if (records.length > MOST_ROWS) return { line, fault: `has more than ${MOST_ROWS} rows; split the file` };
  }
  return { records };
}

type Cell = { readonly value: string; readonly end: number } | string;

function quotedCell(text: string, start: number): Cell {
  for (let from = start + 1; ; ) {
    const close = text.indexOf('"', from);
    if (close < 0) return 'opens a quotation mark that nothing closes; the file is cut off';
    if (text[close + 1] !== '"') return { value: text.slice(start + 1, close).replaceAll('""', '"'), end: close + 1 };
    from = close + 2;
  }
}

function bareCell(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\r' && text[end] !== '\n') end += 1;
  const value = text.slice(start, end);
  return value.includes('"') ? 'has a quotation mark inside a cell that begins without one' : { value, end };
}

function linesIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

/** The rows of a spreadsheet whose first row names its columns. A row that does not have them all is a fault, for a cut-off file ends in one. */
export function readCsv(text: string): ReadFile {
  const nothing = { rows: [], passedOver: [] };
  const [head = ''] = text.split(/\r\n|\r|\n/, 1);
  const parsed = parseCsv(text, separatorOf(head));
  if ('fault' in parsed) return { ...nothing, faults: [{ line: parsed.line, message: parsed.fault }] };
  const [header, ...records] = parsed.records;
  if (header === undefined || records.length === 0) return { ...nothing, faults: [{ line: 1, message: 'holds no rows' }] };
  const names = header.cells.map(columnName);
  const faults = headerFaults(names).map((message) => ({ line: header.line, message }));
  if (faults.length > 0) return { ...nothing, faults };
  const rows: RawRow[] = [];
  for (const { line, cells } of records) {
    if (cells.length !== names.length) faults.push({ line, message: `has ${cells.length} cells where the first row has ${names.length}` });
    else rows.push({ line, cells: Object.fromEntries(names.map((name, index) => [name, (cells[index] ?? '').trim()])) });
  }
  return { rows, faults, passedOver: [] };
}

/** The sign that parts the first row into the most columns that there are. */
function separatorOf(head: string): string {
  const known = (separator: string) => head.split(separator).filter((cell) => isColumn(columnName(cell.replaceAll('"', '')))).length;
  return [',', ';', '\t'].reduce((best, separator) => (known(separator) > known(best) ? separator : best));
}

function columnName(cell: string): string {
  return cell.trim().toLowerCase();
}

const NEEDED: readonly Column[] = ['session', 'kind', 'date'];

function headerFaults(names: readonly string[]): readonly string[] {
  const strange = names.filter((name) => !isColumn(name)).map((name) => `has a column "${name.slice(0, 40)}"; columns are ${COLUMNS.join(', ')}`);
  const twice = names.filter((name, index) => names.indexOf(name) < index).map((name) => `has the column "${name.slice(0, 40)}" twice`);
  const missing = NEEDED.filter((name) => !names.includes(name)).map((name) => `has no column "${name}"`);
  return [...strange, ...twice, ...missing];
}
