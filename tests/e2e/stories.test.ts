/** User stories of people who use the bot, from the calendar files to what stands in a channel of Discord. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/domain/time.ts';
import { aStory, type Story } from '../support/a-story.ts';
import { at } from '../support/a-voice.ts';
import { courseOf, shippedCourse } from '../support/as-known-files.ts';

const TOGO = shippedCourse([54], ['TGO']);
const SILENT = 'Still watching; nothing was due for a month';
/** What a channel was told of dates and reviews. */
const told = (story: Story) => story.titles().filter((title) => title !== SILENT && title !== 'UPR this week');

test('4. A date moves: a coordinator learns at once that a deadline changed', async () => {
  const story = await aStory({ now: at('2026-07-01', '12:00'), follows: 'states: [Togo]', course: TOGO });
  await story.mornings('2026-07-03');
  const [reminder] = told(story);
  // The new date is made up.
  await story.learnsOn('2026-07-08', () => story.maintains('sessions/54.yaml', '2026-07-08', ['"2026-07-17"', '"2026-07-24"']));
  const afterwards = ['2026-07-10', '2026-07-14', '2026-07-16', '2026-07-17', '2026-07-21', '2026-07-23', '2026-07-24'] as const;
  await story.mornings(...afterwards);

  expect(reminder).toBe('Togo: stakeholder submission due in 14 days');
  expect(told(story).slice(1)).toEqual([
    'Togo: stakeholder submission moved to 24 July 2026',
    ...['in 14 days', 'in 7 days', 'in 3 days', 'tomorrow (Geneva)', 'today (Geneva)'].map((left) => `Togo: stakeholder submission due ${left}`),
  ]);
  const [before = '', moved = ''] = story.read();
  expect(moved).toContain('moved from 17 July 2026 to Friday, 24 July 2026, Geneva');
  expect(moved).toMatch(/Sources: .*humanrightsmyanmar\.org.*; checked 8 July 2026/);
  expect(before).toContain('This date moved: 17 July 2026 → 24 July 2026');
  const asked = await story.ask('deadline', { deadline: '54-TGO-stakeholder_submission' });
  expect(asked).toContain('Friday, 24 July 2026, Geneva');
  expect(asked).toMatch(/8 July 2026: .*moved from 17 July 2026 to Friday, 24 July 2026/);
});

test('4. and no correction comes of a second process, of a restart or of an older image', async () => {
  const story = await aStory({ now: at('2026-07-01', '12:00'), platform: 'console', follows: 'states: [Togo]', course: TOGO });
  await story.learnsOn('2026-07-08', () => story.maintains('sessions/54.yaml', '2026-07-08', ['"2026-07-17"', '"2026-07-24"']));
  const heard = story.read();
  const revisions = async () => (await story.store.calendar.revisionsAfter(0)).length;
  const made = await revisions();

  await story.startsAgain();
  await story.tickAt(at('2026-07-08', '12:10'));
  // The files as an older image has them: the old date, and the version of that day.
  story.maintains('sessions/54.yaml', '2026-07-01', ['"2026-07-24"', '"2026-07-17"']);
  await story.startsAgain();
  await story.tickAt(at('2026-07-08', '12:20'));
  expect(await revisions()).toBe(made);
  await story.ends();
  await story.tickAt(at('2026-07-08', '12:30'));

  expect(heard.length).toBe(1);
  expect(story.read()).toEqual(heard);
});

test('5. An estimate is never a fact: a student asks about a session with no published date', async () => {
  const story = await aStory({ now: at('2026-09-01', '12:00'), follows: 'states: [Togo]', course: TOGO });

  const asked = await story.ask('deadline', { deadline: '54-TGO-documents_published' });
  expect(asked).toContain('between 20 November 2026 and 17 January 2027');
  expect(asked).toContain('estimated from past sessions');
  expect(asked).not.toMatch(/\bin \d+ (day|hour)/);
  const listed = (await story.ask('session', { session: '54' })).split('\n').filter((line) => line.includes('estimated'));
  expect(listed.length).toBeGreaterThan(2);
  expect(listed.join()).not.toMatch(/\bin \d+ (day|hour)/);

  await story.mornings('2026-11-06', '2026-11-13', '2026-11-20', '2026-12-07');
  expect(told(story)).toEqual([]);

  // The day is made up.
  const published = '"deadlines":{"documents_published":{"date":"2026-12-21","certainty":"tentative","source":["docip"]},';
  await story.learnsOn('2026-12-08', () => story.maintains('sessions/54.yaml', '2026-12-08', ['"deadlines":{', published]));
  await story.mornings('2026-12-09', '2026-12-14');
  expect(told(story)).toEqual(['Togo: publication of the documents for the review on 21 December 2026']);
});

