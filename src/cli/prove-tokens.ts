/** Proves a token with its platform, for those who set the bot up. What is typed is never part of an answer. */
import { ChatError } from '../adapters/adapter.ts';
import { discordSchema } from '../adapters/discord/schema.ts';
import { slackSchema } from '../adapters/slack/schema.ts';
import { createLog } from '../lib/log.ts';
import { NO_VAULT } from '../vault.ts';
import type { Io } from './io.ts';

/** Who the token is, and the id of its application where the platform has one; or what is wrong, to follow its name. */
export type Proved = { readonly identity: string; readonly id: string | null } | { readonly fault: string };

export async function proveDiscord({ env }: Pick<Io, 'env'>, token: string): Promise<Proved> {
  const config = discordSchema.parse({ token, ...address(env.DISCORD_API_URL) });
  const log = createLog('silent');
  return proved(async () => {
    const [{ createAsk }, { selfOf }, { createRegistrar }] = await Promise.all([
      import('../adapters/discord/rest.ts'),
      import('../adapters/discord/places.ts'),
      import('../adapters/discord/publish.ts'),
    ]);
    const { self } = await selfOf(createAsk(config, { log, refused: () => undefined }));
    const link = new URL(await createRegistrar(config, log).inviteLink());
    return { identity: self.username, id: link.searchParams.get('client_id') };
  });
}

/** A bot token says who it is; an app token opens a connection, which nobody takes. */
export async function proveSlack({ env }: Pick<Io, 'env'>, token: string, method: 'auth.test' | 'apps.connections.open'): Promise<Proved> {
  const config = slackSchema.parse({ botToken: token, ...address(env.SLACK_API_URL) });
  return proved(async () => {
    const { createSlackClient } = await import('../adapters/slack/client.ts');
    const client = createSlackClient({ config, vault: NO_VAULT, refused: () => undefined });
    const answer = await client.plain(method, { token });
    return { identity: typeof answer.user === 'string' ? answer.user : 'a connection opens', id: null };
  });
}

function address(url: string | undefined): { readonly apiUrl?: string } {
  return url === undefined || url === '' ? {} : { apiUrl: url };
}

async function proved(look: () => Promise<{ readonly identity: string; readonly id: string | null }>): Promise<Proved> {
  try {
    return await look();
  } catch (cause) {
    if (!(cause instanceof ChatError)) throw cause;
    if (cause.reason === 'fatal' || cause.reason === 'installation-gone') return { fault: 'is not accepted; copy it anew' };
    return { fault: `cannot be proved now (${cause.reason}); try again, or leave it out` };
  }
}
