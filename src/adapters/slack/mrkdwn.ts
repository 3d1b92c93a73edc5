/**
 * One line of a message in Slack's mrkdwn. The only place that writes it. `&`, `<` and `>` are the three characters that
 * Slack has an escape for: https://docs.slack.dev/messaging/formatting-message-text (read 2026-11-24).
 */
import { clean, shortenEscaped } from '../../message/clean.ts';
import type { Inline, Line } from '../../message/message.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/**
 * There is no escape for the marks of styles. One within a word styles nothing and stays, so that names of files keep
 * their letters; any other becomes its nearest likeness. Slack takes the full-width forms for marks too.
 */
const MARKS = /`|｀|(?<![\p{L}\p{N}])[*_~＊＿～]|[*_~＊＿～](?![\p{L}\p{N}])/gu;
const ALIKE: Readonly<Record<string, string>> = { '*': '∗', '＊': '﹡', _: 'ˍ', '＿': 'ˍ', '~': '∼', '～': '∼', '`': 'ˋ', '｀': 'ˋ' };
/** `:name:` would be an emoji; a clock time is none. */
const EMOJI = /:(?=(?!\d\d:)[\p{L}\p{N}_+'-]+:)/gu;
/** A quote, at the start of a line. */
const QUOTE = /^(\s*)(?=&gt;|＞)/;
/** Not seen, and no part of any markup. */
const JOINER = '\u2060';

/** For what is added at the start and where a line was cut. */
const MARGIN = 2;
const LONGEST_LABEL = 300;
/** Longer addresses are left out and their label stays. */
const LONGEST_URL = 512;
/** The end of the year 9999. */
const LAST_SECOND = 253_402_300_799;
const GROUP = /^S[A-Z0-9]{1,20}$/;
const PERSON = /^[UW][A-Z0-9]{1,20}$/;
const CHANNEL = /^[CGD][A-Z0-9]{1,20}$/;
/** Where a bold piece may begin and end: Slack knows none within a word. */
const [BEFORE, AFTER] = [/[\s(["'.,:;!?-]$/, /^[\s)\]"'.,:;!?-]/];

const escaped = (text: string) => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

/** Text that Slack shows as it is, wherever it does not begin a line. Takes what `clean` gives. */
function literal(text: string): string {
  return escaped(text.replace(MARKS, (mark) => ALIKE[mark] ?? mark).replace(EMOJI, `:${JOINER}`));
}

/** A line that begins no quote. */
const asLine = (text: string) => text.replace(QUOTE, `$1${JOINER}`);

/** A line of plain text in at most `limit` characters, ended between two words. */
export function literalLine(text: string, limit: number): string {
  return shortenEscaped(text, limit, (shortened) => asLine(literal(shortened)));
}

interface Atom {
  readonly written: string;
  /** It calls somebody, and is never left out. */
  readonly isCall: boolean;
}

/** The line in at most `limit` characters; a longer one ends between two pieces or words, with a mark, and still calls whom it calls. */
export function mrkdwnLine(line: Line, limit: number): string {
  const atoms = line.flatMap((inline, at) => atomsOf(inline, mayBeBold(line[at - 1], line[at + 1])));
  let left = limit - MARGIN;
  const take = ({ written }: Atom): boolean => {
    if (written.length + 1 > left) return false;
    left -= written.length + 1;
    return true;
  };
  const calls = new Set(atoms.filter((atom) => atom.isCall && take(atom)));
  const isWhole = atoms.reduce((sum, { written }) => sum + written.length, 0) <= limit - MARGIN;
  let [text, isCut] = ['', false];
  for (const atom of atoms) {
    if (calls.has(atom)) text += isCut ? ` ${atom.written}` : atom.written;
    else if (isWhole || (!isCut && !atom.isCall && take(atom))) text += atom.written;
    else if (!isCut) [text, isCut] = [`${text.trimEnd()}…`, true];
  }
  return asLine(text.trimEnd());
}

export function isCall(line: Line): boolean {
  return line.some((inline) => callOf(inline) !== null);
}

function callOf(inline: Inline): string | null {
  if (inline.type !== 'role' && inline.type !== 'user') return null;
  if (PERSON.test(inline.id)) return `<@${inline.id}>`;
  return inline.type === 'role' && GROUP.test(inline.id) ? `<!subteam^${inline.id}>` : null;
}

function mayBeBold(before: Inline | undefined, after: Inline | undefined): boolean {
  const isFree = (inline: Inline | undefined, edge: RegExp) => inline === undefined || (inline.type === 'text' && edge.test(inline.text));
  return isFree(before, BEFORE) && isFree(after, AFTER);
}

/** Pieces that are written whole or not at all: words, and everything that is marked up. */
function atomsOf(inline: Inline, isBold: boolean): readonly Atom[] {
  const label = shortenEscaped(inline.text, LONGEST_LABEL, literal);
  const whole = (written: string, isCall = false): readonly Atom[] => [{ written, isCall }];
  switch (inline.type) {
    case 'bold':
      return isBold && label !== '' ? whole(`*${label.replaceAll('*', '∗')}*`) : words(inline.text);
    case 'link': {
      const url = safeUrl(inline.url);
      return url === null || label === '' ? words(inline.text) : whole(`<${url}|${label}>`);
    }
    case 'instant': {
      const seconds = Math.floor(inline.at / 1_000);
      const fallback = shortenEscaped(inline.text, LONGEST_LABEL, escaped);
      const isSayable = seconds > 0 && seconds <= LAST_SECOND && fallback !== '' && !/[|^]/.test(fallback);
      return isSayable ? whole(`<!date^${seconds}^{date_long_pretty} {time}|${fallback}>`) : words(inline.text);
    }
    case 'channel':
      return CHANNEL.test(inline.id) ? whole(`<#${inline.id}>`) : words(inline.text);
    default: {
      const call = callOf(inline);
      return call === null ? words(inline.text) : whole(call, true);
    }
  }
}

function words(text: string): readonly Atom[] {
  const one = (word: string) => (word.length > LONGEST_LABEL ? `${shortenEscaped(word, LONGEST_LABEL, literal)} ` : literal(word));
  return clean(text)
    .split(/(?<= )/)
    .map((word) => ({ written: one(word), isCall: false }));
}

/** An address that cannot end its own brackets; null for what no browser opens. */
function safeUrl(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const href = new URL(url).href.replace(/[<>|\s]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return escaped(href).length > LONGEST_URL ? null : escaped(href);
}
