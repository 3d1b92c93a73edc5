/** The process: arguments in, an exit code out. The only room that reads the environment. */
import { fileURLToPath } from 'node:url';
import type { Io } from './cli/io.ts';
import { runCommand } from './cli/run.ts';
import { systemClock } from './lib/clock.ts';

/** Runs one command of the process's own arguments and sets the exit code. */
export async function main(): Promise<void> {
  loadDotEnv();
  process.stdout.on('error', whenNobodyReads);
  await runCommand(processIo(), process.argv.slice(2));
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
    warn: (text) => {
      process.stderr.write(text);
    },
    fail: (code) => {
      process.exitCode = code;
    },
    ask: async (question, options) => (await import('./cli/ask.ts')).askLine(question, options),
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    configFolder: fileURLToPath(new URL('../config', import.meta.url)),
    onSignal: ({ stop, reload }) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
      process.on('SIGHUP', reload);
    },
  };
}
