import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { TeamStore } from '../team-store.ts';

type Family = Pick<TeamStore, 'cards' | 'putCard' | 'removeCard'>;

export function cardTables(db: Kysely<Database>): Family {
  return {
    cards: async (response) => {
      const rows = await db.selectFrom('cards').selectAll().where('response_id', '=', response).orderBy('channel_id').execute();
      return rows.map(({ response_id, channel_id, ref_json }) => ({ response: response_id, channel: channel_id, ref: JSON.parse(ref_json) as unknown }));
    },
    putCard: async ({ response, channel, ref }) => {
      const ref_json = JSON.stringify(ref ?? null);
      // A card is posted while no transaction waits for it: its response or channel may be gone when its reference comes.
      const there = db
        .selectFrom('responses')
        .innerJoin('channels', (join) => join.on('channels.id', '=', channel))
        .select(['responses.id', 'channels.id as channel_id', sql<string>`cast(${ref_json} as text)`.as('ref_json')])
        .where('responses.id', '=', response);
      await db
        .insertInto('cards')
        .columns(['response_id', 'channel_id', 'ref_json'])
        .expression(there)
        .onConflict((clash) => clash.columns(['response_id', 'channel_id']).doUpdateSet({ ref_json }))
        .execute();
    },
    removeCard: async ({ response, channel }) => {
      await db.deleteFrom('cards').where('response_id', '=', response).where('channel_id', '=', channel).execute();
    },
  };
}
