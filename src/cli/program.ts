import { Command } from 'commander';
import type { Io } from './io.ts';

/** How a sub-command adds itself. */
type Add = (program: Command, io: Io) => void;

/** Every sub-command; loaded when it is asked for, so that a small question does not load the whole house. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  start: async () => (await import('./start.ts')).startCommand,
  next: async () => (await import('./next.ts')).nextCommand,
  state: async () => (await import('./state.ts')).stateCommand,
  session: async () => (await import('./session.ts')).sessionCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  pause: async () => (await import('./pause.ts')).pauseCommand,
  resume: async () => (await import('./pause.ts')).resumeCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  proof: async () => (await import('./proof.ts')).proofCommand,
  setup: async () => (await import('./setup.ts')).setupCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./backup.ts')).restoreCommand,
  invite: async () => (await import('./invite.ts')).inviteCommand,
  manifest: async () => (await import('./manifest.ts')).manifestCommand,
  commands: async () => (await import('./commands.ts')).commandsCommand,
  calendar: async () => (await import('./calendar.ts')).calendarCommand,
};

/** The program for one run. `words` are its arguments; without a sub-command among them every one is there, for the help. */
export async function createProgram(io: Io, words: readonly string[]): Promise<Command> {
  const program = new Command('upr-watch');
  program
    .description('Tracks every dated step of the Universal Periodic Review.')
    .option('--config <folder>', 'folder with upr-watch.yaml, calendar/ and locales/', io.configFolder)
    .configureOutput({ writeOut: io.write, writeErr: io.warn })
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  const asked = words.filter((word) => Object.hasOwn(COMMANDS, word)).slice(0, 1);
  for (const name of asked.length === 0 || words[0] === 'help' ? Object.keys(COMMANDS) : asked) (await COMMANDS[name]?.())?.(program, io);
  return program;
}
