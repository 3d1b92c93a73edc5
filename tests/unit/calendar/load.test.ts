import { describe, expect, test } from 'vitest';
import { loadCalendar, loadOperatorFile } from '../../../src/calendar/load.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import { diffPictures, isPosted } from '../../../src/domain/calendar/diff.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { aFolder, edited, faultsOf, operatorText } from './a-folder.ts';

const FIFTY = 'sessions/50.yaml';
const another = (number: number, states: string) => `session: ${number}
cycle: 4
version: 3
checked: 2026-07-01
dates: { date: 2026-01-19, certainty: published, source: [ohchr] }
states:
${states}
`;

describe('A sound calendar', () => {
  test('is read, with the version of every file', () => {
    const { facts, versions } = loadCalendar(aFolder({ 'sessions/51.yaml': another(51, '  - state: USA') }));

    expect([...facts.sessions.keys()]).toEqual([50, 51]);
    expect(facts.sessions.get(50)?.reviews[0]?.review).toMatchObject({ when: { from: '2025-11-07', precision: 'day' }, checked: '2026-07-01' });
    expect([versions.get(FIFTY), versions.get('sessions/51.yaml')]).toEqual([1, 3]);
  });

  test('is read with Windows paths too', () => {
    const windows = aFolder().map(({ file, text }) => ({ file: file.replace('/', '\\'), text: text.replaceAll('\n', '\r\n') }));

    expect([...loadCalendar(windows).facts.sessions.keys()]).toEqual([50]);
  });
});

