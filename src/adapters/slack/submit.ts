/** Answers filled forms, and completes what is typed in them. Here the acknowledgement is the answer, within three seconds. */
import type { Message } from '../../message/message.ts';
import type { Words } from '../../message/words.ts';
import type { OnRequest, Response } from '../adapter.ts';
import { formOf, postAloud } from './answer.ts';
import { type AnswerDeps, type Asking, ask, note, said } from './ask.ts';
import type { Ack } from './bolt.ts';
import type { Heard } from './interaction.ts';
import { offered, textView, type View, waitingView } from './modal.ts';
import { within } from './within.ts';

/** Longer complaints are shown in place of the form. */
const COMPLAINT = 500;

/** A form as it came, and how to answer it. */
interface Filled {
  readonly heard: Heard;
  readonly ack: Ack;
}

/** What is completed too late is of no use; the next letter asks again. */
export async function complete(deps: AnswerDeps, { heard, ack }: Filled, onRequest: OnRequest): Promise<void> {
  const found = await within(deps.soonMs, ask(deps, heard, onRequest).coming, null);
  await ack({ options: found?.type === 'choices' ? offered(found.choices) : [] });
}

/** Never throws. */
export async function submit(deps: AnswerDeps, filled: Filled, onRequest: OnRequest): Promise<void> {
  const { heard, ack } = filled;
  const asking = ask(deps, heard, onRequest);
  try {
    const early = await within(deps.soonMs, asking.coming, null);
    if (early !== null) await submitNow(deps, filled, { response: early, words: asking.words() });
    else await submitLate(deps, filled, asking);
  } catch (cause) {
    deps.log.warn({ err: cause, request: heard.asks.type }, 'An answer to a form did not reach Slack');
    const words = asking.words();
    const failed = note(words, 'adapter.failed');
    if (!(await ack({ response_action: 'update', view: viewOf(failed, words) }))) await deps.replies.say(heard.address, said(failed, words));
  }
}

async function submitNow(deps: AnswerDeps, { heard, ack }: Filled, { response, words }: { response: Response; words: Words }): Promise<void> {
  if (response.type === 'choices') throw new Error('Choices answer autocomplete only');
  if (response.type === 'form') {
    await ack({ response_action: 'update', view: formOf(response, { heard, words }) });
    return;
  }
  const complaint = complaintOf(response);
  const [field] = heard.fields;
  if (complaint !== null && field !== undefined) {
    await ack({ response_action: 'errors', errors: { [field]: complaint } });
    return;
  }
  const aloud = isAloud(response, heard);
  if (!aloud && !deps.replies.open(heard.address)) {
    await ack({ response_action: 'update', view: viewOf(response.message, words) });
    return;
  }
  await ack();
  if (aloud && (await postAloud(deps.client, heard.target, said(response.message, words)))) return;
  const told = aloud ? note(words, 'adapter.slack.invite') : response.message;
  if (!(await deps.replies.say(heard.address, said(told, words)))) throw new Error('Slack did not take an answer by its address');
}

/** Somebody waits in a form that cannot be closed for them, so that all of it is said there. */
async function submitLate(deps: AnswerDeps, { heard, ack }: Filled, { coming, words }: Asking): Promise<void> {
  const change = (view: View) => deps.client.call(heard.target.installation, 'views.update', { view_id: heard.view, view });
  await ack({ response_action: 'update', view: waitingView(words()) });
  const late = await coming;
  try {
    if (late.type === 'choices') throw new Error('Choices answer autocomplete only');
    if (late.type === 'form') await change(formOf(late, { heard, words: words() }));
    else {
      const refused = isAloud(late, heard) && !(await postAloud(deps.client, heard.target, said(late.message, words())));
      await change(viewOf(refused ? note(words(), 'adapter.slack.invite') : late.message, words()));
    }
  } catch (cause) {
    await change(viewOf(note(words(), 'adapter.failed'), words()));
    throw cause;
  }
}

/** What can be said beside a field, so that nothing has to be typed again. */
function complaintOf(response: Exclude<Response, { type: 'form' | 'choices' }>): string | null {
  const { tone, actions, fallbackText, title } = response.message;
  if (response.type === 'view' || response.audience === 'channel' || tone !== 'warning' || actions.length > 0) return null;
  const text = fallbackText.split('\n').slice(1).join(' ').trim() || title;
  return text.length > COMPLAINT ? null : text;
}

function isAloud(response: Response, { target }: Heard): boolean {
  return response.type === 'message' && response.audience === 'channel' && target.channel !== '';
}

function viewOf(message: Message, words: Words): View {
  return textView(message.title, said(message, words).blocks, words);
}
