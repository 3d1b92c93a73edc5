/** What changed in the calendar, as a feed for readers of news (RFC 4287). */
import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { type Instant, toIso } from '../domain/time.ts';
import { changeKey } from '../message/change-lines.ts';
import type { Reader, Voice } from '../message/content.ts';
import { formatAlert } from '../message/format-alert.ts';
import { bucket } from '../message/group.ts';
import type { Inline, Line, Message } from '../message/message.ts';
import type { Words } from '../message/words.ts';
import type { StoredChange } from '../store/store.ts';

export interface News {
  /** The latest last. */
  readonly told: readonly StoredChange[];
  /** When the calendar became what it is. */
  readonly made: Instant;
  readonly publicUrl: string | null;
}

export interface Telling {
  readonly words: Words;
  readonly reader: Omit<Reader, 'now'>;
}

/** The latest first. What is told in the same words of several States is one entry, and reads as it was told on its day. */
export function writeAtom({ told, made, publicUrl }: News, { words, reader }: Telling): string {
  const groups = bucket(told, ({ revision, change }) => `${revision}|${changeKey(change)}`).toReversed();
  const voiceAt = (now: Instant): Voice => ({ words, reader: { ...reader, now } });
  const entries = groups.map((group) => {
    const changes = group.map(({ change }) => change);
    const message = formatAlert({ type: 'changes', changes }, { mayBeRepeat: false, late: null }, voiceAt(group[0].at));
    return entryOf(group[0], message, publicUrl);
  });
  const self =
    publicUrl === null
      ? ''
      : html`<link rel="self" type="application/atom+xml" href="${publicUrl}/changes.atom"/><link rel="alternate" type="text/html" href="${publicUrl}/"/>`;
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${words.locale}"><id>${idOf('changes')}</id><title>${text(words('feeds.changes-title'))}</title><updated>${toIso(groups[0]?.[0].at ?? made)}</updated><author><name>UPR Watch</name></author><generator>UPR Watch</generator>${self}
${entries}</feed>
`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}`;
}

function entryOf({ at, revision, seq, change }: StoredChange, message: Message, publicUrl: string | null) {
  const deadline = change.about === 'date' ? (change.after ?? change.before) : null;
  const link = publicUrl === null || deadline === null ? '' : html`<link rel="alternate" type="text/html" href="${publicUrl}/deadlines/${deadline.id}"/>`;
  // Escaped twice: what a reader unpacks is HTML in which free text is text.
  const content = String(html`${[...message.body, message.footer].filter((line) => line.length > 0).map(paragraph)}`);
  return html`<entry><id>${idOf(`${at}|${revision}|${seq}`)}</id><title>${text(message.title)}</title><updated>${toIso(at)}</updated>${link}<content type="html">${text(content)}</content></entry>
`;
}

function paragraph(line: Line) {
  return html`<p>${line.map(piece)}</p>`;
}

function piece(inline: Inline) {
  if (inline.type === 'link') return html`<a href="${inline.url}">${text(inline.text)}</a>`;
  return inline.type === 'bold' ? html`<b>${text(inline.text)}</b>` : html`${text(inline.text)}`;
}

/** Characters that XML 1.0 cannot hold, even escaped (§2.2); a lone half of a character is one. */
const NO_XML = /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu;

function text(value: string): string {
  return value.toWellFormed().replace(NO_XML, '');
}

/** The same for the same thing in this database, and another for anything else. */
function idOf(name: string): string {
  const hash = createHash('sha256').update(`upr-watch changes ${name}`).digest('hex');
  // The form of a UUID that holds a hash: RFC 9562 §5.8.
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
