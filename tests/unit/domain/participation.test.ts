import { describe, expect, test } from 'vitest';
import { asOf } from '../../../src/domain/calendar/as-of.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import type { ReviewEvent } from '../../../src/domain/calendar/facts.ts';
import { currentCycle, isOpen, offPath, staysOpen } from '../../../src/domain/calendar/participation.ts';
import { dayWhen, rangeWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aDateFact, anEvent, aReviewFacts, aSession, ruledFacts } from '../../support/a-calendar.ts';
import { caseFacts } from '../../support/a-case.ts';
import { at } from '../../support/a-voice.ts';
import { shippedFacts } from '../../support/shipped.ts';

const NOW = at('2026-11-24');
const shipped = await shippedFacts();
const DATES = aDateFact(dayWhen('2026-05-04', GENEVA), { until: '2026-05-15' });

function listed(events: Readonly<Record<string, readonly ReviewEvent[]>>) {
  const reviews = Object.entries(events).map(([state, own]) => aReviewFacts(state, { events: own }));
  return offPath(derivePicture(ruledFacts([aSession(52, DATES, { reviews })])), null, NOW);
}

function caseOn(name: string, day: string, cycle: number | null = null) {
  const picture = derivePicture(asOf(caseFacts(name, shipped), day));
  return offPath(picture, cycle, at(day, '12:00')).map((entry) => ({
    state: entry.state,
    open: isOpen(entry),
    what: entry.happenings.map(({ what }) => what),
    in: entry.current.session,
  }));
}

describe('Reviews off the ordinary path', () => {
  test('are, as shipped, those with a source, the gravest first', () => {
    const found = offPath(derivePicture(shipped), null, NOW).filter(isOpen);

    expect(found.map(({ state }) => state)).toEqual(['USA', 'NIC', 'MMR', 'UKR']);
    expect(found.flatMap(({ happenings }) => happenings).filter(({ source }) => source.length === 0)).toEqual([]);
    expect(found[0]).toMatchObject({ current: { session: 53 }, open: { submission: null, suspended: false } });
    expect(found[0]?.happenings.map(({ what, since }) => [what, since])).toEqual([
      ['report-not-seen', '2025-08-04'],
      ['non-participation-announced', '2025-08-28'],
      ['absent', '2025-11-07'],
      ['non-cooperation-decision', '2025-11-07'],
      ['rescheduled', '2025-11-07'],
    ]);
  });

  test('stand by gravity, then the latest, then by their code', () => {
    const found = listed({
      KEN: [anEvent('postponement-requested', { on: '2026-03-01' })],
      FRA: [anEvent('absent', { on: '2026-05-04' })],
      PER: [anEvent('absent', { on: '2026-05-06' })],
      AAA: [anEvent('adoption-postponed', { on: '2026-09-01' })],
    });

    expect(found.map(({ state }) => state)).toEqual(['PER', 'FRA', 'AAA', 'KEN']);
  });

  test('are none without a source', () => {
    expect(listed({ KEN: [anEvent('absent', { source: [] })], FRA: [anEvent('held')] })).toEqual([]);
  });

  test('come back to it when the State comes back, is reviewed, or its outcome is adopted', () => {
    const open = (...events: readonly ReviewEvent[]) => listed({ KEN: events }).map(isOpen);
    const announced = anEvent('non-participation-announced', { on: '2026-01-01' });

    expect(open(announced)).toEqual([true]);
    expect(open(announced, anEvent('cooperation-resumed', { on: '2026-02-01' }))).toEqual([false]);
    expect(open(announced, anEvent('held', { on: '2026-05-04' }))).toEqual([false]);
    expect(open(anEvent('contributions-suspended', { on: null }), anEvent('contributions-resumed', { on: '2026-02-01' }))).toEqual([false]);
    expect(open(anEvent('adoption-postponed', { on: '2026-09-01' }), anEvent('outcome-adopted', { on: '2026-10-01' }))).toEqual([false]);
  });
});

