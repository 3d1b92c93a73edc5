import type { Kysely } from 'kysely';
import { toAlert } from './alert-tables.ts';
import type { AlertStore } from './store.ts';
import type { Database } from './tables.ts';

type Family = Pick<AlertStore, 'begin' | 'sent' | 'postpone' | 'fail' | 'doubt' | 'interrupted'>;

export function deliveryTables(db: Kysely<Database>): Family {
  const alertsOf = (delivery: number) => db.updateTable('alerts').where('delivery_id', '=', delivery);
  const close = (delivery: number, state: Database['deliveries']['state'], reason: string | null, now: number) =>
    db.updateTable('deliveries').set({ state, reason, done_at: now }).where('id', '=', delivery).execute();
  return {
    begin: async ({ channel, onceKey, type, title, alerts, folded, now }) => {
      const row = {
        channel_id: channel,
        once_key: onceKey,
        type,
        title,
        state: 'sending' as const,
        ref_json: null,
        reason: null,
        created_at: now,
        done_at: null,
      };
      const { id } = await db.insertInto('deliveries').values(row).returning('id').executeTakeFirstOrThrow();
      const mark = async (ids: readonly number[], reason: string | null) => {
        if (ids.length === 0) return 0;
        const taken = { state: 'sending' as const, delivery_id: id, reason, changed_at: now };
        const { numUpdatedRows } = await db.updateTable('alerts').set(taken).where('id', 'in', ids).where('state', '=', 'pending').executeTakeFirst();
        return Number(numUpdatedRows);
      };
      const marked = (await mark(alerts, null)) + (await mark(folded, 'folded'));
      if (marked === alerts.length + folded.length) return { id, channel };
      await alertsOf(id).set({ state: 'pending', delivery_id: null, reason: null }).execute();
      await db.deleteFrom('deliveries').where('id', '=', id).execute();
      return null;
    },
    sent: async (delivery, ref, now) => {
      await db
        .updateTable('deliveries')
        .set({ state: 'sent', ref_json: JSON.stringify(ref), done_at: now })
        .where('id', '=', delivery)
        .execute();
      await alertsOf(delivery).set({ state: 'folded', changed_at: now }).where('reason', '=', 'folded').execute();
      await alertsOf(delivery).set({ state: 'sent', changed_at: now }).where('state', '=', 'sending').execute();
    },
    postpone: async (delivery, reason, retryAt, now) => {
      await close(delivery, 'postponed', reason, now);
      await alertsOf(delivery)
        .set((set) => ({ state: 'pending' as const, reason: null, retry_at: retryAt, attempts: set('attempts', '+', 1), delivery_id: null, changed_at: now }))
        .execute();
    },
    fail: async (delivery, reason, now) => {
      await close(delivery, 'failed', reason, now);
      await alertsOf(delivery).set({ state: 'failed', reason, changed_at: now }).execute();
    },
    doubt: async (delivery, again, now) => {
      await close(delivery, 'in-doubt', 'outcome unknown', now);
      await alertsOf(delivery).set({ state: 'in-doubt', reason: 'outcome unknown', changed_at: now }).execute();
      if (again.length === 0) return;
      await db
        .updateTable('alerts')
        .set((set) => ({ state: 'pending' as const, reason: null, repeats: set('repeats', '+', 1), delivery_id: null }))
        .where('id', 'in', again)
        .execute();
    },
    interrupted: async () => {
      const deliveries = await db.selectFrom('deliveries').select(['id', 'channel_id']).where('state', '=', 'sending').orderBy('id').execute();
      return Promise.all(
        deliveries.map(async ({ id, channel_id }) => {
          const rows = await db.selectFrom('alerts').selectAll().where('delivery_id', '=', id).execute();
          return { delivery: { id, channel: channel_id }, alerts: rows.map(toAlert) };
        }),
      );
    },
  };
}
