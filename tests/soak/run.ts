/** `npm run soak [-- rounds]`: the properties of the unit tests on worlds that `npm test` does not draw, a new seed a round. Stops at the first that fails. */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const rounds = Number(process.argv[2] ?? 20);

for (let round = 1; round <= rounds; round += 1) {
  const seed = randomInt(2 ** 31);
  console.log(`Round ${round} of ${rounds}, TEST_SEED=${seed}`);
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', '--reporter', 'dot'], {
    env: { ...process.env, TEST_SEED: String(seed) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.log(`Failed. To see it again: TEST_SEED=${seed} npx vitest run --project unit`);
    process.exit(1);
  }
}
console.log('No property failed.');
