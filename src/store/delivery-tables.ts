import { type Kysely, type RawBuilder, sql } from 'kysely';
import { toAlert } from './alert-tables.ts';
import { type AlertStore, type Delivery, type DeliveryResult, type NewDelivery, TakenError } from './store.ts';
import type { Database } from './tables.ts';

type Family = Pick<AlertStore, 'begin' | 'again' | 'record' | 'interrupted'>;

/** Deliveries, many a statement: what one commit costs is what a lane's speed is made of. */
export function deliveryTables(db: Kysely<Database>): Family {
  return {
    begin: (deliveries, worker, now) => (deliveries.length === 0 ? Promise.resolve([]) : begin(db, deliveries, { worker, now })),
    again: async ({ id, fence }, worker) => {
      const row = await db
        .updateTable('deliveries')
        .set({ worker, fence: fence + 1 })
        .where('id', '=', id)
        .where('fence', '=', fence)
        .where('state', '=', 'sending')
        .returning(['id', 'channel_id', 'fence'])
        .executeTakeFirst();
      return row === undefined ? null : { id: row.id, channel: row.channel_id, fence: row.fence };
    },
    record: async (results, now) => {
      const sent = results.filter((result) => result.outcome === 'sent');
      const recorded = sent.length === 0 ? [] : await recordSent(db, sent, now);
      const others: number[] = [];
      for (const result of results) if (result.outcome !== 'sent' && (await recordOther(db, result, now))) others.push(result.id);
      return [...recorded, ...others];
    },
    interrupted: async (lane) => {
      const open = db.selectFrom('deliveries').where('lane', '=', lane).where('state', '=', 'sending');
      const deliveries = await open.selectAll().orderBy('id').execute();
      if (deliveries.length === 0) return [];
      const alerts = await db.selectFrom('alerts').selectAll().where('delivery_id', 'in', open.select('id')).orderBy('due_at').orderBy('id').execute();
      return deliveries.map((row) => ({
        id: row.id,
        channel: row.channel_id,
        fence: row.fence,
        worker: row.worker,
        type: row.type,
        onceKey: row.once_key,
        message: row.message_json,
        begunAt: Number(row.created_at),
        alerts: alerts.filter((alert) => alert.delivery_id === row.id).map(toAlert),
      }));
    },
  };
}

interface Beginning {
  readonly worker: string;
  readonly now: number;
}

async function begin(db: Kysely<Database>, deliveries: readonly NewDelivery[], { worker, now }: Beginning): Promise<readonly Delivery[]> {
  const rows = deliveries.map(({ channel, lane, onceKey, type, title, message }) => ({
    channel_id: channel,
    lane,
    once_key: onceKey,
    type,
    title,
    message_json: message,
    state: 'sending' as const,
    worker,
    fence: 1,
    ref_json: null,
    reason: null,
    created_at: now,
    done_at: null,
  }));
  const begun = await db.insertInto('deliveries').values(rows).returning(['id', 'channel_id']).execute();
  const idOf = new Map(begun.map(({ id, channel_id }) => [channel_id, id]));
  const taken = deliveries.flatMap(({ channel, alerts, folded }) => {
    const delivery = idOf.get(channel) ?? 0;
    return [...alerts.map((id) => [id, delivery, ''] as const), ...folded.map((id) => [id, delivery, 'folded'] as const)];
  });
  const values = taken.map(([alert, delivery, reason]) => sql`(${whole(alert)}, ${whole(delivery)}, ${text(reason)})`);
  const { numAffectedRows } = await sql`
    update alerts set state = 'sending', delivery_id = v.column2, reason = nullif(v.column3, ''), changed_at = ${whole(now)}
    from (values ${sql.join(values)}) as v where alerts.id = v.column1 and alerts.state = 'pending'`.execute(db);
  if (Number(numAffectedRows ?? 0) !== taken.length) throw new TakenError();
  return deliveries.map(({ channel }) => ({ id: idOf.get(channel) ?? 0, channel, fence: 1 }));
}

type SentResult = Extract<DeliveryResult, { outcome: 'sent' }>;

async function recordSent(db: Kysely<Database>, results: readonly SentResult[], now: number): Promise<readonly number[]> {
  const values = results.map(({ id, fence, ref }) => sql`(${whole(id)}, ${whole(fence)}, ${text(JSON.stringify(ref ?? null))})`);
  const { rows } = await sql<{ id: number }>`
    update deliveries set state = 'sent', ref_json = v.column3, message_json = null, done_at = ${whole(now)}
    from (values ${sql.join(values)}) as v
    where deliveries.id = v.column1 and deliveries.fence = v.column2 and deliveries.state = 'sending'
    returning deliveries.id`.execute(db);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  const state = sql<'sent' | 'folded'>`case when reason = 'folded' then 'folded' else 'sent' end`;
  await db.updateTable('alerts').set({ state, changed_at: now }).where('delivery_id', 'in', ids).where('state', '=', 'sending').execute();
  return ids;
}

/** Closes a delivery that was not surely sent. False when it was begun again since, or has a result. */
async function recordOther(db: Kysely<Database>, result: Exclude<DeliveryResult, SentResult>, now: number): Promise<boolean> {
  const { state, reason, alerts, again, retryAt } = consequencesOf(result);
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ state, reason, message_json: null, done_at: now })
    .where('id', '=', result.id)
    .where('fence', '=', result.fence)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  await db
    .updateTable('alerts')
    .set({ ...alerts, changed_at: now })
    .where('delivery_id', '=', result.id)
    .execute();
  if (again.length > 0) {
    await db
      .updateTable('alerts')
      .set((set) => ({ state: 'pending' as const, reason: null, repeats: set('repeats', '+', 1), retry_at: retryAt, delivery_id: null }))
      .where('id', 'in', again)
      .where('delivery_id', '=', result.id)
      .execute();
  }
  return true;
}

/** A message that could not be amended was said all the same, and what is done for a plan is in its log. */
const FAILED = sql<'failed' | 'superseded'>`case when type in ('amendment', 'history') then 'superseded' else 'failed' end`;

function consequencesOf(result: Exclude<DeliveryResult, SentResult>) {
  const waits = { state: 'pending' as const, delivery_id: null };
  const noRepeat = { again: [], retryAt: 0 };
  switch (result.outcome) {
    case 'postponed': {
      const { reason, retryAt } = result;
      return { state: 'postponed' as const, reason, alerts: { ...waits, reason, retry_at: retryAt, attempts: sql<number>`attempts + 1` }, ...noRepeat };
    }
    case 'unsent':
      return { state: 'postponed' as const, reason: 'not begun', alerts: { ...waits, reason: null }, ...noRepeat };
    case 'failed':
      return { state: 'failed' as const, reason: result.reason, alerts: { state: FAILED, reason: result.reason }, ...noRepeat };
    case 'in-doubt': {
      const { again, retryAt } = result;
      const reason = 'outcome unknown';
      return { state: 'in-doubt' as const, reason, alerts: { state: 'in-doubt' as const, reason }, again, retryAt };
    }
  }
}

/** Both databases read a bare parameter in a list of values as text; numbers say that they are. */
function whole(value: number): RawBuilder<number> {
  return sql`cast(${value} as bigint)`;
}

function text(value: string): RawBuilder<string> {
  return sql`cast(${value} as text)`;
}
