/** A table as a file: CSV for spreadsheets, Markdown for documents. */
import type { PlainTable } from './plan-table.ts';

/** A cell that begins so is read by spreadsheets as a formula, which may fetch and send. */
const FORMULA = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. What would be a formula is shown as text. */
export function toCsv({ columns, rows }: PlainTable): string {
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A pipe table; free text in it stays text. */
export function toMarkdown({ columns, rows }: PlainTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |\n`;
  return `${line(columns)}|${columns.map(() => ' --- |').join('')}\n${rows.map(line).join('')}`;
}

/** Escapes what Markdown and HTML would read within a line. */
function markdownCell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|~&]/g, '\\$&');
}
