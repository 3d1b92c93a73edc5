/** What a reader sees of a message, as text in reading order, and whom it pings. */
import { ComponentType } from 'discord.js';
import type { AllowedMentions, Body, Component, Embed } from './bodies.ts';

/** Without `allowed_mentions` a bot's message pings whomever it names, the answer to an interaction only people. */
const PINGED_BY_DEFAULT = { message: { parse: ['users', 'roles', 'everyone'] }, interaction: { parse: ['users'] } } as const;

const MENTION = /<@(&?)!?(\d+)>|@(everyone|here)/g;

export interface Readable {
  readonly body: Body;
  readonly byInteraction: boolean;
}

/** Mentions that are allowed are resolved; others stay as they were written. */
export function textOf(message: Readable, names: ReadonlyMap<string, string>): string {
  const pings = new Set(pingedBy(message));
  const resolve = (text: string) =>
    text.replace(MENTION, (written, _role, id: string | undefined) => (id !== undefined && pings.has(id) ? `@${names.get(id) ?? id}` : written));
  const { content, embeds, components } = message.body;
  const parts = [resolve(content ?? ''), ...(embeds ?? []).map(embedText), ...(components ?? []).map((component) => componentText(component, resolve))];
  return parts.filter((part) => part !== '').join('\n');
}

/** Ids of people and roles, `everyone` and `here`. A mention in an embed pings nobody. */
export function pingedBy({ body, byInteraction }: Readable): readonly string[] {
  const allowed: AllowedMentions = body.allowed_mentions ?? PINGED_BY_DEFAULT[byInteraction ? 'interaction' : 'message'];
  const written = [body.content ?? '', ...(body.components ?? []).map((component) => displayed(component))].join('\n');
  const found = [...written.matchAll(MENTION)].flatMap(([, role, id, all]) => {
    if (all !== undefined) return allowed.parse?.includes('everyone') === true ? [all] : [];
    const kind = role === '&' ? 'roles' : 'users';
    return id !== undefined && (allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true) ? [id] : [];
  });
  return [...new Set(found)];
}

function displayed({ content, components = [] }: Component): string {
  return [content ?? '', ...components.map(displayed)].join('\n');
}

function embedText({ author, title, description, fields, footer }: Embed): string {
  const parts = [author?.name, title, description, ...(fields ?? []).flatMap(({ name, value }) => [name, value]), footer?.text];
  return parts.filter((part) => part != null && part !== '').join('\n');
}

function componentText(component: Component, resolve: (text: string) => string): string {
  const { type, content, label, description, placeholder, options = [], items = [], components = [], accessory } = component;
  const parts = [
    type === ComponentType.TextDisplay ? resolve(content ?? '') : '',
    label ?? '',
    description ?? '',
    placeholder ?? '',
    ...options.flatMap((option) => [option.label, option.description ?? '']),
    ...items.map((item) => item.description ?? ''),
    ...components.map((part) => componentText(part, resolve)),
    accessory === undefined ? '' : componentText(accessory, resolve),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
