/** Everything an operator sets, parsed once at the door: secrets and places from the environment, choices from `config/upr-watch.yaml`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { faultText } from './calendar/load.ts';
import { type Fault, parseYamlFile } from './calendar/yaml-file.ts';
import { type Ladder, type Lead, readLead } from './domain/alerts/ladder.ts';
import type { QuietHours } from './domain/alerts/quiet-hours.ts';
import type { Selector } from './domain/alerts/subscription.ts';
import { REGIONS } from './domain/calendar/facts.ts';
import { AUDIENCES, DEADLINE_KINDS, type DeadlineKind } from './domain/calendar/kinds.ts';
import { isClockTime, isZone } from './domain/time.ts';
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

export interface Config {
  /** Folder of the database file and of the cache. */
  readonly data: string;
  readonly database: Database;
  /** Folder with `upr-watch.yaml`, `calendar/` and `locales/`. */
  readonly folder: string;
  readonly logLevel: string;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly channels: readonly ChannelConfig[];
  readonly subscriptions: readonly SubscriptionConfig[];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Names that the environment may set. `.env.example` lists the same; a test compares them. */
export const environment = z.object({
  UPR_WATCH_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is not the address of a PostgreSQL; write postgres://user:password@host:5432/name, or leave it empty' })
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

const clockTime = z.string().refine(isClockTime, 'is not a time; write it as 09:00');
const zone = z.string().refine(isZone, 'is not a time zone; write an IANA name such as Europe/Zurich');
const quietHours = z.union([z.literal('none'), z.strictObject({ from: clockTime, to: clockTime })]);
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
});

/** The shape of `config/upr-watch.yaml`. */
export const choices = z.strictObject({
  locale: z.string().default('en'),
  zone: zone.default('Europe/Zurich'),
  alert_hour: clockTime.default('09:00'),
  quiet_hours: quietHours.default('none'),
  ladders: z.record(z.string(), ladder),
  channels: z.record(z.string().regex(/^[a-z0-9-]+$/, 'is not a channel name; use small letters, digits and hyphens'), channel),
  subscriptions: z.record(z.string().regex(/^[a-z0-9-]+$/, 'is not a subscription name; use small letters, digits and hyphens'), subscription).default({}),
});

/** Settings that may also come from a file, named by the same name and `_FILE`, so that no environment holds them. */
const SECRETS = ['DATABASE_URL'] as const;

type Choices = z.infer<typeof choices>;

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
  if (!set.success || file === null || faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    data: resolve(set.data.UPR_WATCH_DATA),
    database: set.data.DATABASE_URL === undefined ? { file: join(resolve(set.data.UPR_WATCH_DATA), 'upr-watch.db') } : { url: set.data.DATABASE_URL },
    folder,
    logLevel: set.data.LOG_LEVEL,
    ladders: laddersOf(file),
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
  return {
    id,
    platform: input.platform,
    channel: input.channel ?? id,
    zone: input.zone ?? file.zone,
    alertHour: input.alert_hour ?? file.alert_hour,
    quietHours: quiet === 'none' ? null : quiet,
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
  };
  return { id, channel: input.channel, selector };
}
