import type { Action, Field, Line, Message, Table, Tone } from './message.ts';
import { plainMessage } from './plain.ts';

/** The parts of a message that a format decides; what is left out is empty. */
export interface Draft {
  readonly tone: Tone;
  readonly title: string;
  readonly body: readonly Line[];
  readonly fields?: readonly Field[];
  readonly table?: Table;
  readonly actions?: readonly Action[];
  readonly footer?: Line;
}

/** The finished message, its plain text included. */
export function message(draft: Draft): Message {
  const { fields = [], actions = [], footer = [], ...rest } = draft;
  const parts = { ...rest, body: draft.body.filter((line) => line.length > 0), fields, actions, footer };
  return { ...parts, fallbackText: plainMessage(parts) };
}
