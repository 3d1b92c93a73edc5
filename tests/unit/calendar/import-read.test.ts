import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { icsLines } from '../../../src/calendar/import/ics-lines.ts';
import { parseCsv } from '../../../src/calendar/import/read-csv.ts';
import { readImport } from '../../../src/calendar/import/read-import.ts';
import { loadCalendar } from '../../../src/calendar/load.ts';
import { aFolder } from './a-folder.ts';

const { facts } = loadCalendar(aFolder());
const CONTEXT = { facts, source: null, certainty: null };

const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const read = (file: string, text: string | Buffer, context = CONTEXT) =>
  readImport({ file, bytes: typeof text === 'string' ? bytesOf(text) : text }, { ...CONTEXT, ...context });
const faultsOf = (file: string, text: string | Buffer) => read(file, text).faults.map(({ line, message }) => `${line} ${message}`);

const HEAD = 'session,state,kind,date,certainty,source\n';
const ROW = '50,Kenya,national_report,2025-08-04,tentative,ohchr\n';

describe('A spreadsheet', () => {
  test('written and read again is the same, whatever its cells hold', () => {
    const cell = fc.string({
      unit: fc.oneof(fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', ' ', 'é', '😀'), fc.string({ minLength: 1, maxLength: 1 })),
      maxLength: 8,
    });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
    const write = (rows: readonly (readonly string[])[], separator: string, end: string) =>
      rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator)).join(end);
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, separator, end) => {
        const parsed = parseCsv(write(rows, separator, end), separator);

        expect('records' in parsed && parsed.records.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test.each([
    ['commas', `${HEAD}${ROW}`],
    ['semicolons', `${HEAD}${ROW}`.replaceAll(',', ';')],
    ['tabs', `${HEAD}${ROW}`.replaceAll(',', '\t')],
    ['a byte order mark and the line ends of Windows', `\ufeff${HEAD}${ROW}`.replaceAll('\n', '\r\n')],
    ['quoted cells', `${HEAD}"50","Kenya","national_report","2025-08-04","tentative","ohchr"`],
    ['names as people type them', `${HEAD}50,kenya,National report,2025-08-04,Tentative,https://www.ohchr.org/\n`],
    ['blank lines', `${HEAD}\n${ROW}\n\n`],
  ])('with %s is read', (_what, text) => {
    expect(read('dates.csv', text)).toMatchObject({
      faults: [],
      dates: [{ place: { session: 50, state: 'KEN', kind: 'national_report' }, input: { date: '2025-08-04', certainty: 'tentative', source: ['ohchr'] } }],
    });
  });

  test('names the line of every row that cannot be used, and why', () => {
    const rows = [
      '50,Kenya,national_report,2025-02-30,tentative,ohchr',
      '50,Kenya,national_report,0000-01-01,tentative,ohchr',
      '50,Kenya,national_report,9999-01-01,tentative,ohchr',
      '50,Kenya,national_report,2025-08-04,,ohchr',
      '50,Kenya,national_report,2025-08-04,tentative,',
      '50,Kenya,national_report,2025-08-04,tentative,gossip',
      '50,Atlantis,national_report,2025-08-04,tentative,ohchr',
      '50,Kenya,lunch,2025-08-04,tentative,ohchr',
      '50,Kenya,national_report,unknown,tentative,ohchr',
      '99,Kenya,national_report,2025-08-04,tentative,ohchr',
      '50,,review,2025-11-07,tentative,ohchr',
      '50,Kenya,national_report,2025-08-04,probably,ohchr',
      '50,Kenya,national_report,2025-08-04,estimated,ohchr',
    ];

    expect(faultsOf('dates.csv', `${HEAD}${rows.join('\n')}`)).toEqual([
      expect.stringMatching(/^2 date is not a date/),
      expect.stringMatching(/^3 date lies outside the years/),
      expect.stringMatching(/^4 date lies outside the years/),
      expect.stringMatching(/^5 has no certainty/),
      expect.stringMatching(/^6 has no source/),
      expect.stringMatching(/^7 names the source "gossip"/),
      expect.stringMatching(/^8 "Atlantis" is not one State/),
      expect.stringMatching(/^9 "lunch" is not a kind/),
      expect.stringMatching(/^10 has no date; an import takes no date away/),
      expect.stringMatching(/^11 99-KEN-national_report: the calendar does not have/),
      expect.stringMatching(/^12 has no State/),
      expect.stringMatching(/^13 has no certainty/),
      expect.stringMatching(/^14 date is an estimate/),
    ]);
  });

  test('takes source and certainty of all rows from the person who imports it', () => {
    const given = { facts, source: 'ohchr', certainty: 'tentative' } as const;

    expect(read('dates.csv', 'session,kind,date\n50,presession,2025-09-01\n', given as never)).toMatchObject({
      faults: [],
      dates: [{ input: { source: ['ohchr'], certainty: 'tentative' } }],
    });
  });

  test.each([
    ['empty', '', /is empty/],
    ['of blanks', ' \n \n', /is empty/],
    ['with a header alone', HEAD, /holds no rows/],
    ['cut off in a row', `${HEAD}${ROW}50,Ken`, /^3 has 2 cells where the first row has 6/],
    ['cut off in a quotation', `${HEAD}50,"Ken`, /^2 .*the file is cut off/],
    ['with a quotation mark inside a cell', `${HEAD}50,Ke"nya,a,b,c,d`, /quotation mark/],
    ['with a sign after a quotation', `${HEAD}50,"Kenya"x,a,b,c,d`, /goes on after/],
    ['with a column that is none', `mood,${HEAD}x,${ROW}`, /has a column "mood"/],
    ['with a column twice', `session,${HEAD}x,${ROW}`, /twice/],
    ['without a needed column', 'session,kind\n50,review\n', /no column "date"/],
    ['of 30,000 rows', HEAD + ROW.repeat(30_000), /more than 20000 rows/],
    ['that is not UTF-8', Buffer.from([0x73, 0xff, 0xfe, 0x00]), /is not UTF-8/],
  ])('%s is refused', (_what, text, expected) => {
    expect(read('dates.csv', text).dates.length).toBeLessThanOrEqual(1);
    expect(faultsOf('dates.csv', text).join('\n')).toMatch(expected);
  });

  test('of any signs is read or refused, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => read('dates.csv', text).faults.length >= 0));
  });
});

const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'].join('\r\n');
const calendar = (...events: readonly string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
const OWN = ['X-UPR-SESSION:50', 'X-UPR-STATE:KEN', 'X-UPR-KIND:national_report', 'X-UPR-CERTAINTY:tentative', 'X-UPR-SOURCE:ohchr'];

describe('A calendar export', () => {
  test('folded anywhere, even inside a character, reads as if it were not', () => {
    const fold = (line: string, at: number) => {
      const bytes = bytesOf(line);
      const parts: Buffer[] = [];
      for (let from = 0; from < bytes.length; from += at) parts.push(bytes.subarray(from, from + at));
      return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('\r\n '), part])));
    };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 75 }), (text, at) => {
        const value = text.replace(/[\r\n]/g, '');

        expect(icsLines(fold(`SUMMARY:${value}`, at))).toMatchObject([{ line: 1, name: 'SUMMARY', value }]);
      }),
    );
  });

  test.each([
    ['a day', ['DTSTART;VALUE=DATE:20250804', 'DTEND;VALUE=DATE:20250805'], { date: '2025-08-04' }],
    ['days', ['DTSTART;VALUE=DATE:20250804', 'DTEND;VALUE=DATE:20250807'], { date: '2025-08-04', until: '2025-08-06' }],
    ['an hour somewhere', ['DTSTART;TZID="America/New_York":20250804T180000'], { date: '2025-08-04', time: '18:00', zone: 'America/New_York' }],
    ['an hour of UTC', ['DTSTART:20250804T223000Z'], { date: '2025-08-05', time: '00:30', zone: 'Europe/Zurich' }],
  ])('gives %s', (_what, lines, expected) => {
    expect(read('dates.ics', calendar(event(...lines, ...OWN)))).toMatchObject({ faults: [], dates: [{ input: expected }] });
  });

  test('is understood by its categories, its summary, its address and its status', () => {
    const words = event('SUMMARY:Kenya: national report (UPR 50)', 'STATUS:CONFIRMED', 'URL:https://www.ohchr.org/', 'DTSTART;VALUE=DATE:20250804');
    const tags = event(
      'SUMMARY:Deadline',
      'CATEGORIES:KEN,presession,50th session',
      'STATUS:CONFIRMED',
      'URL:https://press.example/',
      'DTSTART;VALUE=DATE:20250904',
    );

    expect(read('dates.ics', calendar(words, tags))).toMatchObject({
      faults: [],
      dates: [
        { place: { session: 50, state: 'KEN', kind: 'national_report' }, input: { certainty: 'published', source: ['ohchr'] } },
        { place: { session: 50, state: 'KEN', kind: 'presession' }, input: { certainty: 'tentative', source: ['press'] } },
      ],
    });
  });

  test('lists what it does not understand, and takes nothing away for what is cancelled', () => {
    const lunch = event('SUMMARY:Lunch', 'DTSTART:20250804T120000Z');
    const gone = event('STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20250804', ...OWN);
    const { dates, faults, passedOver } = read('dates.ics', calendar(lunch, gone));

    expect({ dates, faults }).toEqual({ dates: [], faults: [] });
    expect(passedOver.map(({ message }) => message)).toEqual(['"Lunch" names no step and session of the UPR', expect.stringContaining('is cancelled')]);
  });

  test.each([
    ['that ends too early', calendar(event(...OWN, 'DTSTART;VALUE=DATE:20250804')).replace('END:VCALENDAR', ''), /cut off/],
    ['that is none', 'Hello', /BEGIN:VCALENDAR/],
    ['without events', calendar(), /holds no events/],
    ['with an hour and no zone', calendar(event(...OWN, 'DTSTART:20250804T120000')), /no zone/],
    ['with a zone that is none', calendar(event(...OWN, 'DTSTART;TZID=Moon:20250804T120000')), /zone is not a time zone/],
    ['with a day that is none', calendar(event(...OWN, 'DTSTART;VALUE=DATE:20250230')), /is no date/],
    ['with an event that repeats', calendar(event(...OWN, 'DTSTART;VALUE=DATE:20250804', 'RRULE:FREQ=DAILY')), /repeats/],
    ['without a source', calendar(event(...OWN.slice(0, 4), 'DTSTART;VALUE=DATE:20250804')), /has no source/],
    ['that is not UTF-8', Buffer.from('BEGIN:VCALENDAR\r\nX:\xff\r\nEND:VCALENDAR', 'latin1'), /is not UTF-8/],
  ])('%s is refused', (_what, text, expected) => {
    expect(read('dates.ics', text).dates).toEqual([]);
    expect(faultsOf('dates.ics', text).join('\n')).toMatch(expected);
  });
});

