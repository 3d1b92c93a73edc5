/** The bot as people run it: a child process of `bin/upr-watch.js` with its own data folder and a copy of the configuration. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Long enough for a slow machine, short enough to notice what never comes. */
const PATIENCE = 30_000;

export interface Home {
  readonly folder: string;
  readonly data: string;
  readonly config: string;
  /** Rewrites a file of the configuration. */
  edit(file: string, change: (text: string) => string): void;
  remove(): void;
}

export function aHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'upr-home-'));
  const config = join(folder, 'config');
  cpSync(join(ROOT, 'config'), config, { recursive: true });
  return {
    folder,
    data: join(folder, 'data'),
    config,
    edit: (file, change) => writeFileSync(join(config, file), change(readFileSync(join(config, file), 'utf8'))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves when standard output (or error) has the text; rejects when the process ends without it, or never says it. */
  says(text: string, where?: 'out' | 'err'): Promise<void>;
  out(): string;
  err(): string;
  readonly ended: Promise<Ended>;
}

/** Starts a command; `env` goes over an environment without settings of the bot, and without a port that others may have. */
export function run(home: Home, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [join(ROOT, 'bin/upr-watch.js'), '--config', home.config, ...args], {
    cwd: home.folder,
    env: { PATH: process.env.PATH, UPR_WATCH_DATA: home.data, WEB: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const hear = (where: 'out' | 'err') => (chunk: Buffer) => {
    said[where] += String(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear('out'));
  child.stderr.on('data', hear('err'));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...said })));
  const says = (text: string, where: 'out' | 'err' = 'out') =>
    new Promise<void>((resolve, reject) => {
      const finish = (done: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        done();
      };
      const give = (why: string) => finish(() => reject(new Error(`${why} without saying "${text}":\n${said.out}\n${said.err}`)));
      const timer = setTimeout(() => give('It waited too long'), PATIENCE);
      const look = () => {
        if (said[where].includes(text)) finish(resolve);
      };
      listeners.add(look);
      void ended.then(() => give('It ended'));
      look();
    });
  return { process: child, says, out: () => said.out, err: () => said.err, ended };
}

/** Runs a command to its end. */
export function ran(home: Home, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return run(home, args, env).ended;
}
