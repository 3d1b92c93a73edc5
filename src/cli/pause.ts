import type { Command } from 'commander';
import { setPaused } from '../alerts/pause.ts';
import type { Io } from './io.ts';
import { withStore } from './with-store.ts';

/** `upr-watch pause`: nothing is posted until `resume`; what falls due waits. */
export function pauseCommand(program: Command, io: Io): void {
  program
    .command('pause')
    .description('stop all posting; what falls due waits')
    .action((_local: unknown, command: Command) => brake(io, command.optsWithGlobals(), true));
}

/** `upr-watch resume`: posting goes on; what waited past its time is told in one catch-up a channel. */
export function resumeCommand(program: Command, io: Io): void {
  program
    .command('resume')
    .description('go on posting; what waited too long is one catch-up a channel')
    .action((_local: unknown, command: Command) => brake(io, command.optsWithGlobals(), false));
}

async function brake(io: Io, options: { readonly config: string }, paused: boolean): Promise<void> {
  await withStore(io, options.config, async (store) => {
    const changed = await setPaused(store, paused);
    const { pending } = await store.alerts.counts();
    const state = paused ? 'Posting is paused' : 'Posting goes on';
    io.write(`${state}${changed ? '' : ' already'}. ${pending} ${pending === 1 ? 'alert waits' : 'alerts wait'}.\n`);
  });
}
