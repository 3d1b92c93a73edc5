/** What Slack takes as blocks and views. Sources: @slack/types 3.2, docs.slack.dev/reference/block-kit. Whatever is not listed is refused. */
import * as z from 'zod/mini';
import { ELEMENTS, id, image, plain, text, url } from './element-schema.ts';

const of = <T extends string, S extends z.core.$ZodShape>(type: T, shape: S) => z.strictObject({ type: z.literal(type), block_id: id, ...shape });
const list = <T extends z.ZodMiniType>(one: T, count: number) => z.array(one).check(z.minLength(1), z.maxLength(count));

const words = z.string().check(z.minLength(1));
const flag = z.optional(z.boolean());
const styled = { style: z.optional(z.strictObject({ bold: flag, code: flag, italic: flag, strike: flag, underline: flag })) };
const run = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: words, ...styled }),
  z.strictObject({ type: z.literal('link'), url, text: z.optional(words), unsafe: flag, ...styled }),
  z.strictObject({ type: z.literal('date'), timestamp: z.int(), format: words, url: z.optional(url), fallback: words, ...styled }),
  z.strictObject({ type: z.literal('user'), user_id: words, ...styled }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: words, ...styled }),
  z.strictObject({ type: z.literal('channel'), channel_id: words, ...styled }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), ...styled }),
]);
const bordered = { border: z.optional(z.int()) };
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(run) });
const richText = of('rich_text', {
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(run), ...bordered }),
        z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(run), ...bordered }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          elements: z.array(section),
          style: z.enum(['bullet', 'ordered']),
          indent: z.optional(z.int()),
          ...bordered,
        }),
      ]),
    )
    .check(z.minLength(1)),
});
const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: words }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: words }),
  richText,
]);
const column = z.strictObject({ align: z.optional(z.enum(['left', 'center', 'right'])), is_wrapped: flag });

const everywhere = [
  of('actions', { elements: list(ELEMENTS.actions, 25) }),
  of('context', { elements: list(ELEMENTS.context, 10) }),
  of('divider', {}),
  of('header', { text: plain(150) }),
  of('image', { ...image.shape, type: z.literal('image'), title: z.optional(plain(2_000)) }),
  of('input', { label: plain(2_000), element: ELEMENTS.input, hint: z.optional(plain(2_000)), optional: flag, dispatch_action: flag }),
  of('section', { text: z.optional(text(3_000)), fields: z.optional(list(text(2_000), 10)), accessory: z.optional(ELEMENTS.accessory), expand: flag }),
  richText,
] as const;
const onlyMessages = [
  of('markdown', { text: words.check(z.maxLength(12_000)) }),
  of('table', { rows: list(list(cell, 20), 100), column_settings: z.optional(z.array(column).check(z.maxLength(20))) }),
] as const;
const onlyModals = [of('alert', { text: text(200), level: z.optional(z.enum(['default', 'info', 'warning', 'error', 'success'])) })] as const;

export const MESSAGE_BLOCKS = z.array(z.discriminatedUnion('type', [...everywhere, ...onlyMessages])).check(z.maxLength(50));

const named = { private_metadata: z.optional(z.string().check(z.maxLength(3_000))), callback_id: id, external_id: id };
const MODAL = z.strictObject({
  ...named,
  type: z.literal('modal'),
  title: plain(24),
  submit: z.nullish(plain(24)),
  close: z.nullish(plain(24)),
  blocks: list(z.discriminatedUnion('type', [...everywhere, ...onlyModals]), 100),
  clear_on_close: flag,
  notify_on_close: flag,
});
const HOME = z.strictObject({ ...named, type: z.literal('home'), blocks: list(z.discriminatedUnion('type', everywhere), 100) });
export const VIEW = z.discriminatedUnion('type', [MODAL, HOME]);
