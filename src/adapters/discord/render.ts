/**
 * A message as Discord's components (docs/decisions/0011-discord-messages.md): a heading, the text, a quiet footer,
 * buttons. Whatever it is given, what it makes is within Discord's limits:
 * https://docs.discord.com/developers/components/reference (read 2026-08-06).
 */
import type { Action, Button, Line, Message, Select, Tone } from '../../message/message.ts';
import { namedChoices } from './form.ts';
import { isCall, markdownLine, mentionsOf } from './line.ts';
import { shorten, shortenEscaped } from './text.ts';

/** The message has components in place of content: 1 << 15. */
const IS_COMPONENTS_V2 = 32_768;
const TYPE = { row: 1, button: 2, select: 3, text: 10, separator: 14, container: 17 } as const;
const BUTTON = { primary: 1, secondary: 2, danger: 4 } as const;
/** Characters of all texts of one message; of it the heading, the footer and the texts that call somebody come first. */
const [ALL_TEXT, HEADING, FOOTER, LINE] = [4_000, 256, 1_000, 2_000];
const [BUTTONS_A_ROW, ROWS, LABEL, PLACEHOLDER, CUSTOM_ID] = [5, 5, 80, 150, 100];

/** A sign beside the words, never the only one. */
const COLOUR: Record<Tone, number | null> = { info: 0x1a73a8, soon: 0xb36b00, today: 0xb3261e, change: 0x7b4397, warning: 0xb3261e, quiet: null };

export type Component = { readonly type: number } & Readonly<Record<string, unknown>>;

/** The body of a request that makes or edits a message. */
export interface Body {
  readonly flags: number;
  readonly components: readonly Component[];
  readonly allowed_mentions: { readonly parse: readonly []; readonly users?: readonly string[]; readonly roles?: readonly string[] };
}

/** How what did not fit is said: "and 12 more". */
export type SayMore = (count: number) => string;

export function render(message: Message, more: SayMore): Body {
  const heading = `## ${shortenEscaped(message.title, HEADING) || '…'}`;
  const footer = markdownLine(message.footer, FOOTER);
  const lines = linesOf(message);
  const room = ALL_TEXT - heading.length - (footer === '' ? 0 : footer.length + 3) - 1;
  const { kept, calls } = fitted(lines, room, more);
  const parts: Component[] = [text([heading, ...kept].join('\n'))];
  if (footer !== '') parts.push({ type: TYPE.separator, divider: false, spacing: 1 }, text(`-# ${footer}`));
  parts.push(...rowsOf(message.actions));
  const colour = COLOUR[message.tone];
  const container = { type: TYPE.container, ...(colour === null ? {} : { accent_color: colour }), components: parts };
  const { users, roles } = mentionsOf([...calls, message.footer]);
  const allowed = { parse: [] as const, ...(users.length === 0 ? {} : { users }), ...(roles.length === 0 ? {} : { roles }) };
  return { flags: IS_COMPONENTS_V2, components: [container], allowed_mentions: allowed };
}

function text(content: string): Component {
  return { type: TYPE.text, content };
}

function linesOf({ body, fields, table }: Message): readonly Line[] {
  return [
    ...body,
    ...fields.map(({ name, value }): Line => [{ type: 'bold', text: `${name}:` }, { type: 'text', text: ' ' }, ...value]),
    ...(table?.rows ?? []).map((row): Line => row.flatMap((cell, index) => (index === 0 ? cell : [{ type: 'text', text: ' · ' } as const, ...cell]))),
  ];
}

/** As many lines as there is room for, then how many more there are. A line that calls somebody is never left out. */
function fitted(lines: readonly Line[], room: number, more: SayMore): { readonly kept: readonly string[]; readonly calls: readonly Line[] } {
  const written = lines.map((line) => ({ line, text: markdownLine(line, LINE), call: isCall(line) })).filter((line) => line.text !== '');
  const cost = (length: number) => length + 1;
  const rest = shortenEscaped(more(written.length), 100).length;
  let left = room;
  const fits = new Set(written.filter((line) => line.call && take(line.text)));
  function take(content: string, reserve = 0): boolean {
    if (cost(content.length) > left - reserve) return false;
    left -= cost(content.length);
    return true;
  }
  const others = written.filter((line) => !line.call);
  const all = others.reduce((sum, line) => sum + cost(line.text.length), 0) <= left;
  for (const line of others) {
    if (!take(line.text, all ? 0 : cost(rest))) break;
    fits.add(line);
  }
  const kept = written.filter((line) => fits.has(line));
  const missing = written.length - kept.length;
  const texts = kept.map((line) => line.text);
  return { kept: missing === 0 ? texts : [...texts, shortenEscaped(more(missing), 100)], calls: kept.map(({ line }) => line) };
}

/** At most five rows, each of five buttons or one select. What has no name, or an id that Discord would refuse or mix up, is left out. */
function rowsOf(actions: readonly Action[]): readonly Component[] {
  const seen = new Set<string>();
  const rows: Component[][] = [];
  for (const action of actions) {
    const { id } = action;
    const made = id === '' || id.length > CUSTOM_ID || seen.has(id) ? null : action.style === 'select' ? selectOf(action) : buttonOf(action);
    if (made === null) continue;
    seen.add(id);
    const last = rows.at(-1);
    const hasRoom = made.type === TYPE.button && last?.[0]?.type === TYPE.button && last.length < BUTTONS_A_ROW;
    if (hasRoom) last.push(made);
    else rows.push([made]);
  }
  return rows.slice(0, ROWS).map((components) => ({ type: TYPE.row, components }));
}

function buttonOf({ id, label, style }: Button): Component | null {
  const name = shorten(label, LABEL);
  return name === '' ? null : { type: TYPE.button, style: BUTTON[style], label: name, custom_id: id };
}

function selectOf({ id, label, choices }: Select): Component | null {
  const [placeholder, options] = [shorten(label, PLACEHOLDER), namedChoices(choices)];
  return placeholder === '' || options.length === 0 ? null : { type: TYPE.select, custom_id: id, placeholder, options };
}
