/** Commands as people type them, run in this process: the whole program but `main.ts`, for all that needs no process of its own. */
import { runCommand } from '../../src/cli/run.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import type { Ended, Home } from './a-process.ts';

export async function typed(
  home: Pick<Home, 'data' | 'config'>,
  words: readonly string[],
  { env = {}, clock = systemClock }: { env?: Readonly<Record<string, string>>; clock?: Clock } = {},
): Promise<Ended> {
  const said = { code: 0, out: '', err: '' };
  await runCommand(
    {
      ...{ env: { UPR_WATCH_DATA: home.data, ...env }, clock, isTerminal: false, columns: 100, configFolder: home.config },
      write: (text) => {
        said.out += text;
      },
      warn: (text) => {
        said.err += text;
      },
      fail: (code) => {
        said.code = code;
      },
      onSignal: () => undefined,
    },
    words,
  );
  return said;
}
