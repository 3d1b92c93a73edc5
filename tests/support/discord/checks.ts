/** Whether Discord would take a body: first its published schema, then the fields that schema does not know, then the rules it does not say. */
import * as spec from 'discord-api-spec/zod';
import * as z from 'zod/mini';
import type { Flaw } from './answers.ts';
import type { Body, Callback, CommandBody } from './bodies.ts';
import { flawsOfCommands } from './command-rules.ts';
import { flawsOfChoices, flawsOfDeferral, flawsOfMessage, flawsOfModal } from './message-rules.ts';

/** What a body is for. */
export type Form = 'message' | 'edit' | 'forum-post' | 'thread' | 'message-thread' | 'callback' | 'webhook-edit' | 'follow-up' | 'commands';

const SCHEMAS: Readonly<Record<Form, z.ZodMiniType>> = {
  message: spec.MessageCreateRequestSchema,
  edit: spec.MessageEditRequestPartialSchema,
  'forum-post': spec.CreateForumThreadRequestSchema,
  thread: spec.CreateTextThreadWithoutMessageRequestSchema,
  'message-thread': spec.CreateTextThreadWithMessageRequestSchema,
  callback: z.union([
    spec.PongInteractionCallbackRequestSchema,
    spec.CreateMessageInteractionCallbackRequestSchema,
    spec.UpdateMessageInteractionCallbackRequestSchema,
    spec.ApplicationCommandAutocompleteCallbackRequestSchema,
    spec.ModalInteractionCallbackRequestSchema,
  ]),
  'webhook-edit': spec.IncomingWebhookUpdateRequestPartialSchema,
  'follow-up': spec.IncomingWebhookInteractionRequestSchema,
  commands: z.array(spec.ApplicationCommandUpdateRequestSchema),
};

/** Fields that Discord takes though its published schema lacks them: one is documented, two are sent by discord.js with every message, as false. */
const isTaken = (key: string, value: unknown) => key === 'nsfw' || (value === false && ['tts', 'enforce_nonce'].includes(key));

export interface Checked {
  readonly form: Form;
  readonly body: unknown;
  /** Sent beside the body. */
  readonly files: number;
  /** The message that is edited. */
  readonly before?: Body | undefined;
}

export function flawsOf({ form, body, files, before }: Checked): readonly Flaw[] {
  const result = SCHEMAS[form].safeParse(form === 'commands' ? withNumbers(body) : body);
  if (!result.success) return result.error.issues.flatMap((issue) => clearest(issue));
  const unknown = unknownFields(body, result.data, []);
  return [...unknown, ...rulesOf(form, body, { files, before })];
}

function rulesOf(form: Form, body: unknown, { files, before }: Pick<Checked, 'files' | 'before'>): readonly Flaw[] {
  if (form === 'commands') return flawsOfCommands(body as readonly CommandBody[]);
  if (form === 'thread' || form === 'message-thread') return [];
  if (form === 'forum-post') return under('message', flawsOfMessage((body as { message: Body }).message, { files, mayHide: false }));
  if (form !== 'callback') return flawsOfMessage(body as Body, { files, before, mayHide: form === 'follow-up' });
  const callback = body as Callback;
  if (callback.type === 4 || callback.type === 7) {
    const edited = callback.type === 7 ? before : undefined;
    return under('data', flawsOfMessage(callback.data ?? {}, { files, before: edited, mayHide: callback.type === 4 }));
  }
  if (callback.type === 5) return under('data', flawsOfDeferral(callback.data ?? {}));
  if (callback.type === 8) return under('data', flawsOfChoices(callback.data.choices ?? []));
  return callback.type === 9 ? under('data', flawsOfModal(callback.data)) : [];
}

function under(key: string, flaws: readonly Flaw[]): readonly Flaw[] {
  return flaws.map(({ path, message }) => ({ path: [key, ...path], message }));
}

/** Permissions travel as text, since they outgrow a number; the published schema says number. */
function withNumbers(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((command: Record<string, unknown>) => {
    const granted = command?.default_member_permissions;
    return typeof granted === 'string' && /^\d+$/.test(granted) ? { ...command, default_member_permissions: Number(granted) } : command;
  });
}

/** Of a union, what the alternative meant says: the one whose `type` was right. */
function clearest(issue: z.core.$ZodIssue, at: readonly PropertyKey[] = []): readonly Flaw[] {
  const path = [...at, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, message: issue.message }];
  const meant = issue.errors.find((issues) => issues.length > 0 && !issues.some((inner) => inner.path[0] === 'type' || inner.path.length === 0));
  return meant?.flatMap((inner) => clearest(inner, path)) ?? [{ path, message: 'is none of what is taken here' }];
}

/** The schemas drop what they do not know: what is missing afterwards is unknown. */
function unknownFields(given: unknown, known: unknown, path: readonly PropertyKey[]): readonly Flaw[] {
  if (Array.isArray(given) && Array.isArray(known)) return given.flatMap((item, index) => unknownFields(item, known[index], [...path, index]));
  if (!isObject(given) || !isObject(known)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    if (key in known) return unknownFields(value, known[key], [...path, key]);
    return isTaken(key, value) ? [] : [{ path: [...path, key], message: 'is a field that Discord does not know' }];
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