describe('Israel, 2012-13', () => {
  test.each([
    ['2013-01-20', true, 15],
    ['2013-02-01', true, 15],
    ['2013-06-10', true, 17],
    ['2013-10-29', false, 17],
  ])('on %s: off the path %s, in session %s', (day, open, session) => {
    expect(caseOn('israel-2013', day)).toMatchObject([{ state: 'ISR', open, in: session }]);
  });

  test('the date of its return is confirmed two days before', () => {
    const stage = (day: string) => derivePicture(asOf(caseFacts('israel-2013', shipped), day)).reviews.get('17-ISR')?.stage;

    expect([stage('2013-10-26'), stage('2013-10-27'), stage('2013-10-29')]).toEqual(['scheduled', 'date-confirmed', 'held']);
  });
});

describe('Nicaragua and Myanmar', () => {
  test('an adoption put off stays open until it takes place, and no session is assumed', () => {
    expect(caseOn('nicaragua-2025', '2025-12-01')).toEqual([
      { state: 'NIC', open: true, what: ['non-participation-announced', 'absent-at-adoption', 'adoption-postponed'], in: 47 },
    ]);
    expect(caseOn('nicaragua-2025', '2026-03-20')).toMatchObject([{ open: false }]);
    const picture = derivePicture(asOf(caseFacts('nicaragua-2025', shipped), '2025-12-01'));
    expect(picture.deadlines.get('47-NIC-outcome_adoption')?.when.from).toBeNull();
  });

  test('views that were looked for and not seen are missing', () => {
    const { reviews } = derivePicture(asOf(caseFacts('nicaragua-2025', shipped), '2025-12-01'));

    expect(reviews.get('47-NIC')?.flags.map(({ name }) => name)).toContain('responses-missing');
  });

  test('an earlier cycle is told on request, and suspended contributions while they are suspended', () => {
    expect(caseOn('myanmar-2022', '2026-04-01', 3)).toEqual([{ state: 'MMR', open: true, what: ['adoption-postponed'], in: 37 }]);
    expect(caseOn('myanmar-2022', '2026-04-01', 4)).toEqual([{ state: 'MMR', open: true, what: ['contributions-suspended'], in: 54 }]);
    expect(caseOn('myanmar-2022', '2026-06-02', 4)).toMatchObject([{ open: false }]);
  });
});

describe('What stays open', () => {
  const picture = derivePicture(caseFacts('stands-2026', shipped));
  const suspended = derivePicture(asOf(caseFacts('myanmar-2022', shipped), '2026-04-01'));

  test('is the submission ahead, until it passed', () => {
    expect(staysOpen(picture, 'KEN', at('2026-07-01')).submission).toBeNull(); // postponed in August, as is known now
    const before = derivePicture(asOf(caseFacts('stands-2026', shipped), '2026-04-01'));
    expect(staysOpen(before, 'KEN', at('2026-04-01')).submission?.when.from).toBe('2026-07-17');
    expect(staysOpen(before, 'KEN', at('2026-07-19')).submission).toBeNull();
  });

  test('is no submission while contributions are suspended, and that is said', () => {
    expect(staysOpen(suspended, 'MMR', at('2026-04-01'))).toEqual({ state: 'MMR', submission: null, suspended: true });
  });

  test('is never an estimate', () => {
    const session = aSession(54, aDateFact(rangeWhen('2027-06-01', '2027-06-30', GENEVA), { certainty: 'tentative' }), { reviews: [aReviewFacts('KEN')] });

    expect(staysOpen(derivePicture(ruledFacts([session])), 'KEN', NOW).submission).toBeNull();
  });
});

test('The present cycle is that of the last session that has begun', () => {
  const picture = derivePicture(shipped);

  expect([currentCycle(picture, NOW), currentCycle(picture, at('2021-06-01')), currentCycle({ deadlines: new Map(), reviews: new Map() }, NOW)]).toEqual([
    4, 3, 4,
  ]);
});

describe('The report of the President of the Council', () => {
  test('is expected at each session after a decision, within it, for the States that are not back', () => {
    const { deadlines } = derivePicture(shipped);
    const report = (council: number) => deadlines.get(`hrc${council}-president_report`);

    expect(report(64)).toMatchObject({ certainty: 'estimated', concerns: ['NIC', 'USA'], when: { precision: 'month' } });
    expect(report(60)?.concerns).toEqual(['NIC']);
    expect(report(57)).toBeUndefined();
  });
});
