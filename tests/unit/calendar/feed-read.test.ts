import { describe, expect, test } from 'vitest';
import { loadFeed } from '../../../src/calendar/feed/read.ts';
import { parseStrictJson } from '../../../src/calendar/feed/strict-json.ts';
import { loadCalendar } from '../../../src/calendar/load.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { aFeed, dated, feedFaults, layerOf, ofSession } from './a-feed.ts';
import { aFolder } from './a-folder.ts';

const SCRIPT = `<script>alert('x')</script>`;

describe('A feed', () => {
  test('says what a file would say', () => {
    const base = loadCalendar(aFolder()).facts;
    const facts = overlay(base, loadFeed({ file: 'feed', text: aFeed() }, base).layer);

    expect(facts.sessions.get(50)?.deadlines.stakeholder_submission).toMatchObject({
      when: { precision: 'day', from: '2025-04-09' },
      certainty: 'published',
      source: ['circular'],
      checked: '2026-07-09',
      disagrees: [{ when: { from: '2025-04-07' }, source: ['ohchr'], why: 'the calendar as shipped' }],
    });
    expect(facts.sessions.get(50)?.reviews[0]?.review?.when.from).toBe('2025-11-07');
  });

  test('may begin with a byte order mark that its decoder took off, and with white space', () => {
    expect(feedFaults(` \n${aFeed()}\n`)).toEqual([]);
  });

  test('keeps script as text', () => {
    const text = aFeed({
      ...ofSession({ notes: [SCRIPT] }),
      sources: { circular: { url: 'https://x.example/', class: 'official', says: SCRIPT, name: SCRIPT } },
    });

    expect(feedFaults(text)).toEqual([]);
    expect(layerOf(text).sessions[0]?.notes).toEqual([SCRIPT]);
  });

  test('does not change what the calendar below says of a source, so that no newspaper becomes official', () => {
    const sources = { press: { url: 'https://evil.example/', class: 'official', says: 'Believe me.' } };
    const press = (certainty: string) => dated({ date: '2025-04-09', source: ['press'], certainty }, { sources });
    const base = loadCalendar(aFolder()).facts;

    expect(feedFaults(press('published'))).toEqual(['50-KEN-stakeholder_submission is `published`, but no official source says so; write `tentative`']);
    expect(feedFaults(press('fixed-rule'))).toEqual(['50-KEN-stakeholder_submission is `fixed-rule`, but no official source says so; write `tentative`']);
    expect(overlay(base, loadFeed({ file: 'feed', text: press('tentative') }, base).layer).sources.get('press')).toEqual(base.sources.get('press'));
  });
});

