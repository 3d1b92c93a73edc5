/** What a method of Slack's Web API is, and the methods that only tell. */
import { type Answer, ok, Refusal } from './answers.ts';
import { channelPayload, userPayload } from './payloads.ts';
import { appIdOf, botIdOf, type Channel, type Workspace } from './plan.ts';
import type { Token, World } from './store.ts';

export type Args = Readonly<Record<string, unknown>>;

/** A request that Slack takes: its token is good and has the scope. */
export interface Call {
  readonly method: string;
  readonly args: Args;
  readonly token: string;
  /** Of the token; of the first workspace for methods without a bot. */
  readonly workspace: Workspace;
  readonly grant: Token;
}

export interface Method {
  readonly as: 'bot' | 'app' | 'anybody';
  /** What is needed, when one is. */
  readonly scope?: string;
  /** How often a minute; `message` has limits of its own; nothing limits it when left out. */
  readonly tier?: number | 'message';
  /** The arguments that it knows, besides `token` and `team_id`. */
  readonly args: readonly string[];
  handle(call: Call): Answer;
}

export type Methods = Readonly<Record<string, Method>>;

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const isTrue = (value: unknown): boolean => [true, 1, 'true', '1'].includes(value as string);
export const isFalse = (value: unknown): boolean => [false, 0, 'false', '0'].includes(value as string);

/** The channel, when the bot can see it; a private one that it is not in does not exist for it. */
export function channelOf(world: World, { workspace }: Pick<Call, 'workspace'>, id: unknown): Channel {
  const channel = world.channels.get(text(id));
  if (channel === undefined || channel.team !== workspace.team) throw new Refusal('channel_not_found');
  if (channel.isPrivate === true && channel.isMember === false) throw new Refusal('channel_not_found');
  return channel;
}

export function createTellers(world: World): Methods {
  const { plan } = world;

  function authTest({ workspace }: Call): Answer {
    const { team, name = team, botUser } = workspace;
    return ok({
      ...{ url: `https://${team.toLowerCase()}.slack.com/`, team: name, user: 'upr_watch', team_id: team, user_id: botUser },
      ...{ bot_id: botIdOf(workspace), app_id: appIdOf(plan), is_enterprise_install: false },
    });
  }

  function usersInfo({ workspace, args }: Call): Answer {
    const user = world.userOf(workspace.team, text(args.user));
    return ok({ user: userPayload(user, isTrue(args.include_locale)) });
  }

  function conversationsInfo(call: Call): Answer {
    const channel = channelOf(world, call, call.args.channel);
    const needed = channel.id.startsWith('D') ? 'im:read' : channel.isPrivate === true ? 'groups:read' : 'channels:read';
    need(call.grant, needed);
    return ok({ channel: channelPayload(world, channel, isTrue(call.args.include_num_members)) });
  }

  function conversationsOpen({ workspace, args }: Call): Answer {
    const user = world.userOf(workspace.team, text(args.users));
    if (user.isBot === true) throw new Refusal('cannot_dm_bot');
    const { id } = world.directWith(user);
    return ok({ channel: { id, ...(isTrue(args.return_im) ? { user: user.id, is_im: true } : {}) } });
  }

  function botsInfo({ workspace, args }: Call): Answer {
    const id = botIdOf(workspace);
    if (args.bot !== undefined && args.bot !== id) throw new Refusal('bot_not_found');
    return ok({ bot: { id, deleted: false, name: 'UPR Watch', updated: 1, app_id: appIdOf(plan), user_id: workspace.botUser, icons: {} } });
  }

  return {
    'api.test': { as: 'anybody', args: ['error', 'foo'], handle: ({ args }) => ok({ args }) },
    'auth.test': { as: 'bot', args: [], handle: authTest },
    'users.info': { as: 'bot', scope: 'users:read', tier: 100, args: ['user', 'include_locale'], handle: usersInfo },
    'conversations.info': { as: 'bot', tier: 50, args: ['channel', 'include_locale', 'include_num_members'], handle: conversationsInfo },
    'conversations.open': { as: 'bot', scope: 'im:write', tier: 50, args: ['users', 'return_im', 'prevent_creation', 'channel'], handle: conversationsOpen },
    'bots.info': { as: 'bot', scope: 'users:read', tier: 50, args: ['bot'], handle: botsInfo },
  };
}

/** Throws what Slack says when a scope was not granted. */
export function need({ scopes }: Token, scope: string): void {
  if (!scopes.includes(scope)) throw new Refusal('missing_scope', { needed: scope, provided: scopes.join(',') });
}