describe('A fault names its file, its line, and what to write', () => {
  test.each([
    [
      'a fact without a source',
      edited(FIFTY, ', certainty: published, source: [ohchr] }\nstates', ', certainty: published }\nstates'),
      FIFTY,
      /:7: .*source is missing; a fact without a source/,
    ],
    ['an empty list of sources', edited('rules.yaml', 'source: [ohchr]', 'source: []'), 'rules.yaml', /:5: .*needs at least one source/],
    [
      'a source that is nowhere',
      edited(
        FIFTY,
        'stakeholder_submission: { date: 2025-04-07, certainty: published, source: [ohchr] }',
        'stakeholder_submission: { date: 2025-04-07, certainty: published, source: [nowhere] }',
      ),
      FIFTY,
      /:7: names the source `nowhere`.*add it there first/,
    ],
    ['a State that is nowhere', edited(FIFTY, 'state: KEN', 'state: XXX'), FIFTY, /:9: names the State XXX, which is not in states\.yaml/],
    [
      'a country of the troika that is nowhere',
      edited(FIFTY, '  - state: KEN', '  - state: KEN\n    troika: { value: [USA, XXX], certainty: published, source: [ohchr] }'),
      FIFTY,
      /:10: names the State XXX/,
    ],
    ['a State code in small letters', edited(FIFTY, 'state: KEN', 'state: ken'), FIFTY, /:9: .*ISO 3166-1 alpha-3 code such as KEN/],
    ['an impossible day', edited(FIFTY, '2025-04-07', '2025-02-30'), FIFTY, /:7: .*is not a date; write `2026-07-17`/],
    [
      'a missing certainty',
      edited(FIFTY, 'date: 2025-11-07, certainty: published', 'date: 2025-11-07'),
      FIFTY,
      /:10: .*certainty is missing; write one of fixed-rule/,
    ],
    [
      'an estimate to the day',
      edited(FIFTY, 'date: 2025-11-07, certainty: published', 'date: 2025-11-07, certainty: estimated'),
      FIFTY,
      /:10: .*always a range; write 2025-11-07\.\.2025-11-07/,
    ],
    ['an hour of a month', edited(FIFTY, 'date: 2025-11-07', "date: 2025-11, time: '14:30'"), FIFTY, /:10: .*time needs a day/],
    ['an impossible hour', edited(FIFTY, 'date: 2025-11-07', "date: 2025-11-07, time: '25:00'"), FIFTY, /:10: .*write it as 15:00/],
    [
      'a zone that is none',
      edited(FIFTY, 'date: 2025-11-07', "date: 2025-11-07, time: '15:00', zone: Geneva"),
      FIFTY,
      /:10: .*IANA name such as Europe\/Zurich/,
    ],
    ['an unknown key', edited(FIFTY, '    review:', '    reveiw: 1\n    review:'), FIFTY, /:10: .*does not know `reveiw`; look for a typing error/],
    ['an unknown kind of date', edited(FIFTY, '  stakeholder_submission:', '  stakeholders:'), FIFTY, /:7: /],
    ['a key that is missing', edited(FIFTY, 'cycle: 4\n', ''), FIFTY, /:1: cycle is missing \(number\)/],
    ['a text for a number', edited(FIFTY, 'cycle: 4', 'cycle: fourth'), FIFTY, /:2: cycle .*expected number/],
    ['an end before its beginning', edited(FIFTY, 'until: 2025-11-14', 'until: 2025-11-01'), FIFTY, /:5: .*until is before the date it ends/],
    [
      'a rule with two offsets',
      edited('rules.yaml', 'exactly: 10', 'exactly: 10, between: [1, 2]'),
      'rules.yaml',
      /:5: .*either `exactly: 10` or `between: \[21, 54\]`/,
    ],
    [
      'a deadline after the session',
      edited(FIFTY, '2025-04-07', '2026-04-07'),
      FIFTY,
      /:7: falls after the session it comes before \(2025-11-03\); look for a wrong year/,
    ],
    ['a review outside its session', edited(FIFTY, 'date: 2025-11-07', 'date: 2025-11-17'), FIFTY, /:10: lies outside session 50 \(2025-11-03 to 2025-11-14\)/],
    [
      'a Council session that is nowhere',
      edited(FIFTY, 'deadlines:', 'council: { session: 99, certainty: published, source: [ohchr] }\ndeadlines:'),
      FIFTY,
      /:6: names Council session 99/,
    ],
    [
      'a published date without an official source',
      edited(FIFTY, 'date: 2025-04-07, certainty: published, source: [ohchr]', 'date: 2025-04-07, certainty: published, source: [press]'),
      FIFTY,
      /:7: .*no official source says so; write `tentative`/,
    ],
    [
      'a conflict that is not explained',
      edited(FIFTY, 'date: 2025-04-07,', 'date: 2025-04-07, disagrees: [{ date: 2025-04-09, source: [ohchr] }],'),
      FIFTY,
      /:7: disagrees with a source of the same or a higher class; say in `why`/,
    ],
  ])('%s', (_what, changed, file, expected) => {
    const faults = faultsOf(changed);

    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.startsWith(`${file}:`))).toBe(true);
    expect(faults[0]).toMatch(expected);
  });

  test('a deadline of one State after its review', () => {
    const own = '  - state: KEN\n    deadlines: { national_report: { date: 2025-11-12, certainty: published, source: [ohchr] } }';

    expect(faultsOf(edited(FIFTY, '  - state: KEN', own))).toEqual([`${FIFTY}:10: falls after the review it comes before; look for a wrong year`]);
  });

  test('a State in two sessions of a cycle', () => {
    expect(faultsOf({ 'sessions/51.yaml': another(51, '  - state: USA\n  - state: KEN') })).toEqual([
      'sessions/51.yaml:8: lists KEN, which session 50 lists already; if the review moved, write `from: 50`',
    ]);
  });

  test('a State twice in one session', () => {
    expect(faultsOf(edited(FIFTY, 'states:', 'states:\n  - state: KEN'))).toEqual([`${FIFTY}:10: lists KEN a second time`]);
  });

  test('a review said to come from a session that does not say so, and the other way round', () => {
    const from = faultsOf({ 'sessions/51.yaml': another(51, '  - { state: KEN, from: 50 }') });
    const event = '  - state: KEN\n    events: [{ on: 2025-11-07, what: rescheduled, to: 51, certainty: published, source: [ohchr] }]';
    const to = faultsOf({ ...edited(FIFTY, '  - state: KEN', event), 'sessions/51.yaml': another(51, '  - { state: USA }') });

    expect(from).toEqual(['sessions/51.yaml:7: came from session 50, but sessions/50.yaml has no event of KEN with `to: 51`']);
    expect(to.join()).toMatch(/50\.yaml:9: is moved to session 51, but sessions\/51\.yaml does not list KEN with `from: 50`/);
  });

  test('a file that is missing', () => {
    expect(faultsOf({ 'rules.yaml': null, 'states.yaml': null })).toEqual(['states.yaml: is missing', 'rules.yaml: is missing']);
  });

  test.each(['session/51.yaml', 'sessions/fifty.yaml', 'sessions/51.yml', '51.yaml', 'sessions/old/50.yaml'])('a misnamed file, %s', (file) => {
    expect(faultsOf({ [file]: another(51, '  - state: USA') })).toEqual([`${file}: is not a calendar file; sessions are named sessions/50.yaml`]);
  });

  test('a file that is named for another session than it holds', () => {
    expect(faultsOf({ 'sessions/51.yaml': another(52, '  - state: USA') })).toEqual([
      'sessions/51.yaml:1: is session 52; a file is named for its session, so call it sessions/52.yaml',
    ]);
  });
});