describe('A feed is refused', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  test.each([
    ['empty', '', 'is not JSON'],
    ['not JSON', 'hello', 'is not JSON'],
    ['a web page', '<!doctype html><html></html>', 'is not JSON'],
    ['YAML', 'session: 50\n', 'is not JSON'],
    ['JSON with comments', `/* */ ${aFeed()}`, 'is not JSON'],
    ['cut off', aFeed().slice(0, -3), 'is not JSON'],
    ['cut off inside a text', aFeed().slice(0, 30), 'is not JSON'],
    ['two documents', aFeed() + aFeed(), 'is not JSON'],
    ['NaN', '{"a":NaN}', 'is not JSON'],
    ['a lone backslash', '{"\\', 'is not JSON'],
    ['nested', deep(65), 'is nested more than 64 deep'],
    ['nested without end', '['.repeat(4_000_000), 'is nested more than 64 deep'],
    ['nested objects without end', '{"a":'.repeat(800_000), 'is nested more than 64 deep'],
    ['very many values', `[${'0,'.repeat(400_000)}0]`, 'holds more than 300000 values'],
    ['very many lists', `[${'[],'.repeat(400_000)}[]]`, 'holds more than 300000 values'],
    ['a key twice', aFeed().replace('"version":1', '"version":1,"version":1'), 'has the key `version` twice in one place'],
    ['a key twice, one of them escaped', aFeed().replace('"version":1', '"version":1,"\\u0076ersion":2'), 'has the key `version` twice in one place'],
    ['a key twice, far inside', dated({ date: '2025-04-09' }).replace('"date":', '"date":"2025-04-10","date" :'), 'has the key `date` twice in one place'],
    ['a prototype', aFeed().replace('"version":1', '"__proto__":{"admin":true},"version":1'), 'has the key `__proto__`, which no calendar has'],
  ])('%s', (_what, text, reason) => {
    expect(feedFaults(text)).toEqual([reason]);
  });

  test.each([
    ['a list', '[]', 'Invalid input: expected object, received array'],
    ['null', 'null', 'Invalid input: expected object, received null'],
    ['a number', '1', 'Invalid input: expected object, received number'],
    ['another format', aFeed({ format: 'rss' }), 'format is not `upr-watch-calendar`; what is published there is not a calendar feed'],
    ['a newer version', aFeed({ version: 2 }), 'version is not 1; a newer version of UPR Watch may read it'],
    ['no instant', aFeed({ published: 'yesterday' }), 'published is not an instant; write 2026-11-24T10:00:00Z'],
    ['an unknown key', aFeed({ [SCRIPT]: 1 }), `does not know \`${SCRIPT}\`; look for a typing error`],
    ['sessions that are none', aFeed({ sessions: 'none' }), 'sessions Invalid input: expected array, received string'],
    ['a session by name', aFeed({ sessions: [{ session: 'fifty' }] }), 'sessions[0].session Invalid input: expected number, received string'],
    ['a date that is none', dated({ date: '2025-02-30' }), /stakeholder_submission\.date is not a date/],
    ['a date as a number', dated({ date: 20250409 }), /date Invalid input: expected string, received number/],
    ['a date without a source', dated({ date: '2025-04-09', source: [] }), /source is missing/],
    ['an unknown kind', aFeed(ofSession({ deadlines: { doomsday: { date: 'unknown' } } })), /doomsday/],
    ['an unknown class', aFeed({ sources: { circular: { url: 'https://x.example/', class: 'divine', says: 'x' } } }), /sources\.circular\.class/],
    ['two hundred sessions', aFeed({ sessions: Array.from({ length: 200 }, (_, index) => ({ session: index + 1 })) }), /sessions Too big/],
  ])('%s', (_what, text, reason) => {
    expect(feedFaults(text)[0]).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
  });

  const YEARS = 'lies outside the years 1990 to 2100; look for a wrong year';
  test.each([
    ['the year 0', dated({ date: '0000-01-01' }), `sessions[0].deadlines.stakeholder_submission.date ${YEARS}`],
    ['the year 9999', dated({ date: '9999-12-31' }), `sessions[0].deadlines.stakeholder_submission.date ${YEARS}`],
    ['a range that ends there', dated({ date: '2025-04..9999-12', certainty: 'tentative' }), `sessions[0].deadlines.stakeholder_submission.date ${YEARS}`],
    [
      'a look of 1989',
      dated({ date: '2025-04-09', looks: [{ date: '1989-12-31', source: 'ohchr', seen: true }] }),
      `sessions[0].deadlines.stakeholder_submission.looks[0].date ${YEARS}`,
    ],
    ['a checking of 2101', aFeed({ checked: '2101-01-01' }), `checked ${YEARS}`],
    ['published in year 0', aFeed({ published: '0000-01-01T00:00:00Z' }), 'published is not an instant; write 2026-11-24T10:00:00Z'],
    ['a holiday of 0001', aFeed({ holidays: [{ year: 2026, days: ['0001-01-01'], source: ['ohchr'] }] }), `holidays[0].days[0] ${YEARS}`],
    ['holidays of the year 0', aFeed({ holidays: [{ year: 0, days: 'unknown', source: [] }] }), 'has holidays of the year 0'],
    ['a long text', aFeed(ofSession({ notes: ['x'.repeat(4_001)] })), 'sessions[0].notes[0] Too big: expected string to have <=4000 characters'],
    ['a null character', aFeed(ofSession({ notes: ['a\u0000b'] })), 'sessions[0].notes[0] holds control characters'],
    ['an escape sequence', aFeed(ofSession({ notes: ['\u001b[2J'] })), 'sessions[0].notes[0] holds control characters'],
    [
      'half a pair in the words of a source',
      aFeed({ sources: { circular: { url: 'https://x.example/', class: 'official', says: '\ud83d' } } }),
      'sources.circular.says is not well-formed Unicode',
    ],
    [
      'long words of a source',
      aFeed({ sources: { circular: { url: 'https://x.example/', class: 'official', says: 'x'.repeat(4_001) } } }),
      'sources.circular.says is longer than 4000 characters',
    ],
    ['half a pair', aFeed(ofSession({ notes: ['\ud83d'] })), 'sessions[0].notes[0] holds control characters'],
    ['a huge number', aFeed({ sessions: [{ session: 1e15 }] }), 'sessions[0].session is larger than any number of a calendar'],
    [
      'a script as an address',
      aFeed({ sources: { circular: { url: 'javascript:alert(1)', class: 'official', says: 'x' } } }),
      'sources.circular.url is not an address of the web',
    ],
    [
      'a file as an address',
      aFeed({ sources: { circular: { url: 'file:///etc/passwd', class: 'official', says: 'x' } } }),
      'sources.circular.url is not an address of the web',
    ],
    ['a session twice', aFeed({ sessions: [{ session: 50 }, { session: 50 }] }), 'lists session 50 a second time'],
    ['a State twice', aFeed(ofSession({ states: [{ state: 'KEN' }, { state: 'KEN' }] })), 'lists KEN in session 50 a second time'],
    ['an unknown source', dated({ date: '2025-04-09', source: ['nobody'] }), 'names the source `nobody`, which is not in sources.yaml; add it there first'],
    ['an unknown State', aFeed(ofSession({ states: [{ state: 'XYZ' }] })), 'names the State XYZ, which is not in states.yaml'],
    ['a date after its review', dated({ date: '2026-04-09' }), /falls after/],
  ])('%s', (_what, text, reason) => {
    expect(feedFaults(text)[0]).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
  });

  test('with a few of its faults on one line each, and the count of the rest', () => {
    const faults = feedFaults(aFeed({ sessions: Array.from({ length: 100 }, () => ({ session: 1, [`a\n\u202e${'x'.repeat(9_000)}`]: 1 })) }));

    expect(faults).toHaveLength(6);
    expect(faults.at(-1)).toBe('has 95 more faults');
    expect(faults.every((fault) => fault.length <= 300 && !/[\n\u202e]/.test(fault))).toBe(true);
  });

  test('with thousands of States without using the time or the memory that their dates would need', () => {
    const states = Array.from({ length: 100 }, () => ({ state: 'KEN' }));
    const sessions = Array.from({ length: 100 }, (_, index) => ({ session: index + 1, states }));

    expect(feedFaults(aFeed({ sessions }))[0]).toBe('holds more than 2500 reviews');
  });
});

test('Strict JSON is JSON where there is nothing to object to', () => {
  for (const text of ['{}', '[]', '"a"', '0', ' {"a":[{"a":1},{"a":2}],"b":"\\"a\\":\\\\"} ', '{"a":"a","b":{"a":"x:y"}}', '{"":1}'])
    expect(parseStrictJson(text)).toEqual({ value: JSON.parse(text) });
});
