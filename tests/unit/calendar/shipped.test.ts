import { describe, expect, test } from 'vitest';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import { hasDay } from '../../../src/domain/calendar/when.ts';
import { shippedFacts } from '../../support/shipped.ts';

// Values copied by hand from the collected data, so that a slip in a file is seen.
const SESSIONS: readonly (readonly [number, string, string | null])[] = [
  [37, '2021-01-18', '2021-01-29'],
  [38, '2021-05-03', '2021-05-14'],
  [39, '2021-11-01', '2021-11-12'],
  [40, '2022-01-24', '2022-02-03'],
  [41, '2022-11-07', '2022-11-18'],
  [42, '2023-01-23', '2023-02-03'],
  [43, '2023-05-01', '2023-05-12'],
  [44, '2023-11-06', '2023-11-17'],
  [45, '2024-01-22', '2024-02-02'],
  [46, '2024-04-29', '2024-05-10'],
  [47, '2024-11-04', '2024-11-15'],
  [48, '2025-01-20', '2025-01-31'],
  [49, '2025-04-28', '2025-05-09'],
  [50, '2025-11-03', '2025-11-14'],
  [51, '2026-01-19', '2026-01-30'],
  [52, '2026-05-04', null],
];
const MONTHS = { 53: ['2026-11-01', '2026-11-30'], 54: ['2027-01-01', '2027-02-28'], 55: ['2027-11-01', '2027-11-30'] };
const STAKEHOLDERS: Record<number, string> = {
  41: '2022-03-31',
  42: '2022-07-14',
  43: '2022-10-11',
  44: '2023-04-05',
  45: '2023-07-18',
  46: '2023-10-11',
  49: '2024-10-11',
  51: '2025-07-17',
  54: '2026-07-17',
};
const COUNCILS: Record<number, readonly [string, string]> = {
  50: ['2022-06-13', '2022-07-08'],
  51: ['2022-09-12', '2022-10-07'],
  52: ['2023-02-27', '2023-04-04'],
  53: ['2023-06-19', '2023-07-14'],
  56: ['2024-06-18', '2024-07-12'],
  57: ['2024-09-09', '2024-10-11'],
  58: ['2025-02-24', '2025-04-04'],
  59: ['2025-06-16', '2025-07-09'],
  60: ['2025-09-08', '2025-10-08'],
  61: ['2026-02-23', '2026-03-31'],
  62: ['2026-06-15', '2026-07-07'],
  63: ['2026-09-07', '2026-10-09'],
  64: ['2027-02-24', '2027-04-02'],
  65: ['2027-06-14', '2027-07-09'],
  66: ['2027-09-06', '2027-10-08'],
};

const facts = await shippedFacts();
const picture = derivePicture(facts);
const sessions = [...facts.sessions.values()];
const deadlines = [...picture.deadlines.values()];

describe('The shipped calendar', () => {
  test('has sessions 37 to 55', () => {
    expect([...facts.sessions.keys()].sort()).toEqual(Array.from({ length: 19 }, (_, index) => 37 + index));
  });

  test('has the days of every session that are known', () => {
    expect(SESSIONS.map(([number]) => [number, facts.sessions.get(number)?.dates.when.from, facts.sessions.get(number)?.dates.until])).toEqual(SESSIONS);
  });

  test('has no more than the months of the others', () => {
    const months = [53, 54, 55].map((number) => facts.sessions.get(number)?.dates.when);

    expect(months.map((when) => [when?.from, when?.to])).toEqual(Object.values(MONTHS));
    expect(months.map((when) => when?.precision)).toEqual(['month', 'month', 'month']);
  });

  test('has the stakeholder deadlines that are known, each without an hour, and no others', () => {
    const known = sessions.filter(({ cycle, deadlines: { stakeholder_submission } }) => cycle === 4 && stakeholder_submission?.when.from !== null);

    expect(Object.fromEntries(known.map(({ number, deadlines: dates }) => [number, dates.stakeholder_submission?.when.from]))).toEqual(STAKEHOLDERS);
    expect(new Set(known.map((session) => session.deadlines.stakeholder_submission?.when.precision))).toEqual(new Set(['day']));
  });

  test('has the days of every session of the Council that are known', () => {
    const known = [...facts.councils.values()].filter(({ dates }) => dates.when.from !== null);

    expect(Object.fromEntries(known.map(({ number, dates }) => [number, [dates.when.from, dates.until]]))).toEqual(COUNCILS);
  });

  test('has the report of the United States due on 4 August 2025 and its review on 7 November 2025', () => {
    const usa = facts.sessions.get(50)?.reviews.find((review) => review.state === 'USA');

    expect([usa?.deadlines.national_report?.when.from, usa?.review?.when.from, usa?.review?.disagrees[0]?.when.from]).toEqual([
      '2025-08-04',
      '2025-11-07',
      '2025-11-06',
    ]);
  });
});

describe('The States of the fourth cycle', () => {
  const members = [...facts.states.values()].filter((state) => state.member);
  const listed = sessions.filter((session) => session.cycle === 4).flatMap((session) => session.reviews.filter((review) => review.from === null));

  test('are the 193 members of the UN, each listed once', () => {
    expect([members.length, facts.states.size]).toEqual([193, 195]);
    expect(listed.map((review) => review.state).sort()).toEqual(members.map((state) => state.code).sort());
  });

  test('are fourteen a session, as the lists stood at first', () => {
    const counts = sessions.filter(({ number }) => number >= 41 && number <= 54).map(({ reviews }) => reviews.filter((review) => review.from === null).length);

    expect(counts).toEqual([...Array(12).fill(14), 13, 12]);
  });

  test('have moved only as far as known: Ukraine, Myanmar and the United States', () => {
    const moved = sessions.flatMap(({ number, reviews }) =>
      reviews.filter(({ from }) => from !== null).map(({ state, from }) => `${state} ${from} to ${number}`),
    );

    expect(moved.sort()).toEqual(['MMR 51 to 54', 'UKR 42 to 54', 'USA 50 to 53']);
  });

  test('have a region when they are members, and two letters of their own', () => {
    expect(members.filter((state) => state.region === null)).toEqual([]);
    expect(new Set([...facts.states.values()].map((state) => state.iso2)).size).toBe(195);
  });
});

describe('Every shipped date', () => {
  test('that is published rests on an official source', () => {
    const weak = deadlines.filter(({ certainty, basis, source }) => {
      return certainty === 'published' && basis.by === 'fact' && !source.some((id) => facts.sources.get(id)?.class === 'official');
    });

    expect(weak.map((deadline) => deadline.id)).toEqual([]);
  });

  test('that is estimated is a range and never alerts', () => {
    const sharp = deadlines.filter(({ certainty, when }) => ['estimated', 'voluntary', 'unknown'].includes(certainty) && hasDay(when));

    expect(sharp.map((deadline) => deadline.id)).toEqual([]);
  });

  test('has a source that is in the list, and a day on which it was checked', () => {
    const dated = deadlines.filter((deadline) => deadline.when.from !== null);

    expect(dated.filter(({ source, checked }) => source.length === 0 || checked === null).map((deadline) => deadline.id)).toEqual([]);
    expect(dated.flatMap((deadline) => deadline.source).filter((id) => !facts.sources.has(id))).toEqual([]);
  });

  test('invents no hour where none was published', () => {
    const timed = deadlines.filter((deadline) => deadline.when.time !== null && deadline.basis.by === 'fact');

    expect(timed.filter(({ kind }) => kind === 'stakeholder_submission' || kind === 'national_report')).toEqual([]);
  });
});
