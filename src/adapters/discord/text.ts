/** Free text on its way into Discord's Markdown: nothing in it formats, links, mentions or turns a line around. */

/**
 * Characters that are not seen and may mislead: controls, zero-width spaces and fillers, overrides of the direction of
 * writing, tags. Joiners stay, since Persian, Hindi and emoji are written with them, and isolates, which keep a name in
 * its own direction.
 */
const UNSEEN = /[\p{Cc}\u00AD\u115F\u1160\u180E\u200B\u202A-\u202E\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
/**
 * Everything that means something in Discord's Markdown: styles, code, spoilers, masked links, mentions and timestamps
 * (all begin with `<`), headings, quotes and lists at a start, `@everyone`, `:emoji:`, addresses and invitations.
 */
const MARKS = /[\\*_~`|<[\]]|(?<=^\s*)[-+#>]|(?<=^\s*\d+)\.|@(?=everyone|here)|:(?=[^\s:]+:)|\/(?=\/)|(?<=\bdiscord(?:app)?)\.(?=gg|com)/gi;

/** One line without anything unseen. A lone half of a character becomes the mark for it. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').replace(UNSEEN, '');
}

/** Text that Discord shows exactly as it is. Takes what {@link clean} gives. */
export function literal(text: string): string {
  return text.replace(MARKS, '\\$&');
}

/** What is written where a text was shortened. */
const REST = '…';

/**
 * At most `limit` characters as Discord counts them, ended between two words and marked so. Only a single word that is
 * longer than the limit is cut, between two characters.
 */
export function shorten(text: string, limit: number): string {
  const whole = clean(text).trim();
  if (whole.length <= limit) return whole;
  const room = whole.slice(0, limit - REST.length + 1);
  const end = room.lastIndexOf(' ');
  if (end > 0) return `${room.slice(0, end).trimEnd()}${REST}`;
  return `${whole.slice(0, limit - REST.length).replace(/[\uD800-\uDBFF]$/, '')}${REST}`;
}

/** The same for text that is escaped: what it becomes fits the limit. */
export function shortenEscaped(text: string, limit: number): string {
  let room = limit;
  for (;;) {
    const escaped = literal(shorten(text, room));
    if (escaped.length <= limit) return escaped;
    room -= Math.max(1, Math.ceil((escaped.length - limit) / 2));
  }
}
