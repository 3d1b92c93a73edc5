/**
 * `npm run soak [-- rounds]`: the properties of the unit tests on worlds that `npm test` does not draw, and the whole of
 * the ten thousand edits and interleavings, of the hostile requests, the chaos and of the deaths of which `npm test` runs a part, with a new
 * seed a round. Stops at the first that fails.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const rounds = Number(process.argv[2] ?? 20);
const runs: readonly { readonly what: readonly string[]; readonly env: Readonly<Record<string, string>> }[] = [
  { what: ['--project', 'unit'], env: {} },
  { what: ['--project', 'unit', 'tests/unit/alerts/edits.test.ts'], env: { EDITS: 'whole' } },
  { what: ['--project', 'unit', 'tests/unit/team/interleavings.property.test.ts'], env: { INTERLEAVINGS: 'whole' } },
  { what: ['--project', 'unit', 'tests/unit/web/fuzz.test.ts'], env: { FUZZ: 'whole' } },
  { what: ['--project', 'e2e', 'tests/e2e/chaos.test.ts'], env: { CHAOS: 'whole' } },
  { what: ['--project', 'e2e', 'tests/e2e/crash-matrix.test.ts'], env: { MATRIX: 'whole' } },
];

for (let round = 1; round <= rounds; round += 1) {
  const seed = randomInt(2 ** 31);
  console.log(`Round ${round} of ${rounds}, TEST_SEED=${seed}`);
  for (const { what, env } of runs) {
    const named = { ...env, TEST_SEED: String(seed) };
    const { status } = spawnSync('npx', ['vitest', 'run', ...what, '--reporter', 'dot'], {
      env: { ...process.env, ...named },
      stdio: ['ignore', Object.keys(env).length > 0 ? 'inherit' : 'ignore', 'inherit'],
    });
    if (status === 0) continue;
    const settings = Object.entries(named).map(([name, value]) => `${name}=${value}`);
    console.log(`Failed. To see it again: ${settings.join(' ')} npx vitest run ${what.join(' ')}`);
    process.exit(1);
  }
}
console.log('No property failed, every edit was told as it should be, no request did harm, and every chaos kept the rule.');
