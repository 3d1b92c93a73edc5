/** The words of one locale: an ICU catalogue, compiled when first used. */
import { IntlMessageFormat } from 'intl-messageformat';
import { bold, text } from './inline.ts';
import type { Inline, Line } from './message.ts';
import { plainLine } from './plain.ts';

/** Keys with dots, values in ICU MessageFormat; one file a locale in `config/locales/`. */
export type Catalogue = Readonly<Record<string, string>>;
export type TextValues = Readonly<Record<string, string | number>>;
export type LineValues = Readonly<Record<string, string | number | Inline | Line>>;

/** `words('key', { … })` is plain text; `words.line` takes dates, links and lines as values and gives a line. */
export interface Words {
  (key: string, values?: TextValues): string;
  line(key: string, values?: LineValues): Line;
  has(key: string): boolean;
  readonly locale: string;
}

/**
 * Words from a catalogue. A key that is missing, or a value that a message asks for and is not given, throws with the
 * name of the key. Values are put in as they are: they are never read as ICU and never become markup.
 */
export function createWords(locale: string, catalogue: Catalogue): Words {
  const compiled = new Map<string, IntlMessageFormat>();
  const messageOf = (key: string): IntlMessageFormat => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    if (!Object.hasOwn(catalogue, key)) throw new Error(`The catalogue "${locale}" has no "${key}"`);
    const message = new IntlMessageFormat(catalogue[key] ?? '', locale);
    compiled.set(key, message);
    return message;
  };
  const partsOf = (key: string, values: LineValues): Line => {
    try {
      const parts = messageOf(key).formatToParts<Inline | Line>({ b: boldly, ...values });
      return merged(parts.flatMap((part) => (typeof part.value === 'string' ? [text(part.value)] : part.value)));
    } catch (cause) {
      throw new Error(`The words "${key}" in "${locale}" cannot be said: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
  const say = (key: string, values: TextValues = {}) => plainLine(partsOf(key, values));
  return Object.assign(say, {
    line: (key: string, values: LineValues = {}) => partsOf(key, values),
    has: (key: string) => Object.hasOwn(catalogue, key),
    locale,
  });
}

/** What `<b>` in a catalogue does. Only the catalogue can write it. */
function boldly(chunks: readonly (string | Inline | Line)[]): Line {
  return chunks.flatMap((chunk) => (typeof chunk === 'string' ? [bold(chunk)] : chunk));
}

/** Neighbouring texts as one. */
function merged(line: Line): Line {
  const out: Inline[] = [];
  for (const inline of line) {
    const last = out.at(-1);
    if (inline.type === 'text' && last?.type === 'text') out[out.length - 1] = text(last.text + inline.text);
    else if (inline.text !== '') out.push(inline);
  }
  return out;
}
