/** Lines of a message as HTML. Nothing here writes markup from text: `html` escapes every value that it is given. */
import { html } from 'hono/html';
import { toIso } from '../domain/time.ts';
import type { Inline, Line } from '../message/message.ts';

export type Html = ReturnType<typeof html>;

/** What the items of a list begin with in a Message. */
const BULLET = '• ';

export function lineHtml(line: Line): readonly Html[] {
  return line.map(inlineHtml);
}

function inlineHtml(inline: Inline): Html {
  const { text } = inline;
  switch (inline.type) {
    case 'bold':
      return html`<strong>${text}</strong>`;
    case 'link':
      return linkHtml(text, inline.url);
    case 'instant':
      return html`<time datetime="${toIso(inline.at)}">${text}</time>`;
    case 'day':
      return html`<time datetime="${inline.day}">${text}</time>`;
    default:
      return html`${text}`;
  }
}

/** A link where the address is one of the web, else its text. Nobody there learns where the reader came from. */
export function linkHtml(text: string, url: string): Html {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? html`<a href="${url}" rel="external noreferrer">${text}</a>` : html`${text}`;
}

/** The lines of a body: a line that is bold alone is a heading of that level, lines of a list stand in one. */
export function bodyHtml(lines: readonly Line[], level: 2 | 3): readonly Html[] {
  const parts: Html[] = [];
  let items: Html[] = [];
  const endList = () => {
    if (items.length > 0) parts.push(html`<ul class="lines">${items}</ul>`);
    items = [];
  };
  for (const line of lines) {
    const item = itemOf(line);
    if (item !== null) {
      items.push(html`<li>${lineHtml(item)}</li>`);
      continue;
    }
    endList();
    parts.push(isHeading(line) ? headingHtml(lineHtml(line.map(({ text }) => ({ type: 'text', text }))), level) : html`<p>${lineHtml(line)}</p>`);
  }
  endList();
  return parts;
}

export function headingHtml(content: readonly Html[], level: 2 | 3): Html {
  return level === 2 ? html`<h2>${content}</h2>` : html`<h3>${content}</h3>`;
}

/** The line without the mark of a list; null for a line of none. */
function itemOf(line: Line): Line | null {
  const [first, ...rest] = line;
  if (first?.type !== 'text' || !first.text.startsWith(BULLET)) return null;
  return [{ ...first, text: first.text.slice(BULLET.length) }, ...rest];
}

function isHeading(line: Line): boolean {
  return line.length === 1 && line[0]?.type === 'bold';
}
