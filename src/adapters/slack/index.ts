/** Slack: alerts through its Web API; questions by Socket Mode or over HTTP. Posting needs neither. */
import { z } from 'zod';
import type { Logger } from '../../lib/log.ts';
import type { Words } from '../../message/words.ts';
import { type Adapter, ChatError, type Listener, type Target, type Vault } from '../adapter.ts';
import { createSlackClient } from './client.ts';
import { slackCodeOf } from './errors.ts';
import { createInstall } from './install.ts';
import { createPlaces } from './places.ts';
import { createSlackReceiver } from './receive.ts';
import { render } from './render.ts';
import type { SlackConfig } from './schema.ts';
import { OWN_TEAM } from './team.ts';

/** What Slack is given by whoever starts it. */
export interface SlackTools {
  readonly log: Logger;
  /** The words of a language, for the few that only a renderer needs. */
  words(locale: string): Words;
  /** Counts a request that the platform refused. */
  refused(platform: string): void;
  /** Where the tokens of workspaces are that installed the app themselves. */
  readonly vault: Vault;
  /** Signs what a browser brings back from an installation; null where no workspace can install the app itself. */
  readonly stateSecret?: string | null;
}

/** A Message does not say its language; there is one catalogue so far. */
const ALERTS_IN = 'en';
const NO_TOKEN = 'there is no token for Slack: set SLACK_BOT_TOKEN, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET so that workspaces can install the app';

const postedSchema = z.object({ ts: z.string().regex(/^\d+\.\d+$/) });
const whoSchema = z.object({ user: z.string() });

export function createSlackAdapter(config: SlackConfig, { log, words, refused, vault, stateSecret = null }: SlackTools): Adapter {
  const client = createSlackClient({ config, vault, refused: () => refused('slack') });
  const receiver = createSlackReceiver({ config, client, log, words, vault });
  const places = createPlaces(client);
  const more = (count: number) => words(ALERTS_IN)('adapter.more', { count });
  let listener: Listener | null = null;
  const onInstalled = async (team: string) => {
    client.forget(team);
    await listener?.presence({ platform: 'slack', what: 'joined', installation: team });
  };
  const threadOf = ({ thread }: Target) => (thread === undefined ? {} : { thread_ts: thread });

  return {
    platform: 'slack',
    // A message a second a channel, and a limit of each workspace of which Slack tells only that it is there, so that it is
    // learnt from what it refuses: https://docs.slack.dev/apis/web-api/rate-limits (read 2026-11-24).
    pace: { tokenMs: 50, channelMs: 1_000 },
    routes: [...createInstall({ config, vault, stateSecret, log, words, onInstalled }), ...receiver.routes],
    start: (starting) => {
      listener = starting;
      return receiver.start(starting);
    },
    stop: () => receiver.stop(),
    verify: async () => {
      if (config.botToken === null && config.clientId === null) throw new ChatError('fatal', { detail: NO_TOKEN });
      const answer = config.botToken === null ? await client.plain('api.test') : await client.call(OWN_TEAM, 'auth.test', {});
      return { identity: whoSchema.safeParse(answer).data?.user ?? 'slack', serverTime: client.serverTime() };
    },
    check: (target) => places.standingIn(target),
    // Slack documents no key that keeps a repeat from becoming a second message.
    repeatSafeMs: () => 0,
    post: async (target, message, { signal }) => {
      const { channel, installation } = target;
      // What a link shows of itself is not asked for.
      const args = { channel, ...threadOf(target), ...render(message, more), unfurl_links: false, unfurl_media: false };
      try {
        const posted = postedSchema.safeParse(await client.call(installation, 'chat.postMessage', args, { signal }));
        if (!posted.success) throw new ChatError('ambiguous', { detail: 'an answer that is not as Slack describes it' });
        return { ref: { target, id: posted.data.ts }, room: null };
      } catch (cause) {
        if (slackCodeOf(cause) === 'not_in_channel') places.isOutside(target);
        throw cause;
      }
    },
    edit: async ({ target: { installation, channel }, id }, message, { signal }) => {
      await client.call(installation, 'chat.update', { channel, ts: id, ...render(message, more) }, { signal });
    },
    // A thread is there as soon as somebody writes in it, and a message of a thread has no other.
    threadOf: async ({ target, id }) => ({ ...target, thread: target.thread ?? id }),
  };
}
