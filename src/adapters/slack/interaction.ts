/**
 * What Slack sends when somebody asks, in the words of the contract:
 * https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/interactivity/implementing-slash-commands. Pure.
 */
import { z } from 'zod';
import type { Instant } from '../../domain/time.ts';
import type { Request, Target } from '../adapter.ts';
import { completed, stateSchema, valuesOf } from './modal.ts';
import { type Origin, originOf } from './origin.ts';
import type { Address } from './reply.ts';

type Bare<R> = R extends Request ? Omit<R, 'platform' | 'target' | 'by'> : never;
/** A request that does not yet say where it was made and by whom. */
export type Asks = Bare<Request>;

/** What somebody saw when they did it. */
export type Surface = 'channel' | 'private message' | 'message' | 'form' | 'home';

export interface Heard {
  /** The same when Slack sends it again; null where a repeat does no harm. */
  readonly id: string | null;
  readonly target: Target;
  readonly user: string;
  readonly asks: Asks;
  readonly surface: Surface;
  /** The view on which it was done; empty where there is none. */
  readonly view: string;
  /** The names of the fields of a form, in their order. */
  readonly fields: readonly string[];
  /** Where it can be answered in private. */
  readonly address: Address | null;
  /** Opens a form, within three seconds. */
  readonly trigger: string | null;
  /** The app was installed for a whole organization, which this bot does not know. */
  readonly orgWide: boolean;
}

const id = z.string().regex(/^[A-Z0-9]{1,40}$/);
const orgWide = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).default(false);
const who = { team: z.object({ id }).nullish(), user: z.object({ id, team_id: id.optional() }), is_enterprise_install: orgWide };
const view = z.object({ id, type: z.string(), private_metadata: z.string().default(''), app_installed_team_id: id.nullish() });

const commandSchema = z.object({
  ...{ command: z.string(), team_id: id, channel_id: id, user_id: id, text: z.string().default('') },
  ...{ response_url: z.url(), trigger_id: z.string(), is_enterprise_install: orgWide },
});
const actionSchema = z.object({
  ...{ type: z.literal('block_actions'), ...who, trigger_id: z.string(), response_url: z.url().optional(), view: view.optional() },
  channel: z.object({ id }).optional(),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional(), is_ephemeral: z.boolean().default(false) }),
  actions: z.array(z.object({ action_id: z.string(), url: z.string().optional(), selected_option: z.object({ value: z.string() }).nullish() })).min(1),
});
const suggestionSchema = z.object({ type: z.literal('block_suggestion'), ...who, view, action_id: z.string(), value: z.string().default('') });
const submissionSchema = z.object({
  type: z.literal('view_submission'),
  ...who,
  trigger_id: z.string(),
  view: view.extend({ state: z.object({ values: stateSchema }) }),
});

export const interactionSchema = z.union([commandSchema, z.discriminatedUnion('type', [actionSchema, suggestionSchema, submissionSchema])]);
export type Interaction = z.infer<typeof interactionSchema>;

/** Null for what asks nothing of the bot, such as a link that somebody followed. */
export function heardIn(interaction: Interaction, now: Instant): Heard | null {
  if ('command' in interaction) return commanded(interaction, now);
  if (interaction.type === 'block_actions') return pressed(interaction, now);
  const origin = originOf(interaction.view.private_metadata);
  const team = teamOf(interaction);
  // A form is answered for the workspace in which it was opened, and for no other.
  if (origin === null || team === null || origin.team !== team) return null;
  const on = { ...common(interaction), target: targetOf(origin), surface: 'form', view: interaction.view.id, address: origin.address } as const;
  if (interaction.type === 'block_suggestion') {
    const asked = completed(interaction.action_id);
    return asked === null ? null : { ...on, id: null, trigger: null, asks: { type: 'complete', ...asked, typed: interaction.value } };
  }
  const { values } = interaction.view.state;
  const asks = { type: 'submit', form: origin.form, values: valuesOf(values) } as const;
  return { ...on, id: interaction.trigger_id, trigger: interaction.trigger_id, fields: Object.keys(values), asks };
}

function commanded(
  { team_id, channel_id, user_id, text, response_url, trigger_id, is_enterprise_install }: z.infer<typeof commandSchema>,
  now: Instant,
): Heard {
  return {
    ...{ id: trigger_id, target: { installation: team_id, channel: channel_id }, user: user_id, surface: 'channel', view: '', fields: [] },
    ...{ address: { url: response_url, since: now }, trigger: trigger_id, orgWide: is_enterprise_install },
    asks: { type: 'line', text: unescaped(text).trim() },
  };
}

function pressed(interaction: z.infer<typeof actionSchema>, now: Instant): Heard | null {
  const { actions, channel, container, trigger_id, response_url, view: shown } = interaction;
  const [action] = actions;
  const team = teamOf(interaction);
  const isHome = shown?.type === 'home';
  if (team === null || action === undefined || action.url !== undefined || (channel === undefined && !isHome)) return null;
  const { message_ts: ts = '', thread_ts: thread } = container;
  const inThread = thread !== undefined && thread !== ts ? { thread } : {};
  const target: Target = { installation: team, channel: isHome ? '' : (channel?.id ?? ''), ...inThread };
  const values = action.selected_option == null ? [] : [action.selected_option.value];
  return {
    ...common(interaction),
    ...{ id: trigger_id, trigger: trigger_id, target, view: shown?.id ?? '' },
    surface: isHome ? 'home' : container.is_ephemeral ? 'private message' : 'message',
    address: response_url === undefined ? null : { url: response_url, since: now },
    asks: { type: 'action', action: action.action_id, values, message: { target, id: isHome ? shown.id : ts } },
  };
}

function common({ user, is_enterprise_install }: { readonly user: { readonly id: string }; readonly is_enterprise_install: boolean }) {
  return { user: user.id, fields: [], view: '', orgWide: is_enterprise_install };
}

function teamOf({ team, view: shown }: Exclude<Interaction, z.infer<typeof commandSchema>>): string | null {
  return shown?.app_installed_team_id ?? team?.id ?? null;
}

function targetOf({ team, channel, thread }: Origin): Target {
  return { installation: team, channel, ...(thread === undefined ? {} : { thread }) };
}

/** What was typed, as it was typed: Slack escapes three characters, and writes mentions in brackets that it does not escape. */
function unescaped(text: string): string {
  const written: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => written[entity] ?? entity);
}
