/** Answers what was typed and pressed. Slack was told before that it came, so that there is time for an answer. */
import { z } from 'zod';
import type { Message } from '../../message/message.ts';
import type { Words } from '../../message/words.ts';
import { ChatError, type FormResponse, type OnRequest, type Response, type Target } from '../adapter.ts';
import { type AnswerDeps, type Asking, ask, note, said } from './ask.ts';
import { slackCodeOf } from './errors.ts';
import type { Heard } from './interaction.ts';
import { formView, textView, type View, waitingView } from './modal.ts';
import type { Body } from './render.ts';
import { within } from './within.ts';

/** Never throws: what goes wrong is said to the asker where that is possible, and to the log. */
export async function answer(deps: AnswerDeps, heard: Heard, onRequest: OnRequest): Promise<void> {
  const asking = ask(deps, heard, onRequest);
  try {
    const early = await within(deps.soonMs, asking.coming, null);
    if (early !== null) await give(deps, { heard, words: asking.words() }, early);
    else await giveLate(deps, heard, asking);
  } catch (cause) {
    deps.log.warn({ err: cause, request: heard.asks.type }, 'An answer did not reach Slack');
    const what = slackCodeOf(cause) === 'expired_trigger_id' ? 'adapter.again' : 'adapter.failed';
    await deps.replies.say(heard.address, said(note(asking.words(), what), asking.words()));
  }
}

/** Only what was typed may become a form; a waiting form is opened while there is still time to. */
async function giveLate(deps: AnswerDeps, heard: Heard, { coming, words }: Asking): Promise<void> {
  const waiting = heard.asks.type === 'line' ? await open(deps, heard, waitingView(words())).catch(() => null) : null;
  const late = await coming;
  const place = { heard, words: words() };
  if (waiting === null) return give(deps, place, late.type === 'form' ? { type: 'message', audience: 'asker', message: note(words(), 'adapter.again') } : late);
  const change = (view: View) => deps.client.call(heard.target.installation, 'views.update', { view_id: waiting.id, hash: waiting.hash, view });
  if (late.type === 'form') {
    await change(formOf(late, place));
    return;
  }
  await give(deps, place, late);
  const done = note(words(), 'adapter.slack.answered');
  await change(textView(done.title, said(done, words()).blocks, words())).catch((cause: unknown) => deps.log.debug({ err: cause }, 'A waiting form stays'));
}

interface Place {
  readonly heard: Heard;
  readonly words: Words;
}

export function formOf(form: FormResponse, { heard, words }: Place): View {
  const { installation: team, channel, thread } = heard.target;
  return formView(form, { team, channel, thread, address: heard.address }, words);
}

async function give(deps: AnswerDeps, place: Place, response: Response): Promise<void> {
  const { heard, words } = place;
  switch (response.type) {
    case 'form':
      await open(deps, heard, formOf(response, place));
      return;
    case 'view':
      return show(deps, place, said(response.message, words));
    case 'message':
      if (response.audience === 'asker' || heard.target.channel === '') return tell(deps, place, response.message);
      if (!(await postAloud(deps.client, heard.target, said(response.message, words)))) await tell(deps, place, note(words, 'adapter.slack.invite'));
      return;
    case 'choices':
      throw new Error('Choices answer autocomplete only');
  }
}

/** To the person alone: where they are, or in a modal where there is no such place. */
async function tell(deps: AnswerDeps, { heard, words }: Place, told: Message): Promise<void> {
  const body = said(told, words);
  if (await deps.replies.say(heard.address, body)) return;
  await open(deps, heard, textView(told.title, body.blocks, words));
}

/** In place of what was pressed. */
async function show(deps: AnswerDeps, { heard }: Place, body: Body): Promise<void> {
  const { client, replies } = deps;
  const { surface, asks, target } = heard;
  const ts = asks.type === 'action' ? asks.message.id : '';
  if (surface === 'home') return publish(deps, heard, body);
  if (surface === 'message') {
    const changed = await client.call(target.installation, 'chat.update', { channel: target.channel, ts, ...body }).catch((cause: unknown) => failed(cause));
    if (changed !== null) return;
  }
  if (!(await replies.say(heard.address, body, { replace: surface !== 'channel' }))) throw new Error('Slack did not take an answer by its address');
}

/** Where the bot cannot change its own message, the address of the press still can. */
function failed(cause: unknown): null {
  if (cause instanceof ChatError) return null;
  throw cause;
}

export async function publish({ client }: AnswerDeps, { target, user }: Heard, { blocks }: Body): Promise<void> {
  await client.call(target.installation, 'views.publish', { user_id: user, view: { type: 'home', blocks: blocks.slice(0, 100) } });
}

/** By the bot itself, so that an alert can come where this came. False when it may not post there. */
export async function postAloud(client: AnswerDeps['client'], { installation, channel, thread }: Target, body: Body): Promise<boolean> {
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  try {
    await client.call(installation, 'chat.postMessage', { channel, ...inThread, ...body, unfurl_links: false, unfurl_media: false });
    return true;
  } catch (cause) {
    if (cause instanceof ChatError && (cause.reason === 'forbidden' || cause.reason === 'channel-gone')) return false;
    throw cause;
  }
}

const openedSchema = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

async function open({ client }: AnswerDeps, { target, trigger }: Heard, view: View) {
  if (trigger === null) throw new Error('Nothing was pressed that could open a view');
  return openedSchema.parse(await client.call(target.installation, 'views.open', { trigger_id: trigger, view })).view;
}
