import type { z } from 'zod';
import { effectiveCalendar } from '../calendar/effective.ts';
import { stateNamed } from '../commands/state.ts';
import { deadlineOfChange } from '../domain/alerts/merge-changes.ts';
import type { Deadline } from '../domain/calendar/deadline.ts';
import { type Change, isPosted } from '../domain/calendar/diff.ts';
import { kindOfChange, statesOfChange } from '../domain/calendar/news.ts';
import { toIso } from '../domain/time.ts';
import { changeKey, changePhrase } from '../message/change-lines.ts';
import type { Voice } from '../message/content.ts';
import { briefDate } from '../message/dates.ts';
import { bucket } from '../message/group.ts';
import { stateName, statesOf, whoOf } from '../message/names.ts';
import { plainLine } from '../message/plain.ts';
import type { Store } from '../store/store.ts';
import { changeToJson } from './calendar-effect.ts';
import { inRoom } from './calendar-room.ts';
import type { Io } from './io.ts';
import type { logJson } from './output.ts';

interface Options {
  readonly config: string;
  readonly json: boolean;
  readonly state?: readonly string[];
  readonly session?: readonly number[];
  readonly limit: number;
}

type Entry = z.infer<typeof logJson>['entries'][number];

/** What became of the calendar, the latest revision first: what was published, moved or withdrawn, and what stood before. */
export async function printLog(io: Io, options: Options): Promise<void> {
  await inRoom(io, { ...options, looking: true }, async ({ store, home, voice }) => {
    const { facts } = await effectiveCalendar(home, store);
    const states = options.state?.map((typed) => stateNamed(typed, facts).code) ?? null;
    const wanted = (change: Change) =>
      (states === null || statesOfChange(change).some((code) => states.includes(code))) &&
      (options.session === undefined || options.session.includes(kindOfChange(change).session ?? 0));
    const entries = await read(store, await voice(facts), { wanted, all: states === null && options.session === undefined, limit: options.limit });
    if (options.json) return io.write(`${JSON.stringify({ entries }, null, 2)}\n`);
    io.write(entries.length === 0 ? 'Nothing is recorded of that.\n' : entries.map(toText).join('\n'));
  });
}

interface Wanted {
  readonly wanted: (change: Change) => boolean;
  /** Revisions without changes are told too. */
  readonly all: boolean;
  readonly limit: number;
}

async function read(store: Store, voice: Voice, { wanted, all, limit }: Wanted): Promise<Entry[]> {
  const entries: Entry[] = [];
  const revisions = (await store.calendar.revisionsAfter(0)).filter(({ ofTeams }) => !ofTeams);
  for (const { id, at, reason } of revisions.toReversed()) {
    if (entries.length === limit) break;
    const changes = (await store.calendar.changesOf(id)).map(({ change }) => change).filter(wanted);
    if (changes.length === 0 && !all) continue;
    const groups = bucket(eachOnce(changes), changeKey).map((group) => ({ text: sentence(group, voice), changes: group.map(changeToJson) }));
    entries.push({ revision: id, at: toIso(at), reason, groups });
  }
  return entries;
}

/** The first of what became of a date; that another value is kept beside it goes with its move. */
function eachOnce(changes: readonly Change[]): readonly Change[] {
  const dates = new Set<string>();
  return changes.filter((change) => {
    const id = deadlineOfChange(change);
    return id === null || (!dates.has(id) && dates.add(id));
  });
}

/** `Kenya, session 54: stakeholder submission, 17 July 2026 published; before: unknown`. */
function sentence(group: readonly [Change, ...Change[]], voice: Voice): string {
  const [first] = group;
  if (first.about === 'review') return `${stateName(first.review.state, voice)}, session ${first.review.session}: ${changePhrase(first, voice)}`;
  const deadlines = group.flatMap((change) => (change.about === 'date' ? (change.after ?? change.before ?? []) : []));
  const kind = voice.words(`kind.${deadlines[0]?.kind ?? 'review'}`);
  const { session = null } = deadlines[0] ?? {};
  const who = `${whoOf(deadlines, voice)}${statesOf(deadlines).length === 1 && session !== null ? `, session ${session}` : ''}`;
  const heard = isPosted(first) ? '' : ' (not posted)';
  return `${who}: ${kind}, ${side(first.after, voice)}; before: ${side(first.before, voice)}${heard}`;
}

/** `17 July 2026 published`; what is not there, or has no date, is unknown. */
function side(deadline: Deadline | null, { words }: Voice): string {
  if (deadline === null || deadline.when.from === null) return 'unknown';
  const standing = deadline.standing === 'standing' ? '' : `, ${words(`standing.${deadline.standing}`)}`;
  return `${plainLine(briefDate(deadline.when, words))} ${words(`certainty.${deadline.certainty}`)}${standing}`;
}

function toText({ revision, at, reason, groups }: Entry): string {
  const lines = groups.length === 0 ? ['  no date changed'] : groups.map(({ text }) => `  ${text}`);
  return [`${at}  revision ${revision}: ${reason}`, ...lines, ''].join('\n');
}
