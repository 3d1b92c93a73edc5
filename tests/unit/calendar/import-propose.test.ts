import { describe, expect, test } from 'vitest';
import { propose } from '../../../src/calendar/import/propose.ts';
import { readImport } from '../../../src/calendar/import/read-import.ts';
import { type CalendarText, loadCalendar, loadOperatorFile } from '../../../src/calendar/load.ts';
import type { CalendarFacts } from '../../../src/domain/calendar/facts.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { aFolder, edited } from './a-folder.ts';

const shipped = (changed: Record<string, string | null> = {}) => loadCalendar(aFolder(changed)).facts;
const TODAY = '2026-07-10';
const HEAD = 'session,state,kind,date,certainty,source,checked\n';

/** Imports a spreadsheet, over what an operator applied before. */
function imported(rows: string, { facts = shipped(), applied = [] }: { facts?: CalendarFacts; applied?: readonly CalendarText[] } = {}) {
  const inForce = applied.reduce((all, file) => overlay(all, loadOperatorFile(file, all).layer), facts);
  const read = readImport({ file: 'dates.csv', bytes: Buffer.from(HEAD + rows) }, { facts: inForce, source: null, certainty: null });
  expect(read.faults).toEqual([]);
  const proposal = propose({ dates: read.dates, rest: read.rest, applied, facts: inForce, today: TODAY });
  const named = new Map([...applied, ...proposal.files].map((file) => [file.file, file]));
  const after = [...named.values()].reduce((all, file) => overlay(all, loadOperatorFile(file, all).layer), facts);
  return { ...proposal, after };
}

const submission = (facts: CalendarFacts) => {
  const fact = facts.sessions.get(50)?.deadlines.stakeholder_submission;
  const dates = (claims: readonly { readonly when: { readonly from: string | null } }[] = []) => claims.map(({ when }) => when.from);
  return { date: fact?.when.from, source: fact?.source, beside: dates(fact?.disagrees), before: dates(fact?.earlier) };
};

describe('An import', () => {
  test('proposes a file a session, each with the version after the one that is applied', () => {
    const { files } = imported('50,,presession,2025-09-01,tentative,press,\n50,KEN,national_report,2025-08-04,tentative,press,\n');

    expect(files.map(({ file }) => file)).toEqual(['session-50.yaml']);
    const again = imported('50,,presession,2025-09-02,tentative,ohchr,\n', { applied: files });
    expect(again.files[0]?.text).toMatch(/^version: 2$/m);
  });

  test('of what the calendar says already proposes nothing', () => {
    expect(imported('50,,stakeholder_submission,2025-04-07,published,ohchr,2026-07-01\n')).toMatchObject({ files: [], same: 1, conflicts: [] });
  });

  test('that lost half of its rows takes nothing away', () => {
    const whole = imported('50,,presession,2025-09-01,tentative,press,\n50,KEN,national_report,2025-08-04,tentative,press,\n');
    const half = imported('50,,presession,2025-09-02,tentative,press,\n', { applied: whole.files });

    expect(half.after.sessions.get(50)?.reviews[0]?.deadlines.national_report?.when.from).toBe('2025-08-04');
    expect(half.after.sessions.get(50)?.deadlines.presession?.when.from).toBe('2025-09-02');
  });
});

describe('Two values for one date', () => {
  const press = shipped(
    edited('sessions/50.yaml', 'date: 2025-04-07, certainty: published, source: [ohchr]', 'date: 2025-04-07, certainty: tentative, source: [press]'),
  );

  test('are both kept; a higher class of source drives', () => {
    const { after, conflicts } = imported('50,,stakeholder_submission,2025-04-14,published,ohchr,\n', { facts: press });

    expect(submission(after)).toMatchObject({ date: '2025-04-14', beside: ['2025-04-07'] });
    expect(conflicts).toEqual([
      {
        fact: '50-stakeholder_submission',
        drives: { date: '2025-04-14', source: ['ohchr'] },
        beside: { date: '2025-04-07', source: ['press'] },
      },
    ]);
  });

  test('are both kept; a lower class never drives, and goes on to be shown when the calendar gets a newer date', () => {
    const { files, after, conflicts } = imported('50,,stakeholder_submission,2025-04-14,tentative,press,\n');
    expect(submission(after)).toMatchObject({ date: '2025-04-07', source: ['ohchr'], beside: ['2025-04-14'] });
    expect(conflicts[0]).toMatchObject({ drives: { date: '2025-04-07' }, beside: { date: '2025-04-14' } });

    const newer = shipped(edited('sessions/50.yaml', '2025-04-07', '2025-04-09'));
    const [file] = files;
    expect(submission(file === undefined ? newer : overlay(newer, loadOperatorFile(file, newer).layer))).toMatchObject({
      date: '2025-04-09',
      beside: ['2025-04-14'],
    });
  });

  test('of one class in the rows of one file: the earlier drives', () => {
    const facts = shipped({
      'sources.yaml': (aFolder().find(({ file }) => file === 'sources.yaml')?.text ?? '').replace(
        '  press:',
        "  wire: { url: 'https://wire.example/', class: media, says: A report. }\n  press:",
      ),
    });
    const { after } = imported('50,KEN,national_report,2025-08-11,tentative,press,\n50,KEN,national_report,2025-08-04,tentative,wire,\n', { facts });
    const fact = after.sessions.get(50)?.reviews[0]?.deadlines.national_report;

    expect([fact?.when.from, fact?.disagrees.map(({ when }) => when.from)]).toEqual(['2025-08-04', ['2025-08-11']]);
  });

  test('of one page are a move: what it said before is kept as what stood before, over a layer below and in a file', () => {
    const first = imported('50,,stakeholder_submission,2025-04-14,published,ohchr,2026-07-08\n');
    expect(submission(first.after)).toEqual({ date: '2025-04-14', source: ['ohchr'], beside: [], before: ['2025-04-07'] });
    expect(first.conflicts).toEqual([]);

    const second = imported('50,,stakeholder_submission,2025-04-21,published,ohchr,2026-07-09\n', { applied: first.files });
    expect(submission(second.after)).toMatchObject({ date: '2025-04-21', before: ['2025-04-07', '2025-04-14'] });
  });
});
