import type { Kysely, RawBuilder, SelectQueryBuilder } from 'kysely';
import { abandonTables } from './abandon-tables.ts';
import { alertTables } from './alert-tables.ts';
import { calendarTables } from './calendar-tables.ts';
import { deliveryTables } from './delivery-tables.ts';
import { fanoutTables } from './fanout-tables.ts';
import { feedLinkTables } from './feed-link-tables.ts';
import { installationTables } from './installation-tables.ts';
import { leaseTables } from './lease-tables.ts';
import type { Flavour } from './migrate.ts';
import { ownDateTables } from './own-date-tables.ts';
import { saidTables } from './said-tables.ts';
import { secretTables } from './secret-tables.ts';
import type { Alone, Store } from './store.ts';
import { subscriptionTables } from './subscription-tables.ts';
import type { Database } from './tables.ts';
import { teamTables } from './team-tables.ts';
import { wakeupTables } from './wakeup-tables.ts';

/** Makes a transaction wait for every other that does the same work; nothing where only one can write anyway. */
export type WaitAlone = (trx: Kysely<Database>, alone: Alone) => Promise<unknown>;

export interface StoreParts {
  readonly waitAlone: WaitAlone;
  /** The present in epoch milliseconds, as the database knows it. */
  readonly clock: RawBuilder<number>;
  /** True where every process on the database shares that clock, and it is not this machine's. */
  readonly ownClock: boolean;
  /** Frees what was deleted from the files too; not inside a transaction. */
  readonly scrub: (db: Kysely<Database>) => Promise<void>;
  /** Keeps the rows of a query from being changed until the transaction ends; as it is where only one can write anyway. */
  readonly lockRow: <Row>(query: SelectQueryBuilder<Database, 'leases', Row>) => SelectQueryBuilder<Database, 'leases', Row>;
}

/** Fills a database inside one transaction, with what its kind needs for that. */
export type Fill = (trx: Kysely<Database>, flavour: Flavour, parts: StoreParts) => Promise<void>;

/** A store over an open database, or over a transaction of one. */
export function buildStore(db: Kysely<Database>, parts: StoreParts): Store {
  return {
    calendar: calendarTables(db),
    ownDates: ownDateTables(db),
    subscriptions: subscriptionTables(db),
    alerts: { ...fanoutTables(db), ...alertTables(db), ...deliveryTables(db), ...saidTables(db), ...abandonTables(db) },
    wakeups: wakeupTables(db),
    installations: installationTables(db),
    secrets: secretTables(db),
    feedLinks: feedLinkTables(db),
    teams: teamTables(db),
    leases: leaseTables(db, parts),
    time: async () => {
      if (!parts.ownClock) return null;
      return Number((await db.selectNoFrom(parts.clock.as('now')).executeTakeFirstOrThrow()).now);
    },
    mark: async (name) => {
      const row = await db.selectFrom('meta').select('value').where('key', '=', name).executeTakeFirst();
      return row === undefined ? null : Number(row.value);
    },
    setMark: async (key, value) => {
      const text = String(value);
      await db
        .insertInto('meta')
        .values({ key, value: text })
        .onConflict((clash) => clash.column('key').doUpdateSet({ value: text }))
        .execute();
    },
    transaction: (work, alone) => {
      const begun = async (trx: Kysely<Database>) => {
        if (alone !== undefined) await parts.waitAlone(trx, alone);
        return work(buildStore(trx, parts));
      };
      return db.isTransaction ? begun(db) : db.transaction().execute(begun);
    },
    scrub: () => parts.scrub(db),
    close: () => db.destroy(),
  };
}
