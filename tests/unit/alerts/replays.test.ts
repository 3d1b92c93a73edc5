import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BLAME } from '../../support/a-case.ts';
import { REPLAY_NAMES, replayIn, replayText } from '../../support/replays.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/calendar.md'), 'utf8');

describe('What docs/calendar.md shows of a case', () => {
  test.each(REPLAY_NAMES)('%s is what a channel reads (`npm run replays` writes it)', async (name) => {
    expect(replayIn(page, name)).toBe(await replayText(name));
  });

  test.each(REPLAY_NAMES)('%s blames nobody', (name) => {
    expect(replayIn(page, name)).not.toMatch(BLAME);
  });
});
