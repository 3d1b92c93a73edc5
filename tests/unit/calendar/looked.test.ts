import { describe, expect, test } from 'vitest';
import { loadCalendar, loadOperatorFile } from '../../../src/calendar/load.ts';
import { derivePicture } from '../../../src/domain/calendar/derive.ts';
import { diffPictures } from '../../../src/domain/calendar/diff.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { aFolder, edited } from './a-folder.ts';

const shipped = (changed: Record<string, string | null> = {}) => loadCalendar(aFolder(changed)).facts;

function looked(entries: string, facts = shipped()) {
  const text = `version: 1\nchecked: 2026-07-10\nlooked:\n${entries}`;
  return overlay(facts, loadOperatorFile({ file: 'checked.yaml', text }, facts).layer);
}

const LOOK = '  - { fact: 50-stakeholder_submission, on: 2026-07-10, date: 2025-04-07, source: ohchr }\n';

describe('A look without a change', () => {
  test('moves the day of checking and nothing else', () => {
    const after = looked(LOOK);

    expect(after.sessions.get(50)?.deadlines.stakeholder_submission).toEqual({
      ...shipped().sessions.get(50)?.deadlines.stakeholder_submission,
      checked: '2026-07-10',
    });
    expect(diffPictures(derivePicture(shipped()), derivePicture(after))).toEqual([]);
  });

  test('means nothing once the date moved: it was a look at another one', () => {
    const newer = shipped(edited('sessions/50.yaml', '2025-04-07', '2025-04-09'));

    expect(looked(LOOK, newer)).toEqual(newer);
  });

  test.each([
    ['a review', '50-KEN-review', '2025-11-07'],
    ['the days of a session', 'session-50', '2025-11-03'],
    ['the days of a Council session', 'hrc61', '2026-02-23'],
  ])('may be at %s', (_what, fact, date) => {
    const after = looked(`  - { fact: ${fact}, on: 2026-07-10, date: ${date}, source: ohchr }\n`);
    const checked = [after.sessions.get(50)?.reviews[0]?.review, after.sessions.get(50)?.dates, after.councils.get(61)?.dates].map((date) => date?.checked);

    expect(checked.filter((day) => day === '2026-07-10')).toHaveLength(1);
  });

  test('may be for something that nobody published, and says whether it was seen', () => {
    const after = looked('  - { fact: 50-KEN-national_report, on: 2026-07-10, date: unknown, source: ohchr, seen: false }\n');

    expect(after.sessions.get(50)?.reviews[0]?.deadlines.national_report).toMatchObject({
      checked: '2026-07-10',
      looks: [{ from: '2026-07-10', to: '2026-07-10', source: 'ohchr', seen: false }],
    });
  });

  test('at something that is no fact is refused', () => {
    expect(() => looked('  - { fact: lunch, on: 2026-07-10, date: unknown, source: ohchr }\n')).toThrow(/is not the name of a fact/);
  });
});
