/**
 * JSON from a stranger. `JSON.parse` lets the last of two equal keys win and builds whatever fits into memory, so the text
 * is looked through first (RFC 8259 §4: what equal names mean is not agreed; §9: a parser may limit size and depth).
 */

const DEPTH = 64;
/** A calendar has some 20,000 values. */
const VALUES = 300_000;

export type StrictJson = { readonly value: unknown } | { readonly fault: string };

/** Parses JSON without equal keys, without `__proto__`, and of bounded depth and count. */
export function parseStrictJson(text: string): StrictJson {
  const fault = look(text);
  if (fault !== null) return { fault };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: 'is not JSON' };
  }
}

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x7b, 0x5b, 0x7d, 0x5d];

/** Walks the text once, without recursion. What it takes for JSON though it is none, `JSON.parse` refuses. */
function look(text: string): string | null {
  const keys: Set<string>[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === BRACE || sign === BRACKET) {
      keys.push(new Set());
      if (keys.length > DEPTH) return `is nested more than ${DEPTH} deep`;
    } else if (sign === END_BRACE || sign === END_BRACKET) keys.pop();
    if (sign === COMMA || sign === BRACE || sign === BRACKET) values += 1;
    if (values > VALUES) return `holds more than ${VALUES} values`;
    if (sign !== QUOTE) continue;
    const end = endOfText(text, at + 1);
    if (text.charCodeAt(afterSpace(text, end + 1)) === COLON) {
      const key = keyOf(text.slice(at, end + 1));
      if (key === '__proto__') return 'has the key `__proto__`, which no calendar has';
      if (keys.at(-1)?.has(key)) return `has the key \`${key.slice(0, 40)}\` twice in one place`;
      keys.at(-1)?.add(key);
    }
    at = end;
  }
  return null;
}

/** Where the quote stands that ends a text; the end of everything when there is none. */
function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === BACKSLASH) at += 1;
    else if (sign === QUOTE) return at;
  }
  return text.length;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** With escapes resolved: `"\u0061"` and `"a"` are the same key. */
function keyOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted; // no JSON at all, which is found out next
  }
}
