import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLength, LENGTH_KINDS, type LengthKind, type LengthLimit } from '../../../../src/domain/team/length.ts';
import { readLimits } from '../../../../src/limits-file.ts';
import { shippedFacts } from '../../../support/shipped.ts';

const { limits, faults } = await readLimits(fileURLToPath(new URL('../../../../config', import.meta.url)), await shippedFacts());
const answer = (kind: LengthKind, words: number, cycle: number) => checkLength(limits.get(kind) as LengthLimit, words, cycle);

test('Every kind has a limit whose sources are in the calendar', () => {
  expect(faults).toEqual([]);
  expect([...limits].map(([kind, { words }]) => [kind, words])).toEqual([
    ['individual-submission', 2815],
    ['joint-submission', 5630],
    ['national-report', 10700],
    ['addendum', 2675],
    ['written-statement-general', 2000],
    ['written-statement-special', 1500],
    ['nhri-statement', 2000],
    ['treaty-body-input', 10000],
  ]);
  expect(limits.size).toBe(LENGTH_KINDS.length);
});

test.each([
  ['joint-submission', 5630, 3, { over: 0, under: 0, confirmed: true }],
  ['joint-submission', 5631, 3, { over: 1, under: 0, confirmed: true }],
  ['individual-submission', 2800, 2, { over: 0, under: 15, confirmed: true }],
  ['joint-submission', 5000, 4, { over: 0, under: 630, confirmed: false }],
  ['written-statement-general', 2100, 5, { over: 100, under: 0, confirmed: true }],
  ['addendum', 2000, 3, { over: 0, under: 675, confirmed: false }],
] as const)('%s of %d words in cycle %d is told as %o', (kind, words, cycle, expected) => {
  expect(answer(kind, words, cycle)).toMatchObject(expected);
});

test('Where nothing confirms the cycle, the answer names the cycles that are and the place to look', () => {
  const { limit } = answer('joint-submission', 5000, 4);

  expect(limit.confirmedFor).toEqual([2, 3]);
  expect(limit.place).toBe('ohchr_ngos');
  expect(limit.source).toContain('iceland_joint39');
});
