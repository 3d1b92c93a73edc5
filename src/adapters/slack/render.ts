/**
 * A message as Slack's blocks (docs/decisions/0013-slack-messages.md): a heading, the text, a quiet footer, buttons; and
 * the same as plain text, for phones and screen readers. Whatever it is given, what it makes is within Slack's limits:
 * https://docs.slack.dev/reference/block-kit (read 2026-11-24).
 */
import { shorten } from '../../message/clean.ts';
import { type Action, type Button, type Line, type Message, MOST_CHOICES, type Select } from '../../message/message.ts';
import { offered } from './modal.ts';
import { isCall, literalLine, mrkdwnLine } from './mrkdwn.ts';

/**
 * Characters of all blocks as JSON. The documented limits allow more, but Slack refuses around 13,000
 * (https://github.com/slackapi/bolt-js/issues/2509).
 */
const ALL_BLOCKS = 10_000;
const SECTION = 3_000;
const [HEADING, FOOTER, LINE] = [150, 1_000, 2_000];
const [ELEMENTS, LABEL, PLACEHOLDER, ACTION_ID] = [25, 75, 150, 255];
/** Characters of all buttons and of all selects, as JSON. */
const [ALL_BUTTONS, ALL_SELECTS] = [3_000, 4_500];
/** Of the text beside the blocks; an edit takes 4,000 characters. */
const [ALL_TEXT, TEXT_LINE] = [3_000, 1_000];
const MORE = 100;

export type Block = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What a message says, for chat.postMessage and whatever else takes one. */
export interface Body {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** How what did not fit is said: "and 12 more". */
export type SayMore = (count: number) => string;

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text), expand: true });
const sizeOf = (value: unknown) => JSON.stringify(value).length;
/** Two sections in a row hold more than one can, so that is as many as there can be. */
const FRAMES = (2 * Math.floor(ALL_BLOCKS / SECTION) + 1) * (sizeOf(section('')) + 1);

export function render(message: Message, more: SayMore): Body {
  const heading: Block = { type: 'header', text: plain(shorten(message.title, HEADING) || '…') };
  const footer = mrkdwnLine(message.footer, FOOTER);
  const below = [...(footer === '' ? [] : [{ type: 'context', elements: [mrkdwn(footer)] }]), ...actionsOf(message.actions)];
  const kept = fitted(linesOf(message), ALL_BLOCKS - FRAMES - sizeOf([heading, ...below]), more);
  return { text: textOf(message, more), blocks: [heading, ...sectionsOf(kept), ...below] };
}

/** The whole message without markup; Slack's phones and screen readers take this and no block. */
function textOf({ fallbackText }: Message, more: SayMore): string {
  const lines = fallbackText.split('\n').flatMap((line) => literalLine(line, TEXT_LINE) || []);
  const kept: string[] = [];
  let left = ALL_TEXT - MORE;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  if (kept.length < lines.length) kept.push(literalLine(more(lines.length - kept.length), MORE));
  return kept.join('\n') || '…';
}

function linesOf({ body, fields, table }: Message): readonly Line[] {
  return [
    ...body,
    ...fields.map(({ name, value }): Line => [{ type: 'bold', text: `${name}:` }, { type: 'text', text: ' ' }, ...value]),
    ...(table?.rows ?? []).map((row): Line => row.flatMap((cell, index) => (index === 0 ? cell : [{ type: 'text', text: ' · ' } as const, ...cell]))),
  ];
}

/** As many lines as there is room for, then how many more there are. A line that calls somebody is never left out. */
function fitted(lines: readonly Line[], room: number, more: SayMore): readonly string[] {
  const written = lines.map((line) => ({ text: mrkdwnLine(line, LINE), isCall: isCall(line) })).filter(({ text }) => text !== '');
  const rest = (count: number) => literalLine(more(count), MORE);
  // As JSON, a line with its break is as long as the line in quotes.
  const costs = (texts: readonly { readonly text: string }[]) => texts.reduce((sum, { text }) => sum + sizeOf(text), 0);
  const isAll = costs(written) <= room;
  let left = room - (isAll ? 0 : sizeOf(rest(written.length)));
  const take = (line: { readonly text: string }): boolean => {
    if (sizeOf(line.text) > left) return false;
    left -= sizeOf(line.text);
    return true;
  };
  const kept = new Set(written.filter((line) => line.isCall && take(line)));
  for (const line of written) {
    if (line.isCall) continue;
    if (!take(line)) break;
    kept.add(line);
  }
  const texts = written.filter((line) => kept.has(line)).map(({ text }) => text);
  return texts.length === written.length ? texts : [...texts, rest(written.length - texts.length)];
}

/** Lines together, in as few sections as hold them. */
function sectionsOf(lines: readonly string[]): readonly Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= SECTION) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map(section);
}

/** As many buttons and selects as Slack takes. What has no name, or an id that Slack would refuse or mix up, is left out. */
function actionsOf(actions: readonly Action[]): readonly Block[] {
  const seen = new Set<string>();
  const elements: object[] = [];
  const left = { button: ALL_BUTTONS, select: ALL_SELECTS };
  for (const action of actions) {
    const { id, style } = action;
    if (id === '' || id.length > ACTION_ID || seen.has(id) || elements.length === ELEMENTS) continue;
    const kind = style === 'select' ? 'select' : 'button';
    const element = action.style === 'select' ? selectOf(action, left.select) : buttonOf(action);
    if (element === null || sizeOf(element) > left[kind]) continue;
    left[kind] -= sizeOf(element) + 1;
    seen.add(id);
    elements.push(element);
  }
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function buttonOf({ id, label, style }: Button): object | null {
  const name = shorten(label, LABEL);
  return name === '' ? null : { type: 'button', action_id: id, text: plain(name), ...(style === 'secondary' ? {} : { style }) };
}

/** As many of its choices as there is room for, the first ones; each value is there once. */
function selectOf({ id, label, choices }: Select, room: number): object | null {
  const placeholder = shorten(label, PLACEHOLDER);
  const select = { type: 'static_select', action_id: id, placeholder: plain(placeholder) };
  const all = [...new Map(offered(choices).map((option) => [option.value, option])).values()].slice(0, MOST_CHOICES);
  let left = room - sizeOf({ ...select, options: [] });
  const options = all.filter((option) => {
    left -= sizeOf(option) + 1;
    return left >= 0;
  });
  return placeholder === '' || options.length === 0 ? null : { ...select, options };
}
