import { join } from 'node:path';
import type { Command } from 'commander';
import { laneOfLease } from '../alerts/delivery/lanes.ts';
import { isPaused } from '../alerts/pause.ts';
import { type Effective, effectiveCalendar } from '../calendar/effective.ts';
import { faultText } from '../calendar/load.ts';
import { waitingRevisions } from '../calendar/waiting.ts';
import { contestedDates } from '../domain/calendar/contested.ts';
import { MINUTE, toIso } from '../domain/time.ts';
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
        const effective = await effectiveCalendar({ folder: join(config.folder, 'calendar'), data: config.data }, store);
        const settings = { what: 'settings', well: true, detail: `channels: ${config.channels.length}, subscriptions: ${config.subscriptions.length}` };
        return [settings, ...calendarFindings(effective), ...(await examine(store, io.clock.now()))];
      });
      const well = findings.every((finding) => finding.well);
      if (options.json) io.write(`${JSON.stringify({ well, findings }, null, 2)}\n`);
      else for (const finding of findings) io.write(`${finding.well ? 'well' : 'LOOK'}  ${finding.what.padEnd(10)}  ${finding.detail}\n`);
      if (!well) io.fail(1);
    });
}

/** What is in force, and what of the layers over the shipped files is not. */
function calendarFindings({ facts, passedOver, outdated, setAside }: Effective): readonly Finding[] {
  const finding = (well: boolean, detail: string): Finding => ({ what: 'calendar', well, detail });
  const contested = contestedDates(facts).map(({ id }) => id);
  return [
    finding(true, `${facts.sessions.size} sessions, ${facts.sources.size} sources`),
    ...passedOver.map((fault) => finding(false, `the feed does not fit and is passed over: ${faultText(fault)}`)),
    ...setAside.map((fault) => finding(false, `set aside until it fits, or is applied anew: ${faultText(fault)}`)),
    ...(outdated.length === 0 ? [] : [finding(true, `dates of the feed that are older than what is shipped, passed over: ${outdated.join(', ')}`)]),
    ...(contested.length === 0
      ? []
      : [finding(false, `two sources of equal standing differ: ${contested.join(', ')}; apply one of the dates with a later checked`)]),
  ];
}

async function examine(store: Store, now: number): Promise<readonly Finding[]> {
  const revision = await store.calendar.latest();
  const watermark = await store.mark('watermark');
  const counts = await store.alerts.counts();
  const ahead = watermark !== null && watermark > now + 60_000;
  return [
    { what: 'database', well: true, detail: revision === null ? 'empty; the first start fills it' : `revision ${revision.id} of ${toIso(revision.at)}` },
    { what: 'clock', well: !ahead, detail: ahead ? `the bot has lived to ${toIso(watermark)} already; check the clock of this machine` : toIso(now) },
    ...(await posting(store, now)),
    {
      what: 'alerts',
      well: counts.failed === 0,
      detail: `${counts.pending} wait, ${counts.failed} failed, ${counts['in-doubt']} in doubt (upr-watch proof names them)`,
    },
    ...(await waiting(store)),
    ...(await pausedSubscriptions(store)),
  ];
}

/** Who runs, and the lanes with something to say: how much, since when, and who says it. */
async function posting(store: Store, now: number): Promise<readonly Finding[]> {
  const leases = (await store.leases.all()).filter(({ owner, leftMs }) => leftMs > 0 && !isGone(owner));
  const paused = await isPaused(store);
  const runs = leases.length === 0 ? 'nobody runs' : `${count(new Set(leases.map(({ owner }) => owner)).size, 'process', 'processes')} at work`;
  const lanes = (await store.alerts.loads()).map(({ lane, waiting, since }) => {
    const holder = leases.find(({ name }) => laneOfLease(name) === lane);
    const lateMs = now - since;
    const served = holder === undefined ? 'served by nobody now' : `served by ${holder.owner.split('/').slice(0, 2).join('/')}`;
    const detail = `${lane}: ${count(waiting, 'alert waits', 'alerts wait')}, the longest since ${toIso(since)}; ${served}`;
    return { what: 'lane', well: paused || lateMs < LATE, detail };
  });
  return [{ what: 'posting', well: !paused, detail: paused ? 'paused; `upr-watch resume` goes on' : runs }, ...lanes];
}

/** What waits longer than this is not just waiting for its turn. */
const LATE = 15 * MINUTE;

/** What nobody approved yet. */
async function waiting(store: Store): Promise<readonly Finding[]> {
  return (await waitingRevisions(store)).map(({ id, changes, channels }) => ({
    what: 'approval',
    well: false,
    detail: `${id}: ${count(changes, 'change', 'changes')} for ${count(channels, 'channel', 'channels')} wait; upr-watch calendar approve ${id} carries them out`,
  }));
}

async function pausedSubscriptions(store: Store): Promise<readonly Finding[]> {
  const paused = (await store.subscriptions.list()).filter(({ status, reason }) => status === 'paused' && LASTING.includes(reason ?? ''));
  return paused.map(({ id, channel, reason }) => ({
    what: 'paused',
    well: false,
    detail: `${id} in ${channel}: ${reason}; give the bot its right or its channel back, then start the bot again`,
  }));
}

/** Why a platform stopped a subscription, as opposed to a person. */
const LASTING: readonly string[] = ['forbidden', 'channel-gone', 'installation-gone'];

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
