import { afterAll, beforeAll, expect, test } from 'vitest';
import { chaos } from '../support/chaos/chaos.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { SEED } from '../support/seed.ts';

/** The whole takes minutes, with leases as long as the bot's; a tenth has leases, too, of a tenth. */
const WHOLE = { lanes: 50, deliveries: 5_000, timeScale: 1, kills: 20, freezes: 8, outages: 5, patienceMs: 600_000 };
const TENTH = { lanes: 5, deliveries: 500, timeScale: 0.1, kills: 3, freezes: 3, outages: 1, patienceMs: 90_000 };
const isWhole = process.env.CHAOS === 'whole';

let server: TestPostgres;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(() => server.stop(), 60_000);

test(
  'Four processes on one PostgreSQL that are killed and frozen say everything once, or a second time with a mark what was in doubt',
  async () => {
    const report = await chaos({ ...(isWhole ? WHOLE : TENTH), seed: SEED, url: await server.database(), processes: 4 });

    if (isWhole || process.env.CHAOS === 'told') console.log(`The chaos of TEST_SEED=${SEED}: ${JSON.stringify(report)}`);
    expect(report, `TEST_SEED=${SEED}`).toMatchObject({ broken: [], crashed: [], alive: 4, left: 0 });
    expect(report.secondCopies, `TEST_SEED=${SEED}`).toBeLessThanOrEqual(report.inDoubt);
  },
  isWhole ? 1_800_000 : 240_000,
);
