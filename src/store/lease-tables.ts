import type { Kysely, RawBuilder } from 'kysely';
import type { LeaseStore } from './store.ts';
import type { Database } from './tables.ts';

/** Claims by conditional update; `clock` is the time of the database, where it has one that every process shares. */
export function leaseTables(db: Kysely<Database>, clock: RawBuilder<number>): LeaseStore {
  return {
    take: async (name, owner, forMs) => {
      const { now } = await db.selectNoFrom(clock.as('now')).executeTakeFirstOrThrow();
      const until = Number(now) + forMs;
      const taken = await db
        .insertInto('leases')
        .values({ name, owner, until })
        .onConflict((clash) =>
          clash
            .column('name')
            .doUpdateSet({ owner, until })
            .where((where) => where.or([where('leases.owner', '=', owner), where('leases.until', '<=', Number(now))])),
        )
        .returning('owner')
        .executeTakeFirst();
      return taken !== undefined;
    },
    holds: async (name, owner) => {
      const row = await db
        .selectFrom('leases')
        .select('name')
        .where('name', '=', name)
        .where('owner', '=', owner)
        .where('until', '>', clock)
        .executeTakeFirst();
      return row !== undefined;
    },
    owner: async (name) => (await db.selectFrom('leases').select('owner').where('name', '=', name).executeTakeFirst())?.owner ?? null,
    release: async (name, owner) => {
      await db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute();
    },
  };
}
