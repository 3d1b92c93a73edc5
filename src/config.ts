/** Everything an operator sets, parsed once at the door: secrets and places from the environment, choices from `config/upr-watch.yaml`. */
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DiscordConfig } from './adapters/discord/schema.ts';
import type { SlackConfig } from './adapters/slack/schema.ts';
import { faultText } from './calendar/load.ts';
import { type Fault, parseYamlFile } from './calendar/yaml-file.ts';
import { discordOf, platformFaults, slackOf } from './config-platforms.ts';
import { type Choices, choices, environment, type OperatorChannel } from './config-schema.ts';
import type { DigestTime } from './domain/alerts/digest.ts';
import { type Ladder, type Lead, readLead } from './domain/alerts/ladder.ts';
import type { QuietHours } from './domain/alerts/quiet-hours.ts';
import type { Selector } from './domain/alerts/subscription.ts';
import type { Database } from './store/open-store.ts';

/** Thrown when settings are not fit to run on. Holds every fault at once. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.length === 1 ? (faults[0] ?? '') : `${faults.length} problems:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** A channel as the file gives it, defaults filled in. */
export interface ChannelConfig {
  readonly id: string;
  readonly platform: string;
  readonly channel: string;
  readonly zone: string;
  readonly alertHour: string;
  readonly quietHours: QuietHours | null;
  readonly digest: DigestTime | null;
  readonly ladder: string;
  readonly locale: string;
  readonly discreet: boolean;
  readonly mentionRole: string | null;
}

export interface SubscriptionConfig {
  readonly id: string;
  readonly channel: string;
  /** States as typed; resolved against the calendar when subscriptions are synchronised. */
  readonly selector: Selector;
}

/** Our own web server. */
export interface WebConfig {
  /** Open though no platform asks for it. */
  readonly isOn: boolean;
  readonly host: string;
  /** 0 = any that is free. */
  readonly port: number;
  /** Where people reach it, without a path; null = at host and port. */
  readonly publicUrl: string | null;
}

export interface Config {
  /** Folder of the database file and of the cache. */
  readonly data: string;
  readonly database: Database;
  /** Folder with `upr-watch.yaml`, `calendar/` and `locales/`. */
  readonly folder: string;
  readonly logLevel: string;
  /** The published calendar that is followed, and whose signature it must bear (null: nobody's); null follows none. */
  readonly feed: { readonly url: string; readonly key: KeyObject | null } | null;
  /** Signs the calendar that is published at `/calendar.json`; null signs nothing. */
  readonly signingKey: KeyObject | null;
  /** Called after each healthy minute; null calls nobody. */
  readonly heartbeat: string | null;
  /** Where the operator is told what needs a hand; null is the log only. */
  readonly operator: OperatorChannel | null;
  /** Null without DISCORD_TOKEN. */
  readonly discord: DiscordConfig | null;
  /** Null without SLACK_BOT_TOKEN and without SLACK_CLIENT_ID. */
  readonly slack: SlackConfig | null;
  /** The first seals the secrets of installations, every one opens them; none without ENCRYPTION_KEY. */
  readonly encryptionKeys: readonly Buffer[];
  readonly web: WebConfig;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly channels: readonly ChannelConfig[];
  /** How a channel hears that nobody wrote into the file. */
  readonly unnamed: Omit<ChannelConfig, 'id' | 'platform' | 'channel'>;
  readonly subscriptions: readonly SubscriptionConfig[];
}

/** Settings that may also come from a file, named by the same name and `_FILE`, so that no environment holds them. */
const SECRETS = [
  ...['DATABASE_URL', 'HEARTBEAT_URL', 'CALENDAR_FEED_URL', 'CALENDAR_FEED_KEY', 'CALENDAR_SIGNING_KEY', 'DISCORD_TOKEN', 'ENCRYPTION_KEY'],
  ...['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CLIENT_SECRET'],
];

export interface ConfigInput {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the configuration. */
  readonly folder: string;
  readonly platforms: readonly string[];
}

