import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Something wrong in a calendar or configuration file: where, and what to write instead. */
export interface Fault {
  readonly file: string;
  /** 1-based; 0 when the fault has no line of its own. */
  readonly line: number;
  readonly message: string;
}

/** Points at a key path of a parsed file, to report faults found later with their line. */
export type Locate = (path: readonly PropertyKey[]) => number;

export type Parsed<T> = { readonly value: T; readonly locate: Locate } | { readonly faults: readonly Fault[] };

/** No calendar file comes near this; a larger one is a mistake or an attack. */
const MAX_BYTES = 2_000_000;

/** Parses one YAML file against its schema. Reports every fault of the file at once, each with its line. */
export function parseYamlFile<S extends z.ZodType>(file: string, text: string, schema: S): Parsed<z.infer<S>> {
  if (text.length > MAX_BYTES) return { faults: [{ file, line: 0, message: `is larger than ${MAX_BYTES} bytes; split it` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [, ...problems] = [null, ...document.errors, ...document.warnings];
  if (problems.length > 0)
    return { faults: problems.map(({ message, pos }) => ({ file, line: lines.linePos(pos[0]).line, message: `is not valid YAML: ${message}` })) };
  const locate: Locate = (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 0;
  };
  const read = readPlain(document);
  if ('fault' in read) return { faults: [{ file, line: 0, message: read.fault }] };
  const checked = schema.safeParse(read.plain, { reportInput: true });
  if (checked.success) return { value: checked.data, locate };
  return { faults: checked.error.issues.map((issue) => ({ file, line: locate(placeOf(issue)), message: issueText(issue) })) };
}

function readPlain(document: ReturnType<typeof parseDocument>): { plain: unknown } | { fault: string } {
  try {
    return { plain: document.toJS({ maxAliasCount: 50 }) };
  } catch {
    return { fault: 'repeats itself through aliases too often; write the values out' };
  }
}

/** A key that is not known is pointed at itself, not at what holds it. */
function placeOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
}

/** What is wrong, beginning with the path to it. */
export function issueText(issue: z.core.$ZodIssue): string {
  return `${pathText(issue.path)}${wrongOf(issue)}`;
}

function wrongOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `does not know ${issue.keys.map((key) => `\`${key}\``).join(', ')}; look for a typing error`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return `is missing (${issue.expected})`;
  return issue.message;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? '' : `${text} `;
}
