/** What is said, what waits, and for whom. */
import { laneOfLease } from '../../alerts/delivery/lanes.ts';
import { isPaused } from '../../alerts/pause.ts';
import { type Instant, MINUTE, toIso } from '../../domain/time.ts';
import { isGone } from '../../lib/identity.ts';
import type { Lease, Store } from '../../store/store.ts';
import { count, type Finding, look, well } from './finding.ts';

/** What waits longer than this is not just waiting for its turn. */
const LATE = 15 * MINUTE;

/** Who holds something now, and lives as far as can be seen. */
export async function liveLeases(store: Store): Promise<readonly Lease[]> {
  return (await store.leases.all()).filter(({ owner, leftMs }) => leftMs > 0 && !isGone(owner));
}

export async function databaseFindings(store: Store, now: Instant): Promise<readonly Finding[]> {
  const revision = await store.calendar.latest();
  const watermark = await store.mark('watermark');
  const ahead = watermark !== null && watermark > now + MINUTE;
  return [
    well('database', revision === null ? 'empty; the first start fills it' : `revision ${revision.id} of ${toIso(revision.at)}`),
    ahead ? look('clock', `the bot has lived to ${toIso(watermark)} already; check the clock of this machine`) : well('clock', toIso(now)),
  ];
}

/** Who runs, and the lanes with something to say: how much, since when, and who says it. */
export async function postingFindings(store: Store, now: Instant): Promise<readonly Finding[]> {
  const leases = await liveLeases(store);
  const paused = await isPaused(store);
  const runs = leases.length === 0 ? 'nobody runs' : `${count(new Set(leases.map(({ owner }) => owner)).size, 'process', 'processes')} at work`;
  const lanes = (await store.alerts.loads()).map(({ lane, waiting, since }): Finding => {
    const holder = leases.find(({ name }) => laneOfLease(name) === lane);
    const isWell = paused || now - since < LATE;
    const served = holder === undefined ? 'served by nobody now' : `served by ${holder.owner.split('/').slice(0, 2).join('/')}`;
    const how = isWell ? '' : holder === undefined ? '; start the bot' : '; its log names what the platform answers';
    return {
      what: 'lane',
      well: isWell,
      detail: `${lane}: ${count(waiting, 'alert waits', 'alerts wait')}, the longest since ${toIso(since)}; ${served}${how}`,
    };
  });
  return [paused ? look('posting', 'paused; `upr-watch resume` goes on') : well('posting', runs), ...lanes, await alertsFinding(store)];
}

async function alertsFinding(store: Store): Promise<Finding> {
  const counts = await store.alerts.counts();
  const detail = `${counts.pending} wait, ${counts.failed} failed, ${counts['in-doubt']} in doubt (upr-watch proof names them)`;
  return { what: 'alerts', well: counts.failed === 0, detail };
}

export async function pausedFindings(store: Store): Promise<readonly Finding[]> {
  const paused = (await store.subscriptions.list()).filter(({ status, reason }) => status === 'paused' && LASTING.includes(reason ?? ''));
  return paused.map(({ id, channel, reason }) =>
    look('paused', `${id} in ${channel}: ${reason}; give the bot its right or its channel back, then start the bot again`),
  );
}

/** Why a platform stopped a subscription, as opposed to a person. */
const LASTING: readonly string[] = ['forbidden', 'channel-gone', 'installation-gone'];
