import type { Kysely } from 'kysely';
import { z } from 'zod';
import { SOURCE_CLASSES } from '../domain/calendar/certainty.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type DeadlineKind, isDeadlineKind } from '../domain/calendar/kinds.ts';
import type { Review } from '../domain/calendar/review.ts';
import type { Correction } from '../domain/calendar/team.ts';
import { versionKey } from './calendar-tables.ts';
import { FIRST_TEAM_VERSION } from './own-date-store.ts';
import type { OwnDateStore, Place, TeamRevision, TeamView, VersionedDeadline } from './store.ts';
import type { Database } from './tables.ts';

const correctionSchema = z.object({
  deadline: z.string(),
  session: z.int(),
  state: z.string().nullable(),
  kind: z.custom<DeadlineKind>((kind) => typeof kind === 'string' && isDeadlineKind(kind)),
  when: z.object({
    precision: z.enum(['minute', 'day', 'month', 'unknown']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    time: z.string().nullable(),
    zone: z.string(),
  }),
  certainty: z.enum(['published', 'tentative']),
  source: z.object({
    id: z.string(),
    url: z.string(),
    name: z.string().nullable(),
    notBefore: z.string().nullable(),
    says: z.string(),
    class: z.enum(SOURCE_CLASSES),
    byTeam: z.literal(true),
  }),
  note: z.string().nullable(),
  made: z.string(),
});

/** Corrections of installations, and what they see otherwise. */
export function ownDateTables(db: Kysely<Database>): OwnDateStore {
  return {
    corrections: async (place) => {
      const all = db.selectFrom('corrections').selectAll().orderBy('platform').orderBy('installation').orderBy('deadline_id');
      const rows = await (place === undefined ? all : all.where('platform', '=', place.platform).where('installation', '=', place.id)).execute();
      return rows.map((row) => ({ place: placeOf(row), correction: correctionSchema.parse(JSON.parse(row.fact_json)) }));
    },
    put: async (place, correction) => {
      const fact_json = JSON.stringify(correction);
      await db
        .insertInto('corrections')
        .values({ ...columns(place), deadline_id: correction.deadline, fact_json })
        .onConflict((clash) => clash.columns(['platform', 'installation', 'deadline_id']).doUpdateSet({ fact_json }))
        .execute();
    },
    withdraw: async ({ platform, id }, deadline) => {
      const ofIt = db.deleteFrom('corrections').where('platform', '=', platform).where('installation', '=', id);
      await ofIt.where('deadline_id', '=', deadline).execute();
    },
    views: () => views(db),
    apart: async (revision, deadline) => {
      const rows = db.selectFrom('heard_apart').select(['platform', 'installation']).where('revision_id', '=', revision);
      return (await rows.where('deadline_id', '=', deadline).execute()).map(placeOf);
    },
  };
}

function placeOf({ platform, installation }: { platform: string; installation: string }): Place {
  return { platform, id: installation };
}

function columns({ platform, id }: Place) {
  return { platform, installation: id };
}

function keyOf({ platform, installation }: { platform: string; installation: string }): string {
  return `${platform}/${installation}`;
}

async function views(db: Kysely<Database>): Promise<readonly TeamView[]> {
  const dates = await db.selectFrom('team_deadlines').selectAll().where('gone', '=', 0).orderBy('id').execute();
  const corrections = await ownDateTables(db).corrections();
  if (dates.length + corrections.length === 0) return [];
  const reviews = await db.selectFrom('team_reviews').selectAll().execute();
  const places = new Map([...dates.map(placeOf), ...corrections.map(({ place }) => place)].map((place) => [keyOf(columns(place)), place]));
  return [...places].map(([key, place]) => {
    const ofIt = <Row extends { platform: string; installation: string }>(rows: readonly Row[]) => rows.filter((row) => keyOf(row) === key);
    const own = ofIt(dates).map((row) => ({ row, deadline: JSON.parse(row.body_json) as Deadline | null }));
    return {
      place,
      own: {
        deadlines: new Map(own.map(({ row, deadline }) => [row.id, deadline])),
        reviews: new Map(ofIt(reviews).map((row) => [row.id, JSON.parse(row.body_json) as Review])),
      },
      versions: new Map(
        own.flatMap(({ row, deadline }): [string, VersionedDeadline][] =>
          deadline === null ? [] : [[row.id, { deadline, version: row.version, since: Number(row.since), team: place }]],
        ),
      ),
      corrections: corrections.filter((entry) => keyOf(columns(entry.place)) === key).map(({ correction }): Correction => correction),
    };
  });
}

/** What installations see otherwise from a revision on. */
export async function writeTeams(db: Kysely<Database>, revision: { readonly id: number; readonly at: number }, teams: readonly TeamRevision[]): Promise<void> {
  for (const team of teams) {
    const place = columns(team.place);
    await writeDates(db, team, revision.at);
    await db.deleteFrom('team_reviews').where('platform', '=', place.platform).where('installation', '=', place.installation).execute();
    for (const review of team.own.reviews.values()) {
      await db
        .insertInto('team_reviews')
        .values({ ...place, id: review.id, body_json: JSON.stringify(review) })
        .execute();
    }
    for (const deadline_id of team.apart) {
      await db
        .insertInto('heard_apart')
        .values({ ...place, revision_id: revision.id, deadline_id })
        .execute();
    }
  }
}

/** A version rises when the date or its precision changes, also across a time in which the installation saw what all see. */
async function writeDates(db: Kysely<Database>, { place, own }: TeamRevision, since: number): Promise<void> {
  const { platform, installation } = columns(place);
  const before = await db.selectFrom('team_deadlines').selectAll().where('platform', '=', platform).where('installation', '=', installation).execute();
  const stored = new Map(before.map((row) => [row.id, row]));
  const write = async (row: Database['team_deadlines']) => {
    const { version, since: from, when_key, gone, body_json } = row;
    await db
      .insertInto('team_deadlines')
      .values(row)
      .onConflict((clash) => clash.columns(['platform', 'installation', 'id']).doUpdateSet({ version, since: from, when_key, gone, body_json }))
      .execute();
  };
  for (const [id, deadline] of own.deadlines) {
    const old = stored.get(id);
    const when_key = deadline === null ? 'not there' : versionKey(deadline);
    const same = old?.when_key === when_key;
    const version = same ? old.version : (old?.version ?? FIRST_TEAM_VERSION) + 1;
    await write({ platform, installation, id, version, since: same ? old.since : since, when_key, gone: 0, body_json: JSON.stringify(deadline) });
  }
  for (const row of stored.values()) if (row.gone === 0 && !own.deadlines.has(row.id)) await write({ ...row, gone: 1, when_key: 'gone', body_json: 'null' });
}
