/** The door for settings: what the environment and `config/upr-watch.yaml` may say. */
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readFeedKey, readSigningKey } from './calendar/feed/signature.ts';
import { readLead } from './domain/alerts/ladder.ts';
import { REGIONS } from './domain/calendar/facts.ts';
import { AUDIENCES, DEADLINE_KINDS, type DeadlineKind } from './domain/calendar/kinds.ts';
import { isClockTime, isZone } from './domain/time.ts';
import { readKeys } from './lib/seal.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The channel where the operator is told what needs a hand, as its platform names it. */
export interface OperatorChannel {
  readonly platform: string;
  /** The Slack team; on a platform with one installation, the name of the platform. */
  readonly installation: string;
  readonly channel: string;
}

const DISCORD_PLACE = 'discord:<channel id>';
const SLACK_PLACE = 'slack:<team id>/<channel id>';
const CONSOLE_PLACE = 'console:<name>';

/**
 * The channel, or what is wrong and what to write. What was typed is not repeated: it may be a token put in the wrong
 * place. Slack's prefixes: https://docs.slack.dev/apis/web-api/using-the-conversations-api (read 2026-11-24).
 */
function readOperatorChannel(typed: string): OperatorChannel | string {
  const [platform = '', ...rest] = typed.trim().split(':');
  const place = rest.join(':');
  switch (platform) {
    case 'discord':
      if (/^\d+$/.test(place)) return { platform, installation: platform, channel: place };
      return `names a Discord channel by something that is not its id; an id is digits only; write ${DISCORD_PLACE}, such as discord:1234567890123456789`;
    case 'slack': {
      const [team = '', channel = '', ...more] = place.split('/');
      const known = /^[TE][A-Z0-9]+$/.test(team) && /^[CGD][A-Z0-9]+$/.test(channel) && more.length === 0;
      if (known) return { platform, installation: team, channel };
      return `names a Slack channel by something that is not its ids; a team id begins with T or E, a channel id with C, G or D; write ${SLACK_PLACE}, such as slack:T0123ABCD/C0123ABCD`;
    }
    case 'console':
      return place === ''
        ? `names no channel of the console; write ${CONSOLE_PLACE}, such as console:operator`
        : { platform, installation: platform, channel: place };
    default:
      return `does not begin with a platform; write ${DISCORD_PLACE}, ${SLACK_PLACE} or ${CONSOLE_PLACE}, or leave it empty for the log`;
  }
}

const operatorChannel = z.string().transform((typed, context) => {
  const read = readOperatorChannel(typed);
  if (typeof read !== 'string') return read;
  context.addIssue({ code: 'custom', message: read });
  return z.NEVER;
});

const KEY = 'a key is 32 bytes, as 64 hex digits or 44 characters of base64; make one with: openssl rand -hex 32';

/** What was typed is never repeated. */
const encryptionKeys = z.string().transform((typed, context) => {
  const read = readKeys(typed);
  if (typeof read !== 'number') return read;
  const which = typed.includes(',') ? `number ${read} of the list is not a key` : 'is not a key';
  context.addIssue({ code: 'custom', message: `${which}; ${KEY}` });
  return z.NEVER;
});

/**
 * A token of Slack by how it begins: https://docs.slack.dev/authentication/tokens (read 2026-11-24). One that rotates
 * (`xoxe.xoxb-`) ends after twelve hours.
 */
function slackToken(begins: 'xoxb-' | 'xapp-', whereToGetIt: string) {
  return z
    .string()
    .trim()
    .superRefine((token, context) => {
      if (token.startsWith(begins) && token.length > begins.length) return;
      const what = token.startsWith('xoxe') ? 'is a token that rotates; turn token rotation off for the app, and copy' : `does not begin with ${begins}; copy`;
      context.addIssue({ code: 'custom', message: `${what} ${whereToGetIt}` });
    });
}

/** The address without what may not follow it; a cookie that protects an installation is sent over https only. */
const publicUrl = z.string().transform((typed, context) => {
  const url = URL.parse(typed.trim());
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
  if (url !== null && isSafe && `${url.username}${url.password}${url.search}${url.hash}` === '') return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  context.addIssue({ code: 'custom', message: 'is not an address that people can open; write https://upr.example.org, or leave it empty' });
  return z.NEVER;
});

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port; write a number such as 3000')
  .transform(Number)
  .refine((number) => number <= 65_535, 'is not a port; the highest is 65535');

const address = (example: string) => z.url({ protocol: /^https?$/, error: `is not an address; write ${example}, or leave it empty` });

/** A key by how it is read; what was typed is not repeated. */
function keyRead(read: (typed: string) => KeyObject | string) {
  return z.string().transform((typed, context) => {
    const key = read(typed);
    if (typeof key !== 'string') return key;
    context.addIssue({ code: 'custom', message: key });
    return z.NEVER;
  });
}

