/** People who use the bot: what they do becomes an interaction, and resolves with what they see of the answer. */
import { randomBytes } from 'node:crypto';
import { ApplicationCommandOptionType, ComponentType, InteractionType } from 'discord.js';
import { type CommandBody, type Component, everyComponent, type OptionBody } from './bodies.ts';
import type { Gateway } from './gateway.ts';
import type { Interaction, Interactions, Modal, Outcome } from './interactions.ts';
import { channelPayload, memberOf, messagePayload, userPayload } from './payloads.ts';
import { bitsOf, type Message, type Person, type World } from './store.ts';

export interface Typed extends Person {
  /** That of the channel when left out. */
  readonly guild?: string;
  readonly channel: string;
  readonly name: string;
  /** `sub`, or `group sub`. */
  readonly sub?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** The option that is being typed, besides those already there. */
export interface Typing extends Typed {
  readonly focused: string;
}

/** A message that somebody sees; nobody can press anything when there is none. */
type Shown = Pick<Message, 'id'> | null;

type Values = Readonly<Record<string, string | readonly string[] | boolean>>;

const SELECTS: readonly number[] = [
  ...[ComponentType.StringSelect, ComponentType.UserSelect, ComponentType.RoleSelect],
  ...[ComponentType.MentionableSelect, ComponentType.ChannelSelect],
];
const UNPUBLISHED = '1';

export function createUsers(world: World, gateway: Gateway, interactions: Interactions) {
  const { plan } = world;

  function interact(type: InteractionType, by: Person, { channel, source }: Pick<Interaction, 'channel' | 'source'>, data: object): Promise<Outcome> {
    const { user, locale = 'en-US', permissions } = by;
    const [id, token] = [world.newId(), randomBytes(48).toString('base64url')];
    const place = world.channels.get(channel);
    if (place === undefined) throw new Error(`There is no channel ${channel}`);
    const { guild } = place;
    const inGuild = {
      ...{ guild_id: guild, guild: { id: guild, locale: 'en-US', features: [] }, guild_locale: 'en-US', context: 0 },
      member: memberOf(userPayload(world, user), { permissions: String(bitsOf(permissions)) }),
    };
    return new Promise((resolve) => {
      interactions.open({
        ...{ id, token, type, at: plan.now(), by, guild, channel, source },
        ...{ acknowledgedAt: null, state: 'open', ephemeral: false, original: null, settle: resolve },
      });
      const isHeard = gateway.dispatch(
        'INTERACTION_CREATE',
        {
          ...{ id, application_id: plan.application.id, type, token, version: 1, channel_id: channel, locale, data },
          ...{ ...inGuild, channel: channelPayload(world, place), app_permissions: String(world.mayDo(place)) },
          ...(source === null ? {} : { message: messagePayload(world, source) }),
          ...{ entitlements: [], authorizing_integration_owners: { 0: guild }, attachment_size_limit: 10_485_760 },
        },
        guild,
      );
      if (!isHeard) throw new Error('The bot has no session: nobody would answer');
    });
  }

  function commandData({ name, sub, options: given = {} }: Typed, focused?: string) {
    const command = world.registered.commands.find((one) => one.name === name);
    if (command === undefined && world.registered.commands.length > 0) throw new Error(`There is no /${name}`);
    const options = focused === undefined ? given : { [focused]: '', ...given };
    const path = sub?.split(' ') ?? [];
    const known = command === undefined ? null : optionsAt(command, path);
    if (known?.some(({ type }) => type <= ApplicationCommandOptionType.SubcommandGroup)) throw new Error(`/${name} asks for a sub-command`);
    for (const { name: needed, required } of known ?? []) {
      if (required === true && focused === undefined && !(needed in options)) throw new Error(`/${name} asks for ${needed}`);
    }
    const filled = Object.entries(options).map(([option, value]) => {
      const body = known?.find((one) => one.name === option);
      if (known !== null && body === undefined) throw new Error(`/${name} has no option ${option}`);
      if (body?.choices?.length && !body.choices.some((choice) => choice.value === value)) throw new Error(`${option} does not offer ${value}`);
      return { name: option, type: body?.type ?? typeOf(value), value, ...(option === focused ? { focused: true } : {}) };
    });
    const nested = path.reduceRight<readonly object[]>((inner, part, at) => [{ name: part, type: at === path.length - 1 ? 1 : 2, options: inner }], filled);
    const named = filled.filter(({ type }) => type === ApplicationCommandOptionType.Channel).flatMap(({ value }) => world.channels.get(String(value)) ?? []);
    const resolved = {
      channels: Object.fromEntries(
        named.map((one) => [one.id, { ...channelPayload(world, one), permissions: '0', app_permissions: String(world.mayDo(one)) }]),
      ),
    };
    return { id: command?.id ?? UNPUBLISHED, name, type: 1, options: nested, resolved };
  }

  const messageOf = (shown: Shown): Message => {
    const message = world.messages.get(shown?.id ?? '');
    if (message === undefined) throw new Error('The message is gone');
    return message;
  };

  function componentOf(message: Message, customId: string): Component {
    const found = everyComponent(message.body.components).find(({ component }) => component.custom_id === customId)?.component;
    if (found === undefined) throw new Error(`The message shows nothing called ${customId}`);
    if (found.disabled === true) throw new Error(`${customId} cannot be used`);
    return found;
  }

  const onMessage = (message: Message, by: Person, data: object) => {
    if (message.onlyFor !== null && message.onlyFor !== by.user) throw new Error('Only another person sees this message');
    const { channel } = message;
    return interact(InteractionType.MessageComponent, by, { channel, source: message }, data);
  };

  return {
    /** Sends a command; an option must be one that was registered, once there are any. */
    command: async (typed: Typed): Promise<Outcome> => {
      const data = commandData(typed);
      return await interact(InteractionType.ApplicationCommand, typed, { channel: typed.channel, source: null }, data);
    },
    /** Types in an option; resolves with its choices. */
    complete: async (typing: Typing): Promise<Outcome> => {
      const data = commandData(typing, typing.focused);
      return await interact(InteractionType.ApplicationCommandAutocomplete, typing, { channel: typing.channel, source: null }, data);
    },
    press: async (message: Shown, customId: string, by: Person): Promise<Outcome> => {
      const shown = messageOf(message);
      const { type } = componentOf(shown, customId);
      if (type !== ComponentType.Button) throw new Error(`${customId} is no button`);
      return await onMessage(shown, by, { component_type: type, custom_id: customId, id: 1 });
    },
    choose: async (message: Shown, customId: string, values: readonly string[], by: Person): Promise<Outcome> => {
      const shown = messageOf(message);
      const select = componentOf(shown, customId);
      checkSelected(select, values);
      return await onMessage(shown, by, { component_type: select.type, custom_id: customId, values, id: 1, resolved: {} });
    },
    /** Sends a form that a command or a button opened. */
    submit: async ({ form, opened }: Modal, values: Values, by: Person = opened.by): Promise<Outcome> => {
      const known = everyComponent(form.components).flatMap(({ component }) => component.custom_id ?? []);
      const stranger = Object.keys(values).find((name) => !known.includes(name));
      if (stranger !== undefined) throw new Error(`The form has no field ${stranger}`);
      let number = 0;
      const fill = (component: Component): object => {
        const { type, custom_id, components, component: labelled } = component;
        number += 1;
        if (labelled != null) return { type, id: number, component: fill(labelled) };
        if (components !== undefined) return { type, id: number, components: components.map(fill) };
        return custom_id == null ? { type, id: number } : { type, id: number, custom_id, ...answerTo(component, values[custom_id]) };
      };
      const data = { custom_id: form.custom_id, components: form.components.map(fill), resolved: {} };
      return await interact(InteractionType.ModalSubmit, by, opened, data);
    },
  };
}

function optionsAt(command: CommandBody, path: readonly string[]): readonly OptionBody[] {
  return path.reduce<readonly OptionBody[]>((options, name) => {
    const found = options.find((option) => option.name === name);
    if (found === undefined) throw new Error(`/${command.name} has no ${path.join(' ')}`);
    return found.options ?? [];
  }, command.options ?? []);
}

function typeOf(value: string | number | boolean): ApplicationCommandOptionType {
  if (typeof value === 'string') return ApplicationCommandOptionType.String;
  if (typeof value === 'boolean') return ApplicationCommandOptionType.Boolean;
  return Number.isInteger(value) ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.Number;
}

function checkSelected({ type, custom_id, options = [], min_values, max_values }: Component, values: readonly string[]): void {
  if (!SELECTS.includes(type)) throw new Error(`${custom_id} is no select`);
  if (values.length < (min_values ?? 1) || values.length > (max_values ?? 1)) throw new Error(`${custom_id} does not take ${values.length} values`);
  const missing = type === ComponentType.StringSelect ? values.find((value) => !options.some((option) => option.value === value)) : undefined;
  if (missing !== undefined) throw new Error(`${custom_id} does not offer ${missing}`);
}

/** What a field of a form was filled with; a text stays as the bot wrote it when left out. */
function answerTo(component: Component, given: Values[string] | undefined): object {
  const { type, custom_id, value, required, min_length, max_length } = component;
  const isNeeded = required !== false;
  if (type === ComponentType.TextInput) {
    const text = String(given ?? value ?? '');
    if (isNeeded && text === '') throw new Error(`${custom_id} has to be filled in`);
    if (text !== '' && (text.length < (min_length ?? 0) || text.length > (max_length ?? 4_000)))
      throw new Error(`${custom_id} does not take ${text.length} letters`);
    return { value: text };
  }
  if (typeof given === 'boolean') return { value: given };
  if (SELECTS.includes(type)) {
    const values = [given ?? []].flat();
    if (isNeeded || values.length > 0) checkSelected(component, values);
    return { values };
  }
  return Array.isArray(given) ? { values: given } : { value: given ?? null };
}
