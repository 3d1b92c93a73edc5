/**
 * What happens without a question: somebody opens Home, or the app is thrown out:
 * https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/events/tokens_revoked.
 */
import { z } from 'zod';
import type { Vault } from '../adapter.ts';
import type { SlackClient } from './client.ts';

const id = z.string().regex(/^[A-Z0-9]{1,40}$/);

export const happenedSchema = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  team_id: id.nullish(),
  authorizations: z.array(z.object({ team_id: id.nullish(), is_enterprise_install: z.boolean().default(false) })).default([]),
  event: z.object({
    type: z.string(),
    user: id.optional().catch(undefined),
    tab: z.string().optional(),
    tokens: z.object({ bot: z.array(z.string()).default([]) }).optional(),
  }),
});
export type Happened = z.infer<typeof happenedSchema>;

/** The workspace of ours that hears of it; a channel shared by Slack Connect has several. Null for a whole organization. */
export function teamIn({ authorizations: [authorization], team_id }: Happened): string | null {
  return authorization?.is_enterprise_install === true ? null : (authorization?.team_id ?? team_id ?? null);
}

/** Whether the bot cannot do anything there any more. Tokens of people, of which it has none, may end too. */
export function isEnd({ event: { type, tokens } }: Happened): boolean {
  return type === 'app_uninstalled' || (type === 'tokens_revoked' && (tokens?.bot.length ?? 0) > 0);
}

/** Forgets the token of a workspace. False where it still works: old news that come late do not end a new installation. */
export async function ended(team: string, { client, vault }: { client: Pick<SlackClient, 'call' | 'forget'>; vault: Pick<Vault, 'remove'> }): Promise<boolean> {
  client.forget(team);
  const works = await client.call(team, 'auth.test', {}).then(
    () => true,
    () => false,
  );
  if (works) return false;
  await vault.remove(team);
  client.forget(team);
  return true;
}
