import { CommanderError } from 'commander';
import { CalendarError } from '../calendar/load.ts';
import { UserError } from '../commands/user-error.ts';
import { ConfigError } from '../config.ts';
import { StoreError, type StoreFault } from '../store/store.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Exit codes; docs/architecture.md lists them. 1 is an error nobody expected. */
const CONFIG = 2;
const CALENDAR = 3;
const STORE: Record<StoreFault, number> = { folder: 4, full: 5, corrupt: 6, 'newer-schema': 7, locked: 8, 'read-only': 9, unreachable: 10 };

/** Runs one command to its end. Nothing is thrown: what went wrong is said in one place with what to do, and fails with a code of its own. */
export async function runCommand(io: Io, words: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(io, words);
    await program.parseAsync(words, { from: 'user' });
  } catch (cause) {
    const code = explain(cause, (text) => io.warn(`${text}\n`));
    if (code > 0) io.fail(code);
  }
}

/** A stack only for what nobody expected. */
function explain(cause: unknown, say: (text: string) => void): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : CONFIG;
  if (cause instanceof UserError) {
    say(cause.message);
    return CONFIG;
  }
  if (cause instanceof ConfigError) {
    say(`The settings have faults.\n${cause.message}`);
    return CONFIG;
  }
  if (cause instanceof CalendarError) {
    say(`The calendar files have ${cause.faults.length === 1 ? 'a fault' : `${cause.faults.length} faults`}.\n${cause.message}`);
    return CALENDAR;
  }
  if (cause instanceof StoreError) {
    say(cause.message);
    return STORE[cause.reason];
  }
  say(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  return 1;
}
