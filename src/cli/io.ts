import type { Clock } from '../lib/clock.ts';

/** What a command may use of the process. Tests hand in their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  warn(text: string): void;
  /** Asks a person one line; null when nobody answers any more. What is asked for in secret is not shown while it is typed. */
  ask(question: string, options?: { readonly secret?: boolean }): Promise<string | null>;
  readonly isTerminal: boolean;
  readonly columns: number;
  /** Sets the exit code of a run that did its work and found something wrong. */
  fail(code: number): void;
  /** Folder of the configuration that ships with the program. */
  readonly configFolder: string;
  /** Calls back once for SIGTERM or SIGINT, and for every SIGHUP. */
  onSignal(handlers: { stop: () => void; reload: () => void }): void;
}
