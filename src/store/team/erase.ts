import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Place } from '../store.ts';
import type { Database } from '../tables.ts';
import { removeWakeups } from './responses.ts';

/** What is erased of a place: some of its channels, or all there is of it. */
export interface Erased {
  readonly place: Place;
  readonly channels: SelectQueryBuilder<Database, 'channels', { id: string }>;
  readonly whole: boolean;
}

/** Deletes the responses of the channels, and takes the place out of those that others shared with it there. Cards go with their channels. */
export async function eraseTeams(db: Kysely<Database>, erased: Erased): Promise<void> {
  const own = await db.selectFrom('responses').select('id').where('channel_id', 'in', erased.channels).execute();
  for (const { id } of own) await removeWakeups(db, id);
  await db.deleteFrom('responses').where('channel_id', 'in', erased.channels).execute();
  const shared = await endBridges(db, erased);
  const where = erased.whole ? null : shared;
  if (where?.length === 0) return;
  await freeTasks(db, erased.place, where);
  await forgetInLog(db, erased.place, where);
}

/** What a place had in one response is free, and nobody of it is named in its log. */
export async function takeOut(db: Kysely<Database>, place: Place, response: string): Promise<void> {
  await freeTasks(db, place, [response]);
  await forgetInLog(db, place, [response]);
}

/** Answers whose responses they shared. */
async function endBridges(db: Kysely<Database>, { place, channels, whole }: Erased): Promise<readonly string[]> {
  const ended = db
    .updateTable('bridges')
    .set({ status: 'ended', partner_platform: null, partner_installation: null, partner_channel: null, code_hash: null, version: NEXT })
    .where('partner_platform', '=', place.platform)
    .where('partner_installation', '=', place.id)
    .returning('response_id');
  const rows = await (whole ? ended : ended.where('partner_channel', 'in', channels)).execute();
  return rows.map(({ response_id }) => response_id);
}

/** What was done stays done; its reference was theirs and goes. `shared` limits it to those responses. */
async function freeTasks(db: Kysely<Database>, { platform, id }: Place, shared: readonly string[] | null): Promise<void> {
  const held = db
    .updateTable('tasks')
    .set({ holder_kind: null, holder_platform: null, holder_installation: null, holder_name: null })
    .set({ reference: null, snooze_json: null, asked: 'not-yet', asked_at: null, heard_at: null, version: NEXT })
    .where('holder_platform', '=', platform)
    .where('holder_installation', '=', id);
  await (shared === null ? held : held.where('response_id', 'in', shared)).execute();
}

/** Who of theirs changed what, and what they had. That something changed stays. */
async function forgetInLog(db: Kysely<Database>, { platform, id }: Place, shared: readonly string[] | null): Promise<void> {
  const nothingKept = db.updateTable('team_log').set({ before_json: null, held_platform: null, held_installation: null });
  const changes = shared === null ? nothingKept : nothingKept.where('response_id', 'in', shared);
  await changes.set({ by_platform: null, by_installation: null, by_id: null }).where('by_platform', '=', platform).where('by_installation', '=', id).execute();
  await changes.where('held_platform', '=', platform).where('held_installation', '=', id).execute();
}

/** Who read it before the erasure writes nothing back. */
const NEXT = sql<number>`version + 1`;
