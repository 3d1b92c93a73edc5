import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseYamlFile } from '../../../src/calendar/yaml-file.ts';

const schema = z.strictObject({ version: z.number(), states: z.array(z.strictObject({ state: z.string(), days: z.array(z.string()).optional() })).optional() });

function faultsOf(text: string): readonly string[] {
  const parsed = parseYamlFile('50.yaml', text, schema);
  return 'faults' in parsed ? parsed.faults.map(({ line, message }) => `${line} ${message}`) : [];
}

describe('A YAML file', () => {
  test('is read against its schema, and tells where each key stands', () => {
    const parsed = parseYamlFile('50.yaml', '# a comment\nversion: 1\nstates:\n  - state: KEN\n  - state: USA\n', schema);

    expect(parsed).toMatchObject({ value: { version: 1, states: [{ state: 'KEN' }, { state: 'USA' }] } });
    expect('locate' in parsed && [['version'], ['states', 0], ['states', 1, 'state'], ['states', 1, 'gone']].map((path) => parsed.locate(path))).toEqual([
      2, 4, 5, 5,
    ]);
  });

  test('is wrong in every place that is wrong', () => {
    expect(faultsOf('version: one\nstates:\n  - sate: KEN\n  - state: 7\n')).toEqual([
      expect.stringMatching(/^1 version .*expected number/),
      expect.stringMatching(/^3 states\[0\]\.state is missing/),
      expect.stringMatching(/^3 states\[0\] does not know `sate`/),
      expect.stringMatching(/^4 states\[1\]\.state .*expected string/),
    ]);
  });

  test.each([
    ['cut off in a list', 'version: 1\nstates: [{ state: KEN', /^2 is not valid YAML/],
    ['cut off in a quotation', 'version: 1\nstates:\n  - state: "KEN', /is not valid YAML/],
    ['with a key twice', 'version: 1\nversion: 2\n', /^2 is not valid YAML: .*unique/i],
    ['with a tab for blanks', 'version: 1\nstates:\n\t- state: KEN\n', /is not valid YAML/],
    ['with two documents', 'version: 1\n---\nversion: 2\n', /is not valid YAML/],
    ['with an alias to nothing', 'version: *one\n', /^1 |^0 /],
    ['with a tag of its own', 'version: !!js/function "f"\n', /./],
    ['that is empty', '', /./],
    ['of blanks and a comment', '  \n# nothing\n', /./],
    ['that is a list', '- 1\n- 2\n', /./],
    ['that is a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000', /./],
  ])('%s is refused', (_what, text, expected) => {
    const faults = faultsOf(text);

    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toMatch(expected);
  });
});

describe('A hostile YAML file', () => {
  test('that multiplies itself through aliases is refused before it fills the memory', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`);
    const bomb = `l0: &l0 [x, x]\n${levels.join('\n')}\nversion: 1\n`;

    expect(faultsOf(bomb)).toEqual(['0 repeats itself through aliases too often; write the values out']);
  });

  test('larger than any calendar is refused unread', () => {
    expect(faultsOf(`version: 1\n# ${'x'.repeat(2_000_001)}`)).toEqual([expect.stringMatching(/^0 is larger than 2000000 bytes; split it/)]);
  });

  test('nested a hundred thousand deep is refused', () => {
    expect(faultsOf('['.repeat(100_000)).length).toBeGreaterThan(0);
    expect(faultsOf(`version: ${'['.repeat(20_000)}${']'.repeat(20_000)}`).length).toBeGreaterThan(0);
  });

  test('with keys of JavaScript changes nothing', () => {
    expect(faultsOf('version: 1\n__proto__: { polluted: true }\nconstructor: 1\n').length).toBeGreaterThan(0);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('of any kind is read or refused, and never throws', () => {
    const piece = fc.constantFrom(
      'version: 1\n',
      'states:\n',
      '  - state: KEN\n',
      '{',
      '}',
      '[',
      ']',
      ':',
      '- ',
      '&a ',
      '*a',
      '"',
      "'",
      '|\n',
      '>\n',
      '? ',
      '!!',
      '\t',
      '\u0000',
      '%YAML\n',
      '---\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          for (const fault of faultsOf(text)) expect(fault).toMatch(/^\d+ ./);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('cut off anywhere is read or refused', () => {
    const whole = 'version: 1\nstates:\n  - state: KEN\n    days: ["2026-07-17", { a: b }]\n';
    for (let length = 0; length <= whole.length; length += 1) expect(() => faultsOf(whole.slice(0, length))).not.toThrow();
  });
});
