/** Free text on its way into Discord's Markdown: nothing in it formats, links, mentions or turns a line around. */
import { shortenEscaped as shortenFor } from '../../message/clean.ts';

export { clean, shorten } from '../../message/clean.ts';

/**
 * Everything that means something in Discord's Markdown: styles, code, spoilers, masked links, mentions and timestamps
 * (all begin with `<`), headings, quotes and lists at a start, `@everyone`, `:emoji:`, addresses and invitations.
 */
const MARKS = /[\\*_~`|<[\]]|(?<=^\s*)[-+#>]|(?<=^\s*\d+)\.|@(?=everyone|here)|:(?=[^\s:]+:)|\/(?=\/)|(?<=\bdiscord(?:app)?)\.(?=gg|com)/gi;

/** Text that Discord shows exactly as it is. Takes what `clean` gives. */
export function literal(text: string): string {
  return text.replace(MARKS, '\\$&');
}

/** Literal text, shortened so that what it becomes fits the limit. */
export function shortenEscaped(text: string, limit: number): string {
  return shortenFor(text, limit, literal);
}
