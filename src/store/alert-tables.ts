import type { Kysely, Selectable } from 'kysely';
import type { Alert, AlertStore, NewAlert } from './store.ts';
import type { AlertState, Database } from './tables.ts';

type Family = Pick<AlertStore, 'add' | 'readyLanes' | 'readyChannels' | 'ready' | 'nextReady' | 'hold' | 'release' | 'giveUp' | 'loads'>;

export const SAID: readonly AlertState[] = ['sending', 'sent', 'folded', 'in-doubt'];

export function alertTables(db: Kysely<Database>): Family {
  return {
    add: (alerts, now) => add(db, alerts, now),
    readyLanes: async (now) => {
      const ready = db
        .selectFrom('alerts')
        .select('lane')
        .where('state', '=', 'pending')
        .where('not_before', '<=', now)
        .where('channel_id', 'not in', waiting(db, now));
      const rows = await ready
        .union(db.selectFrom('deliveries').select('lane').where('state', '=', 'sending'))
        .orderBy('lane')
        .execute();
      return rows.map(({ lane }) => lane);
    },
    readyChannels: async (lane, now, limit) => {
      const rows = await db
        .selectFrom('alerts')
        .select('channel_id')
        .where('lane', '=', lane)
        .where('state', '=', 'pending')
        .where('not_before', '<=', now)
        .where('channel_id', 'not in', waiting(db, now))
        .groupBy('channel_id')
        .orderBy((order) => order.fn.min('not_before'))
        .orderBy('channel_id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.channel_id);
    },
    ready: async (channels, now) => {
      if (channels.length === 0) return [];
      const rows = await db
        .selectFrom('alerts')
        .selectAll()
        .where('channel_id', 'in', channels)
        .where('channel_id', 'not in', waiting(db, now).where('channel_id', 'in', channels))
        .where('state', '=', 'pending')
        .where('not_before', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      return rows.map(toAlert);
    },
    loads: async () => {
      const rows = await db
        .selectFrom('alerts')
        .select((select) => ['lane', select.fn.countAll().as('waiting'), select.fn.min('due_at').as('since')])
        .where('state', '=', 'pending')
        .groupBy('lane')
        .orderBy('lane')
        .execute();
      return rows.map(({ lane, waiting: count, since }) => ({ lane, waiting: Number(count), since: Number(since) }));
    },
    nextReady: async () => {
      // A channel that waits for a retry waits with all it has.
      const channels = db
        .selectFrom('alerts')
        .select((select) => [select.fn.min('not_before').as('opens'), select.fn.max('retry_at').as('retry')])
        .where('state', '=', 'pending')
        .groupBy('channel_id');
      const row = await db
        .selectFrom(channels.as('channels'))
        .select((select) =>
          select.fn.min(select.case().when('opens', '>', select.ref('retry')).then(select.ref('opens')).else(select.ref('retry')).end()).as('at'),
        )
        .executeTakeFirst();
      return row?.at === null || row?.at === undefined ? null : Number(row.at);
    },
    hold: async (ids, until) => {
      if (ids.length > 0) await db.updateTable('alerts').set({ not_before: until }).where('id', 'in', ids).where('state', '=', 'pending').execute();
    },
    release: async (channel, now) => {
      const waits = db.updateTable('alerts').set({ not_before: now }).where('channel_id', '=', channel).where('state', '=', 'pending');
      await waits.where('not_before', '>', now).execute();
    },
    giveUp: async (ids, { state, reason }, now) => {
      if (ids.length > 0)
        await db.updateTable('alerts').set({ state, reason, changed_at: now }).where('id', 'in', ids).where('state', '=', 'pending').execute();
    },
  };
}

/** Channels whose last try failed, until the next. */
function waiting(db: Kysely<Database>, now: number) {
  return db.selectFrom('alerts').select('channel_id').where('state', '=', 'pending').where('retry_at', '>', now);
}

export function toAlert(row: Selectable<Database['alerts']>): Alert {
  return {
    id: row.id,
    channel: row.channel_id,
    lane: row.lane,
    onceKey: row.once_key,
    type: row.type,
    deadline: row.deadline_id,
    version: row.version,
    whenKey: row.when_key,
    lead: row.lead,
    revision: row.revision_id,
    seq: row.seq,
    body: row.body_json,
    dueAt: Number(row.due_at),
    grace: Number(row.grace),
    notBefore: Number(row.not_before),
    attempts: row.attempts,
    repeats: row.repeats,
    retryAt: Number(row.retry_at),
    state: row.state,
    reason: row.reason,
  };
}

async function add(db: Kysely<Database>, alerts: readonly NewAlert[], now: number): Promise<void> {
  const fresh = await notSaidBefore(db, alerts);
  if (fresh.length === 0) return;
  const rows = fresh.map((alert) => ({
    channel_id: alert.channel,
    lane: alert.lane,
    once_key: alert.onceKey,
    type: alert.type,
    deadline_id: alert.deadline,
    version: alert.version,
    when_key: alert.whenKey,
    lead: alert.lead,
    revision_id: alert.revision,
    seq: alert.seq,
    body_json: alert.body,
    due_at: alert.dueAt,
    grace: alert.grace,
    not_before: alert.notBefore,
    retry_at: 0,
    attempts: 0,
    repeats: 0,
    state: 'pending' as const,
    reason: null,
    delivery_id: null,
    changed_at: now,
  }));
  await db
    .insertInto('alerts')
    .values(rows)
    .onConflict((clash) => clash.columns(['channel_id', 'once_key']).doNothing())
    .execute();
}

/**
 * A date that moved away and came back has a new version; what was said of that very day or instant is not said again.
 * Changes and notices are news each time: their once-key alone holds them.
 */
async function notSaidBefore(db: Kysely<Database>, alerts: readonly NewAlert[]): Promise<readonly NewAlert[]> {
  const [first] = alerts;
  if (first === undefined || !['lead', 'check'].includes(first.type) || first.deadline === null || first.version === 1) return alerts;
  const rows = await db
    .selectFrom('alerts')
    .select('channel_id')
    .where('deadline_id', '=', first.deadline)
    .where('lead', '=', first.lead)
    .where('when_key', '=', first.whenKey)
    // What waits is said as it stands; what was in doubt once may have been said, whatever became of it since.
    .where((said) => said.or([said('state', 'in', [...SAID, 'pending']), said('repeats', '>', 0)]))
    .where(
      'channel_id',
      'in',
      alerts.map((alert) => alert.channel),
    )
    .execute();
  const said = new Set(rows.map((row) => row.channel_id));
  return alerts.filter((alert) => !said.has(alert.channel));
}
