/** Asks on behalf of somebody on Slack, and writes what is said to them. */
import type { Logger } from '../../lib/log.ts';
import { message } from '../../message/build.ts';
import { plainText } from '../../message/inline.ts';
import type { Message } from '../../message/message.ts';
import type { Words } from '../../message/words.ts';
import type { Asker, OnRequest, Request, Response } from '../adapter.ts';
import type { SlackClient } from './client.ts';
import type { Heard } from './interaction.ts';
import { type Body, render } from './render.ts';
import type { Replies } from './reply.ts';

export interface AnswerDeps {
  readonly client: Pick<SlackClient, 'call'>;
  readonly log: Logger;
  readonly replies: Replies;
  /** What takes longer is waited for in a form, before it is too late to open or to change one. */
  readonly soonMs: number;
  words(locale: string): Words;
  askerOf(team: string, user: string): Promise<Asker>;
}

/** Until it is known what somebody speaks. */
export const STRANGERS_SPEAK = 'en';

/** A question on its way: what comes of it, and the words to speak in as far as the person is known by now. */
export interface Asking {
  readonly coming: Promise<Response>;
  words(): Words;
}

/** Asks; what nobody foresaw is logged, and answered kindly. */
export function ask(deps: AnswerDeps, { target, user, asks }: Heard, onRequest: OnRequest): Asking {
  let words = deps.words(STRANGERS_SPEAK);
  const answered = async (): Promise<Response> => {
    try {
      const by = await deps.askerOf(target.installation, user);
      words = deps.words(by.locale);
      return await onRequest({ platform: 'slack', target, by, ...asks } as Request);
    } catch (cause) {
      deps.log.error({ err: cause, request: asks.type }, 'A question could not be answered');
      return { type: 'message', audience: 'asker', message: note(words, 'adapter.failed') };
    }
  };
  return { coming: answered(), words: () => words };
}

/** What is said by the adapter itself. */
export function note(words: Words, key: string): Message {
  return message({ tone: 'warning', title: words(`${key}.title`), body: [plainText(words(key))] });
}

export function said(message: Message, words: Words): Body {
  return render(message, (count) => words('adapter.more', { count }));
}
