/** Commands as people type them, run in this process: the whole program but `main.ts`, for all that needs no process of its own. */
import { runCommand } from '../../src/cli/run.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import type { Ended, Home } from './a-process.ts';

export interface Typing {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** What is typed when something is asked, in order. */
  readonly answers?: readonly string[];
  readonly isTerminal?: boolean;
}

export async function typed(
  home: Pick<Home, 'data' | 'config'>,
  words: readonly string[],
  { env = {}, clock = systemClock, answers = [], isTerminal = false }: Typing = {},
): Promise<Ended> {
  const said = { code: 0, out: '', err: '' };
  const left = [...answers];
  await runCommand(
    {
      ...{ env: { UPR_WATCH_DATA: home.data, ...env }, clock, isTerminal, columns: 100, configFolder: home.config },
      write: (text) => {
        said.out += text;
      },
      warn: (text) => {
        said.err += text;
      },
      ask: async (question) => {
        said.out += `${question}\n`;
        return left.shift() ?? null;
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