describe('A file of other bodies', () => {
  const related = (avenue: string, members = '') => `version: 1
checked: 2026-07-01
${members}
avenues:
  hearings:
${avenue}
`;
  const HEARINGS = '    { kind: iachr_hearing_request, applies: { oas: true }, place: upr_main, source: [ohchr] }';

  test('gives an avenue, with who belongs to it', () => {
    const members = 'members: { oas: { states: [USA], unclear: [KEN], source: [ohchr] } }';
    const { facts, versions } = loadCalendar(aFolder({ 'related/americas.yaml': related(HEARINGS, members) }));

    expect(facts.avenues.get('hearings')).toMatchObject({ applies: { group: 'oas', members: ['USA'], unclear: ['KEN'] }, dates: {} });
    expect(versions.get('related/americas.yaml')).toBe(1);
  });

  test('that does not say who belongs leaves it open', () => {
    expect(loadCalendar(aFolder({ 'related/americas.yaml': related(HEARINGS) })).facts.avenues.get('hearings')?.applies).toEqual({
      group: 'oas',
      members: null,
      unclear: [],
    });
  });

  test.each([
    ['a place that there is not', related(HEARINGS.replace('upr_main', 'nowhere')), /:6: names the place `nowhere`/],
    ['a member that there is not', related(HEARINGS, 'members: { oas: { states: [XXX], source: [ohchr] } }'), /names the State XXX/],
    [
      'a State on both sides',
      related(HEARINGS, 'members: { oas: { states: [USA], unclear: [USA], source: [ohchr] } }'),
      /has USA both as a member and as unclear/,
    ],
    ['an avenue without a source', related(HEARINGS.replace(', source: [ohchr]', '')), /source is missing/],
    ['a source that there is not', related(HEARINGS.replace('[ohchr]', '[hearsay]')), /names the source `hearsay`/],
  ])('with %s is a fault', (_what, text, expected) => {
    expect(faultsOf({ 'related/americas.yaml': text }).join('\n')).toMatch(expected);
  });

  test('names an avenue that stands elsewhere too', () => {
    const faults = faultsOf({ 'related/americas.yaml': related(HEARINGS), 'related/europe.yaml': related(HEARINGS) });

    expect(faults).toEqual([expect.stringMatching(/europe\.yaml:\d+: `hearings` stands in related\/americas\.yaml too/)]);
  });
});

