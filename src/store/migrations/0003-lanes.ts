import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Lanes: every channel and alert belongs to one bot token; a delivery knows who sends it, and for which time. */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table channels add column lane text not null default ''`,
  // Until now there were channels of the console only, and those are one lane.
  `update channels set lane = platform`,
  `alter table alerts add column lane text not null default ''`,
  `update alerts set lane = coalesce((select lane from channels where channels.id = alerts.channel_id), '')`,
  `alter table alerts add column body_json text`,
  `alter table deliveries add column lane text not null default ''`,
  `update deliveries set lane = coalesce((select lane from channels where channels.id = deliveries.channel_id), '')`,
  `alter table deliveries add column worker text not null default ''`,
  `alter table deliveries add column fence integer not null default 1`,
  `alter table deliveries add column message_json text`,
  `drop index alerts_ready`,
  `create index alerts_ready on alerts (lane, not_before, channel_id) where state = 'pending'`,
  `drop index alerts_pending_by_channel`,
  `create index alerts_pending_by_channel on alerts (channel_id, retry_at) where state = 'pending'`,
  `drop index deliveries_open`,
  `create index deliveries_open on deliveries (lane, id) where state = 'sending'`,
];
