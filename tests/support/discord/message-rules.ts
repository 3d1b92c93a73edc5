/** What Discord demands of messages, choices and forms beyond its published schema. Sources: docs.discord.com, resources/message and components/reference. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Flaw } from './answers.ts';
import { type AllowedMentions, type Body, type Choice, type Component, type Embed, everyComponent, FLAG, has, type ModalBody } from './bodies.ts';

const MOST = { content: 2_000, embeds: 6_000, components: 40, texts: 4_000, rows: 5, buttons: 5, choices: 25, parts: 5 } as const;

const flaw = (message: string, ...path: readonly PropertyKey[]): Flaw => ({ path, message });
const when = (wrong: boolean, message: string, ...path: readonly PropertyKey[]): readonly Flaw[] => (wrong ? [flaw(message, ...path)] : []);

const NOTHING: readonly unknown[] = [];
const count = (list: readonly unknown[] | null | undefined): number => (list ?? NOTHING).length;

interface Circumstances {
  readonly files: number;
  readonly before?: Body | undefined;
  /** Only answers to interactions may be ephemeral. */
  readonly mayHide: boolean;
}

export function flawsOfMessage(sent: Body, { files, before, mayHide }: Circumstances): readonly Flaw[] {
  const body: Body = { ...before, ...sent };
  const isV2 = has(sent.flags, FLAG.componentsV2) || has(before?.flags, FLAG.componentsV2);
  const isEmpty = !body.content && count(body.embeds) + count(body.components) + count(body.sticker_ids) + count(body.attachments) + files === 0;
  return [
    ...when(isEmpty && !body.poll, 'Cannot send an empty message'),
    ...when((sent.content ?? '').length > MOST.content, `Must be ${MOST.content} or fewer in length.`, 'content'),
    ...when(!mayHide && has(sent.flags, FLAG.ephemeral), 'Only the answer to an interaction can be ephemeral', 'flags'),
    ...flawsOfMentions(sent.allowed_mentions ?? {}),
    ...flawsOfEmbeds(sent.embeds ?? []),
    ...(isV2 ? flawsOfV2(body) : flawsOfRows(sent.components ?? [])),
    ...flawsOfComponents(sent.components ?? []),
  ];
}

function flawsOfMentions({ parse, users, roles }: AllowedMentions): readonly Flaw[] {
  const twice = Object.entries({ users, roles }).filter(([kind, ids]) => parse?.includes(kind) === true && count(ids) > 0);
  return twice.map(([kind]) => flaw(`parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`, 'allowed_mentions', kind));
}

function flawsOfEmbeds(embeds: readonly Embed[]): readonly Flaw[] {
  const textsOf = ({ title, description, author, footer, fields }: Embed) =>
    [title, description, author?.name, footer?.text, ...(fields ?? []).flatMap(({ name, value }) => [name, value])].join('');
  const sum = embeds.reduce((total, embed) => total + textsOf(embed).length, 0);
  return [
    ...when(sum > MOST.embeds, `Embed size exceeds maximum size of ${MOST.embeds}`, 'embeds'),
    ...embeds.flatMap((embed, at) => [
      ...when(textsOf(embed) === '' && !embed.image && !embed.thumbnail, 'An embed needs something to show', 'embeds', at, 'description'),
      ...(embed.fields ?? []).flatMap(({ name, value }, field) =>
        Object.entries({ name, value }).flatMap(([key, text]) => when(text.trim() === '', 'This field is required', 'embeds', at, 'fields', field, key)),
      ),
    ]),
  ];
}

function flawsOfV2({ content, embeds, poll, sticker_ids, components }: Body): readonly Flaw[] {
  const texts = everyComponent(components).reduce((sum, { component }) => sum + (component.content ?? '').length, 0);
  return [
    ...when(!!content, 'The content field cannot be used with IS_COMPONENTS_V2', 'content'),
    ...when(count(embeds) > 0, 'The embeds field cannot be used with IS_COMPONENTS_V2', 'embeds'),
    ...when(!!poll || count(sticker_ids) > 0, 'Polls and stickers cannot be used with IS_COMPONENTS_V2', 'flags'),
    ...when(texts > MOST.texts, `The texts of all components must be ${MOST.texts} or fewer in length`, 'components'),
  ];
}

function flawsOfRows(components: readonly Component[]): readonly Flaw[] {
  const strangers = components.flatMap(({ type }, at) =>
    when(type !== ComponentType.ActionRow, 'Only an action row goes without IS_COMPONENTS_V2', 'components', at, 'type'),
  );
  return [...strangers, ...when(components.length > MOST.rows, `Must be ${MOST.rows} or fewer in length.`, 'components')];
}

