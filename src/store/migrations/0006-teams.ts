import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Corrections of installations, the dates that each sees otherwise than all, and which changes are told to one alone. */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const PLACE = 'platform text not null, installation text not null';

const STATEMENTS = [
  `create table corrections (${PLACE}, deadline_id text not null, fact_json text not null, primary key (platform, installation, deadline_id))`,
  `create table team_deadlines (${PLACE}, id text not null, version integer not null, since bigint not null, when_key text not null,
     gone integer not null, body_json text not null, primary key (platform, installation, id))`,
  `create table team_reviews (${PLACE}, id text not null, body_json text not null, primary key (platform, installation, id))`,
  `create table heard_apart (revision_id integer not null, deadline_id text not null, ${PLACE},
     primary key (revision_id, deadline_id, platform, installation))`,
  `alter table changes add column platform text not null default ''`,
  `alter table changes add column installation text not null default ''`,
  `alter table revisions add column of_teams integer not null default 0`,
];
