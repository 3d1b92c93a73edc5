import { join } from 'node:path';
import type { Command } from 'commander';
import { isPaused } from '../alerts/pause.ts';
import { whoPosts } from '../alerts/turn.ts';
import { effectiveCalendar } from '../calendar/effective.ts';
import { toIso } from '../domain/time.ts';
import { isGone } from '../lib/identity.ts';
import type { Store } from '../store/store.ts';
import type { Io } from './io.ts';
import { jsonOption } from './options.ts';
import { withStore } from './with-store.ts';

/** One thing looked at, and what to do when it is not well. */
interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly detail: string;
}

/** `upr-watch doctor`: looks at everything a bot needs and says what is not well; exit code 1 then. */
export function doctorCommand(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('look at settings, database, calendar, clock and what waits, and say what is not well')
    .addOption(jsonOption())
    .action(async (_local: unknown, command: Command) => {
      const options = command.optsWithGlobals<{ config: string; json: boolean }>();
      const findings = await withStore(io, options.config, async (store, config) => {
        const { facts } = await effectiveCalendar({ folder: join(config.folder, 'calendar'), data: config.data }, store);
        const settings = { what: 'settings', well: true, detail: `channels: ${config.channels.length}, subscriptions: ${config.subscriptions.length}` };
        const calendar = { what: 'calendar', well: true, detail: `${facts.sessions.size} sessions, ${facts.sources.size} sources` };
        return [settings, calendar, ...(await examine(store, io.clock.now()))];
      });
      const well = findings.every((finding) => finding.well);
      if (options.json) io.write(`${JSON.stringify({ well, findings }, null, 2)}\n`);
      else for (const finding of findings) io.write(`${finding.well ? 'well' : 'LOOK'}  ${finding.what.padEnd(10)}  ${finding.detail}\n`);
      if (!well) io.fail(1);
    });
}

async function examine(store: Store, now: number): Promise<readonly Finding[]> {
  const revision = await store.calendar.latest();
  const watermark = await store.mark('watermark');
  const counts = await store.alerts.counts();
  const [poster, paused] = [await whoPosts(store), await isPaused(store)];
  const ahead = watermark !== null && watermark > now + 60_000;
  return [
    { what: 'database', well: true, detail: revision === null ? 'empty; the first start fills it' : `revision ${revision.id} of ${toIso(revision.at)}` },
    { what: 'clock', well: !ahead, detail: ahead ? `the bot has lived to ${toIso(watermark)} already; check the clock of this machine` : toIso(now) },
    {
      what: 'posting',
      well: !paused,
      detail: paused ? 'paused; `upr-watch resume` goes on' : poster === null || isGone(poster) ? 'nobody runs' : 'a bot runs',
    },
    {
      what: 'alerts',
      well: counts.failed === 0,
      detail: `${counts.pending} wait, ${counts.failed} failed, ${counts['in-doubt']} in doubt (upr-watch proof names them)`,
    },
  ];
}
