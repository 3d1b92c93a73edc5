/** What a reader sees of a message or a view, as text in reading order, and whom it names. */
import type { Block, Body, Element, Text, View } from './bodies.ts';
import { type Mention, mentionsIn, readMrkdwn } from './mrkdwn.ts';

/** Blocks stand for the text, which is then only for notifications. */
export function textOf({ text, blocks }: Body): string {
  return blocks === undefined || blocks.length === 0 ? readMrkdwn(text ?? '') : blocksText(blocks);
}

export function viewText({ title, submit, close, blocks }: View): string {
  const buttons = [close, submit].flatMap((button) => (button == null ? [] : `[${button.text}]`));
  return lines([title === undefined ? '' : read(title), blocksText(blocks), buttons.join(' ')]);
}

const lines = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

function blocksText(blocks: readonly Block[]): string {
  return lines(blocks.map(blockText));
}

/** A text object or a bare text. */
export function read(text: Text | string | undefined): string {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text.type === 'mrkdwn' ? readMrkdwn(text.text) : text.text;
}

function blockText(block: Block): string {
  const { type, elements = [], fields = [], accessory, element, rows = [] } = block;
  if (type === 'divider') return '---';
  if (type === 'image') return lines([read(block.title), `[image: ${block.alt_text}]`]);
  if (type === 'actions') return elements.map((one) => elementText(one as Element)).join(' ');
  if (type === 'context') return elements.map((one) => (one.type === 'image' ? `[image: ${(one as Element).alt_text}]` : read(one as Text))).join(' ');
  if (type === 'input') return lines([`${read(block.label)}: ${element === undefined ? '' : elementText(element)}`, read(block.hint)]);
  if (type === 'rich_text') return runsText(elements as readonly Element[]);
  if (type === 'table') return lines(rows.map((row) => row.map(cellText).join(' | ')));
  return lines([read(block.text), ...fields.map(read), accessory === undefined ? '' : elementText(accessory)]);
}

/** In brackets: what somebody can use. */
function elementText(element: Element): string {
  if (element.type === 'image') return `[image: ${element.alt_text}]`;
  if (element.type === 'overflow') return '[…]';
  if (['checkboxes', 'radio_buttons'].includes(element.type)) return (element.options ?? []).map(({ text }) => `[${read(text)}]`).join(' ');
  const chosen = element.initial_option?.text ?? element.initial_options?.map(({ text }) => read(text)).join(', ') ?? element.initial_value;
  return `[${read(element.text ?? chosen ?? element.placeholder)}]`;
}

function cellText(cell: Element): string {
  return cell.type === 'rich_text' ? runsText(cell.elements ?? []) : read(cell.text);
}

function runsText(elements: readonly Element[]): string {
  return lines(
    elements.map((element) => (element.type === 'rich_text_list' ? runsText(element.elements ?? []) : (element.elements ?? []).map(runText).join(''))),
  );
}

function runText(run: Element): string {
  if (run.type === 'link') return run.text === undefined ? (run.url ?? '') : `${read(run.text)} (${run.url})`;
  if (run.type === 'date') return run.fallback ?? '';
  if (run.type === 'channel') return `#${run.channel_id}`;
  return run.text === undefined ? `@${run.user_id ?? run.usergroup_id ?? run.range}` : read(run.text);
}

/** Every text that Slack reads as markup, with where it is. */
export function markedUp(value: unknown, path: readonly PropertyKey[] = []): readonly { readonly text: string; readonly path: readonly PropertyKey[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { readonly type?: unknown; readonly text?: unknown };
  if (type === 'mrkdwn' && typeof text === 'string') return [{ text, path: [...path, 'text'] }];
  return Object.entries(value).flatMap(([key, inner]) => markedUp(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** Whom a message names. */
export function mentionsOf({ text, blocks }: Body): readonly Mention[] {
  return [...mentionsIn(text ?? ''), ...markedUp(blocks).flatMap((one) => mentionsIn(one.text)), ...runMentions(blocks)];
}

function runMentions(value: unknown): readonly Mention[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, user_id, usergroup_id, range } = value as Element;
  const inner = Object.values(value).flatMap(runMentions);
  if (type === 'user' && user_id !== undefined) return [{ kind: 'user', id: user_id }, ...inner];
  if (type === 'usergroup' && usergroup_id !== undefined) return [{ kind: 'usergroup', id: usergroup_id }, ...inner];
  return type === 'broadcast' && range !== undefined ? [{ kind: 'broadcast', id: range }, ...inner] : inner;
}
