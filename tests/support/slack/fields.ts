/** What somebody chooses or fills in, as Slack tells of it; and whether they could. */
import { type Element, type Option, optionsOf, type Placed } from './bodies.ts';

export type Value = string | number | readonly string[];

const SINGLE: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
};
const PLURAL: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};
const ONE_OPTION = ['static_select', 'external_select', 'radio_buttons', 'overflow'];
const MANY_OPTIONS = ['multi_static_select', 'multi_external_select', 'checkboxes'];
const TYPED = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];

/** What was there before somebody touched it. */
function initial(element: Element): Value | undefined {
  const { initial_option, initial_options, initial_value } = element;
  const other = Object.entries(element).find(([key]) => /^initial_(?!option|value)/.test(key))?.[1] as Value | undefined;
  return initial_option?.value ?? initial_options?.flatMap(({ value }) => value ?? []) ?? initial_value ?? other;
}

/** The fields of an action, or of a value in a submission; throws when nobody could choose that. */
export function fieldsOf(element: Element, given: Value | undefined, offered: readonly Option[] = []): object {
  const { type, action_id } = element;
  const value = given ?? initial(element);
  const choices = type.includes('external') ? [...offered, ...[element.initial_option ?? [], element.initial_options ?? []].flat()] : optionsOf(element);
  const optionOf = (wanted: unknown): Option => {
    const found = choices.find((option) => option.value === wanted);
    if (found === undefined) throw new Error(`${action_id} does not offer ${String(wanted)}`);
    return found;
  };
  const values = value === undefined ? [] : [value].flat();
  const { max_selected_items = values.length } = element;
  if (values.length > max_selected_items) throw new Error(`${action_id} does not take ${values.length} values`);
  if (ONE_OPTION.includes(type)) return { selected_option: value === undefined ? null : optionOf(value) };
  if (MANY_OPTIONS.includes(type)) return { selected_options: values.map(optionOf) };
  if (TYPED.includes(type)) return { value: value === undefined ? null : typedIn(element, String(value)) };
  if (SINGLE[type] !== undefined) return { [SINGLE[type]]: value ?? null };
  if (PLURAL[type] !== undefined) return { [PLURAL[type]]: values };
  throw new Error(`${action_id} cannot be filled in`);
}

function typedIn({ action_id, min_length = 0, max_length = 3_000 }: Element, value: string): string | null {
  if (value !== '' && (value.length < min_length || value.length > max_length)) throw new Error(`${action_id} does not take ${value.length} letters`);
  return value === '' ? null : value;
}

/** What an input says in a submission; throws when something is missing. */
export function inputOf({ element, block }: Placed, given: Value | undefined, offered?: readonly Option[]): object {
  const fields = fieldsOf(element, given, offered);
  const isEmpty = Object.values(fields).every((value) => value === null || (Array.isArray(value) && value.length === 0));
  if (isEmpty && block.optional !== true) throw new Error(`${block.block_id} has to be filled in`);
  return { type: element.type, ...fields };
}
