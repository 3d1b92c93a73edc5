import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], testTimeout = 20_000) => ({ test: { name, include, testTimeout, setupFiles: ['tests/support/seed.ts'] } });

export default defineConfig({
  test: {
    projects: [
      project('architecture', ['tests/architecture.test.ts']),
      project('unit', ['tests/unit/**/*.test.ts']),
      project('contract', ['tests/contract/**/*.test.ts']),
      project('e2e', ['tests/e2e/**/*.test.ts'], 60_000),
    ],
  },
});
