import type { Kysely, Selectable } from 'kysely';
import type { DigestTime } from '../domain/alerts/digest.ts';
import type { Mute } from '../domain/alerts/mute.ts';
import type { QuietHours } from '../domain/alerts/quiet-hours.ts';
import type { Selector } from '../domain/alerts/subscription.ts';
import type { Channel, Follower, NewChannel, Subscription, SubscriptionStore } from './store.ts';
import type { Database } from './tables.ts';

export function subscriptionTables(db: Kysely<Database>): SubscriptionStore {
  return {
    profiles: () => db.selectFrom('profiles').selectAll().orderBy('id').execute(),
    channels: async () => (await channelRows(db).orderBy('channels.id').execute()).map(toChannel),
    channelsBy: async (ids) => (ids.length === 0 ? [] : (await channelRows(db).where('channels.id', 'in', ids).execute()).map(toChannel)),
    channelsOf: async ({ platform, id }) => {
      const there = channelRows(db).where('channels.platform', '=', platform).where('channels.installation', '=', id);
      return (await there.orderBy('channels.id').execute()).map(toChannel);
    },
    putChannel: (channel) => putChannel(db, channel),
    list: async (owner) => {
      const all = db.selectFrom('subscriptions').selectAll().orderBy('id');
      return (await (owner === undefined ? all : all.where('owner', '=', owner)).execute()).map(toSubscription);
    },
    ofChannels: async (channels) =>
      channels.length === 0
        ? []
        : (await db.selectFrom('subscriptions').selectAll().where('channel_id', 'in', channels).orderBy('id').execute()).map(toSubscription),
    put: (subscription, states) => putSubscription(db, subscription, states),
    pause: async (id, reason) => {
      await db.updateTable('subscriptions').set({ status: 'paused', reason }).where('id', '=', id).execute();
    },
    resume: async ({ platform, id }, reason, now) => {
      const there = db.selectFrom('channels').select('id').where('platform', '=', platform).where('installation', '=', id);
      await db
        .updateTable('subscriptions')
        .set({ status: 'active', reason: null, active_from: now })
        .where('reason', '=', reason)
        .where('channel_id', 'in', there)
        .execute();
    },
    followers: (query) => followers(db, query),
  };
}

function channelRows(db: Kysely<Database>) {
  return db.selectFrom('channels').innerJoin('profiles', 'profiles.id', 'channels.profile_id').selectAll('channels').select(['zone', 'hour', 'ladder']);
}

function toChannel(row: Selectable<Database['channels']> & { zone: string; hour: string; ladder: string }): Channel {
  return {
    id: row.id,
    installation: row.installation,
    platform: row.platform,
    lane: row.lane,
    target: JSON.parse(row.target_json) as Channel['target'],
    profile: { id: row.profile_id, zone: row.zone, hour: row.hour, ladder: row.ladder },
    quiet: row.quiet_json === null ? null : (JSON.parse(row.quiet_json) as QuietHours),
    locale: row.locale,
    discreet: row.discreet === 1,
    mentionRole: row.mention_role,
    digest: row.digest_json === null ? null : (JSON.parse(row.digest_json) as DigestTime),
    mute: row.mute_json === null ? null : (JSON.parse(row.mute_json) as Mute),
    managers: JSON.parse(row.managers_json) as readonly string[],
    teamRole: row.team_role,
    keepDays: row.keep_days,
  };
}

function toSubscription(row: Database['subscriptions']): Subscription {
  const { id, channel_id, owner, selector_json, status, reason } = row;
  return { id, channel: channel_id, owner, selector: JSON.parse(selector_json) as Selector, activeFrom: Number(row.active_from), status, reason };
}

