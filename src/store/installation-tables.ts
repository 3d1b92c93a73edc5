import type { Kysely } from 'kysely';
import type { InstallationStore, Place, StoredCounts } from './store.ts';
import type { Database } from './tables.ts';
import { eraseTeams } from './team/erase.ts';

/** Servers and workspaces, and all that is stored of one. */
export function installationTables(db: Kysely<Database>): InstallationStore {
  return {
    of: async (platform) => {
      // What upr-watch.yaml and the operator own is in no installation that somebody could leave.
      const inChat = db.selectFrom('channels').select('installation as id').distinct().where('platform', '=', platform).where('id', 'like', `${platform}:%`);
      const corrected = db.selectFrom('corrections').select('installation as id').distinct().where('platform', '=', platform);
      const here = [...(await inChat.execute()), ...(await corrected.execute())].map(({ id }) => id);
      const left = await db.selectFrom('installations').selectAll().where('platform', '=', platform).execute();
      const gone = new Map(left.map(({ id, gone_at }) => [id, Number(gone_at)]));
      return [...new Set([...here, ...gone.keys()])].sort().map((id) => ({ platform, id, goneAt: gone.get(id) ?? null }));
    },
    leave: async ({ platform, id }, at) => {
      await db
        .insertInto('installations')
        .values({ platform, id, gone_at: at })
        .onConflict((clash) => clash.columns(['platform', 'id']).doNothing())
        .execute();
    },
    enter: async ({ platform, id }) => {
      await db.deleteFrom('installations').where('platform', '=', platform).where('id', '=', id).execute();
    },
    stored: (place, channel) => counted(db, place, channel),
    erase: async (place, channel) => {
      const counts = await counted(db, place, channel);
      await erase(db, place, channel);
      return counts;
    },
  };
}

/** Ids of the channels that are meant. */
function channelsOf(db: Kysely<Database>, { platform, id }: Place, channel: string | undefined) {
  const all = db
    .selectFrom('channels')
    .select('channels.id')
    .where('platform', '=', platform)
    .where('installation', '=', id)
    // The operator's own channel is no team's.
    .where('channels.id', 'not like', 'operator:%');
  return channel === undefined ? all : all.where('channels.id', '=', channel);
}

async function counted(db: Kysely<Database>, place: Place, channel: string | undefined): Promise<StoredCounts> {
  const channels = channelsOf(db, place, channel);
  const count = async (table: 'subscriptions' | 'alerts' | 'deliveries' | 'responses' | 'feed_links') => {
    const rows = db.selectFrom(table).where('channel_id', 'in', channels);
    return Number((await rows.select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
  };
  const tasks = db.selectFrom('tasks').innerJoin('responses', 'responses.id', 'tasks.response_id').where('responses.channel_id', 'in', channels);
  return {
    channels: (await channels.execute()).length,
    follows: await count('subscriptions'),
    alerts: await count('alerts'),
    messages: await count('deliveries'),
    corrections: channel === undefined ? await correctionsOf(db, place) : 0,
    plans: await count('responses'),
    tasks: Number((await tasks.select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow()).count),
    links: await count('feed_links'),
  };
}

async function correctionsOf(db: Kysely<Database>, { platform, id }: Place): Promise<number> {
  const rows = db.selectFrom('corrections').where('platform', '=', platform).where('installation', '=', id);
  return Number((await rows.select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
}

/** What an installation saw otherwise. A revision says to every process that nobody does any more. */
async function eraseViews(db: Kysely<Database>, { platform, id }: Place, now: number): Promise<void> {
  let erased = 0n;
  for (const table of ['corrections', 'team_deadlines', 'team_reviews', 'heard_apart', 'changes'] as const) {
    const ofIt = db.deleteFrom(table).where('platform', '=', platform).where('installation', '=', id);
    erased += (await ofIt.executeTakeFirst()).numDeletedRows;
  }
  // Work that was planned for it alone names it at its end (alerts/work.ts).
  const named = `%|@${platform}/${id}`;
  await db.deleteFrom('fanouts').where('once_key', 'like', named).execute();
  await db.deleteFrom('wakeups').where('kind', '=', 'check').where('subject', 'like', named).execute();
  await db.deleteFrom('wakeups').where('kind', '=', 'bridge-tries').where('subject', '=', `${platform}:${id}`).execute();
  if (erased > 0n) await db.insertInto('revisions').values({ at: now, reason: 'corrections of an installation were erased', of_teams: 1 }).execute();
}

/** What is being sent at this moment arrives all the same; its result finds nothing to be recorded with. */
async function erase(db: Kysely<Database>, place: Place, channel: string | undefined): Promise<void> {
  const channels = channelsOf(db, place, channel);
  const ids = (await channels.execute()).map(({ id }) => id);
  await eraseTeams(db, { place, channels, whole: channel === undefined });
  for (const id of ids) {
    await db.deleteFrom('alerts').where('channel_id', '=', id).execute();
    await db.deleteFrom('deliveries').where('channel_id', '=', id).execute();
    const wishes = db.selectFrom('subscriptions').select('id').where('channel_id', '=', id);
    await db.deleteFrom('follows').where('subscription_id', 'in', wishes).execute();
    await db.deleteFrom('subscriptions').where('channel_id', '=', id).execute();
    await db.deleteFrom('wakeups').where('subject', '=', id).execute();
    await db.deleteFrom('feed_links').where('channel_id', '=', id).execute();
    await db.deleteFrom('channels').where('id', '=', id).execute();
  }
  if (channel !== undefined) return;
  await eraseViews(
    db,
    place,
    (
      await db
        .selectFrom('revisions')
        .select((select) => select.fn.max('at').as('at'))
        .executeTakeFirst()
    )?.at ?? 0,
  );
  await db.deleteFrom('installations').where('platform', '=', place.platform).where('id', '=', place.id).execute();
}
