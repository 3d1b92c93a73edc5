/**
 * Calendar exports (RFC 5545). An event is a row when it says so in `X-UPR-SESSION`, `X-UPR-KIND`, …, or when its
 * categories or its summary name both a step and a session of the UPR: `Kenya: national report (UPR 54)`.
 */
import type { Source } from '../../domain/calendar/facts.ts';
import { DEADLINE_KINDS } from '../../domain/calendar/kinds.ts';
import { foldName } from '../../domain/calendar/state.ts';
import { addDays, clockTimeOf, dayOf, GENEVA, isRealDay } from '../../domain/time.ts';
import { type IcsLine, icsLines, icsList, icsText } from './ics-lines.ts';
import { COLUMNS, type Column, type RawRow, type ReadFile, type Remark } from './raw-row.ts';

type Event = { readonly line: number; readonly lines: readonly IcsLine[] };

export function readIcs(bytes: Uint8Array, sources: ReadonlyMap<string, Source>): ReadFile {
  const lines = icsLines(bytes);
  const refused = (line: number, message: string): ReadFile => ({ rows: [], passedOver: [], faults: [{ line, message }] });
  if (lines === null) return refused(1, 'is not UTF-8; save it as UTF-8');
  if (!is(lines[0], 'BEGIN', 'VCALENDAR')) return refused(1, 'does not begin with BEGIN:VCALENDAR');
  if (!is(lines.at(-1), 'END', 'VCALENDAR')) return refused(lines.at(-1)?.line ?? 1, 'does not end with END:VCALENDAR; the file is cut off');
  const rows: RawRow[] = [];
  const [faults, passedOver]: [Remark[], Remark[]] = [[], []];
  for (const event of eventsOf(lines)) {
    const read = readEvent(event, sources);
    if ('cells' in read) rows.push(read);
    else (read.ours ? faults : passedOver).push({ line: read.line, message: read.message });
  }
  if (rows.length + faults.length + passedOver.length === 0) return refused(1, 'holds no events');
  return { rows, faults, passedOver };
}

function is(line: IcsLine | undefined, name: string, value: string): boolean {
  return line?.name === name && line.value.trim().toUpperCase() === value;
}

/** Events with their own lines; alarms inside them, and zones beside them, are left out. */
function eventsOf(lines: readonly IcsLine[]): readonly Event[] {
  const events: { line: number; lines: IcsLine[] }[] = [];
  const open: string[] = [];
  for (const line of lines) {
    if (line.name === 'BEGIN') open.push(line.value.trim().toUpperCase());
    if (is(line, 'BEGIN', 'VEVENT')) events.push({ line: line.line, lines: [] });
    if (open.at(-1) === 'VEVENT') events.at(-1)?.lines.push(line);
    if (line.name === 'END') open.pop();
  }
  return events;
}

type Left = Remark & { readonly ours: boolean };

function readEvent({ line, lines }: Event, sources: ReadonlyMap<string, Source>): RawRow | Left {
  const text = (name: string) => icsText(lines.find((entry) => entry.name === name)?.value ?? '').trim();
  const summary = text('SUMMARY');
  const named = namedIn(summary, icsList(lines.find(({ name }) => name === 'CATEGORIES')?.value ?? ''));
  const own = Object.fromEntries(COLUMNS.map((column) => [column, text(`X-UPR-${column.toUpperCase()}`)]).filter(([, value]) => value !== ''));
  const ours = Object.keys(own).length > 0 || (named.kind !== '' && named.session !== '');
  const left = (message: string): Left => ({ line, message: `${quoted(summary)} ${message}`, ours });
  if (!ours) return left('names no step and session of the UPR');
  if (text('STATUS') === 'CANCELLED') return { ...left('is cancelled; an import takes no date away'), ours: false };
  if (text('RRULE') !== '' || text('RDATE') !== '') return left('repeats; write each of its dates');
  const when = whenOf(lines);
  if (typeof when === 'string') return left(when);
  const url = text('URL');
  const source = [...sources.values()].find((known) => known.url === url);
  const certainty = certaintyOf(text('STATUS'), source);
  return { line, cells: { ...named, ...(source === undefined ? {} : { source: source.id }), certainty, ...when, ...own } };
}

/** `CONFIRMED` is published where the page is official, and tentative where it is not; nothing else says how sure a date is. */
function certaintyOf(status: string, source: Source | undefined): string {
  if (status === 'TENTATIVE') return 'tentative';
  if (status !== 'CONFIRMED') return '';
  return source?.class === 'official' ? 'published' : 'tentative';
}

/** Kinds by their words, the longest first, so that `review` is not found in `next review`. */
const KIND_WORDS = DEADLINE_KINDS.map((kind) => ({ kind, words: foldName(kind) })).sort((a, b) => b.words.length - a.words.length);

function namedIn(summary: string, categories: readonly string[]): Record<'kind' | 'session' | 'state', string> {
  const all = [...categories, summary].map(foldName);
  const found = KIND_WORDS.find(({ words }) => all.some((part) => ` ${part} `.includes(` ${words} `)));
  const session = /\b(?:upr|session|wg)\s?(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th)? session\b/.exec(all.join(' | '));
  const code = categories.find((category) => /^[A-Z]{3}$/.test(category) && category !== 'UPR');
  const colon = summary.indexOf(':');
  return { kind: found?.kind ?? '', session: session?.[1] ?? session?.[2] ?? '', state: code ?? (colon > 0 ? summary.slice(0, colon).trim() : '') };
}

/** Day, hour and zone of an event, or why they cannot be used. */
function whenOf(lines: readonly IcsLine[]): Partial<Record<Column, string>> | string {
  const start = lines.find(({ name }) => name === 'DTSTART');
  if (start === undefined) return 'has no DTSTART';
  const from = read(start);
  if (typeof from === 'string') return from;
  const last = lines.find(({ name }) => name === 'DTEND');
  const end = last === undefined ? null : read(last);
  if (typeof end === 'string') return end;
  // The end of a whole day is the day after it (RFC 5545, 3.6.1).
  const until = end === null ? from.date : end.time === '' ? addDays(end.date, -1) : end.date;
  return { ...from, ...(until > from.date ? { until } : {}) };
}

function read({ name, params, value }: IcsLine): { date: string; time: string; zone: string } | string {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?$/.exec(value.trim());
  if (parts === null) return `has a ${name} that is no date`;
  const [, year = '', month = '', day = '', hour, minute, utc] = parts;
  const date = `${year}-${month}-${day}`;
  if (!isRealDay(date)) return `has a ${name} that is no date`;
  if (hour === undefined || minute === undefined) return { date, time: '', zone: '' };
  const zone = params.get('TZID') ?? '';
  if (utc !== 'Z') return zone === '' ? `has a ${name} with an hour and no zone` : { date, time: `${hour}:${minute}`, zone };
  const at = Date.parse(`${date}T${hour}:${minute}:00Z`);
  if (Number.isNaN(at)) return `has a ${name} with an hour that is none`;
  return { date: dayOf(at, GENEVA), time: clockTimeOf(at, GENEVA), zone: GENEVA };
}

function quoted(summary: string): string {
  return `"${summary.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 80)}"`;
}
