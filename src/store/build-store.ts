import type { Kysely } from 'kysely';
import { alertTables } from './alert-tables.ts';
import { calendarTables } from './calendar-tables.ts';
import { deliveryTables } from './delivery-tables.ts';
import { fanoutTables } from './fanout-tables.ts';
import type { Store } from './store.ts';
import { subscriptionTables } from './subscription-tables.ts';
import type { Database } from './tables.ts';
import { wakeupTables } from './wakeup-tables.ts';

/** A store over an open database, or over a transaction of one. */
export function buildStore(db: Kysely<Database>): Store {
  return {
    calendar: calendarTables(db),
    subscriptions: subscriptionTables(db),
    alerts: { ...fanoutTables(db), ...alertTables(db), ...deliveryTables(db) },
    wakeups: wakeupTables(db),
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
    transaction: (work) => (db.isTransaction ? work(buildStore(db)) : db.transaction().execute((trx) => work(buildStore(trx)))),
    close: () => db.destroy(),
  };
}
