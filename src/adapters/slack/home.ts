/** Home, the page that the bot has in a workspace: https://docs.slack.dev/surfaces/app-home. */
import type { OnRequest } from '../adapter.ts';
import { publish } from './answer.ts';
import { type AnswerDeps, ask, note, said } from './ask.ts';
import type { Happened } from './happened.ts';
import type { Heard } from './interaction.ts';

/** Null unless somebody opened Home. */
export function homeIn({ event_id, event }: Happened, installation: string): Heard | null {
  const { user } = event;
  if (event.type !== 'app_home_opened' || event.tab !== 'home' || user === undefined) return null;
  const target = { installation, channel: '' };
  return { id: event_id, target, user, asks: { type: 'home' }, surface: 'home', view: '', fields: [], address: null, trigger: null, orgWide: false };
}

/** Never throws. */
export async function answerHome(deps: AnswerDeps, heard: Heard, onRequest: OnRequest): Promise<void> {
  const { coming, words } = ask(deps, heard, onRequest);
  const response = await coming;
  const isText = response.type === 'message' || response.type === 'view';
  try {
    await publish(deps, heard, said(isText ? response.message : note(words(), 'adapter.failed'), words()));
  } catch (cause) {
    deps.log.warn({ err: cause, request: 'home' }, 'An answer did not reach Slack');
  }
}
