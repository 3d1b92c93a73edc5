/** The sheet as calendar files: those that are shipped, and the one that an operator applies. JSON is YAML, too. */
import { sessionOf } from '../../../src/calendar/file-facts.ts';
import { type CalendarText, loadCalendar } from '../../../src/calendar/load.ts';
import type { OperatorFile } from '../../../src/calendar/schema.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { emptySession, overlay, patchSession } from '../../../src/domain/calendar/layers.ts';
import { type Entry, FIRST, type Listing, returned, SESSIONS, type SessionNumber, type SessionSheet, type Sheet, type Sure } from './sheet.ts';

/** Holidays of the UN Office at Geneva. */
export const HOLIDAYS = ['2026-04-03', '2026-05-27', '2026-10-20'];

const HEADER = { version: 1, checked: '2026-01-02' };
/** Only an official source makes a date published. */
const SOURCE: Record<Sure, string[]> = { published: ['ohchr'], tentative: ['uprinfo'] };
const OFFICIAL = { certainty: 'published', source: ['ohchr'] } as const;

const NAMES = { KEN: 'Kenya', FRA: 'France', PER: 'Peru', USA: 'United States of America' };
const LANGUAGES = ['en', 'fr', 'es', 'ru', 'zh', 'ar'];

const rule = (certainty: string, offset: number | readonly [number, number]) => ({
  ...{ what: 'An offset', certainty, source: ['ohchr'] },
  ...(typeof offset === 'number' ? { exactly: offset } : { between: offset }),
});

const asText = (file: string, content: object): CalendarText => ({ file, text: JSON.stringify(content) });

/** Files that nobody edits. */
const STANDING: readonly CalendarText[] = [
  asText('sources.yaml', {
    ...HEADER,
    sources: {
      ohchr: { url: 'https://www.ohchr.org/', class: 'official', says: 'The calendar.' },
      uprinfo: { url: 'https://www.upr-info.org/', class: 'upr-info', says: 'Pre-sessions.' },
      press: { url: 'https://press.example/', class: 'media', says: 'A report.' },
    },
    places: { upr_main: { url: 'https://www.ohchr.org/upr', publishes: 'Everything.' } },
  }),
  asText('states.yaml', {
    ...HEADER,
    names_source: ['ohchr'],
    states: Object.entries(NAMES).map(([code, name]) => ({
      code,
      iso2: code.slice(0, 2),
      names: Object.fromEntries(LANGUAGES.map((language) => [language, name])),
    })),
  }),
  asText('hrc-sessions.yaml', { ...HEADER, sessions: [] }),
  asText('holidays.yaml', { ...HEADER, years: [{ year: 2026, days: HOLIDAYS, source: ['ohchr'] }] }),
  asText('rules.yaml', {
    ...HEADER,
    rules: {
      advance_questions_working_days: rule('fixed-rule', 10),
      recommendations_circulated_hours: rule('fixed-rule', 48),
      wg_report_adopted_hours: rule('fixed-rule', 48),
      presession_statement_days: rule('tentative', 14),
      stakeholder_submission_days: rule('estimated', [186, 231]),
      national_report_days: rule('estimated', [84, 115]),
      documents_published_days: rule('estimated', 42),
    },
  }),
];

function dateOf({ date, time, certainty, other }: Entry) {
  if (date === 'unknown') return { date };
  return {
    ...{ date, certainty, source: SOURCE[certainty] },
    ...(time === null ? {} : { time }),
    ...(other === null ? {} : { disagrees: [{ date: other, source: ['press'], why: 'A report says so.' }] }),
  };
}

function datesOf(entries: Readonly<Partial<Record<string, Entry>>>) {
  return Object.fromEntries(Object.entries(entries).flatMap(([kind, entry]) => (entry === undefined ? [] : [[kind, dateOf(entry)]])));
}

function listingOf({ state, from, review, own, events }: Listing): NonNullable<OperatorFile['states']>[number] {
  return {
    ...{ state, review: dateOf(review), deadlines: datesOf(own) },
    ...(from === null ? {} : { from }),
    events: events.map(({ what, on, to }) => ({ on, what, ...(to === null ? {} : { to }), ...OFFICIAL, source: ['ohchr'] })),
  };
}

function fileOf(session: SessionNumber, { dates, deadlines, listings }: SessionSheet, version: number): OperatorFile {
  const { from: date, until, certainty } = dates;
  return {
    ...{ session, cycle: 4, version, checked: HEADER.checked },
    dates: { date, until, certainty, source: SOURCE[certainty] },
    deadlines: datesOf(deadlines),
    states: listings.map(listingOf),
  };
}

/** What is shipped of session 55: as it was first, with the States that were put there since. */
function shippedSheet(sheet: Sheet): Sheet {
  const known = new Map(FIRST[55].listings.map((listing) => [listing.state, listing]));
  return { ...sheet, 55: { ...FIRST[55], listings: sheet[55].listings.map(({ state }) => known.get(state) ?? returned(state)) } };
}

export function shippedFiles(sheet: Sheet, version: number): readonly CalendarText[] {
  const shipped = shippedSheet(sheet);
  return [...STANDING, ...SESSIONS.map((session) => asText(`sessions/${session}.yaml`, fileOf(session, shipped[session], version)))];
}

export function appliedFile(sheet: Sheet, version: number): CalendarText {
  return asText('session-55.yaml', fileOf(55, sheet[55], version));
}

const standing = loadCalendar(shippedFiles(FIRST, 1)).facts;

/** What those files say, without their way through the disk. */
export function factsOf(sheet: Sheet): CalendarFacts {
  const shipped = shippedSheet(sheet);
  const sessions = SESSIONS.map((session) => sessionOf(fileOf(session, shipped[session], 1)));
  const facts = { ...standing, sessions: new Map(sessions.map((patch) => [patch.number, patchSession(emptySession(patch), patch, standing.sources)])) };
  return overlay(facts, { sources: [], sessions: [sessionOf(fileOf(55, sheet[55], 1))], councils: [], holidays: [] });
}
