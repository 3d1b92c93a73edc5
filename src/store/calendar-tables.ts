import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import type { Deadline } from '../domain/calendar/deadline.ts';
import type { Change, Picture } from '../domain/calendar/diff.ts';
import type { Review } from '../domain/calendar/review.ts';
import { whenKey } from '../domain/calendar/when.ts';
import { writeTeams } from './own-date-tables.ts';
import type { CalendarStore, Place, RecordedChange, StoredChange, StoredFile, StoredRevision, VersionedDeadline } from './store.ts';
import type { Database } from './tables.ts';

/** Rows written in one statement; SQLite takes at most 32,766 parameters. */
const ROWS = 400;

export function calendarTables(db: Kysely<Database>): CalendarStore {
  return {
    files: async (layer) => {
      const rows = await db.selectFrom('calendar_files').selectAll().where('layer', '=', layer).orderBy('file').execute();
      return rows.map(({ file, version, body_json }) => ({ layer, file, version, body: body_json }));
    },
    putFiles: (files, now) => putFiles(db, files, now),
    latest: async () => toRevision(await lastRevision(db).executeTakeFirst()),
    latestOfAll: async () => toRevision(await lastRevision(db).where('of_teams', '=', 0).executeTakeFirst()),
    revisionsAfter: async (id) =>
      (await db.selectFrom('revisions').selectAll().where('id', '>', id).orderBy('id').execute()).flatMap((row) => toRevision(row) ?? []),
    picture: () => readPicture(db),
    revise: (input) => revise(db, input),
    changesBetween: (after, until, place) => changesBetween(db, { after, until }, place),
    changesOf: async (revision) => {
      const rows = await changeRows(db).where('changes.revision_id', '=', revision).where('changes.platform', '=', OF_ALL).orderBy('changes.seq').execute();
      return rows.map(toChange);
    },
    teamChangesOf: async (revision) => {
      const rows = await changeRows(db).where('changes.revision_id', '=', revision).where('changes.platform', '!=', OF_ALL).orderBy('changes.seq').execute();
      return rows.map(toChange);
    },
    change: async (revision, seq) => {
      const row = await changeRows(db).where('changes.revision_id', '=', revision).where('changes.seq', '=', seq).executeTakeFirst();
      return row === undefined ? null : toChange(row);
    },
    historyOf: (deadline, limit, place) => historyOf(db, { deadline, limit }, place),
  };
}

/** The platform of a change that all hear. */
const OF_ALL = '';

function lastRevision(db: Kysely<Database>) {
  return db.selectFrom('revisions').selectAll().orderBy('id', 'desc').limit(1);
}

function toRevision(row: { id: number; at: number; reason: string; of_teams: number } | undefined): StoredRevision | null {
  return row === undefined ? null : { id: row.id, at: Number(row.at), reason: row.reason, ofTeams: row.of_teams === 1 };
}

/** With a place: what it alone hears, and of what all hear that which its own view did not tell in its stead. */
async function changesBetween(
  db: Kysely<Database>,
  { after, until }: { readonly after: number; readonly until: number },
  place: Place | undefined,
): Promise<readonly StoredChange[]> {
  const rows = await changeRows(db)
    .where('revisions.at', '>', after)
    .where('revisions.at', '<=', until)
    .where((where) => heardBy(where, place))
    .orderBy('changes.revision_id')
    .orderBy('changes.seq')
    .execute();
  const changes = rows.map(toChange);
  if (place === undefined || changes.length === 0) return changes;
  const apart = await db
    .selectFrom('heard_apart')
    .innerJoin('revisions', 'revisions.id', 'heard_apart.revision_id')
    .select(['revision_id', 'deadline_id'])
    .where('platform', '=', place.platform)
    .where('installation', '=', place.id)
    .where('revisions.at', '>', after)
    .where('revisions.at', '<=', until)
    .execute();
  const instead = new Set(apart.map((row) => `${row.revision_id}|${row.deadline_id}`));
  return changes.filter(({ team, revision, change }) => team !== undefined || !instead.has(`${revision}|${idOf(change)}`));
}

function heardBy(where: ExpressionBuilder<Database, 'changes' | 'revisions'>, place: Place | undefined) {
  const ofAll = where('changes.platform', '=', OF_ALL);
  if (place === undefined) return ofAll;
  return where.or([ofAll, where.and([where('changes.platform', '=', place.platform), where('changes.installation', '=', place.id)])]);
}

function idOf(change: Change): string | null {
  return change.about === 'date' ? ((change.after ?? change.before)?.id ?? null) : null;
}

/** Changes are few beside deadlines, and this is asked by people; an id may hold `_`, which matches any character. */
async function historyOf(
  db: Kysely<Database>,
  { deadline, limit }: { readonly deadline: string; readonly limit: number },
  place: Place | undefined,
): Promise<readonly StoredChange[]> {
  const named = `%${JSON.stringify({ id: deadline }).slice(1, -1)}%`;
  const rows = await changeRows(db)
    .where('changes.change_json', 'like', named)
    .where((where) => heardBy(where, place))
    .orderBy('changes.revision_id', 'desc')
    .orderBy('changes.seq', 'desc')
    .limit(limit * 4)
    .execute();
  return rows
    .map(toChange)
    .filter(({ change }) => idOf(change) === deadline)
    .slice(0, limit);
}

function changeRows(db: Kysely<Database>) {
  return db.selectFrom('changes').innerJoin('revisions', 'revisions.id', 'changes.revision_id').selectAll('changes').select('revisions.at');
}

