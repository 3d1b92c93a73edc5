/** What the bot may do in a channel, and who reads there. */
import { z } from 'zod';
import { ChatError, type Standing, type Target } from '../adapter.ts';
import type { SlackClient } from './client.ts';
import { slackCodeOf } from './errors.ts';

const channelSchema = z.object({
  channel: z.object({
    is_archived: z.boolean().default(false),
    is_member: z.boolean().optional(),
    is_private: z.boolean().optional(),
    is_im: z.boolean().default(false),
    is_mpim: z.boolean().default(false),
  }),
});
const grantedSchema = z.object({ response_metadata: z.object({ scopes: z.array(z.string()) }) });
const whoSchema = z.object({ user: z.string() });

export interface Places {
  /** Throws {@link ChatError} where Slack does not say: it tells of channels only to an app that may read them. */
  standingIn(target: Target): Promise<Standing>;
  /** Slack said so when something was posted. */
  isOutside(target: Target): void;
}

export function createPlaces(client: SlackClient): Places {
  /** Channels that refused the bot since somebody last looked. */
  const outside = new Set<string>();

  /** What somebody in the channel types, so that the bot may post. */
  async function invitation(team: string): Promise<string> {
    return `invite @${whoSchema.parse(await client.call(team, 'auth.test', {})).user}`;
  }

  return {
    isOutside: ({ channel }) => void outside.add(channel),
    standingIn: async ({ installation, channel }) => {
      let answer: Record<string, unknown>;
      const wasOutside = outside.delete(channel);
      try {
        answer = await client.call(installation, 'conversations.info', { channel });
      } catch (cause) {
        if (slackCodeOf(cause) !== 'missing_scope') throw cause;
        if (wasOutside) return { missing: [await invitation(installation)], everyoneReads: null };
        throw new ChatError('rejected', { detail: 'Slack does not tell this app about channels', cause });
      }
      const read = channelSchema.safeParse(answer);
      if (!read.success) throw new ChatError('rejected', { detail: 'an answer that is not as Slack describes it' });
      const { is_archived: isArchived, is_private: isPrivate, is_member: isMember, is_im, is_mpim } = read.data.channel;
      if (isArchived) throw new ChatError('channel-gone', { detail: 'an archived channel' });
      const everyoneReads = is_im || is_mpim ? false : isPrivate === undefined ? null : !isPrivate;
      const mayEnter = everyoneReads === true && grantedSchema.safeParse(answer).data?.response_metadata.scopes.includes('chat:write.public') === true;
      return { missing: isMember === false && !mayEnter ? [await invitation(installation)] : [], everyoneReads };
    },
  };
}
