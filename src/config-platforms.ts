/** What the environment says about platforms: their settings, or every fault with what to set instead. */
import { type DiscordConfig, discordSchema } from './adapters/discord/schema.ts';
import { type SlackConfig, slackSchema } from './adapters/slack/schema.ts';
import type { Choices, Environment } from './config-schema.ts';

export function discordOf({ DISCORD_TOKEN: token, DISCORD_APPLICATION_ID: applicationId, DISCORD_API_URL: apiUrl }: Environment): DiscordConfig | null {
  return token === undefined ? null : discordSchema.parse({ token, applicationId, apiUrl });
}

/** One workspace has its bot token; several install the app themselves, which needs a client. */
export function slackOf(env: Environment): SlackConfig | null {
  if (env.SLACK_BOT_TOKEN === undefined && !hasClient(env)) return null;
  return slackSchema.parse({
    botToken: env.SLACK_BOT_TOKEN,
    appToken: env.SLACK_APP_TOKEN,
    signingSecret: env.SLACK_SIGNING_SECRET,
    clientId: env.SLACK_CLIENT_ID,
    clientSecret: env.SLACK_CLIENT_SECRET,
    apiUrl: env.SLACK_API_URL,
    authorizeUrl: env.SLACK_AUTHORIZE_URL,
    publicUrl: env.PUBLIC_URL,
  });
}

/** Who is to post to a platform needs what opens it. */
export function platformFaults(env: Environment, file: Choices | null, platforms: readonly string[]): readonly string[] {
  const faults: string[] = [];
  if (platforms.includes('discord') && env.DISCORD_TOKEN === undefined)
    faults.push(...usersOf('discord', env, file).map((user) => `${user} \`discord\`, which needs DISCORD_TOKEN; docs/discord.md says where to get it`));
  if (platforms.includes('slack')) faults.push(...slackFaults(env, file));
  return faults;
}

function slackFaults(env: Environment, file: Choices | null): readonly string[] {
  const faults = clientFaults(env);
  const [operator, channels] = [operatorOn('slack', env), channelsOn('slack', file)];
  const isOpen = env.SLACK_BOT_TOKEN !== undefined || hasClient(env);
  // A channel of the file is in the workspace of the bot token; the operator's names its own.
  if (env.SLACK_BOT_TOKEN === undefined) {
    const users = isOpen ? channels : [...channels, ...operator];
    faults.push(...users.map((user) => `${user} \`slack\`, which needs SLACK_BOT_TOKEN; docs/slack.md says where to get it`));
  }
  const [app, signing] = [env.SLACK_APP_TOKEN !== undefined, env.SLACK_SIGNING_SECRET !== undefined];
  if (isOpen && !app && !signing)
    faults.push('Slack cannot ask the bot anything; set SLACK_APP_TOKEN (Socket Mode, which needs no address of yours) or SLACK_SIGNING_SECRET (over HTTP)');
  const idle = [app ? 'SLACK_APP_TOKEN' : [], signing ? 'SLACK_SIGNING_SECRET' : []].flat();
  if (!isOpen && faults.length === 0)
    faults.push(...idle.map((name) => `${name} is set, and nothing that opens a workspace; set SLACK_BOT_TOKEN as well, or leave it empty`));
  return faults;
}

const CLIENT = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'ENCRYPTION_KEY', 'PUBLIC_URL'] as const;

/** Workspaces that install the app themselves need the client, a key that seals their tokens, and an address to come back to. */
function clientFaults(env: Environment): string[] {
  if (env.SLACK_CLIENT_ID === undefined && env.SLACK_CLIENT_SECRET === undefined) return [];
  const missing = CLIENT.filter((name) => env[name] === undefined);
  if (missing.length === 0) return [];
  const set = env.SLACK_CLIENT_ID === undefined ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID';
  return [`${set} lets workspaces install the bot themselves, which needs ${missing.join(' and ')} as well; for one workspace leave it empty`];
}

function hasClient(env: Environment): boolean {
  return env.SLACK_CLIENT_ID !== undefined && env.SLACK_CLIENT_SECRET !== undefined;
}

function usersOf(platform: string, env: Environment, file: Choices | null): readonly string[] {
  return [...channelsOn(platform, file), ...operatorOn(platform, env)];
}

function channelsOn(name: string, file: Choices | null): readonly string[] {
  const channels = Object.entries(file?.channels ?? {}).filter(([, { platform }]) => platform === name);
  return channels.map(([id]) => `upr-watch.yaml: channels.${id} is on`);
}

function operatorOn(name: string, { OPERATOR_CHANNEL }: Environment): readonly string[] {
  return OPERATOR_CHANNEL?.platform === name ? ['OPERATOR_CHANNEL is on'] : [];
}