test('6. A State refuses: an advocate who follows the United States sees the right status', async () => {
  const story = await aStory({ now: at('2025-07-01', '12:00'), follows: 'states: [USA]', course: shippedCourse([50, 53], ['USA']) });
  await story.mornings('2025-07-05', '2025-08-04', '2025-08-05');
  await story.learnsOn('2025-08-05');
  await story.mornings('2025-08-18');
  await story.learnsOn('2025-08-28');
  await story.learnsOn('2025-09-01');
  await story.mornings('2025-10-08', '2025-10-17', '2025-10-22', '2025-10-24', '2025-10-31', '2025-11-06', '2025-11-07');
  await story.learnsOn('2025-11-07');
  await story.mornings('2025-11-09', '2025-11-10', '2025-11-14', '2025-11-30');
  const fresh = await story.ask('state', { state: 'USA' });
  await story.mornings('2025-12-20');

  expect(told(story).map((title) => title?.replace('United States of America: ', ''))).toEqual([
    'national report passed',
    'national report not seen',
    'national report not seen',
    'non-participation in its review announced; documents for the review published',
    'documents for the review published',
    'advance questions due in 7 days',
    'advance questions passed',
    'review in 7 days',
    'review tomorrow (Geneva)',
    'review passed',
    'not present at its review; decision on non-cooperation; review put to session 53',
  ]);
  expect(fresh).toContain('Session 53 of the Working Group (cycle 4), no day set');
  expect(fresh).not.toMatch(/in \d+ days|status unknown/);
  const course = await story.ask('participation', { state: 'USA' });
  for (const what of [
    'national report, due on 4 August 2025, not seen',
    '28 August 2025 · non-participation',
    '7 November 2025 · not present',
    'no day is set',
  ])
    expect(course).toContain(what);
  expect(course).toContain('do not depend on the State');
  expect(course).toMatch(/Other avenues: .*Inter-American Commission/);
  expect(await story.ask('state', { state: 'USA' })).toContain('status unknown since 7 November 2025');
  expect(story.read().join()).not.toMatch(/refus/i);
});

test('7. A State returns late: a liaison handles a return two days before the review', async () => {
  const story = await aStory({ now: at('2013-06-01', '12:00'), platform: 'console', follows: 'states: [Israel]', course: courseOf('israel-2013') });
  const stage = async () => (await story.store.calendar.picture())?.picture.reviews.get('17-ISR')?.stage;
  await story.learnsOn('2013-06-07');
  await story.mornings('2013-09-29', '2013-10-08', '2013-10-11', '2013-10-15', '2013-10-22', '2013-10-26');
  const before = await stage();
  const known = told(story).length;
  await story.learnsOn('2013-10-27');
  const confirmed = await stage();
  await story.mornings('2013-10-28');
  await story.learnsOn('2013-10-28');
  await story.mornings('2013-10-29');
  await story.learnsOn('2013-10-29');

  expect([before, confirmed, await stage()]).toEqual(['scheduled', 'date-confirmed', 'held']);
  expect(told(story).slice(known)).toEqual([
    'Israel: cooperation resumed; date of the review confirmed',
    'Israel: review tomorrow (Geneva)',
    'Israel: national report submitted',
    'Israel: review today (Geneva)',
    'Israel: review held',
  ]);
  expect(story.logged('"level":50')).toEqual([]);
});

test('8. Adoption blocked: an NGO that follows Nicaragua sees "reviewed, outcome not adopted"', async () => {
  const story = await aStory({ now: at('2024-10-20', '12:00'), follows: 'states: [Nicaragua]', course: courseOf('nicaragua-2025') });
  await story.mornings('2024-11-18');
  await story.learnsOn('2025-02-27');
  await story.learnsOn('2025-03-26');
  await story.mornings('2025-08-25', '2025-09-08', '2025-09-15', '2025-10-08');

  const state = await story.ask('state', { state: 'Nicaragua' });
  expect(state).toContain('Reviewed; adoption of the outcome postponed since 26 March 2025');
  expect(state.slice(state.indexOf('Not published yet'))).toMatch(/adoption of the report by the Working Group(.|\n)*adoption of the outcome\. Where to look/);
  expect(await story.ask('participation', { state: 'Nicaragua' })).toContain('Condition: if the State resumes cooperation');
  expect(told(story).at(-1)).toBe('Nicaragua: not present at the adoption of its outcome; adoption of the outcome postponed');
  const deadlines = [...((await story.store.calendar.picture())?.picture.deadlines.values() ?? [])].filter((deadline) => deadline.session === 47);
  const adoption = deadlines.find(({ kind }) => kind === 'outcome_adoption');
  expect([adoption?.when.from, deadlines.some(({ kind }) => kind === 'wg_report_adopted')]).toEqual([null, true]);
});