/** Names that the environment may set. `.env.example` lists the same; a test compares them. */
export const environment = z.object({
  UPR_WATCH_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is not the address of a PostgreSQL; write postgres://user:password@host:5432/name, or leave it empty' })
    .optional(),
  DISCORD_TOKEN: z.string().trim().min(1, 'is empty; copy the token of the bot, or leave it out').optional(),
  DISCORD_APPLICATION_ID: z
    .string()
    .regex(/^\d+$/, 'is not an id; an id is digits only; copy it from the General Information page, or leave it empty')
    .optional(),
  DISCORD_API_URL: address('https://discord.com/api').optional(),
  SLACK_BOT_TOKEN: slackToken('xoxb-', 'the Bot User OAuth Token from OAuth & Permissions').optional(),
  SLACK_APP_TOKEN: slackToken('xapp-', 'the App-Level Token (connections:write) from Basic Information').optional(),
  SLACK_SIGNING_SECRET: z.string().trim().min(1, 'is empty; copy it from Basic Information, or leave it out').optional(),
  SLACK_CLIENT_ID: z
    .string()
    .trim()
    .regex(/^\d+\.\d+$/, 'is not the id of a client, which is two numbers and a dot; copy it from Basic Information')
    .optional(),
  SLACK_CLIENT_SECRET: z.string().trim().min(1, 'is empty; copy it from Basic Information, or leave it out').optional(),
  SLACK_API_URL: address('https://slack.com/api/')
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .optional(),
  SLACK_AUTHORIZE_URL: address('https://slack.com/oauth/v2/authorize').optional(),
  ENCRYPTION_KEY: encryptionKeys.optional(),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: publicUrl.optional(),
  WEB: z.enum(['on', 'off'], 'is neither on nor off').default('on'),
  TRUST_PROXY: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  CALENDAR_FEED_URL: z.url({ protocol: /^https$/, error: 'is not an https address; write https://…/calendar.json, or leave it empty' }).optional(),
  CALENDAR_FEED_KEY: keyRead(readFeedKey).optional(),
  CALENDAR_SIGNING_KEY: keyRead(readSigningKey).optional(),
  HEARTBEAT_URL: address('https://…').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  OPERATOR_CHANNEL: operatorChannel.optional(),
});

export type Environment = z.infer<typeof environment>;

const clockTime = z.string().refine(isClockTime, 'is not a time; write it as 09:00');
const zone = z.string().refine(isZone, 'is not a time zone; write an IANA name such as Europe/Zurich');
const quietHours = z.union([z.literal('none'), z.strictObject({ from: clockTime, to: clockTime })]);
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const digest = z.union([
  z.literal('none'),
  z.strictObject({ day: z.enum(WEEKDAYS), hour: clockTime }).transform(({ day, hour }) => ({ day: WEEKDAYS.indexOf(day) + 1, hour })),
]);
const leads = z.array(
  z.string().refine((text) => readLead(text) !== null, 'is not a lead; write 30d (digest), 7d! (a message of its own), 5wd!, 3h!, 10min! or +14d? (a check)'),
);
const ladder = z.partialRecord(z.enum(DEADLINE_KINDS as [DeadlineKind, ...DeadlineKind[]]), leads);

const channel = z.strictObject({
  platform: z.string().min(1),
  channel: z.string().min(1).optional(),
  zone: zone.optional(),
  alert_hour: clockTime.optional(),
  quiet_hours: quietHours.optional(),
  digest: digest.optional(),
  ladder: z.string().optional(),
  locale: z.string().optional(),
  discreet: z.boolean().optional(),
  mention_role: z.string().optional(),
});

const subscription = z.strictObject({
  channel: z.string(),
  states: z.array(z.string().min(1)).min(1).optional(),
  regions: z.array(z.enum(REGIONS)).min(1).optional(),
  sessions: z.array(z.number().int().positive()).min(1).optional(),
  kinds: z
    .array(z.enum(DEADLINE_KINDS as [DeadlineKind, ...DeadlineKind[]]))
    .min(1)
    .optional(),
  audiences: z.array(z.enum(AUDIENCES)).min(1).optional(),
  news: z.literal('participation').optional().meta({ description: 'Only absences, announcements and postponements, and no dates.' }),
});

/** The shape of `config/upr-watch.yaml`. */
export const choices = z.strictObject({
  locale: z.string().default('en'),
  zone: zone.default('Europe/Zurich'),
  alert_hour: clockTime.default('09:00'),
  quiet_hours: quietHours.default('none'),
  digest: digest.default('none'),
  ladders: z.record(z.string(), ladder),
  channels: z.record(z.string().regex(/^[a-z0-9-]+$/, 'is not a channel name; use small letters, digits and hyphens'), channel),
  subscriptions: z.record(z.string().regex(/^[a-z0-9-]+$/, 'is not a subscription name; use small letters, digits and hyphens'), subscription).default({}),
});

export type Choices = z.infer<typeof choices>;
