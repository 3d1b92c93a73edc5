import type { Clock } from '../lib/clock.ts';

/** What a command may use of the process. Tests hand in their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  warn(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Sets the exit code of a run that did its work and found something wrong. */
  fail(code: number): void;
  /** Folder of the configuration that ships with the program. */
  readonly configFolder: string;
  /** Calls back once for SIGTERM or SIGINT, and for every SIGHUP. */
  onSignal(handlers: { stop: () => void; reload: () => void }): void;
}
