/**
 * From imported dates to operator's files, one a session, each ready for `calendar apply`. A proposal begins with what
 * the operator applied for that session before: a file that lost half of its rows takes nothing away.
 */
import { stringify } from 'yaml';
import type { CalendarFacts, DateFact } from '../../domain/calendar/facts.ts';
import { whenKey } from '../../domain/calendar/when.ts';
import type { Day } from '../../domain/time.ts';
import type { DateFactInput } from '../date-schema.ts';
import { dateTextOf, factAt, ownerOf, placeName } from '../fact-place.ts';
import { dateFactOf, sourcesOf } from '../file-facts.ts';
import type { CalendarText } from '../load.ts';
import { type OperatorFile, operatorFile } from '../schema.ts';
import { parseYamlFile } from '../yaml-file.ts';
import { type ClaimInput, claimOf, decide, isOutranked, keyOf } from './decide.ts';
import type { ImportedFact } from './read-rows.ts';
import { dateSlot, joined, mergeRest } from './session-file.ts';

interface Value {
  readonly date: string;
  readonly source: readonly string[];
}

/** Two values for one date; both are kept. */
export interface Conflict {
  readonly fact: string;
  readonly drives: Value;
  readonly beside: Value;
}

export interface Proposal {
  readonly files: readonly CalendarText[];
  readonly conflicts: readonly Conflict[];
  /** How many dates the calendar has already, just so. */
  readonly same: number;
}

export interface Proposing {
  readonly dates: readonly ImportedFact[];
  /** What whole files say beside dates. */
  readonly rest: readonly OperatorFile[];
  /** The operator's files in force. */
  readonly applied: readonly CalendarText[];
  readonly facts: CalendarFacts;
  readonly today: Day;
  /** The command that makes the files; `calendar import` when left out. */
  readonly by?: string;
}

export function propose({ dates, rest, applied, facts, today, by = 'calendar import' }: Proposing): Proposal {
  const before = readApplied(applied);
  const known = {
    ...facts,
    sources: new Map([...facts.sources, ...rest.flatMap(({ sources }) => sourcesOf({ sources: sources ?? {} })).map((source) => [source.id, source] as const)]),
  };
  const drafts = new Map<number, { file: string; value: OperatorFile }>();
  const draftOf = (session: number) => {
    const found = drafts.get(session) ?? before.get(session) ?? { file: `session-${session}.yaml`, value: { session, version: 0, checked: today } };
    drafts.set(session, found);
    return found;
  };
  for (const part of rest) {
    const draft = draftOf(part.session);
    draft.value = mergeRest(draft.value, part);
  }
  const conflicts: Conflict[] = [];
  const news = dates.filter((fact) => !isKnown(fact, facts));
  for (const fact of news) conflicts.push(...put(draftOf(fact.place.session).value, fact, { known, today }));
  const files = [...drafts]
    .sort(([a], [b]) => a - b)
    .map(([, { file, value }]) => ({ file, text: write({ ...value, version: value.version + 1, checked: today }, by) }));
  return { files, conflicts, same: dates.length - news.length };
}

/** The last file of each session, for that one drives. */
function readApplied(applied: readonly CalendarText[]): ReadonlyMap<number, { file: string; value: OperatorFile }> {
  const found = new Map<number, { file: string; value: OperatorFile }>();
  for (const { file, text } of applied) {
    const parsed = parseYamlFile(file, text, operatorFile);
    if ('value' in parsed) found.set(parsed.value.session, { file, value: parsed.value });
  }
  return found;
}

/** True when the calendar says it already, as surely, by the same pages and checked as late. */
function isKnown({ place, input }: ImportedFact, facts: CalendarFacts): boolean {
  const stands = factAt(facts, place);
  if (stands === null || input.date === 'unknown') return false;
  const said = dateFactOf(input, { checked: stands.checked });
  const more = [said.looks, said.disagrees, said.earlier].some((list) => list.length > 0) || (said.note !== undefined && said.note !== stands.note);
  const same = JSON.stringify([said.when, said.until, said.certainty]) === JSON.stringify([stands.when, stands.until, stands.certainty]);
  return same && !more && said.source.every((id) => stands.source.includes(id)) && said.checked <= stands.checked;
}

/** Lays one date into the file of its session. */
function put(
  file: OperatorFile,
  { place, input }: ImportedFact,
  { known, today }: { readonly known: CalendarFacts; readonly today: Day },
): readonly Conflict[] {
  const fresh: DateFactInput = { ...input, checked: input.checked ?? today };
  const stands = factAt(known, ownerOf(known, place));
  const value = ({ date, source }: Pick<DateFactInput, 'date' | 'source'>): Value => ({ date, source: source ?? [] });
  const now = stands === null || stands.when.from === null ? null : { date: dateTextOf(stands.when), source: [...stands.source] };
  if (isOutranked(fresh, stands, known) && now !== null) {
    const { state, kind } = place;
    file.also = [...(file.also ?? []), { kind, ...(state === null ? {} : { state }), ...claimOf(fresh) }];
    return [{ fact: placeName(place), drives: now, beside: value(fresh) }];
  }
  const slot = dateSlot(file, place);
  const old = slot.get();
  const decided = old === undefined && now !== null && stands !== null ? moved(stands, fresh) : decide(old, fresh, known);
  slot.set(decided);
  const other = old !== undefined && old.date !== 'unknown' ? [old, fresh].find((side) => keyOf(side) !== keyOf(decided)) : undefined;
  if (other !== undefined) return [{ fact: placeName(place), drives: value(decided), beside: value(other) }];
  if (old === undefined && now !== null && now.date !== decided.date && decided.earlier === undefined)
    return [{ fact: placeName(place), drives: value(decided), beside: now }];
  return [];
}

/** A date over the one of a layer below: where the same page says otherwise now, the old one is what stood before. */
function moved(stands: DateFact, fresh: DateFactInput): DateFactInput {
  const same = stands.source.every((id) => fresh.source?.includes(id)) && (fresh.checked ?? '') >= stands.checked;
  if (!same || keyOf(fresh) === whenKey(stands.when)) return fresh;
  const { time } = stands.when;
  const before: ClaimInput = {
    date: dateTextOf(stands.when),
    source: [...stands.source],
    ...(time === null ? {} : { time }),
    ...(stands.known === null ? {} : { known: stands.known }),
  };
  return { ...fresh, earlier: joined([before], fresh.earlier) };
}

/** @returns a file as a person would write it: what is empty is left out. */
function write(value: OperatorFile, by: string): string {
  return `# Proposed by \`upr-watch ${by}\`.\n${stringify(value, { lineWidth: 0 })}`;
}
