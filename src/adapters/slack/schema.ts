import { z } from 'zod';

const secret = (description: string) => z.string().min(1).nullable().default(null).meta({ description });
const address = z.url({ protocol: /^https?$/ });

/** What an operator sets for Slack. */
export const slackSchema = z.strictObject({
  botToken: secret('The bot token of the one workspace where the app was installed by hand; null where others install it. A secret.'),
  appToken: secret('The app-level token, for Socket Mode. A secret.'),
  signingSecret: secret('What Slack signs its requests with, where it asks over HTTP. A secret.'),
  clientId: secret('The client id of the app, for people who install it in their own workspace.'),
  clientSecret: secret('The client secret of the app. A secret.'),
  apiUrl: address.default('https://slack.com/api/').meta({ description: 'Where the API is; for tests and proxies.' }),
  authorizeUrl: address.default('https://slack.com/oauth/v2/authorize').meta({ description: 'Where somebody agrees to an installation.' }),
  publicUrl: address.nullable().default(null).meta({ description: 'Where this bot is reached from outside, without a path.' }),
});

export type SlackConfig = z.infer<typeof slackSchema>;
