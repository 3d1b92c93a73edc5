/** The course of real reviews, lived through: what a channel that follows the State would have read. */
import { describe, expect, test } from 'vitest';
import type { Simulation } from '../../../src/cli/simulation.ts';
import { dayOf, GENEVA } from '../../../src/domain/time.ts';
import { BLAME, caseFacts, read, replay } from '../../support/a-case.ts';
import { replayText, shownReplay } from '../../support/replays.ts';
import { shippedFacts } from '../../support/shipped.ts';

const shipped = await shippedFacts();
const course = (name: string, state: string, span: readonly [string, string]) => replay(caseFacts(name, shipped), state, span);

function expectSaid(run: Simulation, ...titles: readonly string[]): void {
  const said = read(run);
  expect(said.titles, said.text).toEqual(titles);
}

describe('The United States, June 2025 to November 2026', () => {
  test('overdue twice by a sourced look, the announcement, the absence; nothing of what follows a review, and no day of session 53', async () => {
    const run = await replay(shipped, 'USA', ['2025-06-01', '2026-11-24']);

    expectSaid(
      run,
      'United States of America: national report due in 30 days',
      'United States of America: national report not seen',
      'United States of America: national report not seen',
      'United States of America: non-participation in its review announced; documents for the review published',
      'United States of America: documents for the review published',
      'United States of America: review in 30 days',
      'United States of America: review in 7 days',
      'United States of America: review tomorrow (Geneva)',
      'United States of America: not present at its review; decision on non-cooperation; review put to session 53',
    );
    const { text } = read(run);
    expect(text).toContain('was put on 7 November 2025 to session 53; no day is set');
    expect(text).toContain('Other avenues: written statement to the Human Rights Council, 9 February 2026');
    expect(text).toContain('request for a hearing of the Inter-American Commission on Human Rights (where to look: oas.org);');
    const days = run.messages.filter(({ type }) => type !== 'silence').map(({ at: when }) => dayOf(when, GENEVA));
    expect(days).toEqual([...['2025-07-05', '2025-08-05', '2025-08-18', '2025-08-28', '2025-09-01', '2025-10-08', '2025-10-31', '2025-11-06', '2025-11-07']]);
  });
});

describe('Israel, 2012-13', () => {
  test('asked, was absent, was put to session 17 and came back two days before; only what was still ahead was said', async () => {
    expectSaid(
      await course('israel-2013', 'ISR', ['2012-09-01', '2013-12-01']),
      'Israel: pre-session in 3 days',
      'Israel: review in 30 days',
      'Israel: postponement of the review requested',
      'Israel: review in 7 days',
      'Israel: review tomorrow (Geneva)',
      'Israel: not present at its review; decision on non-cooperation',
      'Israel: report of the President of the Human Rights Council',
      'Israel: review put to session 17; advance questions on 15 October 2013; review on 29 October 2013; 1 more change',
      'Israel: review in 30 days',
      'Israel: review in 7 days',
      'Israel: cooperation resumed; date of the review confirmed',
      'Israel: review tomorrow (Geneva)',
      'Israel: national report submitted',
      'Israel: review held',
    );
  });
});

describe('Nicaragua, 2025', () => {
  test('the adoption is put off with its condition, and nothing is said of the session that the condition named', async () => {
    const run = await course('nicaragua-2025', 'NIC', ['2024-12-01', '2026-05-01']);

    expectSaid(
      run,
      'Nicaragua: non-participation in its review announced',
      'Nicaragua: not present at the adoption of its outcome; adoption of the outcome postponed',
      'Nicaragua: cooperation resumed',
      'Nicaragua: outcome adopted; adoption of the outcome on 20 March 2026',
    );
    const { text } = read(run);
    expect(text).toContain('Condition: if the State resumes cooperation.');
    expect(text).toContain('(where to look: oas.org) if the State is a member of the Organization of American States');
    expect(text).not.toContain('Stakeholder submissions stand');
  });
});

describe('Myanmar', () => {
  test('the adoption blocked, then contributions suspended: no reminder of a date that does not run, until it runs again', async () => {
    const run = await course('myanmar-2022', 'MMR', ['2022-01-01', '2026-09-01']);

    expectSaid(
      run,
      'Myanmar: adoption of the outcome postponed',
      'Myanmar: contributions suspended',
      'Myanmar: contributions received again',
      'Myanmar: stakeholder submission due in 30 days',
      'Myanmar: stakeholder submission due in 7 days',
    );
    expect(read(run).text).toContain('Stakeholder submissions are not received until further notice.');
  });
});

describe('Session 9, 2010', () => {
  test('two dates for submissions: each State has its own reminders, and one that follows all of them reads one message a date', async () => {
    const facts = caseFacts('double-deadline-2010', shipped);
    const span = ['2010-03-01', '2010-05-01'] as const;

    expectSaid(
      await replay(facts, null, span),
      '8 States, session 9: stakeholder submission due in 30 days',
      '8 States, session 9: stakeholder submission due in 30 days',
      '8 States, session 9: stakeholder submission due in 7 days',
      '8 States, session 9: stakeholder submission due in 7 days',
    );
    const dates = (run: Simulation) => read(run).text.match(/\d+ April 2010, 12:00 Geneva time/g);
    expect(dates(await replay(facts, null, span))).toEqual([12, 19, 12, 19].map((day) => `${day} April 2010, 12:00 Geneva time`));
    expect(dates(await replay(facts, 'Liberia', span))).toEqual(Array(2).fill('12 April 2010, 12:00 Geneva time'));
    expect(dates(await replay(facts, 'USA', span))).toEqual(Array(2).fill('19 April 2010, 12:00 Geneva time'));
  });
});

describe('A State that announces while submissions are open', () => {
  test('leaves them standing, says until when, and brings their reminders; a postponement ends that', async () => {
    const run = await course('stands-2026', 'KEN', ['2026-01-01', '2026-09-01']);

    expectSaid(
      run,
      'Kenya: postponement of the review requested',
      'Kenya: non-participation in its review announced',
      'Kenya: stakeholder submission due in 30 days',
      'Kenya: stakeholder submission due in 7 days',
      'Kenya: review postponed',
    );
    const { text } = read(run);
    expect(text).not.toMatch(BLAME);
    expect(text.match(/Stakeholder submissions stand until Friday, 17 July 2026/g)).toHaveLength(2);
    expect(text).toContain('do not depend on the State');
    expect(text).toContain('No date for stakeholder submissions lies ahead in this calendar');
  });
});

describe('docs/calendar.md', () => {
  test.each(['usa-2025', 'israel-2013', 'nicaragua-2025', 'myanmar-2022', 'double-deadline-2010'])(
    'shows of %s what a channel reads, and blames nobody (`npm run replays` writes it)',
    async (name) => {
      expect(shownReplay(name)).toBe(await replayText(name));
      expect(shownReplay(name)).not.toMatch(BLAME);
    },
  );
});
