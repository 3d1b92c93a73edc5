/** The process: arguments in, an exit code out. The only room that reads the environment. */
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { CalendarError } from './calendar/load.ts';
import type { Io } from './cli/io.ts';
import { createProgram } from './cli/program.ts';
import { UserError } from './commands/user-error.ts';
import { ConfigError } from './config.ts';
import { systemClock } from './lib/clock.ts';
import { StoreError, type StoreFault } from './store/store.ts';

/** Exit codes; docs/architecture.md lists them. 1 is an error nobody expected. */
const CONFIG = 2;
const CALENDAR = 3;
const STORE: Record<StoreFault, number> = { folder: 4, full: 5, corrupt: 6, 'newer-schema': 7, locked: 8, 'read-only': 9, unreachable: 10 };

/** Runs one command of the process's own arguments and sets the exit code. */
export async function main(): Promise<void> {
  loadDotEnv();
  process.stdout.on('error', whenNobodyReads);
  try {
    const program = await createProgram(processIo(), process.argv.slice(2));
    await program.parseAsync(process.argv);
  } catch (cause) {
    process.exitCode = explain(cause);
  }
  leaveSoon();
}

/** All is closed and recorded: a connection that some library holds open keeps nobody waiting; a slow reader is waited for. */
function leaveSoon(): void {
  setTimeout(() => (process.stdout.writableLength === 0 ? process.exit() : leaveSoon()), LEAVE_WITHIN).unref();
}

const LEAVE_WITHIN = 1_000;

function loadDotEnv(): void {
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') process.stderr.write('.env cannot be read; check the rights of the file\n');
  }
}

/** Whoever read the output went away, as `head` does when it has enough: that is no fault. */
function whenNobodyReads(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'EPIPE') throw cause;
  process.exit();
}

function processIo(): Io {
  return {
    env: process.env,
    clock: systemClock,
    write: (text) => {
      process.stdout.write(text);
    },
    fail: (code) => {
      process.exitCode = code;
    },
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    configFolder: fileURLToPath(new URL('../config', import.meta.url)),
    onSignal: ({ stop, reload }) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
      process.on('SIGHUP', reload);
    },
  };
}

/** Says in one place what went wrong and what to do; a stack only for what nobody expected. */
function explain(cause: unknown): number {
  const say = (text: string) => process.stderr.write(`${text}\n`);
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