describe('10. The speakers list opens: an NGO in consultative status wants the minute', () => {
  const HOUR_OPEN = '    note: Deadline for written statements and days of item 6 not found.\n';
  const plan = { follows: 'kinds: [ngo_speakers_list_open]', hears: 'zone: America/Bogota', course: shippedCourse([53], ['GRC']) };

  test('at T−10 minutes and at T within 60 seconds, in the zone of the channel', async () => {
    const opens = at('2027-02-19', '14:00');
    const story = await aStory({ ...plan, now: at('2027-02-15', '18:00') });
    // The hour is made up; in Bogotá it is eight in the morning.
    const published = "    deadlines: { ngo_speakers_list_open: { date: 2027-02-19, time: '14:00', certainty: published, source: [unog61] } }\n";
    await story.learnsOn('2027-02-16', () => story.maintains('hrc-sessions.yaml', '2027-02-16', [HOUR_OPEN, published]));
    for (const time of ['13:00', '14:00', '15:00']) await story.tickAt(at('2027-02-16', time));
    const heard = new Map<string, number>();
    const hear = async (when: number) => {
      await story.tickAt(when);
      for (const title of story.titles()) if (title !== undefined && !heard.has(title)) heard.set(title, when - opens);
    };
    for (const minute of [-1441, -1440, -60]) await hear(opens + minute * MINUTE);
    for (let minute = -11; minute <= 2; minute += 0.5) await hear(opens + minute * MINUTE);

    const of = (text: string) => [...heard].filter(([title]) => title.includes(text)).map(([, late]) => late / MINUTE);
    expect(of('opens in 10 minutes')).toEqual([-10]);
    expect(of('opens now')).toEqual([0]);
    expect(story.read().at(-1)).toContain('Friday, 19 February 2027, 14:00 Geneva time (<t:1803042000:f>)');
  });

  test('while the hour is not published, only the digest says around when, and by what', async () => {
    const story = await aStory({ ...plan, now: at('2027-02-11', '12:00') });
    await story.tickAt(at('2027-02-15', '15:00'));
    for (const day of ['2027-02-18', '2027-02-19', '2027-02-20', '2027-02-21']) await story.tickAt(at(day, '15:00'));

    expect(story.titles()).toEqual(['UPR this week']);
    const [digest = ''] = story.read();
    expect(digest).toContain('between 19 and 21 February 2027 · opening of the list of speakers for NGOs · Human Rights Council, session 64 · estimated');
    expect(digest).toMatch(/Sources: .*upr-info\.org/);
  });
});

test('15. Audit: an officer of an NHRI checks where a date comes from, and the press does not overwrite what is official', async () => {
  // An official date, made up; then a page of the press says otherwise.
  const official = '"deadlines":{"documents_published":{"date":"2026-12-14","certainty":"published","source":["un_release"]},';
  const course = { ...TOGO, sources: { un_release: { url: 'https://www.ohchr.org/made-up', class: 'official', says: 'Made up for the test' } } };
  const press = { press: { url: 'https://press.example/togo', class: 'media', says: 'Made up for the test' } };
  const story = await aStory({ now: at('2026-11-25', '12:00'), follows: 'states: [Togo]', course: { ...course, sources: { ...course.sources, ...press } } });
  await story.learnsOn('2026-11-26', () => story.maintains('sessions/54.yaml', '2026-11-26', ['"deadlines":{', official]));
  const rows = join(story.home.folder, 'press.csv');
  writeFileSync(rows, 'session,state,kind,date,certainty,source\n54,Togo,documents published,2026-12-21,tentative,press\n');
  const out = join(story.home.folder, 'proposed');
  await story.run('calendar', 'import', rows, '--out', out);
  await story.run('calendar', 'apply', join(out, 'session-54.yaml'));
  await story.tickAt(at('2026-11-26', '12:10'));
  await story.tickAt(at('2026-11-26', '12:11'));

  const asked = await story.ask('deadline', { deadline: '54-TGO-documents_published' });
  expect(asked).toContain('Monday, 14 December 2026, Geneva');
  expect(asked).toMatch(/Another source gives 21 December 2026 \(.*press\.example/);
  expect(asked).toMatch(/Sources:\*\* .*ohchr\.org.* \(official\) · checked 26 November 2026/);
  expect(told(story)).toEqual([
    'Togo: publication of the documents for the review on 14 December 2026',
    expect.stringContaining('Togo: publication of the documents for the review'),
  ]);
  expect(story.read().at(-1)).toContain('Used here: Monday, 14 December 2026, Geneva; hour not published');
});
