/** What Slack takes as text objects, options and elements. Sources: @slack/types 3.2, docs.slack.dev/reference/block-kit. Whatever is not listed is refused. */
import * as z from 'zod/mini';

const most = (length: number) => z.string().check(z.minLength(1), z.maxLength(length));

export const plain = (length: number) => z.strictObject({ type: z.literal('plain_text'), text: most(length), emoji: z.optional(z.boolean()) });
export const mrkdwn = (length: number) => z.strictObject({ type: z.literal('mrkdwn'), text: most(length), verbatim: z.optional(z.boolean()) });
export const text = (length: number) => z.discriminatedUnion('type', [plain(length), mrkdwn(length)]);
export const id = z.optional(most(255));
export const url = z.string().check(z.maxLength(3_000), z.regex(/^https?:\/\/[^\s/]+\S*$/, 'is no http or https address'));

const confirm = z.strictObject({
  title: z.optional(plain(100)),
  text: text(300),
  confirm: z.optional(plain(30)),
  deny: z.optional(plain(30)),
  style: z.optional(z.enum(['primary', 'danger'])),
});
const option = (label: z.ZodMiniType, more: z.core.$ZodShape = {}) =>
  z.strictObject({ text: label, value: most(75), description: z.optional(plain(75)), ...more });
const plainOption = option(plain(75));
const richOption = option(text(75));
const list = <T extends z.ZodMiniType>(of: T, count: number) => z.array(of).check(z.minLength(1), z.maxLength(count));

const acted = { action_id: id };
const confirmed = { ...acted, confirm: z.optional(confirm) };
const focused = { focus_on_load: z.optional(z.boolean()) };
const hinted = { placeholder: z.optional(plain(150)) };
const menu = { ...confirmed, ...focused, ...hinted };
const dispatched = {
  dispatch_action_config: z.optional(
    z.strictObject({ trigger_actions_on: z.optional(z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).check(z.maxLength(2))) }),
  ),
};
const typed = { ...acted, ...focused, ...hinted, ...dispatched };
const many = { max_selected_items: z.optional(z.int().check(z.gte(1))) };
const groups = {
  options: z.optional(list(plainOption, 100)),
  option_groups: z.optional(list(z.strictObject({ label: plain(75), options: list(plainOption, 100) }), 100)),
};
const query = { min_query_length: z.optional(z.int().check(z.gte(0))) };
const filter = z.strictObject({
  include: z.optional(list(z.enum(['im', 'mpim', 'private', 'public']), 4)),
  exclude_external_shared_channels: z.optional(z.boolean()),
  exclude_bot_users: z.optional(z.boolean()),
});
const found = { filter: z.optional(filter), default_to_current_conversation: z.optional(z.boolean()) };
const answered = { response_url_enabled: z.optional(z.boolean()) };

const of = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), ...shape });

export const image = of('image', { alt_text: most(2_000), image_url: url });
const button = of('button', {
  ...confirmed,
  text: plain(75),
  value: z.optional(most(2_000)),
  url: z.optional(url),
  style: z.optional(z.enum(['primary', 'danger'])),
  accessibility_label: z.optional(most(75)),
});
const choices = [
  of('checkboxes', { ...confirmed, ...focused, options: list(richOption, 10), initial_options: z.optional(list(richOption, 10)) }),
  of('radio_buttons', { ...confirmed, ...focused, options: list(richOption, 10), initial_option: z.optional(richOption) }),
] as const;
const menus = [
  of('static_select', { ...menu, ...groups, initial_option: z.optional(plainOption) }),
  of('multi_static_select', { ...menu, ...many, ...groups, initial_options: z.optional(list(plainOption, 100)) }),
  of('external_select', { ...menu, ...query, initial_option: z.optional(plainOption) }),
  of('multi_external_select', { ...menu, ...many, ...query, initial_options: z.optional(list(plainOption, 100)) }),
  of('users_select', { ...menu, initial_user: z.optional(z.string()) }),
  of('multi_users_select', { ...menu, ...many, initial_users: z.optional(z.array(z.string())) }),
  of('conversations_select', { ...menu, ...found, ...answered, initial_conversation: z.optional(z.string()) }),
  of('multi_conversations_select', { ...menu, ...many, ...found, initial_conversations: z.optional(z.array(z.string())) }),
  of('channels_select', { ...menu, ...answered, initial_channel: z.optional(z.string()) }),
  of('multi_channels_select', { ...menu, ...many, initial_channels: z.optional(z.array(z.string())) }),
] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const instant = z.optional(z.int().check(z.gte(1_000_000_000), z.lte(9_999_999_999)));
const pickers = [
  of('datepicker', { ...menu, initial_date: z.optional(z.string().check(z.regex(DAY))) }),
  of('timepicker', { ...menu, initial_time: z.optional(z.string().check(z.regex(/^\d{2}:\d{2}$/))), timezone: z.optional(z.string()) }),
] as const;
const moment = of('datetimepicker', { ...confirmed, ...focused, initial_date_time: instant });
const overflow = of('overflow', { ...confirmed, options: list(option(plain(75), { url: z.optional(url) }), 5) });
const length = z.optional(z.int().check(z.gte(0), z.lte(3_000)));
const inputs = [
  of('plain_text_input', {
    ...typed,
    initial_value: z.optional(z.string().check(z.maxLength(3_000))),
    multiline: z.optional(z.boolean()),
    min_length: length,
    max_length: length,
  }),
  of('email_text_input', { ...typed, initial_value: z.optional(z.string()) }),
  of('url_text_input', { ...typed, initial_value: z.optional(z.string()) }),
  of('number_input', {
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.optional(z.string()),
    min_value: z.optional(z.string()),
    max_value: z.optional(z.string()),
  }),
] as const;

/** Which elements stand where. */
export const ELEMENTS = {
  accessory: z.discriminatedUnion('type', [button, ...choices, ...menus, ...pickers, overflow, image]),
  actions: z.discriminatedUnion('type', [button, ...choices, ...menus, ...pickers, moment, overflow]),
  input: z.discriminatedUnion('type', [...inputs, ...choices, ...menus, ...pickers, moment]),
  context: z.discriminatedUnion('type', [image, plain(3_000), mrkdwn(3_000)]),
} as const;

export const OPTIONS = z.strictObject({
  options: z.optional(z.array(plainOption).check(z.maxLength(100))),
  option_groups: z.optional(z.array(z.strictObject({ label: plain(75), options: list(plainOption, 100) })).check(z.maxLength(100))),
});
