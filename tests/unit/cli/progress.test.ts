import { expect, test } from 'vitest';
import { showProgress } from '../../../src/cli/progress.ts';
import { aClock } from '../../support/a-clock.ts';

function shown(isTerminal: boolean): string {
  const clock = aClock(0);
  let text = '';
  const warn = (more: string) => {
    text += more;
  };
  const progress = showProgress({ isTerminal, warn, clock }, 'Restoring');
  for (let done = 0; done <= 4; done += 1) {
    progress.at(done, 4);
    clock.pass(60);
  }
  progress.end();
  return text;
}

test('Progress is one line that is written over, not too often, and cleared at the end', () => {
  expect(shown(true)).toBe('\r\u001b[KRestoring: 2 of 4 (50 %)\r\u001b[KRestoring: 4 of 4 (100 %)\r\u001b[K');
});

test('Where nobody looks there is none', () => {
  expect(shown(false)).toBe('');
});