async function putChannel(db: Kysely<Database>, channel: NewChannel): Promise<void> {
  const { zone, hour, ladder } = channel.timing;
  await db
    .insertInto('profiles')
    .values({ zone, hour, ladder })
    .onConflict((clash) => clash.doNothing())
    .execute();
  const profile = await db
    .selectFrom('profiles')
    .select('id')
    .where('zone', '=', zone)
    .where('hour', '=', hour)
    .where('ladder', '=', ladder)
    .executeTakeFirstOrThrow();
  const row = {
    installation: channel.installation,
    platform: channel.platform,
    lane: channel.lane,
    target_json: JSON.stringify(channel.target),
    profile_id: profile.id,
    quiet_json: channel.quiet === null ? null : JSON.stringify(channel.quiet),
    locale: channel.locale,
    discreet: channel.discreet ? 1 : 0,
    mention_role: channel.mentionRole,
    digest_json: channel.digest === null ? null : JSON.stringify(channel.digest),
    mute_json: channel.mute === null ? null : JSON.stringify(channel.mute),
    managers_json: JSON.stringify(channel.managers),
    team_role: channel.teamRole,
    keep_days: channel.keepDays,
  };
  await db
    .insertInto('channels')
    .values({ id: channel.id, ...row })
    .onConflict((clash) => clash.column('id').doUpdateSet(row))
    .execute();
  await db
    .updateTable('alerts')
    .set({ lane: channel.lane })
    .where('channel_id', '=', channel.id)
    .where('state', '=', 'pending')
    .where('lane', '!=', channel.lane)
    .execute();
  await db.updateTable('follows').set({ profile_id: profile.id }).where('channel_id', '=', channel.id).where('profile_id', '!=', profile.id).execute();
}

async function putSubscription(db: Kysely<Database>, subscription: Subscription, states: readonly string[] | null): Promise<void> {
  const { id, channel, owner, selector, activeFrom, status, reason } = subscription;
  const row = { channel_id: channel, owner, selector_json: JSON.stringify(selector), active_from: activeFrom, status, reason };
  await db
    .insertInto('subscriptions')
    .values({ id, ...row })
    .onConflict((clash) => clash.column('id').doUpdateSet(row))
    .execute();
  await db.deleteFrom('follows').where('subscription_id', '=', id).execute();
  const { profile_id } = await db.selectFrom('channels').select('profile_id').where('id', '=', channel).executeTakeFirstOrThrow();
  const followed = states ?? ['*'];
  const rows = followed.map((state) => ({ profile_id, state, channel_id: channel, subscription_id: id }));
  if (rows.length > 0) await db.insertInto('follows').values(rows).execute();
}

type Query = Parameters<SubscriptionStore['followers']>[0];

async function followers(db: Kysely<Database>, { profile, state, cursor, limit, place }: Query): ReturnType<SubscriptionStore['followers']> {
  const [channel = '', subscription = ''] = cursor.split('|');
  let page = db.selectFrom('follows').select(['channel_id', 'subscription_id']).where('state', '=', state);
  if (profile !== null) page = page.where('profile_id', '=', profile);
  if (place !== undefined) {
    const there = db.selectFrom('channels').select('channels.id').where('platform', '=', place.platform).where('installation', '=', place.id);
    page = page.where('channel_id', 'in', there);
  }
  page = page.where((where) =>
    where.or([where('channel_id', '>', channel), where.and([where('channel_id', '=', channel), where('subscription_id', '>', subscription)])]),
  );
  // Kept narrow so that the index alone answers it; the second bound lets the index seek.
  page = page.where('channel_id', '>=', channel).orderBy('channel_id').orderBy('subscription_id').limit(limit);
  const rows = await db
    .selectFrom(page.as('page'))
    .innerJoin('subscriptions', 'subscriptions.id', 'page.subscription_id')
    .innerJoin('channels', 'channels.id', 'page.channel_id')
    .innerJoin('profiles', 'profiles.id', 'channels.profile_id')
    .select(['page.channel_id', 'page.subscription_id', 'subscriptions.selector_json', 'subscriptions.active_from', 'subscriptions.status'])
    .select(['channels.lane', 'channels.platform', 'channels.installation', 'channels.quiet_json', 'profiles.zone'])
    .orderBy('page.channel_id')
    .orderBy('page.subscription_id')
    .execute();
  const last = rows.at(-1);
  const next = last === undefined || rows.length < limit ? null : `${last.channel_id}|${last.subscription_id}`;
  const active = rows.filter((row) => row.status === 'active');
  return { rows: active.map(toFollower), cursor: next };
}

type FollowerRow = Pick<Database['subscriptions'], 'selector_json' | 'active_from'> & {
  channel_id: string;
  lane: string;
  platform: string;
  installation: string;
  quiet_json: string | null;
  zone: string;
};

function toFollower(row: FollowerRow): Follower {
  return {
    channel: row.channel_id,
    lane: row.lane,
    place: { platform: row.platform, id: row.installation },
    selector: JSON.parse(row.selector_json) as Selector,
    activeFrom: Number(row.active_from),
    quiet: row.quiet_json === null ? null : (JSON.parse(row.quiet_json) as QuietHours),
    zone: row.zone,
  };
}
