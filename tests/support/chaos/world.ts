/** The world of a chaos: lanes on fake platforms, channels with several messages due, and the times that hold there. */
import pg from 'pg';
import { LANE_TIMES } from '../../../src/alerts/delivery/letter.ts';
import { writeNotice } from '../../../src/alerts/notice-body.ts';
import { HOUR } from '../../../src/domain/time.ts';
import { CLAIM_TIMES } from '../../../src/lib/claim.ts';
import { type Fleet, type FleetChannel, type FleetPlan, minuteFromNow } from '../a-fleet.ts';
import type { Flavour } from '../fake-platform/dialect.ts';
import type { Rule } from '../fake-platform/faults.ts';
import { type Platform, startPlatform } from '../fake-platform/server.ts';
import type { Due, Evidence } from './rule.ts';

/** Notices and then a lead, so that each channel has an order to keep. */
const A_CHANNEL = 4;
/** How long a process stopped inside a transaction keeps the others waiting (`src/store/postgres.ts`). */
const GIVES_UP_AFTER = 10_000;
/** The keyed platform gives the earlier message for twice as long as the bot counts on. */
const [COUNTED_ON, KNOWS_KEYS] = [90_000, 180_000];

/** A lane and where it posts. */
export interface Place {
  readonly lane: string;
  readonly name: string;
  readonly flavour: Flavour;
  readonly platform: Platform;
  readonly channels: readonly string[];
}

export function platformsOf(places: readonly Place[]): readonly Platform[] {
  return [...new Set(places.map(({ platform }) => platform))];
}

export interface PlacesPlan {
  readonly lanes: number;
  readonly deliveries: number;
  /** What every platform does to its requests. */
  readonly rule: Rule;
}

/** One Slack with a workspace a lane, and a Discord for each other lane, since a token is a lane there. */
export async function openPlaces({ lanes, deliveries, rule }: PlacesPlan): Promise<readonly Place[]> {
  const platformOf = async (flavour: Flavour): Promise<Platform> => {
    const platform = await startPlatform({ flavour, now: Date.now, nonceWindowMs: KNOWS_KEYS });
    platform.rule(rule);
    return platform;
  };
  const slack = await platformOf('slack');
  const each = deliveries / lanes / A_CHANNEL;
  return await Promise.all(
    Array.from({ length: lanes }, async (_, n): Promise<Place> => {
      const channels = Array.from({ length: each }, (__, m) => `L${n}-C${m}`);
      if (n % 2 === 0) return { lane: `slack:T${n}`, name: 'slack', flavour: 'slack', platform: slack, channels };
      return { lane: `discord${n}`, name: `discord${n}`, flavour: 'discord', platform: await platformOf('discord'), channels };
    }),
  );
}

/** The leases, margins and requests of the bot, so much shorter; what a platform knows a key for is not. */
export function fleetPlan(url: string, timeScale: number, places: readonly Place[]): FleetPlan {
  const scaled = <T extends object>(times: T): T => Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms * timeScale])) as T;
  const database = new URL(url);
  database.searchParams.set('idle_in_transaction_session_timeout', String(GIVES_UP_AFTER * timeScale));
  const adapters = places.map(({ name, flavour, platform }) => {
    const keyed = flavour === 'discord';
    return { flavour, platform: name, url: platform.url, pace: { tokenMs: 0, channelMs: keyed ? 0 : 1_000 }, repeatSafeMs: keyed ? COUNTED_ON : 0 };
  });
  return {
    database: { url: database.href },
    platforms: [...new Map(adapters.map((adapter) => [adapter.platform, adapter])).values()],
    channels: places.flatMap(({ lane, name, channels }) => channels.map((id): FleetChannel => ({ id, lane, platform: name }))),
    dates: [{ state: 'KEN', kind: 'national_report', when: minuteFromNow(2 * HOUR) }],
    ladders: { default: { national_report: ['2h!'] } },
    times: scaled(LANE_TIMES),
    claimTimes: scaled(CLAIM_TIMES),
  };
}

export async function addNotices({ store }: Fleet, places: readonly Place[]): Promise<void> {
  const now = Date.now();
  for (const { lane, channels } of places) {
    const notices = channels.flatMap((channel) => Array.from({ length: A_CHANNEL - 1 }, (_, n) => ({ channel, place: n + 1 })));
    await store.alerts.add(
      notices.map(({ channel, place }) => ({
        ...{ channel, lane, onceKey: `note-${place}`, type: 'notice', deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null },
        ...{ dueAt: now - HOUR + place, notBefore: now - HOUR + place, grace: Number.MAX_SAFE_INTEGER },
        body: writeNotice({ about: 'paused', platform: 'slack', channel: `note-${place}`, reason: 'forbidden', missing: [], unsaid: 0 }),
      })),
      now,
    );
  }
}

export function dueOf(places: readonly Place[]): readonly Due[] {
  return places.flatMap(({ channels }) => channels.flatMap((channel) => Array.from({ length: A_CHANNEL }, (_, n) => ({ channel, place: n + 1 }))));
}

/** Messages that were in doubt though their platform knows keys, with how long it was tried; past the store, which does not tell. */
export async function givenUp(url: string, places: readonly Place[]): Promise<Evidence['givenUp']> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const keyed = places.filter(({ flavour }) => flavour === 'discord').map(({ lane }) => lane);
  const query = `select channel_id as channel, (done_at - created_at)::int as "afterMs" from deliveries where state = 'in-doubt' and lane = any($1)`;
  const { rows } = await client.query<Evidence['givenUp'][number]>(query, [keyed]);
  await client.end();
  return rows;
}

/** Notices name their place; the lead comes after them. */
export function placeOf(text: string): number {
  return Number(/note-(\d+)/.exec(text)?.[1] ?? A_CHANNEL);
}
