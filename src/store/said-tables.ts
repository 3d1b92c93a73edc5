import type { Kysely } from 'kysely';
import { SAID, toAlert } from './alert-tables.ts';
import type { AlertStore, Told } from './store.ts';
import type { AlertState, Database } from './tables.ts';

type Family = Pick<AlertStore, 'lastSaid' | 'saidSince' | 'toldOf' | 'toldDates' | 'toldIn' | 'ofDelivery' | 'counts' | 'proof'>;

const STATES: readonly AlertState[] = ['pending', 'sending', 'sent', 'folded', 'in-doubt', 'failed', 'superseded'];
/** What edits a message, or stands in the thread of one, is no new message. */
const ANEW = ['lead', 'check', 'change', 'notice', 'digest', 'silence', 'nag', 'plan-moved'] as const;

/** What was said, and where it stands. */
export function saidTables(db: Kysely<Database>): Family {
  return {
    lastSaid: async (channel) => {
      const said = db.selectFrom('alerts').where('channel_id', '=', channel).where('state', 'in', SAID).where('type', 'in', ANEW);
      const row = await said.select((select) => select.fn.max('changed_at').as('at')).executeTakeFirst();
      return row?.at == null ? null : Number(row.at);
    },
    saidSince: async (channel, since) => {
      const said = db.selectFrom('alerts').select(['deadline_id', 'revision_id', 'seq']).where('channel_id', '=', channel);
      const rows = await said.where('state', 'in', SAID).where('type', 'in', ANEW).where('changed_at', '>=', since).execute();
      return {
        deadlines: new Set(rows.flatMap((row) => row.deadline_id ?? [])),
        changes: new Set(rows.flatMap((row) => (row.revision_id === null ? [] : [`${row.revision_id}|${row.seq}`]))),
      };
    },
    toldOf: async ({ deadline, cursor, limit }) => {
      const last = leads(db)
        .where('alerts.deadline_id', '=', deadline)
        .where('alerts.channel_id', '>', cursor)
        .select((select) => ['alerts.channel_id as channel', select.fn.max('alerts.delivery_id').as('delivery')])
        .groupBy('alerts.channel_id')
        .orderBy('alerts.channel_id')
        .limit(limit);
      const rows = await db
        .selectFrom(last.as('last'))
        .innerJoin('deliveries', 'deliveries.id', 'last.delivery')
        .innerJoin('channels', 'channels.id', 'last.channel')
        .select(['last.channel', 'channels.platform', 'channels.installation', 'channels.lane', 'deliveries.id', 'deliveries.ref_json'])
        .orderBy('last.channel')
        .execute();
      return rows.map((row) => toTold(row, [deadline]));
    },
    toldDates: async ({ deadline, since, cursor, limit }) => {
      const last = leads(db)
        .where('alerts.deadline_id', '=', deadline)
        .where('deliveries.done_at', '>=', since)
        .select((select) => select.fn.max('alerts.delivery_id').as('delivery'))
        .groupBy(['alerts.channel_id', 'alerts.when_key'])
        .having((select) => select.fn.max('alerts.delivery_id'), '>', cursor)
        .orderBy('delivery')
        .limit(limit);
      const rows = await db
        .selectFrom(last.as('last'))
        .innerJoin('deliveries', 'deliveries.id', 'last.delivery')
        .innerJoin('channels', 'channels.id', 'deliveries.channel_id')
        .select(['channels.id as channel', 'channels.platform', 'channels.installation', 'channels.lane', 'deliveries.id', 'deliveries.ref_json'])
        .orderBy('deliveries.id')
        .execute();
      return rows.map((row) => toTold(row, [deadline]));
    },
    toldIn: async (channel, since) => {
      const rows = await leads(db)
        .where('alerts.channel_id', '=', channel)
        .where('deliveries.done_at', '>=', since)
        .innerJoin('channels', 'channels.id', 'alerts.channel_id')
        .select([
          'alerts.channel_id as channel',
          'channels.platform',
          'channels.installation',
          'alerts.deadline_id',
          'channels.lane',
          'deliveries.id',
          'deliveries.ref_json',
        ])
        .orderBy('deliveries.id', 'desc')
        .execute();
      const byMessage = Map.groupBy(rows, ({ id }) => id);
      return [...byMessage.values()].flatMap((all) => {
        const [first] = all;
        return first === undefined
          ? []
          : [
              toTold(
                first,
                all.flatMap((row) => row.deadline_id ?? []),
              ),
            ];
      });
    },
    ofDelivery: async (delivery) =>
      (await db.selectFrom('alerts').selectAll().where('delivery_id', '=', delivery).orderBy('due_at').orderBy('id').execute()).map(toAlert),
    proof: async (since, channel) => {
      const due = db
        .selectFrom('alerts')
        .leftJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
        .select(['alerts.channel_id', 'alerts.once_key', 'alerts.type', 'alerts.deadline_id', 'alerts.lead'])
        .select(['alerts.due_at', 'alerts.state', 'alerts.reason', 'alerts.repeats'])
        .select(['deliveries.state as delivery', 'deliveries.done_at', 'deliveries.ref_json'])
        .where('alerts.due_at', '>=', since)
        .orderBy('alerts.due_at')
        .orderBy('alerts.id');
      const rows = await (channel === undefined ? due : due.where('alerts.channel_id', '=', channel)).execute();
      return rows.map((row) => ({
        channel: row.channel_id,
        onceKey: row.once_key,
        type: row.type,
        deadline: row.deadline_id,
        lead: row.lead,
        dueAt: Number(row.due_at),
        state: row.state,
        reason: row.state === 'folded' ? null : row.reason,
        repeats: row.repeats,
        saidAt: row.delivery === 'sent' && row.done_at !== null ? Number(row.done_at) : null,
        reference: row.ref_json === null ? null : ((JSON.parse(row.ref_json) as { id?: string } | null)?.id ?? null),
      }));
    },
    counts: async () => {
      const rows = await db
        .selectFrom('alerts')
        .select(['state', (select) => select.fn.countAll().as('count')])
        .groupBy('state')
        .execute();
      const counted = new Map(rows.map((row) => [row.state, Number(row.count)]));
      return Object.fromEntries(STATES.map((state) => [state, counted.get(state) ?? 0])) as Record<AlertState, number>;
    },
  };
}

/** Leads that a message told which arrived. */
function leads(db: Kysely<Database>) {
  return db
    .selectFrom('alerts')
    .innerJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
    .where('alerts.type', '=', 'lead')
    .where('deliveries.state', '=', 'sent')
    .where('deliveries.type', '=', 'leads');
}

type ToldRow = { channel: string; platform: string; installation: string; lane: string; id: number; ref_json: string | null };

function toTold(row: ToldRow, deadlines: readonly string[]): Told {
  return {
    channel: row.channel,
    place: { platform: row.platform, id: row.installation },
    lane: row.lane,
    delivery: row.id,
    ref: JSON.parse(row.ref_json ?? 'null') as unknown,
    deadlines,
  };
}