describe('Many faults', () => {
  test('are all named at once, of every file', () => {
    const faults = faultsOf({
      ...edited(FIFTY, 'cycle: 4', 'cycle: x\ntypo: 1'),
      ...edited('rules.yaml', 'exactly: 10', 'exactly: ten'),
      'holidays.yaml': null,
    });

    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['holidays.yaml', 'rules.yaml', FIFTY, FIFTY].map((file) => expect.stringContaining(file)));
  });
});

describe("An operator's file", () => {
  const base = loadCalendar(aFolder()).facts;

  test('may leave out all but its session, its version and its day', () => {
    const read = loadOperatorFile({ file: 'mine.yaml', text: operatorText('2025-04-09', 4) }, base);

    expect([read.version, read.layer.sessions[0]?.number, read.layer.sessions[0]?.dates]).toEqual([4, 50, undefined]);
  });

  test('may bring its own sources, and may name no others', () => {
    const text = `${operatorText('2025-04-09').replace('[ohchr]', '[letter]')}`;

    expect(() => loadOperatorFile({ file: 'mine.yaml', text }, base)).toThrow(/mine\.yaml:5: names the source `letter`/);
    expect(
      loadOperatorFile({ file: 'mine.yaml', text: `${text}sources: { letter: { url: a letter, class: official, says: A date. } }\n` }, base).layer.sources,
    ).toHaveLength(1);
  });
});

describe("An operator's file of another body", () => {
  const RELATED = (date: string, place = 'upr_main') =>
    `version: 1\nchecked: 2026-07-05\navenues:\n  iachr-hearings:\n    kind: iachr_hearing_request\n    applies: all\n    place: ${place}\n    source: [ohchr]\n    dates:\n      '200': { date: ${date}, certainty: published, source: [ohchr] }\n`;
  const shipped = loadCalendar(aFolder({ 'related/iachr.yaml': RELATED('2026-09-01').replace('2026-07-05', '2026-07-01') })).facts;
  const read = (text: string, base = shipped) => overlay(base, loadOperatorFile({ file: 'iachr.yaml', text }, base).layer).avenues.get('iachr-hearings');

  test('sets a date over the shipped one, which stays beside it, or brings one that was not there', () => {
    expect(read(RELATED('2026-09-03'))?.dates['200']).toMatchObject({ when: { from: '2026-09-03' }, disagrees: [{ when: { from: '2026-09-01' } }] });
    expect(read(RELATED('2026-09-03').replace("'200'", "'201'"))?.dates).toMatchObject({ 200: {}, 201: { when: { from: '2026-09-03' } } });
    expect(read(RELATED('2026-09-03'), loadCalendar(aFolder()).facts)?.dates['200']?.when.from).toBe('2026-09-03');
  });

  test('brings the source that it rests on', () => {
    const text = `${RELATED('2026-09-03').replace('source: [ohchr] }', 'source: [release] }')}sources:\n  release: { url: 'https://www.oas.org/release', class: official, says: A window. }\n`;

    expect(read(text)?.dates['200']?.source).toEqual(['release']);
  });

  test('moves the date that followers of its kind are told of', () => {
    const after = overlay(shipped, loadOperatorFile({ file: 'iachr.yaml', text: RELATED('2026-09-03') }, shipped).layer);

    expect(diffPictures(derivePicture(shipped), derivePicture(after)).map((change) => [change.what, isPosted(change)])[0]).toEqual(['moved', true]);
  });

  test.each([
    ['an unknown place', RELATED('2026-09-03', 'nowhere'), /names the place/],
    ['an unknown source', RELATED('2026-09-03').replaceAll('ohchr', 'letter'), /names the source `letter`/],
    ['a published date of a newspaper', RELATED('2026-09-03').replace('source: [ohchr] }', 'source: [press] }'), /no official source/],
  ])('with %s is refused', (_what, text, fault) => {
    expect(() => read(text)).toThrow(fault);
  });
});
