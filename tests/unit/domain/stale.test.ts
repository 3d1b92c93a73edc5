import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../../../src/calendar/load.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { isStale, staleFacts } from '../../../src/domain/calendar/stale.ts';
import { dayWhen, rangeWhen, unknownWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aFolder, edited } from '../calendar/a-folder.ts';

const NOON = (day: string) => Date.parse(`${day}T12:00:00Z`);
const day = (text: string) => dayWhen(text, GENEVA);

describe('A fact is stale', () => {
  test.each([
    ['after 30 days, not before', day('2027-01-01'), '2026-06-01', '2026-07-01', false],
    ['after 31', day('2027-01-01'), '2026-06-01', '2026-07-02', true],
    ['after a week when it is near, not before', day('2026-07-20'), '2026-06-24', '2026-07-01', false],
    ['after 8 days when it is near', day('2026-07-20'), '2026-06-23', '2026-07-01', true],
    ['after 8 days when it may begin soon, however late it ends', rangeWhen('2026-07-15', '2026-09-30', GENEVA), '2026-06-23', '2026-07-01', true],
    ['never when it is over', day('2026-06-30'), '2026-01-01', '2026-07-01', false],
    ['after 31 days when nothing is known', unknownWhen(GENEVA), '2026-05-31', '2026-07-01', true],
  ])('%s', (_what, when, checked, now, expected) => {
    expect(isStale({ checked, when }, NOON(now))).toBe(expected);
  });

  test('while it lasts, a week after the last look', () => {
    expect(isStale({ checked: '2026-06-20', when: day('2026-06-22'), until: '2026-07-10' }, NOON('2026-07-01'))).toBe(true);
  });

  test('not when nobody ever looked: that is said in other words', () => {
    expect(isStale({ checked: null, when: unknownWhen(GENEVA) }, NOON('2026-07-01'))).toBe(false);
  });
});

describe('What to look up', () => {
  const idsAt = (now: string, all: CalendarFacts) => staleFacts(all, NOON(now)).map(({ id }) => id);

  test('is what was not checked for long and is ahead, the soonest first', () => {
    const old = loadCalendar(
      aFolder(Object.fromEntries(aFolder().map(({ file, text }) => [file, text.replaceAll('checked: 2026-07-01', 'checked: 2024-07-01')]))),
    ).facts;

    expect(idsAt('2025-03-01', old)).toEqual(['50-stakeholder_submission', 'session-50', '50-KEN-review', 'hrc61']);
    expect(idsAt('2025-06-01', old)).toEqual(['session-50', '50-KEN-review', 'hrc61']);
    expect(idsAt('2025-11-08', old)).toEqual(['session-50', 'hrc61']);
  });

  test('holds what nobody published while it can still come, and forgets it then', () => {
    const looked = loadCalendar(aFolder(edited('sessions/50.yaml', 'states:', '  presession: { date: unknown, checked: 2025-01-01 }\nstates:'))).facts;

    expect(idsAt('2025-06-01', looked)).toContain('50-presession');
    expect(idsAt('2026-01-01', looked)).not.toContain('50-presession');
  });
});
