/** Listens to Slack: by Socket Mode where there is a token for it, else over HTTP at our own web server. */
import type { Logger } from '../../lib/log.ts';
import type { Words } from '../../message/words.ts';
import { ChatError, type Listener, type Route, type Vault } from '../adapter.ts';
import { answer } from './answer.ts';
import { type AnswerDeps, note, STRANGERS_SPEAK, said } from './ask.ts';
import { createAskers } from './asker.ts';
import type { Ack } from './bolt.ts';
import type { SlackClient } from './client.ts';
import { ended, happenedSchema, isEnd, teamIn } from './happened.ts';
import { answerHome, homeIn } from './home.ts';
import { heardIn, interactionSchema } from './interaction.ts';
import { createHttpEars } from './listen-http.ts';
import { createSocketEars } from './listen-socket.ts';
import { createMemory } from './repeats.ts';
import { createReplies } from './reply.ts';
import type { SlackConfig } from './schema.ts';
import { complete, submit } from './submit.ts';
import { within } from './within.ts';

export interface SlackReceiverParts {
  readonly config: SlackConfig;
  readonly client: SlackClient;
  readonly log: Logger;
  words(locale: string): Words;
  readonly vault: Vault;
  /** How long an answer may take before something is shown in its place; for tests. */
  readonly soonMs?: number;
}

export interface SlackReceiver {
  /** What it answers over the web; empty with Socket Mode. */
  readonly routes: readonly Route[];
  /** Listening when it ends. A token that is not accepted is a ChatError `fatal`, and nothing goes on. */
  start(listener: Listener): Promise<void>;
  /** Questions that came are still answered, for at most three seconds. */
  stop(): Promise<void>;
}

/** One way to hear Slack. */
export interface Ears {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Slack opens a form within three seconds of a press, and closes one as soon after it was sent. */
const SOON = 2_000;
const LAST_ANSWERS = 3_000;

export function createSlackReceiver({ config, client, log, words, vault, soonMs = SOON }: SlackReceiverParts): SlackReceiver {
  const deps: AnswerDeps = { client, log, words, soonMs, replies: createReplies(() => Date.now()), askerOf: createAskers({ client, log }) };
  const underWay = new Set<Promise<void>>();
  const isRepeat = createMemory();
  let listener: Listener | null = null;
  let turns = 0;

  /** Goes on by itself, and is waited for at the end. */
  function track(work: Promise<unknown>): void {
    const done = work
      .then(() => undefined)
      .catch((cause: unknown) => log.warn({ err: cause }, 'What Slack sent could not be taken'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  function hear(body: unknown, ack: Ack | null): void {
    const listening = listener;
    if (listening !== null) track(ack === null ? happen(body, listening) : interact(body, { ack, listening }));
  }

  async function interact(body: unknown, { ack, listening }: { ack: Ack; listening: Listener }): Promise<void> {
    const parsed = interactionSchema.safeParse(body);
    const heard = parsed.success ? heardIn(parsed.data, Date.now()) : null;
    if (heard === null || (heard.id !== null && isRepeat(heard.id))) {
      if (!parsed.success) log.warn('Slack sent a question in a form that is not known');
      await ack();
    } else if (heard.orgWide) {
      const inEnglish = words(STRANGERS_SPEAK);
      await ack();
      await deps.replies.say(heard.address, said(note(inEnglish, 'adapter.slack.org-wide'), inEnglish));
    } else if (heard.asks.type === 'complete') await complete(deps, { heard, ack }, listening.request);
    else if (heard.asks.type === 'submit') await submit(deps, { heard, ack }, listening.request);
    else {
      // An answer may reach the person even where the acknowledgement did not reach Slack.
      await ack().catch((cause: unknown) => log.warn({ err: cause }, 'An acknowledgement did not reach Slack'));
      await answer(deps, heard, listening.request);
    }
  }

  async function happen(body: unknown, listening: Listener): Promise<void> {
    const { data: happened } = happenedSchema.safeParse(body);
    const team = happened === undefined ? null : teamIn(happened);
    if (happened === undefined || team === null || isRepeat(happened.event_id)) return;
    const home = homeIn(happened, team);
    if (home !== null) await answerHome(deps, home, listening.request);
    if (isEnd(happened) && (await ended(team, { client, vault }))) await listening.presence({ platform: 'slack', what: 'left', installation: team });
  }

  const http = config.appToken === null && config.signingSecret !== null ? createHttpEars({ signingSecret: config.signingSecret, log, hear }) : null;
  const lost = (why: ChatError) => listener?.lost(why);
  const socket = config.appToken === null ? null : createSocketEars({ appToken: config.appToken, apiUrl: config.apiUrl, log, hear, lost });
  const ears: Ears | null = socket ?? http;

  async function stop(): Promise<void> {
    const turn = ++turns;
    await ears?.stop();
    await within(LAST_ANSWERS, Promise.all(underWay), undefined);
    if (turn === turns) listener = null;
  }

  async function start(starting: Listener): Promise<void> {
    await stop();
    const turn = ++turns;
    const check = () => {
      if (turn !== turns) throw new ChatError('unavailable', { detail: 'stopped' });
    };
    if (ears === null) throw new ChatError('fatal', { detail: 'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)' });
    const installations = await client.teams();
    check();
    listener = starting;
    try {
      await ears.start();
      check();
    } catch (cause) {
      await ears.stop();
      if (turn === turns) listener = null;
      throw cause;
    }
    log.info({ workspaces: installations.length }, 'Listening to Slack');
    void starting.presence({ platform: 'slack', what: 'all', installations });
  }

  return { routes: http === null ? [] : [http.route], start, stop };
}
