/** Whether Slack would take a body: first its schema, then the rules that no schema says, then what this project asks of a message. */
import type * as z from 'zod/mini';
import type { Flaw } from './answers.ts';
import { MESSAGE_BLOCKS, VIEW } from './block-schema.ts';
import type { Block, Body, Option, OptionGroup, View } from './bodies.ts';
import { OPTIONS } from './element-schema.ts';
import { flawsOfBlocks, flawsOfMarkup, flawsOfSizes, flawsOfText, flawsOfView } from './message-rules.ts';

/** How a message came. An answer goes through a `response_url`, or with an acknowledgement. */
export type Form = 'post' | 'update' | 'ephemeral' | 'answer';

export function flawsOfMessage(body: Body, form: Form): readonly Flaw[] {
  const blocks: unknown = body.blocks ?? [];
  const shaped = schemaFlaws(MESSAGE_BLOCKS, blocks, ['blocks']);
  const ruled = shaped.length > 0 ? [] : [...flawsOfBlocks(blocks as readonly Block[]), ...flawsOfMarkup({ blocks })];
  return [...flawsOfText(body, form), ...shaped, ...ruled, ...(shaped.length > 0 || form === 'answer' ? [] : flawsOfSizes(blocks as readonly Block[]))];
}

export function flawsOfAnyView(view: unknown): readonly Flaw[] {
  const shaped = schemaFlaws(VIEW, view, ['view']);
  return shaped.length > 0 ? shaped : under('view', flawsOfView(view as View));
}

export function flawsOfOptions(answer: unknown): readonly Flaw[] {
  const shaped = schemaFlaws(OPTIONS, answer, []);
  if (shaped.length > 0) return shaped;
  const { options, option_groups } = answer as { readonly options?: readonly Option[]; readonly option_groups?: readonly OptionGroup[] };
  return (options === undefined) === (option_groups === undefined) ? [{ path: [], message: 'must have either options or option_groups' }] : [];
}

function under(key: string, flaws: readonly Flaw[]): readonly Flaw[] {
  return flaws.map((flaw) => ({ ...flaw, path: [key, ...flaw.path] }));
}

function schemaFlaws(schema: z.ZodMiniType, value: unknown, path: readonly PropertyKey[]): readonly Flaw[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => flawsOfIssue(issue, path));
}

function flawsOfIssue(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): readonly Flaw[] {
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message: 'is a field that Slack does not know' }));
  if (issue.code === 'invalid_union') return [{ path, message: 'is of no type that is taken here' }];
  if (issue.code === 'too_big') return [{ path, message: `must not be more than ${issue.maximum}` }];
  if (issue.code === 'too_small') return [{ path, message: `must not be less than ${issue.minimum}` }];
  return [{ path, message: issue.message }];
}
