/**
 * Forms as Slack's modals, and what came of them, within Slack's limits:
 * https://docs.slack.dev/reference/views/modal-views, https://docs.slack.dev/reference/block-kit. Pure.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { shorten } from '../../message/clean.ts';
import type { Words } from '../../message/words.ts';
import type { Choice, CompleteRequest, FormField, FormResponse, Options } from '../adapter.ts';
import { metadataOf, type Origin } from './origin.ts';

/** Bytes; a whole view has 250,000. */
const ALL_FIELDS = 200_000;
const [TITLE, BUTTON, LABEL, TYPED, CHOICES, CHOICE, BLOCKS] = [24, 24, 2_000, 3_000, 100, 75, 100];

export type Block = { readonly type: string } & Readonly<Record<string, unknown>>;
export type View = { readonly type: 'modal'; readonly blocks: readonly Block[] } & Readonly<Record<string, unknown>>;

export function formView({ id, title, submit, fields }: FormResponse, origin: Omit<Origin, 'form'>, words: Words): View {
  const inputs = fitting(fields.slice(0, BLOCKS).map((field) => inputOf(field, `${mark(id)}/${field.id}`)));
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title, TITLE),
    submit: plain(submit, BUTTON),
    close: plain(words('adapter.slack.cancel'), BUTTON),
    private_metadata: metadataOf({ ...origin, form: id }),
    blocks: inputs.length === 0 ? [{ type: 'section', text: plain(title, TYPED) }] : inputs,
  };
}

/** As many fields as Slack takes together, the first ones. */
function fitting(inputs: readonly Block[]): readonly Block[] {
  let left = ALL_FIELDS;
  return inputs.filter((input) => {
    left -= Buffer.byteLength(JSON.stringify(input));
    return left > 0;
  });
}

/** Slack keeps what was typed in a field of the same name, so that the fields of each form have names of their own. */
const mark = (form: string) => createHash('sha256').update(form).digest('base64url').slice(0, 8);

/** What is said in a modal instead of a form. */
export function textView(title: string, blocks: readonly Block[], words: Words): View {
  const shown = blocks.filter(({ type }) => SHOWN_IN_MODALS.includes(type)).slice(0, BLOCKS);
  const said = shown.length === 0 ? [{ type: 'section', text: plain(title, TYPED) }] : shown;
  return { type: 'modal', callback_id: 'text', title: plain(title, TITLE), close: plain(words('adapter.slack.close'), BUTTON), blocks: said };
}

/** Buttons are left out: a modal has no message that one could change. */
const SHOWN_IN_MODALS = ['header', 'section', 'context', 'divider', 'rich_text'];

export function waitingView(words: Words): View {
  return textView(words('adapter.slack.wait.title'), [{ type: 'section', text: plain(words('adapter.slack.wait'), TYPED) }], words);
}

function inputOf(field: FormField, block: string): Block {
  const { label, hint, required } = field;
  const below = shorten(hint, LABEL) === '' ? {} : { hint: plain(hint, LABEL) };
  return { type: 'input', block_id: block, label: plain(label, LABEL), ...below, optional: !required, element: elementOf(field) };
}

function elementOf({ value, input, choices, completes }: FormField): Block {
  const options = choices.flatMap(optionOf).slice(0, CHOICES);
  if (input === 'choice' && options.length > 0) {
    const chosen = options.find((option) => option.value === value);
    return { type: 'static_select', action_id: 'value', options, ...(chosen === undefined ? {} : { initial_option: chosen }) };
  }
  if (input === 'search' && completes !== null) {
    const [chosen] = value === '' ? [] : optionOf(choices.find((choice) => choice.value === value) ?? { label: value, value });
    const id = `complete/${completes.command}/${completes.option}`;
    return { type: 'external_select', action_id: id, min_query_length: 0, ...(chosen === undefined ? {} : { initial_option: chosen }) };
  }
  if (input === 'member') return { type: 'users_select', action_id: 'value' };
  if (input === 'date') return { type: 'datepicker', action_id: 'value', ...(/^\d{4}-\d{2}-\d{2}$/.test(value) ? { initial_date: value } : {}) };
  const initial = value.slice(0, TYPED).toWellFormed();
  return {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: input === 'lines',
    max_length: TYPED,
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

export interface Option {
  readonly text: ReturnType<typeof plain>;
  readonly value: string;
}

/** None for a choice that Slack does not take and that cannot be shortened. */
function optionOf({ label, value }: Choice): readonly Option[] {
  return value === '' || value.length > CHOICE || shorten(label, CHOICE) === '' ? [] : [{ text: plain(label, CHOICE), value }];
}

export function offered(choices: readonly Choice[]): readonly Option[] {
  return choices.flatMap(optionOf).slice(0, CHOICES);
}

/** What a search asks; null for any other element. */
export function completed(actionId: string): Pick<CompleteRequest, 'command' | 'option'> | null {
  const [, command, option] = /^complete\/([^/]+)\/([^/]+)$/.exec(actionId) ?? [];
  return command === undefined || option === undefined ? null : { command, option };
}

export const stateSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      ...{ value: z.string().nullish(), selected_option: z.object({ value: z.string() }).nullish() },
      ...{ selected_date: z.string().nullish(), selected_user: z.string().nullish() },
    }),
  ),
);

/** What was filled in, by the ids of the fields. */
export function valuesOf(state: z.infer<typeof stateSchema>): Options {
  const filled = Object.entries(state).flatMap(([block, actions]) =>
    Object.values(actions).map(({ value, selected_option, selected_date, selected_user }): [string, string] => [
      block.slice(block.indexOf('/') + 1),
      value ?? selected_option?.value ?? selected_date ?? selected_user ?? '',
    ]),
  );
  return Object.fromEntries(filled);
}

/** The text, or a mark where there is none: Slack takes no empty text. */
function plain(text: string, limit: number) {
  return { type: 'plain_text', text: shorten(text, limit) || '…', emoji: false } as const;
}
