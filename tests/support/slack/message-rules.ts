/** What Slack demands of messages and views beyond the shape of their blocks, and what this project does. Sources: docs.slack.dev; bolt-js#2509 for the sum. */
import type { Flaw } from './answers.ts';
import { type Block, type Body, type Element, everyElement, optionsOf, type Placed, type View } from './bodies.ts';
import type { Form } from './checks.ts';
import { flawsOfMrkdwn } from './mrkdwn.ts';
import { markedUp } from './text.ts';

/** The text of an update may be shorter than that of a post; `blocks` is the sum of all blocks as JSON. */
const MOST = { post: 40_000, update: 4_000, blocks: 13_000, markdown: 12_000, view: 250_000 } as const;
const MENUS = ['static_select', 'multi_static_select'];

const flaw = (message: string, ...path: readonly PropertyKey[]): Flaw => ({ path, message });
const when = (wrong: boolean, message: string, ...path: readonly PropertyKey[]): readonly Flaw[] => (wrong ? [flaw(message, ...path)] : []);

/** A text is what notifications and screen readers say, so this project sends one with every message. */
export function flawsOfText({ text, blocks }: Body, form: Form): readonly Flaw[] {
  const longest = form === 'update' ? MOST.update : MOST.post;
  const isMissing = typeof text !== 'string' || text.trim() === '';
  const error = (blocks ?? []).length === 0 ? 'no_text' : null;
  if (isMissing) return [{ path: ['text'], message: 'a message needs a text that is not empty', error }];
  if (text.length > longest) return [{ path: ['text'], message: `must not be more than ${longest}`, error: 'msg_too_long' }];
  return flawsOfMrkdwn(text).map((message) => ({ path: ['text'], message, error: null }));
}

/** Slack shows what it cannot read as it was written, or drops it; here it counts as wrong. */
export function flawsOfMarkup(body: object): readonly Flaw[] {
  return markedUp(body).flatMap(({ text, path }) => flawsOfMrkdwn(text).map((message) => ({ path, message, error: null })));
}

export function flawsOfSizes(blocks: readonly Block[]): readonly Flaw[] {
  const markdown = blocks.reduce((sum, { type, text }) => sum + (type === 'markdown' ? String(text).length : 0), 0);
  const isLong = JSON.stringify(blocks).length > MOST.blocks || markdown > MOST.markdown;
  return isLong ? [{ path: ['blocks'], message: `all blocks must not be more than ${MOST.blocks}`, error: 'msg_blocks_too_long' }] : [];
}

export function flawsOfBlocks(blocks: readonly Block[]): readonly Flaw[] {
  const elements = everyElement(blocks);
  const tables = blocks.filter(({ type }) => type === 'table').length;
  return [
    ...twice(blocks.map(({ block_id }, at) => [block_id, ['blocks', at, 'block_id']])),
    ...blocks.flatMap((block, at) => [
      ...twice(elements.flatMap((placed) => (placed.block === block ? [[placed.element.action_id, [...placed.path, 'action_id']] as const] : []))),
      ...when(block.type === 'section' && block.text === undefined && block.fields === undefined, 'must have either text or fields', 'blocks', at),
    ]),
    ...elements.flatMap(flawsOfElement),
    ...when(elements.filter(({ element }) => element.focus_on_load === true).length > 1, 'only one element has focus_on_load', 'blocks'),
    ...when(tables > 1, 'a message has one table', 'blocks'),
  ];
}

function twice(ids: readonly (readonly [string | undefined, readonly PropertyKey[]])[]): readonly Flaw[] {
  const seen = new Set<string>();
  return ids.flatMap(([id, path]) => {
    const isRepeat = id !== undefined && seen.has(id);
    if (id !== undefined) seen.add(id);
    return when(isRepeat, `${String(path.at(-1))} must be unique`, ...path);
  });
}

function flawsOfElement({ element, path }: Placed): readonly Flaw[] {
  const { type, options, option_groups, min_length = 0, max_length = 3_000, initial_value } = element;
  return [
    ...when(MENUS.includes(type) && (options === undefined) === (option_groups === undefined), 'must have either options or option_groups', ...path),
    ...when(!offersItsChoice(element), 'initial choice must be one of the options', ...path),
    ...when(min_length > max_length, 'min_length must not be more than max_length', ...path),
    ...when(type === 'plain_text_input' && (initial_value ?? '').length > max_length, 'initial_value must not be more than max_length', ...path),
  ];
}

function offersItsChoice(element: Element): boolean {
  if (element.type.includes('external')) return true;
  const offered = optionsOf(element).map((option) => JSON.stringify(option.value));
  return [element.initial_option ?? [], element.initial_options ?? []].flat().every((option) => offered.includes(JSON.stringify(option.value)));
}

export function flawsOfView(view: View): readonly Flaw[] {
  const asks = view.blocks.some(({ type }) => type === 'input');
  const isLarge = Buffer.byteLength(JSON.stringify(view)) > MOST.view;
  return [
    ...flawsOfBlocks(view.blocks),
    ...flawsOfMarkup(view),
    ...when(view.type === 'modal' && asks && view.submit == null, 'submit is required with an input', 'submit'),
    ...(isLarge ? [{ path: [], message: `must not be more than ${MOST.view} bytes`, error: 'view_too_large' }] : []),
  ];
}
