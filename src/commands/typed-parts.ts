/** What stands behind the command in a typed line, in its parts: words, and values with a name. */

export interface Part {
  /** Null for a word. */
  readonly name: string | null;
  /** Where the name begins in the text, so that another can be put in its place. */
  readonly at: number;
  /** Null where nothing stands behind a name. */
  readonly value: string | null;
  readonly quoted: boolean;
}

/** `name:`, `name=` or `--name`, which some keyboards make a dash of. An address (`https://…`) and a time (`9:00`) are words. */
const WORD = String.raw`\p{L}[\p{L}\p{M}\p{N}_-]{0,39}`;
const NAME = new RegExp(String.raw`(?:--|[—–])(${WORD})(?:[:：=＝]|(?=\s|$))|(${WORD})[:：=＝](?!//)`, 'uy');
const ONE_WORD = /\S+/y;
/** A value that one mark opens is closed by any of the same kind, as keyboards mix them. */
const QUOTES = ['"“”„‟', "'‘’‚‛", '«»'];

/** The parts in their order, whatever the text holds. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = afterSpace(text, 0); at < text.length; ) {
    const name = nameAt(text, at);
    const from = name === null ? at : afterSpace(text, name.end);
    const empty = name !== null && (from >= text.length || nameAt(text, from) !== null);
    const read = empty ? null : valueAt(text, from);
    parts.push({ name: name?.text ?? null, at: name?.at ?? at, value: read?.value ?? null, quoted: read?.quoted ?? false });
    at = afterSpace(text, read?.end ?? from);
  }
  return parts;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at])) at += 1;
  return at;
}

function isSpace(mark: string | undefined): boolean {
  return mark !== undefined && /\s/.test(mark);
}

function nameAt(text: string, from: number): { readonly text: string; readonly at: number; readonly end: number } | null {
  NAME.lastIndex = from;
  const [whole, flag, plain] = NAME.exec(text) ?? [];
  const name = flag ?? plain;
  return whole === undefined || name === undefined ? null : { text: name, at: from + whole.indexOf(name), end: from + whole.length };
}

interface Read {
  readonly value: string;
  readonly end: number;
  readonly quoted: boolean;
}

/** A word, or what stands between quotes: a mark closes them where a space or the end follows it, and two of a mark are one of the value. */
function valueAt(text: string, from: number): Read {
  const marks = QUOTES.find((some) => some.includes(text[from] ?? ' '));
  if (marks === undefined) {
    ONE_WORD.lastIndex = from;
    const value = ONE_WORD.exec(text)?.[0] ?? '';
    return { value, end: from + value.length, quoted: false };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const mark = text[at] ?? '';
    const next = text[at + 1];
    const doubled = marks.includes(mark) && next === mark;
    if (marks.includes(mark) && !doubled && (next === undefined || isSpace(next))) return { value, end: at + 1, quoted: true };
    if (doubled) at += 1;
    value += mark;
  }
  return { value, end: text.length, quoted: true };
}
