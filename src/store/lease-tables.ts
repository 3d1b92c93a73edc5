import { type Kysely, sql } from 'kysely';
import type { StoreParts } from './build-store.ts';
import type { LeaseStore } from './store.ts';
import type { Database } from './tables.ts';

/** Claims by conditional update; `clock` is the time of the database, where it has one that every process shares. */
export function leaseTables(db: Kysely<Database>, { clock, lockRow }: StoreParts): LeaseStore {
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
    left: async (name, owner) => {
      const held = db
        .selectFrom('leases')
        .select(sql<number>`${sql.ref('until')} - ${clock}`.as('left'))
        .where('name', '=', name)
        .where('owner', '=', owner);
      const row = await (db.isTransaction ? lockRow(held) : held).executeTakeFirst();
      return Math.max(0, Number(row?.left ?? 0));
    },
    all: async () => {
      const rows = await db
        .selectFrom('leases')
        .select(['name', 'owner', sql<number>`${sql.ref('until')} - ${clock}`.as('left')])
        .orderBy('name')
        .execute();
      return rows.map(({ name, owner, left }) => ({ name, owner, leftMs: Number(left) }));
    },
    release: async (name, owner) => {
      await db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute();
    },
  };
}