function flawsOfComponents(components: readonly Component[]): readonly Flaw[] {
  const all = everyComponent(components);
  const first = new Map<string, Component>();
  for (const { component } of all) if (component.custom_id != null && !first.has(component.custom_id)) first.set(component.custom_id, component);
  const isRepeat = (component: Component) => component.custom_id != null && first.get(component.custom_id) !== component;
  return [
    ...when(all.length > MOST.components, `A message has at most ${MOST.components} components, nested ones included`, 'components'),
    ...all.flatMap(({ component, path }) => [
      ...when(isRepeat(component), 'Component custom id cannot be duplicated', ...path, 'custom_id'),
      ...flawsOfOne(component, path),
    ]),
  ];
}

function flawsOfOne(component: Component, path: readonly PropertyKey[]): readonly Flaw[] {
  if (component.type === ComponentType.Button) return flawsOfButton(component, path);
  if (component.type === ComponentType.ActionRow) {
    const parts = component.components ?? [];
    const buttons = parts.filter(({ type }) => type === ComponentType.Button).length;
    const isFull = buttons === parts.length ? buttons > MOST.buttons : parts.length > 1;
    return when(isFull, 'An action row holds five buttons or one select', ...path, 'components');
  }
  return flawsOfSelect(component, path);
}

function flawsOfButton({ style, url, custom_id, label, emoji }: Component, path: readonly PropertyKey[]): readonly Flaw[] {
  if (style === ButtonStyle.Premium) return [];
  const isLink = style === ButtonStyle.Link;
  return [
    ...when(!label && !emoji, 'A button must have a label or an emoji', ...path, 'label'),
    ...when(isLink && !url, 'A link button must have a url', ...path, 'url'),
    ...when(isLink && custom_id != null, 'A custom id and url cannot both be specified', ...path, 'custom_id'),
    ...when(!isLink && !custom_id, 'A custom id is required', ...path, 'custom_id'),
    ...when(!isLink && url != null, 'Only a link button has a url', ...path, 'url'),
  ];
}

function flawsOfSelect({ type, options = [], min_values, max_values, required }: Component, path: readonly PropertyKey[]): readonly Flaw[] {
  if (type !== ComponentType.StringSelect) return [];
  const values = options.map(({ value }) => value);
  return [
    ...when(new Set(values).size < values.length, 'The specified option value is already used', ...path, 'options'),
    ...when((min_values ?? 1) > (max_values ?? 1), 'min_values is more than max_values', ...path, 'min_values'),
    ...when((max_values ?? 1) > values.length, 'max_values is more than there are options', ...path, 'max_values'),
    ...when(required === true && min_values === 0, 'min_values must be at least 1 when an answer is required', ...path, 'min_values'),
  ];
}

/** The flag of V2 is set on the later edit. */
export function flawsOfDeferral({ flags, ...rest }: Body): readonly Flaw[] {
  return [
    ...when(((flags ?? 0) & ~FLAG.ephemeral) !== 0, 'A deferral carries the ephemeral flag only', 'flags'),
    ...Object.keys(rest)
      .filter((key) => key !== 'tts')
      .map((key) => flaw('A deferral says nothing yet', key)),
  ];
}

export function flawsOfChoices(choices: readonly Choice[]): readonly Flaw[] {
  return [
    ...when(choices.length > MOST.choices, `Must be ${MOST.choices} or fewer in length.`, 'choices'),
    ...choices.flatMap(({ name, value }, at) => [
      ...when(name.length < 1 || name.length > 100, 'Must be between 1 and 100 in length.', 'choices', at, 'name'),
      ...when(typeof value === 'string' && value.length > 100, 'Must be 100 or fewer in length.', 'choices', at, 'value'),
    ]),
  ];
}

export function flawsOfModal({ components }: ModalBody): readonly Flaw[] {
  const inputs = everyComponent(components).filter(({ component }) => component.type === ComponentType.TextInput);
  return [
    ...when(components.length > MOST.parts, `Must be between 1 and ${MOST.parts} in length.`, 'components'),
    ...inputs.flatMap(({ component: { min_length, max_length, value }, path }) => [
      ...when((min_length ?? 0) > (max_length ?? 4_000), 'min_length is more than max_length', ...path, 'min_length'),
      ...when((value ?? '').length > (max_length ?? 4_000), 'value is longer than max_length', ...path, 'value'),
    ]),
    ...flawsOfComponents(components),
  ];
}