function toChange(row: Selectable<Database['changes']> & { at: number }): StoredChange {
  const change = JSON.parse(row.change_json) as Change;
  const stored = { revision: row.revision_id, seq: row.seq, at: Number(row.at), posted: row.posted === 1, known: row.known, change };
  return row.platform === OF_ALL ? stored : { ...stored, team: { platform: row.platform, id: row.installation } };
}

async function putFiles(db: Kysely<Database>, files: readonly StoredFile[], now: number): Promise<void> {
  for (const { layer, file, version, body } of files) {
    const row = { layer, file, version, body_json: body, loaded_at: now };
    await db
      .insertInto('calendar_files')
      .values(row)
      .onConflict((clash) => clash.columns(['layer', 'file']).doUpdateSet({ version, body_json: body, loaded_at: now }))
      .execute();
  }
}

async function readPicture(db: Kysely<Database>): ReturnType<CalendarStore['picture']> {
  const rows = await db.selectFrom('deadlines').selectAll().where('gone', '=', 0).execute();
  const reviews = await db.selectFrom('reviews').selectAll().execute();
  if (rows.length === 0 && reviews.length === 0) return null;
  const versions = new Map<string, VersionedDeadline>();
  for (const row of rows) versions.set(row.id, { deadline: JSON.parse(row.body_json) as Deadline, version: row.version, since: Number(row.since) });
  const picture: Picture = {
    deadlines: new Map([...versions].map(([id, { deadline }]) => [id, deadline])),
    reviews: new Map(reviews.map((row) => [row.id, JSON.parse(row.body_json) as Review])),
  };
  return { picture, versions };
}

type Revise = Parameters<CalendarStore['revise']>[0];

async function revise(db: Kysely<Database>, { picture, changes, teams = [], now, reason }: Revise): Promise<StoredRevision> {
  const first = (await db.selectFrom('revisions').select('id').limit(1).executeTakeFirst()) === undefined;
  const ofTeams = picture === null;
  const row = { at: now, reason, of_teams: ofTeams ? 1 : 0 };
  const { id } = await db.insertInto('revisions').values(row).returning('id').executeTakeFirstOrThrow();
  await insertChanges(db, id, [...changes, ...teams.flatMap(({ place, changes: own }) => own.map((change) => ({ ...change, team: place })))]);
  if (picture !== null) {
    await writeDeadlines(db, picture, first ? 0 : now);
    await writeReviews(db, picture);
  }
  await writeTeams(db, { id, at: now }, teams);
  return { id, at: now, reason, ofTeams };
}

async function insertChanges(db: Kysely<Database>, revision: number, changes: readonly (RecordedChange & { readonly team?: Place })[]): Promise<void> {
  const rows = changes.map(({ change, posted, known, team }, seq) => ({
    revision_id: revision,
    seq,
    posted: posted ? 1 : 0,
    known,
    change_json: JSON.stringify(change),
    platform: team?.platform ?? OF_ALL,
    installation: team?.id ?? '',
  }));
  for (let at = 0; at < rows.length; at += ROWS)
    await db
      .insertInto('changes')
      .values(rows.slice(at, at + ROWS))
      .execute();
}

/** A version of a date lasts as long as this does. */
export function versionKey({ when }: Pick<Deadline, 'when'>): string {
  return `${when.precision}:${whenKey(when)}`;
}

/** Only rows that differ are written. A version rises when the date or its precision changes, also across a withdrawal. */
async function writeDeadlines(db: Kysely<Database>, picture: Picture, since: number): Promise<void> {
  const stored = new Map((await db.selectFrom('deadlines').selectAll().execute()).map((row) => [row.id, row]));
  const rows: Database['deadlines'][] = [];
  for (const deadline of picture.deadlines.values()) {
    const body = JSON.stringify(deadline);
    const before = stored.get(deadline.id);
    if (before?.body_json === body && before.gone === 0) continue;
    const key = versionKey(deadline);
    const same = before?.when_key === key;
    rows.push({
      id: deadline.id,
      version: same ? before.version : (before?.version ?? 0) + 1,
      since: same ? before.since : since,
      when_key: key,
      gone: 0,
      body_json: body,
    });
  }
  for (const row of stored.values()) if (row.gone === 0 && !picture.deadlines.has(row.id)) rows.push({ ...row, gone: 1, when_key: 'gone' });
  for (let at = 0; at < rows.length; at += ROWS) {
    await db
      .insertInto('deadlines')
      .values(rows.slice(at, at + ROWS))
      .onConflict((clash) =>
        clash.column('id').doUpdateSet((row) => ({
          version: row.ref('excluded.version'),
          since: row.ref('excluded.since'),
          when_key: row.ref('excluded.when_key'),
          gone: row.ref('excluded.gone'),
          body_json: row.ref('excluded.body_json'),
        })),
      )
      .execute();
  }
}

async function writeReviews(db: Kysely<Database>, picture: Picture): Promise<void> {
  const stored = new Map((await db.selectFrom('reviews').selectAll().execute()).map((row) => [row.id, row.body_json]));
  const rows = [...picture.reviews.values()].map((review) => ({ id: review.id, body_json: JSON.stringify(review) }));
  const changed = rows.filter((row) => stored.get(row.id) !== row.body_json);
  for (let at = 0; at < changed.length; at += ROWS) {
    await db
      .insertInto('reviews')
      .values(changed.slice(at, at + ROWS))
      .onConflict((clash) => clash.column('id').doUpdateSet((row) => ({ body_json: row.ref('excluded.body_json') })))
      .execute();
  }
  const gone = [...stored.keys()].filter((id) => !picture.reviews.has(id));
  if (gone.length > 0) await db.deleteFrom('reviews').where('id', 'in', gone).execute();
}