/** @throws ConfigError with every fault of the environment and of the file. */
export function loadConfig({ env, folder, platforms }: ConfigInput): Config {
  const faults: string[] = [];
  const set = environment.safeParse(withSecretFiles(env, faults));
  if (!set.success) faults.push(...set.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const file = readChoices(folder, faults);
  if (file !== null) faults.push(...crossCheck(file, platforms));
  if (set.success) faults.push(...platformFaults(set.data, file, platforms));
  if (!set.success || file === null || faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    data: resolve(set.data.UPR_WATCH_DATA),
    database: set.data.DATABASE_URL === undefined ? { file: join(resolve(set.data.UPR_WATCH_DATA), 'upr-watch.db') } : { url: set.data.DATABASE_URL },
    folder,
    logLevel: set.data.LOG_LEVEL,
    feed: set.data.CALENDAR_FEED_URL === undefined ? null : { url: set.data.CALENDAR_FEED_URL, key: set.data.CALENDAR_FEED_KEY ?? null },
    signingKey: set.data.CALENDAR_SIGNING_KEY ?? null,
    heartbeat: set.data.HEARTBEAT_URL ?? null,
    operator: set.data.OPERATOR_CHANNEL ?? null,
    discord: discordOf(set.data),
    slack: slackOf(set.data),
    encryptionKeys: set.data.ENCRYPTION_KEY ?? [],
    web: { isOn: set.data.WEB === 'on', host: set.data.HOST, port: set.data.PORT, publicUrl: set.data.PUBLIC_URL ?? null },
    ladders: laddersOf(file),
    unnamed: channelOf('', { platform: '' }, file),
    channels: Object.entries(file.channels).map(([id, input]) => channelOf(id, input, file)),
    subscriptions: Object.entries(file.subscriptions).map(([id, input]) => subscriptionOf(id, input)),
  });
}

/** What is set and not empty, secrets read from their files. A file that cannot be read is a fault, never an empty secret. */
function withSecretFiles(env: ConfigInput['env'], faults: string[]): Record<string, string> {
  const set = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
  for (const name of SECRETS) {
    const path = set[`${name}_FILE`];
    if (path === undefined) continue;
    if (set[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set; keep one`);
    try {
      set[name] = readFileSync(path, 'utf8').trim();
    } catch {
      faults.push(`${name}_FILE: the file cannot be read; check its path and rights`);
    }
  }
  return set;
}

function readChoices(folder: string, faults: string[]): Choices | null {
  const path = join(folder, 'upr-watch.yaml');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    faults.push(`${path}: cannot be read; restore it from the repository`);
    return null;
  }
  const parsed = parseYamlFile('upr-watch.yaml', text, choices);
  if ('value' in parsed) return parsed.value;
  faults.push(...parsed.faults.map((fault: Fault) => faultText(fault)));
  return null;
}

function crossCheck(file: Choices, platforms: readonly string[]): readonly string[] {
  const faults: string[] = [];
  for (const [id, { ladder: name, platform }] of Object.entries(file.channels)) {
    if (name !== undefined && file.ladders[name] === undefined)
      faults.push(`upr-watch.yaml: channels.${id} uses the ladder \`${name}\`, which is not under ladders`);
    if (!platforms.includes(platform)) faults.push(`upr-watch.yaml: channels.${id} is on \`${platform}\`; this version knows ${platforms.join(', ')}`);
  }
  if (file.ladders.default === undefined) faults.push('upr-watch.yaml: ladders needs one named `default`');
  for (const [id, { channel: name }] of Object.entries(file.subscriptions)) {
    if (file.channels[name] === undefined) faults.push(`upr-watch.yaml: subscriptions.${id} is for the channel \`${name}\`, which is not under channels`);
  }
  return faults;
}

/** Every ladder is the default one with its own kinds laid over it. */
function laddersOf(file: Choices): ReadonlyMap<string, Ladder> {
  const read = (input: Choices['ladders'][string]): Ladder =>
    Object.fromEntries(Object.entries(input).map(([kind, texts]) => [kind, (texts ?? []).map(readLead).filter((lead): lead is Lead => lead !== null)]));
  const base = read(file.ladders.default ?? {});
  return new Map(Object.entries(file.ladders).map(([name, input]) => [name, { ...base, ...read(input) }]));
}

function channelOf(id: string, input: Choices['channels'][string], file: Choices): ChannelConfig {
  const quiet = input.quiet_hours ?? file.quiet_hours;
  const digest = input.digest ?? file.digest;
  return {
    id,
    platform: input.platform,
    channel: input.channel ?? id,
    zone: input.zone ?? file.zone,
    alertHour: input.alert_hour ?? file.alert_hour,
    quietHours: quiet === 'none' ? null : quiet,
    digest: digest === 'none' ? null : digest,
    ladder: input.ladder ?? 'default',
    locale: input.locale ?? file.locale,
    discreet: input.discreet ?? false,
    mentionRole: input.mention_role ?? null,
  };
}

function subscriptionOf(id: string, input: Choices['subscriptions'][string]): SubscriptionConfig {
  const selector: Selector = {
    states: input.states ?? null,
    regions: input.regions ?? null,
    sessions: input.sessions ?? null,
    kinds: input.kinds ?? null,
    audiences: input.audiences ?? null,
    ...(input.news === undefined ? {} : { news: input.news }),
  };
  return { id, channel: input.channel, selector };
}
