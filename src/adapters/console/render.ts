/** A message as text for a terminal. */
import { styleText } from 'node:util';
import type { Line, Message, Tone } from '../../message/message.ts';

/** How wide to wrap, and whether bold and colour may be used. */
export interface Look {
  readonly width: number;
  readonly styled: boolean;
}

type Style = Parameters<typeof styleText>[0];
interface Piece {
  readonly text: string;
  readonly style: Style | null;
}
/** Pieces without a space between them: what wrapping never breaks. */
type Word = readonly Piece[];

const TITLE_STYLE: Record<Tone, Style> = {
  info: ['bold', 'cyan'],
  soon: ['bold', 'yellow'],
  today: ['bold', 'red'],
  change: ['bold', 'magenta'],
  warning: ['bold', 'red'],
  quiet: 'bold',
};

/** Title, body, fields, table, footer and the addresses of its links, wrapped, with an empty line at the end. */
export function render(message: Message, look: Look): string {
  const urls: string[] = [];
  const draw = (line: Line, base: Style | null = null) => line.flatMap((inline) => drawn(inline, base, urls));
  const say = (pieces: readonly Piece[], lead = '  ') => paragraph(pieces, lead, look);
  const lines = [
    say([{ text: message.title, style: TITLE_STYLE[message.tone] }], ''),
    ...message.body.map((line) => say(draw(line))),
    ...message.fields.map((field) => say([{ text: `${field.name}: `, style: 'bold' }, ...draw(field.value)])),
    ...(message.table?.rows ?? []).map((row) => say(row.flatMap((cell, index) => [...(index === 0 ? [] : [DOT]), ...draw(cell)]))),
    ...message.actions.map((action) => say([{ text: `[${action.label}]`, style: 'dim' }])),
    ...(message.footer.length === 0 ? [] : [say(draw(message.footer, 'dim'))]),
  ];
  const addresses = urls.map((url, index) => say([{ text: `[${index + 1}] ${url}`, style: 'dim' }]));
  return `${[...lines, ...addresses].join('\n')}\n\n`;
}

const DOT: Piece = { text: ' · ', style: null };

/**
 * Text that a terminal cannot be steered with: control characters and characters that turn the direction of writing
 * become a visible mark, line breaks become spaces, and isolates, which no terminal draws, go.
 */
export function neutralise(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\u202A-\u202E\u{E0000}-\u{E007F}]/gu, '\uFFFD');
}

/** A link carries a number; its address is written out below, since not every terminal knows links. */
function drawn(inline: Line[number], base: Style | null, urls: string[]): readonly Piece[] {
  if (inline.type !== 'link') return [{ text: inline.text, style: ['bold', 'role', 'user', 'channel'].includes(inline.type) ? 'bold' : base }];
  if (!urls.includes(inline.url)) urls.push(inline.url);
  return [
    { text: inline.text, style: 'underline' },
    { text: ` [${urls.indexOf(inline.url) + 1}]`, style: 'dim' },
  ];
}

/** What the items of a list begin with; their further lines stand under their text. */
const BULLET = '•';

/** Laid out in lines of the given width; the first has the lead, the others stand under its text. */
function paragraph(pieces: readonly Piece[], lead: string, look: Look): string {
  const words = wordsOf(pieces);
  const hang = lead.length + (words[0]?.[0]?.text === BULLET ? 2 : 0);
  const lines: Word[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const length = word.reduce((sum, piece) => sum + [...piece.text].length, 0);
    if (used + 1 + length > look.width) {
      used = (lines.length === 0 ? lead.length : hang) + length;
      lines.push([word]);
    } else {
      lines.at(-1)?.push(word);
      used += 1 + length;
    }
  }
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(hang)) + line.map((word) => paint(word, look)).join(' ')).join('\n');
}

function wordsOf(pieces: readonly Piece[]): readonly Word[] {
  const words: Piece[][] = [[]];
  for (const { text, style } of pieces) {
    for (const [index, part] of neutralise(text).split(' ').entries()) {
      if (index > 0) words.push([]);
      if (part !== '') words.at(-1)?.push({ text: part, style });
    }
  }
  return words.filter((word) => word.length > 0);
}

function paint(word: Word, { styled }: Look): string {
  return word.map(({ text, style }) => (styled && style !== null ? styleText(style, text, { validateStream: false }) : text)).join('');
}
