/**
 * What Discord sends when somebody asks, in the words of the contract:
 * https://docs.discord.com/developers/interactions/receiving-and-responding (read 2026-08-06). Pure.
 */
import { z } from 'zod';
import type { Asker, Options, Request, Target } from '../adapter.ts';
import { mayDo } from './rights.ts';

const THREADS: readonly number[] = [10, 11, 12];
const [SUB_COMMAND, GROUP, INTEGER] = [1, 2, 4];

const id = z.string().regex(/^\d{1,20}$/);
const optionSchema = z.object({
  name: z.string(),
  type: z.int(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().default(false),
});
const subSchema = optionSchema.extend({ options: z.array(optionSchema).default([]) });
const commandSchema = z.object({ name: z.string(), options: z.array(optionSchema.extend({ options: z.array(subSchema).default([]) })).default([]) });
const fieldSchema = z.object({ custom_id: z.string(), value: z.string().nullish(), values: z.array(z.string()).optional() });

const common = z.object({
  id,
  application_id: id,
  token: z.string().min(1),
  guild_id: id.optional(),
  channel_id: id.optional(),
  channel: z.object({ type: z.int(), parent_id: id.nullish() }).optional(),
  locale: z.string().default('en'),
  member: z.object({ user: z.object({ id }), roles: z.array(id).default([]), permissions: z.string() }).optional(),
});

export const interactionSchema = z.discriminatedUnion('type', [
  common.extend({ type: z.literal(2), data: commandSchema }),
  common.extend({ type: z.literal(3), data: z.object({ custom_id: z.string(), values: z.array(z.string()).default([]) }), message: z.object({ id }) }),
  common.extend({ type: z.literal(4), data: commandSchema }),
  common.extend({
    type: z.literal(5),
    data: z.object({
      custom_id: z.string(),
      components: z.array(z.object({ component: fieldSchema.optional(), components: z.array(fieldSchema).optional() })).default([]),
    }),
  }),
]);
export type Interaction = z.infer<typeof interactionSchema>;

/** The request, and whether an option of whole numbers is being completed. Null for what was not asked in a server's channel. */
export function requestOf(interaction: Interaction): { readonly request: Request; readonly numbers: boolean } | null {
  const { guild_id: installation, channel_id: channel, member } = interaction;
  if (installation === undefined || channel === undefined || member === undefined) return null;
  const target = targetOf(interaction, installation, channel);
  // The language alone: Discord has en-US and en-GB, and catalogues are by language.
  const locale = interaction.locale.split('-')[0] ?? 'en';
  const by: Asker = { id: member.user.id, locale, zone: null, ids: [member.user.id, ...member.roles], may: mayDo(member.permissions) };
  const asked = { platform: 'discord', target, by };
  switch (interaction.type) {
    case 2: {
      const { command, options } = commandOf(interaction.data);
      return { request: { ...asked, type: 'command', command, options: valuesOf(options) }, numbers: false };
    }
    case 3: {
      const { custom_id: action, values } = interaction.data;
      return { request: { ...asked, type: 'action', action, values, message: { target, id: interaction.message.id } }, numbers: false };
    }
    case 4: {
      const { command, options } = commandOf(interaction.data);
      const focused = options.find((option) => option.focused);
      if (focused === undefined) return null;
      const request: Request = { ...asked, type: 'complete', command, option: focused.name, typed: String(focused.value ?? '') };
      return { request, numbers: focused.type === INTEGER };
    }
    case 5: {
      const { custom_id: form, components } = interaction.data;
      const fields = components.flatMap(({ component, components: row = [] }) => (component === undefined ? row : [component]));
      const values = Object.fromEntries(fields.map((field) => [field.custom_id, field.value ?? field.values?.[0] ?? '']));
      return { request: { ...asked, type: 'submit', form, values }, numbers: false };
    }
  }
}

/** A thread is named with the channel it is in. */
function targetOf({ channel: info }: Interaction, installation: string, channel: string): Target {
  const parent = info !== undefined && THREADS.includes(info.type) ? info.parent_id : null;
  return parent == null ? { installation, channel } : { installation, channel: parent, thread: channel };
}

/** `/upr next` is the sub-command `next`, `/upr plan new` the sub-command `new` of the group `plan`; options are below it. */
function commandOf({ name, options }: z.infer<typeof commandSchema>) {
  const [sub] = options;
  const [inner] = sub?.options ?? [];
  if (sub?.type === GROUP && inner?.type === SUB_COMMAND) return { command: `${sub.name} ${inner.name}`, options: inner.options };
  return sub?.type === SUB_COMMAND ? { command: sub.name, options: sub.options } : { command: name, options };
}

function valuesOf(options: readonly z.infer<typeof optionSchema>[]): Options {
  return Object.fromEntries(options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, String(value)]])));
}
