/** Free text before any platform's markup: on one line, without anything unseen, and no longer than its place. */

/**
 * Characters that are not seen and may mislead: controls, zero-width spaces and fillers, overrides of the direction of
 * writing, tags. Joiners stay, since Persian, Hindi and emoji are written with them, and isolates, which keep a name in
 * its own direction.
 */
const UNSEEN = /[\p{Cc}\u00AD\u115F\u1160\u180E\u200B\u202A-\u202E\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** One line without anything unseen. A lone half of a character becomes the mark for it. */
export function clean(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').replace(UNSEEN, '');
}

/** What is written where a text was shortened. */
const REST = '…';

/**
 * At most `limit` UTF-16 units, ended between two words and marked so. Only a single word that is longer than the limit
 * is cut, between two characters.
 */
export function shorten(text: string, limit: number): string {
  const whole = clean(text).trim();
  if (whole.length <= limit) return whole;
  const room = whole.slice(0, limit - REST.length + 1);
  const end = room.lastIndexOf(' ');
  if (end > 0) return `${room.slice(0, end).trimEnd()}${REST}`;
  return `${whole.slice(0, limit - REST.length).replace(/[\uD800-\uDBFF]$/, '')}${REST}`;
}

/** The same for text that is escaped afterwards: what it becomes fits the limit. */
export function shortenEscaped(text: string, limit: number, written: (text: string) => string): string {
  let room = limit;
  for (;;) {
    const escaped = written(shorten(text, room));
    if (escaped.length <= limit) return escaped;
    room -= Math.max(1, Math.ceil((escaped.length - limit) / 2));
  }
}
