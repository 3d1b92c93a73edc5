import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences } from '../../support/edits/differences.ts';
import { type Doors, factsDoor, filesDoor } from '../../support/edits/doors.ts';
import { live } from '../../support/edits/live.ts';
import { ACTS, type Act, scriptOf } from '../../support/edits/script.ts';
import { SEED } from '../../support/seed.ts';

/** `npm run soak` makes ten thousand edits, `npm test` a tenth. */
const isWhole = process.env.EDITS === 'whole';
const TIMES = isWhole ? 10 : 1;
const PATIENCE = isWhole ? 1_800_000 : 120_000;

const act: fc.Arbitrary<Act> = fc
  .record({
    what: fc.constantFrom(...ACTS, 'move', 'move', 'move', 'back', 'happens', 'happens', 'happens', 'publish', 'conflict'),
    when: fc.constantFrom('soon', 'soon', 'by a lead', 'days'),
    next: fc.constantFrom('tick', 'tick', 'tick', 'no tick', 'sleep'),
  })
  .chain((drawn) => fc.record({ wait: fc.nat(9_999), which: fc.nat(9_999), how: fc.nat(9_999) }).map((numbers): Act => ({ ...drawn, ...numbers })));

/** So many runs of so many edits, each a year of its own, with the clock then run to the end. */
async function edits(runs: number, each: number, doors: () => Doors): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: each, maxLength: each, size: 'max' }), async (acts) => {
      const steps = scriptOf(acts);
      expect(differences(steps, await live(steps, doors()))).toEqual([]);
    }),
    // A failure is read in its differences; to shrink a year takes an hour.
    { numRuns: runs, endOnFailure: true },
  );
  if (isWhole) console.log(`TEST_SEED=${SEED}: ${runs * each} edits in ${runs} runs, no difference`);
}

describe('Whatever maintainers, operators, sources and restarts do to a calendar', () => {
  test(
    'each channel is told what brute force says of the edits, and nothing else; no date is surer than what it rests on',
    () => edits(2 * TIMES, 400, factsDoor),
    PATIENCE,
  );

  test(
    'the same by way of calendar files that are shipped, of older images, broken files, and of what an operator applies over them',
    () => edits(TIMES, 200, filesDoor),
    PATIENCE,
  );
});
