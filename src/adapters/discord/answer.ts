/** Answers one interaction: at once where the answer is at hand, else Discord is told to wait within its three seconds. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../lib/log.ts';
import { message } from '../../message/build.ts';
import { plainText } from '../../message/inline.ts';
import type { Message } from '../../message/message.ts';
import type { Words } from '../../message/words.ts';
import type { OnRequest, Request, Response } from '../adapter.ts';
import { modalOf, offered } from './form.ts';
import { type Interaction, requestOf } from './interaction.ts';
import { type Body, render } from './render.ts';
import type { Ask } from './rest.ts';

export interface AnswerDeps {
  readonly ask: Ask;
  readonly log: Logger;
  words(locale: string): Words;
}

/** How long an answer may take before Discord is told to wait. A form is only taken as the very first answer. */
const AT_ONCE = 400;
/** The token of an interaction lives 15 minutes; half a minute is left for the way. */
const TOKEN_LIVES = 14.5 * 60_000;
const EPHEMERAL = 64;
const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** Never throws: what goes wrong is said to the asker where that is possible, and to the log. */
export async function answer(deps: AnswerDeps, interaction: Interaction, onRequest: OnRequest): Promise<void> {
  try {
    await respond(deps, interaction, onRequest);
  } catch (cause) {
    deps.log.warn({ err: cause, interaction: interaction.type }, 'An answer did not reach Discord');
  }
}

async function respond(deps: AnswerDeps, interaction: Interaction, onRequest: OnRequest): Promise<void> {
  const askedAt = performance.now();
  const words = deps.words(interaction.locale.split('-')[0] ?? 'en');
  const read = requestOf(interaction);
  const callback = (type: number, data?: unknown) =>
    deps.ask({
      method: 'POST',
      path: `/interactions/${interaction.id}/${interaction.token}/callback`,
      body: { type, ...(data === undefined ? {} : { data }) },
      auth: false,
    });
  const say = { words, more: (count: number) => words('adapter.more', { count }) };
  if (interaction.type === 4) {
    const choices = read === null ? null : await asked(deps, read.request, onRequest, words);
    await callback(CALLBACK.choices, { choices: choices?.type === 'choices' ? offered(choices.choices, read?.numbers === true) : [] });
    return;
  }
  const coming = read === null ? Promise.resolve(plain(words, 'server-only')) : asked(deps, read.request, onRequest, words);
  const early = await Promise.race([coming, sleep(AT_ONCE, null)]);
  if (early !== null) {
    await atOnce(callback, early, say.more);
    return;
  }
  const updates = interaction.type === 3;
  await callback(updates ? CALLBACK.deferredUpdate : CALLBACK.deferred, updates ? undefined : { flags: EPHEMERAL });
  const late = await coming;
  if (performance.now() - askedAt > TOKEN_LIVES) {
    deps.log.warn({ interaction: interaction.type }, 'An answer took longer than Discord keeps a question open; it was not given');
    return;
  }
  // A form cannot follow a deferral; asking again is quick, since what took long is known by then.
  await afterwards(deps.ask, interaction, late.type === 'form' ? plain(words, 'again') : late, say.more);
}

type More = (count: number) => string;

/** An answer calls nobody: whom it mentions is shown by name. */
function answerOf(message: Message, more: More): Body {
  return { ...render(message, more), allowed_mentions: { parse: [] } };
}

async function atOnce(callback: (type: number, data?: unknown) => Promise<unknown>, response: Response, more: More): Promise<void> {
  switch (response.type) {
    case 'message': {
      const body = answerOf(response.message, more);
      await callback(CALLBACK.message, response.audience === 'asker' ? { ...body, flags: body.flags | EPHEMERAL } : body);
      return;
    }
    case 'view':
      await callback(CALLBACK.update, answerOf(response.message, more));
      return;
    case 'form':
      await callback(CALLBACK.modal, modalOf(response));
      return;
    case 'choices':
      throw new Error('Choices answer autocomplete only');
  }
}

/**
 * After Discord was told to wait. An answer to the asker takes the place of the waiting mark; one to the channel cannot,
 * since the mark is private, so the mark goes and a message comes.
 */
async function afterwards(ask: Ask, interaction: Interaction, response: Response, more: More): Promise<void> {
  if (response.type === 'choices' || response.type === 'form') throw new Error('Neither choices nor a form can come late');
  const hook = `/webhooks/${interaction.application_id}/${interaction.token}` as const;
  const { flags, ...body } = answerOf(response.message, more);
  const button = interaction.type === 3;
  if (response.type === 'view' || (!button && response.audience === 'asker')) {
    await ask({ method: 'PATCH', path: `${hook}/messages/@original`, body: { flags, ...body }, auth: false });
    return;
  }
  if (!button) await ask({ method: 'DELETE', path: `${hook}/messages/@original`, auth: false });
  await ask({ method: 'POST', path: hook, body: { ...body, flags: response.audience === 'asker' ? flags | EPHEMERAL : flags }, auth: false });
}

/** What is answered; a failure that nobody turned into words is logged and answered kindly. */
async function asked({ log }: AnswerDeps, request: Request, onRequest: OnRequest, words: Words): Promise<Response> {
  try {
    return await onRequest(request);
  } catch (cause) {
    log.error({ err: cause, request: request.type }, 'A question could not be answered');
    return plain(words, 'failed');
  }
}

function plain(words: Words, what: 'failed' | 'server-only' | 'again'): Response {
  const body = [plainText(words(`adapter.${what}`))];
  return { type: 'message', audience: 'asker', message: message({ tone: 'warning', title: words(`adapter.${what}.title`), body }) };
}
