/** One line of a message in Discord's Markdown. The only place that writes Markdown, beside the frame in `render.ts`. */
import type { Inline, Line } from '../../message/message.ts';
import { clean, literal, shortenEscaped } from './text.ts';

const LONGEST_LABEL = 300;
/** Longer addresses are left out and their label stays. */
const LONGEST_URL = 512;
/** What the items of a list begin with in a Message. Discord's own lists hang their lines and are announced as lists. */
const BULLET = '• ';
const ID = /^\d{1,20}$/;
/** The seconds that Discord's clients show; others are written out. */
const LAST_SECOND = 8_640_000_000_000;

/** The line in at most `limit` characters; a longer one ends between two pieces or words, with a mark. */
export function markdownLine(line: Line, limit: number): string {
  const [first, ...rest] = line;
  const isItem = first?.type === 'text' && first.text.startsWith(BULLET);
  const inlines = isItem ? [{ ...first, text: first.text.slice(BULLET.length) }, ...rest] : line;
  let written = isItem ? '- ' : '';
  for (const atom of inlines.flatMap(atomsOf)) {
    if (written.length + atom.length > limit - 1) return `${written.trimEnd()}…`;
    written += atom;
  }
  return written.trimEnd();
}

/** Pieces that are written whole or not at all: words, and everything that is marked up. */
function atomsOf(inline: Inline): readonly string[] {
  const label = () => shortenEscaped(inline.text, LONGEST_LABEL);
  switch (inline.type) {
    case 'bold':
      return label() === '' ? [] : [`**${label()}**`];
    case 'link': {
      const url = safeUrl(inline.url);
      return url === null || label() === '' ? words(inline.text) : [`[${label()}](${url})`];
    }
    case 'instant': {
      const seconds = Math.floor(inline.at / 1_000);
      return Math.abs(seconds) <= LAST_SECOND ? [`<t:${seconds}:f>`] : words(inline.text);
    }
    case 'user':
      return ID.test(inline.id) ? [`<@${inline.id}>`] : words(inline.text);
    case 'role':
      return ID.test(inline.id) ? [`<@&${inline.id}>`] : words(inline.text);
    case 'channel':
      return ID.test(inline.id) ? [`<#${inline.id}>`] : words(inline.text);
    case 'text':
    case 'day':
    case 'range':
      return words(inline.text);
  }
}

function words(text: string): readonly string[] {
  return literal(clean(text))
    .split(/(?<= )/)
    .map((word) => (word.length > LONGEST_LABEL ? `${shortenEscaped(word, LONGEST_LABEL)} ` : word));
}

/** An address that cannot end its own brackets; null for what no browser opens. */
function safeUrl(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const href = new URL(url).href.replace(/[()<>\\*`|~\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return href.length > LONGEST_URL ? null : href;
}

/** Who a line calls. */
export function mentionsOf(lines: readonly Line[]): { readonly users: readonly string[]; readonly roles: readonly string[] } {
  const ids = (type: 'user' | 'role') => [...new Set(lines.flat().flatMap((inline) => (inline.type === type && ID.test(inline.id) ? [inline.id] : [])))];
  return { users: ids('user').slice(0, 100), roles: ids('role').slice(0, 100) };
}

export function isCall(line: Line): boolean {
  return line.some(({ type }) => type === 'user' || type === 'role');
}