describe('YAML and JSON', () => {
  test('may be a list of rows', () => {
    const row = { session: 50, state: 'KEN', kind: 'presession', date: '2025-09-01', certainty: 'tentative', source: ['ohchr'] };

    expect(read('dates.json', JSON.stringify([row]))).toMatchObject({ faults: [], dates: [{ place: { state: 'KEN' }, input: { source: ['ohchr'] } }] });
  });

  test('may be a whole file of a session, with all that it says', () => {
    const text =
      'session: 50\nversion: 3\nchecked: 2026-07-02\nnotes: [Read.]\ndeadlines: { presession: { date: 2025-09-01, certainty: tentative, source: [ohchr] } }\n';

    expect(read('dates.yaml', text)).toMatchObject({
      faults: [],
      dates: [{ input: { date: '2025-09-01', checked: '2026-07-02' } }],
      rest: [{ notes: ['Read.'] }],
    });
  });

  test.each([
    ['empty', '# nothing\n', /is empty/],
    ['cut off', '[{"session": 50, "sta', /is not valid YAML/],
    ['with a key twice', '[{"session": 50, "session": 51}]', /is not valid YAML/],
    ['of the wrong types', '[{"session": {"a": 1}}]', /session/],
    ['with a key that is none', '[{"mood": "good"}]', /does not know `mood`/],
    ['nested deep', '['.repeat(50_000), /./],
    ['that multiplies itself', `a: &a [x,x]\nb: &b [${Array(60).fill('*a')}]\nc: [${Array(60).fill('*b')}]\n`, /aliases/],
    ['of an empty list', '[]', /holds no rows/],
  ])('%s are refused', (_what, text, expected) => {
    expect(read('dates.yaml', text).dates).toEqual([]);
    expect(faultsOf('dates.yaml', text).join('\n')).toMatch(expected);
  });

  test('of another kind of file are refused by name', () => {
    expect(faultsOf('dates.xlsx', 'PK')).toEqual([expect.stringContaining('ends in none of')]);
  });
});
