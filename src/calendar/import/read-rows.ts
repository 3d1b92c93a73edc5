/** Rows as they are written become facts, each whole or not at all. */
import { CERTAINTIES, type Certainty } from '../../domain/calendar/certainty.ts';
import type { CalendarFacts, Source } from '../../domain/calendar/facts.ts';
import { isDeadlineKind } from '../../domain/calendar/kinds.ts';
import { foldName, resolveState } from '../../domain/calendar/state.ts';
import { type DateFactInput, dateFact } from '../date-schema.ts';
import { type FactKind, type FactPlace, isThere, placeName } from '../fact-place.ts';
import type { RawRow, Remark } from './raw-row.ts';

/** A date with the place where it belongs. */
export interface ImportedFact {
  readonly line: number;
  readonly place: Extract<FactPlace, { session: number }>;
  readonly input: DateFactInput;
}

export interface RowContext {
  readonly facts: CalendarFacts;
  /** For rows that do not say; null where the person who imports does not either. */
  readonly source: string | null;
  readonly certainty: Certainty | null;
}

/** The facts of some rows, and every reason why a row is none. */
export function readRows(rows: readonly RawRow[], context: RowContext): { readonly imported: readonly ImportedFact[]; readonly faults: readonly Remark[] } {
  const faults: Remark[] = [];
  const imported = rows.flatMap((row): ImportedFact[] => {
    const wrong: string[] = [];
    const fact = readRow(row, context, wrong);
    faults.push(...wrong.map((message) => ({ line: row.line, message })));
    return fact === null || wrong.length > 0 ? [] : [fact];
  });
  return { imported, faults };
}

function readRow({ line, cells }: RawRow, { facts, ...given }: RowContext, wrong: string[]): ImportedFact | null {
  const session = /^\d{1,4}$/.test(cells.session ?? '') ? Number(cells.session) : null;
  if (session === null) wrong.push(`"${shown(cells.session)}" is not the number of a session`);
  const kind = kindOf(cells.kind ?? '');
  if (kind === null) wrong.push(`"${shown(cells.kind)}" is not a kind of date; write one such as stakeholder_submission, review or session`);
  const state = stateOf(cells.state ?? '', facts, wrong);
  if (kind === 'review' && state === null) wrong.push('has no State; a review is that of one State');
  if (kind === 'session' && state !== null) wrong.push('names a State; the days of a session are those of all');
  const source = sourcesOf(cells.source || (given.source ?? ''), facts.sources, wrong);
  const certainty = CERTAINTIES.find((known) => known === (cells.certainty || given.certainty)?.toLowerCase());
  if (certainty === undefined || certainty === 'unknown') wrong.push(`has no certainty; write one of ${CERTAINTIES.slice(0, -1).join(', ')}`);
  if (['', 'unknown'].includes(cells.date ?? '')) wrong.push('has no date; an import takes no date away');
  if (session === null || kind === null || wrong.length > 0) return null;
  const place = { session, state, kind };
  if (!isThere(facts, place)) wrong.push(`${placeName(place)}: the calendar does not have that session with that State`);
  const optional = Object.fromEntries((['until', 'time', 'zone', 'checked', 'note'] as const).map((name) => [name, cells[name]]).filter(([, value]) => value));
  const checked = dateFact.safeParse({ date: cells.date, certainty, source, ...optional });
  if (!checked.success) wrong.push(...checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()));
  return checked.success ? { line, place, input: checked.data } : null;
}

function kindOf(text: string): FactKind | null {
  const name = foldName(text).replaceAll(' ', '_');
  return name === 'session' || isDeadlineKind(name) ? name : null;
}

function stateOf(text: string, facts: CalendarFacts, wrong: string[]): string | null {
  if (text === '') return null;
  const found = resolveState(text.slice(0, 100), facts.states.values());
  if ('state' in found) return found.state.code;
  const may = found.candidates.slice(0, 4).map(({ code }) => code);
  wrong.push(`"${shown(text)}" is not one State${may.length === 0 ? '' : `; write ${may.join(' or ')}`}`);
  return null;
}

/** Ids, or the addresses of pages that the calendar knows, parted by blanks, commas, semicolons or bars. */
function sourcesOf(text: string, known: ReadonlyMap<string, Source>, wrong: string[]): string[] {
  const names = text.split(/[\s,;|]+/).filter((name) => name !== '');
  if (names.length === 0) wrong.push('has no source');
  return names.map((name) => {
    const id = known.has(name) ? name : [...known.values()].find(({ url }) => url === name)?.id;
    if (id === undefined) wrong.push(`names the source "${shown(name)}", which is not in sources.yaml; add it there first`);
    return id ?? name;
  });
}

function shown(text: string | undefined): string {
  return (text ?? '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 60);
}
