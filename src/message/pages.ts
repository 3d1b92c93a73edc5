/** Long answers in pages, so that no platform has to cut one. */
import { message } from './build.ts';
import { plainText } from './inline.ts';
import type { Action, Line, Message } from './message.ts';
import type { Words } from './words.ts';

/** Characters of a page, addresses of links counted: well under what every platform shows. */
const ROOM = 3_000;
const LINES = 24;

type Piece = { readonly line: Line } | { readonly row: readonly Line[] };

/** One page of a message, the nearest that there is; title, fields and footer are on each. */
export function pageOf(whole: Message, wanted: number, words: Words, actionsOf: (page: number, pages: number) => readonly Action[]): Message {
  const pieces: Piece[] = [...whole.body.map((line) => ({ line })), ...(whole.table?.rows ?? []).map((row) => ({ row }))];
  const fixed = whole.fields.reduce((sum, { name, value }) => sum + name.length + cost(value), whole.title.length + cost(whole.footer));
  const cut = cutInPages(pieces, Math.max(ROOM / 3, ROOM - fixed));
  const pages = cut.length;
  const page = Math.min(Math.max(1, Math.trunc(wanted) || 1), pages);
  const here = cut[page - 1] ?? [];
  const rows = here.flatMap((piece) => ('row' in piece ? [piece.row] : []));
  const body = here.flatMap((piece) => ('line' in piece ? [piece.line] : []));
  if (pages > 1) body.push(plainText(words('page.number', { page, pages })));
  const { tone, title, fields, footer, table } = whole;
  const parts = { tone, title, body, fields, footer, actions: [...whole.actions, ...actionsOf(page, pages)] };
  const draft = table === undefined || rows.length === 0 ? parts : { ...parts, table: { ...table, rows } };
  return message(draft);
}

function cutInPages(pieces: readonly Piece[], room: number): readonly (readonly Piece[])[] {
  const pages: Piece[][] = [[]];
  let used = 0;
  for (const piece of pieces) {
    const size = 'row' in piece ? piece.row.reduce((sum, line) => sum + cost(line), 0) : cost(piece.line);
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && (used + size > room || page.length >= LINES)) {
      const heading = page.length > 1 && isHeading(page.at(-1)) ? page.splice(-1) : [];
      pages.push([...heading, piece]);
      used = size;
    } else {
      page.push(piece);
      used += size;
    }
  }
  return pages;
}

/** A heading goes to the page of what it heads. */
function isHeading(piece: Piece | undefined): boolean {
  return piece !== undefined && 'line' in piece && piece.line.every(({ type }) => type === 'bold');
}

function cost(line: Line): number {
  return line.reduce((sum, inline) => sum + inline.text.length + (inline.type === 'link' ? inline.url.length : 0) + (inline.type === 'text' ? 0 : 4), 1);
}
