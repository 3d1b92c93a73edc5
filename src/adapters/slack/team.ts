/** Which token speaks in which workspace: the operator's own in its workspace, and what others installed, out of the vault. */
import { z } from 'zod';
import { ChatError, type Vault } from '../adapter.ts';
import { installationSchema } from './install.ts';

/** By this name the own token is meant, whatever workspace it is of. */
export const OWN_TEAM = 'file';

/** The bot in a workspace. */
export interface TeamIdentity {
  readonly team: string;
  readonly botUser: string;
  readonly botId: string;
}

export interface TeamToken {
  readonly token: string;
  readonly whose: 'own' | 'installed';
  readonly identity: TeamIdentity;
}

export interface Teams {
  /** Throws {@link ChatError} where the bot is not installed, or where nobody knows. */
  tokenOf(team: string): Promise<TeamToken>;
  all(): Promise<readonly string[]>;
  /** What is known of it is asked anew. */
  forget(team: string): void;
}

export interface TeamTools {
  readonly botToken: string | null;
  readonly vault: Vault;
  /** auth.test with this token. */
  who(token: string): Promise<Record<string, unknown>>;
}

const whoSchema = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().default('') });

export function createTeams({ botToken, vault, who }: TeamTools): Teams {
  const known = new Map<string, TeamToken>();
  let own: TeamToken | null = null;

  async function ownToken(token: string): Promise<TeamToken> {
    if (own !== null) return own;
    const said = whoSchema.safeParse(await beforehand(who(token)));
    if (!said.success) throw new ChatError('unavailable', { detail: 'auth.test did not say whose token it is' });
    const { team_id: team, user_id: botUser, bot_id: botId } = said.data;
    own = { token, whose: 'own', identity: { team, botUser, botId } };
    return own;
  }

  async function installed(team: string): Promise<TeamToken | null> {
    const secret = await vault.read(team).catch((cause: unknown) => {
      throw new ChatError('unavailable', { detail: 'the token of a workspace could not be read', cause });
    });
    if (secret === null) return null;
    const { token, ...identity } = kept(secret);
    return { token, whose: 'installed', identity: { team, botUser: identity.botUser, botId: identity.botId } };
  }

  return {
    tokenOf: async (team) => {
      if (team === OWN_TEAM && botToken !== null) return ownToken(botToken);
      if (own?.identity.team === team) return own;
      const found = known.get(team) ?? (await installed(team));
      if (found !== null) {
        known.set(team, found);
        return found;
      }
      const mine = botToken === null ? null : await ownToken(botToken);
      if (mine?.identity.team === team) return mine;
      throw new ChatError('installation-gone', { detail: 'no token for this workspace' });
    },
    all: async () => {
      const mine = botToken === null ? [] : [(await ownToken(botToken)).identity.team];
      return [...new Set([...mine, ...(await vault.ids())])];
    },
    forget: (team) => {
      known.delete(team);
      if (team === OWN_TEAM || own?.identity.team === team) own = null;
    },
  };
}

/** Nothing of what could not be read is told: it holds a token. */
function kept(secret: string): z.infer<typeof installationSchema> {
  try {
    return installationSchema.parse(JSON.parse(secret));
  } catch {
    throw new ChatError('fatal', { detail: 'what is kept of a workspace of Slack cannot be read; install the app there anew' });
  }
}

/** What is looked up before a request: when its outcome is unknown, the request was not sent all the same. */
async function beforehand<T>(looked: Promise<T>): Promise<T> {
  try {
    return await looked;
  } catch (cause) {
    if (cause instanceof ChatError && cause.reason === 'ambiguous')
      throw new ChatError('unavailable', { detail: 'what is asked before a request had no answer', cause });
    throw cause;
  }
}
