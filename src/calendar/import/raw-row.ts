/** What every kind of file is read into: cells by column, as they are written. */

export const COLUMNS = ['session', 'state', 'kind', 'date', 'until', 'time', 'zone', 'certainty', 'source', 'checked', 'note'] as const;
export type Column = (typeof COLUMNS)[number];

export interface RawRow {
  /** Where it stands, 1-based. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/** Something about one place of a file. */
export interface Remark {
  readonly line: number;
  readonly message: string;
}

export interface ReadFile {
  readonly rows: readonly RawRow[];
  /** What is wrong; the file is not used then, unless its owner wants what is right in it. */
  readonly faults: readonly Remark[];
  /** What is not about the UPR, as far as one can see. */
  readonly passedOver: readonly Remark[];
}

export function isColumn(name: string): name is Column {
  return (COLUMNS as readonly string[]).includes(name);
}
