import { defineConfig } from 'vitest/config';

/** Long enough for a machine that is busy with something else; no test waits for it. */
const PATIENCE = 60_000;

const project = (name: string, include: string[], testTimeout = PATIENCE) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, setupFiles: ['tests/support/seed.ts'] },
});

export default defineConfig({
  test: {
    // Half of the tests wait for child processes; left to itself vitest would use one of two cores.
    maxWorkers: '100%',
    // No test replaces a module or leaves something behind; so what one file loaded, the next need not load again.
    isolate: false,
    projects: [
      project('architecture', ['tests/architecture.test.ts']),
      project('unit', ['tests/unit/**/*.test.ts']),
      project('contract', ['tests/contract/**/*.test.ts']),
      project('browser', ['tests/browser/**/*.test.ts'], 2 * PATIENCE),
      project('e2e', ['tests/e2e/**/*.test.ts'], 2 * PATIENCE),
    ],
  },
});
