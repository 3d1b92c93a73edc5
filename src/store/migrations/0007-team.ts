import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** What teams do for a deadline: responses with their tasks, cards, log and bridges. */
export async function up(db: Kysely<Database>, serial: string): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement.replace('integer primary key', serial)).execute(db);
}

/** Whatever belongs to a response goes with it, also what another process adds while it is being erased. */
const OF_A_RESPONSE = 'response_id text not null references responses (id) on delete cascade';

const STATEMENTS = [
  `alter table channels add column team_role text`,
  `alter table channels add column keep_days integer not null default 180`,
  `create table responses (id text primary key, platform text not null, installation text not null,
     channel_id text not null references channels (id) on delete cascade, deadline_id text not null, template text not null,
     title text not null, planned_json text not null, internal text not null, status text not null, reference text, reason text,
     sign_on_json text, created_at bigint not null, closed_at bigint, over_at bigint not null, version integer not null)`,
  `create index responses_by_side on responses (platform, installation)`,
  `create index responses_by_channel on responses (channel_id)`,
  `create index responses_open on responses (deadline_id) where status = 'open'`,
  `create index responses_over on responses (over_at)`,
  `create table tasks (${OF_A_RESPONSE}, number integer not null, title text not null, phase text not null, suits text, cluster text,
     due_on text not null, compressed integer not null, holder_kind text, holder_platform text, holder_installation text, holder_name text,
     done_at bigint, reference text, snooze_json text, asked text not null, asked_at bigint, heard_at bigint, version integer not null,
     primary key (response_id, number))`,
  `create index tasks_by_holder on tasks (holder_platform, holder_installation) where holder_kind is not null`,
  `create table cards (${OF_A_RESPONSE}, channel_id text not null references channels (id) on delete cascade, ref_json text not null,
     primary key (response_id, channel_id))`,
  `create index cards_by_channel on cards (channel_id)`,
  `create table team_log (id integer primary key, ${OF_A_RESPONSE}, task integer, at bigint not null, by_platform text,
     by_installation text, by_id text, what text not null, before_json text, held_platform text, held_installation text)`,
  `create index team_log_by_response on team_log (response_id, id)`,
  `create index team_log_by_side on team_log (by_platform, by_installation) where by_platform is not null`,
  `create index team_log_held on team_log (held_platform, held_installation) where held_platform is not null`,
  `create table bridges (id text primary key, ${OF_A_RESPONSE}, owner_platform text not null, owner_installation text not null,
     partner_platform text, partner_installation text, partner_channel text, owner_shows text not null, partner_shows text not null,
     status text not null, code_hash text unique, code_until bigint not null, version integer not null)`,
  `create index bridges_by_response on bridges (response_id)`,
  `create index bridges_by_partner on bridges (partner_platform, partner_installation) where partner_platform is not null`,
];
