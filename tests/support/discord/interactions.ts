/** What becomes of interactions: who asked, how the bot answers within its time, and what the one who asked sees. */
import { InteractionType } from 'discord.js';
import { Refusal } from './answers.ts';
import { type Body, type Callback, type Choice, FLAG, has, type ModalBody } from './bodies.ts';
import { messagePayload } from './payloads.ts';
import type { Message, Person, World } from './store.ts';
import { pingedBy, textOf } from './text.ts';

/** An interaction dies when nothing answers it, and its token later. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_MS = 15 * 60_000;

/** What the one who asked sees. */
export interface Outcome {
  /** Null: the bot did not answer in time, and Discord says so. */
  readonly acknowledgedAfterMs: number | null;
  readonly ephemeral: boolean;
  readonly text: string;
  readonly message: Message | null;
  readonly choices?: readonly Choice[];
  readonly modal?: Modal;
}

/** A form that is open before somebody. */
export interface Modal {
  readonly form: ModalBody;
  readonly opened: Interaction;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly at: number;
  readonly by: Person;
  readonly guild: string;
  readonly channel: string;
  /** The message whose button was pressed. */
  readonly source: Message | null;
  acknowledgedAt: number | null;
  /** `thinking`: an answer was promised. `quiet`: a change of the source was. */
  state: 'open' | 'thinking' | 'quiet' | 'answered';
  ephemeral: boolean;
  original: Message | null;
  settle(outcome: Outcome): void;
}

const FROM_MESSAGE: readonly number[] = [InteractionType.MessageComponent, InteractionType.ModalSubmit];
const NO_MODAL: readonly number[] = [InteractionType.ModalSubmit, InteractionType.ApplicationCommandAutocomplete];

export type Interactions = ReturnType<typeof createInteractions>;

export function createInteractions(world: World) {
  const { now } = world.plan;
  const byToken = new Map<string, Interaction>();

  const shows = (interaction: Interaction, message: Message | null, more: Partial<Outcome> = {}) => {
    const { acknowledgedAt, at } = interaction;
    const text = message === null ? '' : textOf(message, world.names);
    const ephemeral = message === null ? interaction.ephemeral : message.onlyFor !== null;
    interaction.settle({ acknowledgedAfterMs: acknowledgedAt === null ? null : acknowledgedAt - at, ephemeral, text, message, ...more });
  };

  const write = (interaction: Interaction, body: Body, ephemeral: boolean): Message => {
    const { channel, by } = interaction;
    const pinged = pingedBy({ body, byInteraction: true });
    return world.addMessage({ channel, body, nonce: null, onlyFor: ephemeral ? by.user : null, byInteraction: true, pinged });
  };

  /** The interaction of a token that still works. */
  const alive = (token: string): Interaction => {
    const interaction = byToken.get(token);
    if (interaction === undefined || interaction.state === 'open') throw new Refusal(10015);
    if (now() < interaction.at + TOKEN_MS) return interaction;
    shows(interaction, null);
    throw new Refusal(50027);
  };

  const originalOf = (token: string): Message => {
    const { original } = alive(token);
    if (original === null || !world.messages.has(original.id)) throw new Refusal(10008);
    return original;
  };

  function refuseWrongKind({ type, source }: Interaction, callback: Callback): void {
    const isCompletion = type === InteractionType.ApplicationCommandAutocomplete;
    const isUpdate = callback.type === 6 || callback.type === 7;
    const fits =
      !(isUpdate && (source === null || !FROM_MESSAGE.includes(type))) &&
      isCompletion === (callback.type === 8) &&
      !(callback.type === 9 && NO_MODAL.includes(type));
    if (!fits) throw new Refusal(50035, [{ path: ['type'], message: 'This kind of answer does not go with this kind of interaction' }]);
  }

  function acknowledge(interaction: Interaction, callback: Callback) {
    if (callback.type === 1) throw new Refusal(50035, [{ path: ['type'], message: 'Only a ping is answered with a pong' }]);
    interaction.acknowledgedAt = now();
    interaction.state = 'answered';
    if (callback.type === 8) return shows(interaction, null, { choices: callback.data.choices ?? [] });
    if (callback.type === 9) return shows(interaction, null, { text: callback.data.title, modal: { form: callback.data, opened: interaction } });
    const data = callback.data ?? {};
    if (callback.type === 4 || callback.type === 5) interaction.ephemeral = has(data.flags, FLAG.ephemeral);
    if (callback.type === 4) interaction.original = write(interaction, data, interaction.ephemeral);
    else if (callback.type === 5) interaction.state = 'thinking';
    else interaction.original = interaction.source;
    if (callback.type === 6) interaction.state = 'quiet';
    if (callback.type === 7 && interaction.source !== null) world.editMessage(interaction.source, data);
    if (interaction.state === 'answered') shows(interaction, interaction.original);
  }

  return {
    open: (interaction: Interaction) => void byToken.set(interaction.token, interaction),
    find: (token: string): Interaction | undefined => byToken.get(token),
    /** Answers for the first time. What `with_response` tells. */
    callback: (id: string, token: string, callback: Callback): object => {
      const interaction = byToken.get(token);
      if (interaction === undefined || interaction.id !== id) throw new Refusal(10062);
      if (interaction.state !== 'open') throw new Refusal(40060);
      if (now() > interaction.at + FIRST_ANSWER_MS) {
        shows(interaction, null, { text: 'The application did not respond' });
        throw new Refusal(10062);
      }
      refuseWrongKind(interaction, callback);
      acknowledge(interaction, callback);
      const { original, type, ephemeral } = interaction;
      const shown = { response_message_loading: callback.type === 5, response_message_ephemeral: ephemeral };
      const about = original === null ? shown : { ...shown, response_message_id: original.id };
      const resource = original === null || callback.type === 6 ? { type: callback.type } : { type: callback.type, message: messagePayload(world, original) };
      return { interaction: { id, type, ...about }, resource };
    },
    original: originalOf,
    editOriginal: (token: string, body: Body): Message => {
      const interaction = alive(token);
      const wasThinking = interaction.state === 'thinking';
      if (wasThinking) interaction.original = write(interaction, body, interaction.ephemeral);
      const original = wasThinking && interaction.original !== null ? interaction.original : world.editMessage(originalOf(token), body);
      interaction.state = 'answered';
      shows(interaction, original);
      return original;
    },
    deleteOriginal: (token: string): void => {
      const interaction = alive(token);
      if (interaction.state !== 'thinking') world.messages.delete(originalOf(token).id);
      interaction.state = 'answered';
      shows(interaction, null);
    },
    /** The first follow-up of a promised answer is that answer. */
    followUp: (token: string, body: Body): Message => {
      const interaction = alive(token);
      const isPromised = interaction.state === 'thinking';
      const message = write(interaction, body, isPromised ? interaction.ephemeral : has(body.flags, FLAG.ephemeral));
      if (isPromised) interaction.original = message;
      interaction.state = 'answered';
      shows(interaction, message);
      return message;
    },
  };
}
