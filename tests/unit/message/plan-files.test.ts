import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from '../../../src/calendar/import/read-csv.ts';
import { toCsv, toMarkdown } from '../../../src/message/plain-files.ts';
import { planTable } from '../../../src/message/plan-table.ts';
import { aResponse, aTask, SIDE, SOMEBODY } from '../../support/a-plan.ts';
import { aVoice } from '../../support/a-voice.ts';

const { words } = aVoice();
const PLAN = {
  response: aResponse(),
  tasks: [
    aTask({ title: 'Write, then read', suits: 'drafting lead', doneAt: 1, holder: SOMEBODY, reference: '=HYPERLINK("https://evil.example")' }),
    aTask({ number: 2, dueOn: '2026-07-01', holder: { kind: 'cluster', side: SIDE, name: 'Housing' } }),
    aTask({ number: 3, title: '[x](https://evil.example) | `y`', cluster: 'Water' }),
    aTask({ number: 4, holder: { kind: 'role', side: SIDE, id: 'S77' } }),
  ],
};
const TABLE = planTable([PLAN], '2026-07-02', words);

test('A plan as CSV says who has what without an id, and a formula is text', () => {
  expect(toCsv(TABLE)).toBe(
    [
      '\uFEFFPlan,No.,Task,Phase,Due,State,Who has it,Suits,Cluster,Reference',
      '"Togo, joint submission",1,"Write, then read",Draft,2026-07-10,done,a person,drafting lead,,"\'=HYPERLINK(""https://evil.example"")"',
      '"Togo, joint submission",2,Write the first draft,Draft,2026-07-01,late,cluster Housing,,,',
      '"Togo, joint submission",3,[x](https://evil.example) | `y`,Draft,2026-07-10,unclaimed,nobody,,Water,',
      '"Togo, joint submission",4,Write the first draft,Draft,2026-07-10,in hand,a role,,,',
      '',
    ].join('\r\n'),
  );
});

test('A plan as Markdown is one table in which free text stays text', () => {
  const lines = toMarkdown(TABLE).trimEnd().split('\n');

  expect(lines).toHaveLength(6);
  expect(lines[1]).toBe(`|${' --- |'.repeat(10)}`);
  expect(lines[4]).toContain('| \\[x\\](https://evil.example) \\| \\`y\\` |');
});

test('No cell of a CSV is a formula or leaves its place, whatever people write', () => {
  const hostile = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\n', '\r', '\t', ' ', "'", 'a', '1') });
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 3, maxLength: 3 }), (cells) => {
      const text = toCsv({ columns: ['A', 'B', 'C'], rows: [cells] }).slice(1);
      const read = parseCsv(text, ',');
      const row = 'records' in read ? (read.records[1]?.cells ?? []) : [];

      expect(row).toHaveLength(3);
      expect(row.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
      expect(row.map((cell, index) => (cell === cells[index] ? cell : cell.slice(1)))).toEqual(cells);
    }),
  );
});
