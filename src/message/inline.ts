/** Pieces of lines. Text given here is never markup; only a renderer writes markup. */
import type { Inline, Line } from './message.ts';
import type { Words } from './words.ts';

export function text(value: string): Inline {
  return { type: 'text', text: value };
}

export function bold(value: string): Inline {
  return { type: 'bold', text: value };
}

/** A link where the address is one that a browser opens, else plain text. */
export function link(label: string, url: string): Inline {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? { type: 'link', text: label, url } : text(label);
}

/** One line of plain text. */
export function plainText(value: string): Line {
  return [text(value)];
}

/** Lines put behind one another with a separator; empty ones are left out. */
export function joinLines(lines: readonly Line[], separator: string): Line {
  const filled = lines.filter((line) => line.length > 0);
  return filled.flatMap((line, index) => (index === 0 ? line : [text(separator), ...line]));
}

/** A bold heading over its lines; nothing where there are no lines. */
export function section(heading: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[bold(heading)], ...lines];
}

/** A line of a list. */
export function listItem(line: Line, words: Words): Line {
  return words.line('list.item', { line });
}
