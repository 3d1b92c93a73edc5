import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Calendar with its history, channels and what they follow, alerts and their deliveries. */
export async function up(db: Kysely<Database>, serial: string): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement.replace('integer primary key', serial)).execute(db);
}

const STATEMENTS = [
  `create table calendar_files (layer text not null, file text not null, version integer not null, body_json text not null,
     loaded_at bigint not null, primary key (layer, file))`,
  `create table revisions (id integer primary key, at bigint not null, reason text not null)`,
  `create table changes (revision_id integer not null references revisions (id), seq integer not null, posted integer not null,
     known text, change_json text not null, primary key (revision_id, seq))`,
  `create table deadlines (id text primary key, version integer not null, since bigint not null, when_key text not null,
     gone integer not null, body_json text not null)`,
  `create table reviews (id text primary key, body_json text not null)`,
  `create table profiles (id integer primary key, zone text not null, hour text not null, ladder text not null, unique (zone, hour, ladder))`,
  `create table channels (id text primary key, installation text not null, platform text not null, target_json text not null,
     profile_id integer not null references profiles (id), quiet_json text, locale text not null, discreet integer not null, mention_role text)`,
  `create table subscriptions (id text primary key, channel_id text not null references channels (id), owner text not null,
     selector_json text not null, active_from bigint not null, status text not null, reason text)`,
  `create index subscriptions_by_channel on subscriptions (channel_id)`,
  `create table follows (profile_id integer not null, state text not null, channel_id text not null, subscription_id text not null
     references subscriptions (id), primary key (subscription_id, state))`,
  `create index follows_by_profile on follows (profile_id, state, channel_id, subscription_id)`,
  `create index follows_by_state on follows (state, channel_id, subscription_id)`,
  `create table fanouts (id integer primary key, once_key text not null unique, work_json text not null, profile_id integer,
     state_index integer not null, cursor text not null, done integer not null)`,
  `create index fanouts_open on fanouts (id) where done = 0`,
  `create table deliveries (id integer primary key, channel_id text not null, once_key text not null, type text not null, state text not null,
     title text not null, ref_json text, reason text, created_at bigint not null, done_at bigint)`,
  `create index deliveries_open on deliveries (id) where state = 'sending'`,
  `create table alerts (id integer primary key, channel_id text not null, once_key text not null, type text not null, deadline_id text,
     version integer not null, when_key text not null, lead text not null, revision_id integer, seq integer, due_at bigint not null,
     grace bigint not null, not_before bigint not null, retry_at bigint not null, attempts integer not null, repeats integer not null,
     state text not null, reason text, delivery_id integer references deliveries (id), changed_at bigint not null, unique (channel_id, once_key))`,
  `create index alerts_ready on alerts (not_before, channel_id) where state = 'pending'`,
  `create index alerts_pending_by_channel on alerts (channel_id) where state = 'pending'`,
  `create index alerts_said on alerts (deadline_id, lead, when_key, channel_id)`,
  `create index alerts_by_delivery on alerts (delivery_id)`,
  `create table wakeups (kind text not null, subject text not null, due_at bigint not null, body_json text not null, primary key (kind, subject))`,
  `create index wakeups_due on wakeups (due_at)`,
];
