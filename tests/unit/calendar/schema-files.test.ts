import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemaTexts } from '../../../src/cli/calendar-schema.ts';

describe('The JSON Schemas that editors use', () => {
  test.each([...schemaTexts()])('%s is up to date (npm run schema)', (path, text) => {
    expect(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });
});
