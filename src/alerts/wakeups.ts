/** What comes by a time of its own: the weekly digest, the line of a silent month, the operator's list, the erasure of what was left behind. */
import { setImmediate as breathe } from 'node:timers/promises';
import { isoWeek, nextDigest } from '../domain/alerts/digest.ts';
import type { Timing } from '../domain/alerts/moment.ts';
import { notBefore } from '../domain/alerts/quiet-hours.ts';
import { addDays, atWallClock, DAY, dayOf, HOUR, type Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Alert, Channel, NewAlert, NewChannel, Place, Store, Wakeup } from '../store/store.ts';
import { type Keeper, tellLookUps } from './look-ups.ts';
import { TEAM_KINDS } from './team/arrange.ts';
import { WRONG_CODES } from './team/bodies.ts';
import { wakeTeams } from './team/wake.ts';

export interface WakeupDeps {
  readonly store: Store;
  readonly log: Logger;
  /** Who is asked to look things up; nobody when left out. */
  readonly keeper?: Keeper | undefined;
}

const KINDS = ['digest', 'silence', 'erase', 'look-ups', WRONG_CODES] as const;
/** Handled in one transaction. */
const CHUNK = 200;
/** A digest that could not be said for so long is left out; the next one tells the same. */
const DIGEST_GRACE = 12 * HOUR;
const SILENT_DAYS = 30;
/** How long what a server or workspace left behind is kept, for those who invite the bot again. */
export const KEPT_DAYS = 30;

/** Does everything whose time has come. Answers how much that was. */
export async function wake({ store, log, keeper }: WakeupDeps, now: Instant): Promise<number> {
  let [done, erased] = [0, false];
  for (;;) {
    const due = await store.wakeups.due(KINDS, now, CHUNK);
    if (due.length === 0) break;
    await store.transaction(async (trx) => {
      for (const { kind, subject } of due) {
        // A command or an invitation may have put it off since.
        const wakeup = await trx.wakeups.find(kind, subject);
        if (wakeup !== null && wakeup.dueAt <= now) erased = (await handle({ store: trx, log, keeper }, wakeup, now)) || erased;
      }
    }, 'planning');
    done += due.length;
    await breathe();
  }
  const teams = await wakeTeams({ store, log }, now);
  if (erased || teams.erased) await store.scrub();
  return done + teams.done;
}

/** When the next thing comes by a time of its own; null when nothing does. */
export async function nextWakeup(store: Store): Promise<Instant | null> {
  const [next] = await store.wakeups.due([...KINDS, ...TEAM_KINDS], Number.MAX_SAFE_INTEGER, 1);
  return next?.dueAt ?? null;
}

/** True when something was erased. Each one ends or moves to a later time. */
async function handle(deps: WakeupDeps, wakeup: Wakeup, now: Instant): Promise<boolean> {
  const { kind, subject } = wakeup;
  if (kind === 'erase') return erase(deps, wakeup, now);
  if (kind === 'look-ups') return listed(deps, wakeup, now);
  if (kind === WRONG_CODES) return forgotten(deps, wakeup);
  const [channel] = await deps.store.subscriptions.channelsBy([subject]);
  const wishes = channel === undefined ? [] : (await deps.store.subscriptions.ofChannels([subject])).filter(({ status }) => status === 'active');
  if (channel === undefined || wishes.length === 0) await deps.store.wakeups.remove(kind, subject);
  else if (kind === 'digest') await digest(deps.store, channel, wakeup, now);
  else await silence(deps.store, channel, { wakeup, since: Math.min(...wishes.map(({ activeFrom }) => activeFrom)), now });
  return false;
}

async function forgotten({ store }: WakeupDeps, { kind, subject }: Wakeup): Promise<false> {
  await store.wakeups.remove(kind, subject);
  return false;
}

async function listed({ store, log, keeper }: WakeupDeps, wakeup: Wakeup, now: Instant): Promise<false> {
  if (keeper === undefined) await store.wakeups.remove(wakeup.kind, wakeup.subject);
  else await tellLookUps({ store, log, keeper }, wakeup, now);
  return false;
}

async function digest(store: Store, channel: Channel, { kind, subject, dueAt, body }: Wakeup, now: Instant): Promise<void> {
  const { zone } = channel.profile;
  if (channel.digest === null) return store.wakeups.remove(kind, subject);
  const since = writeSince(await lastTold(store, subject, readSince(body, dueAt)));
  if (now - dueAt <= DIGEST_GRACE && !isMuted(channel, now)) {
    const onceKey = `digest|${isoWeek(dayOf(dueAt, zone))}`;
    await store.alerts.add([{ ...undated(channel, now), type: 'digest', onceKey, body: since, dueAt, grace: DIGEST_GRACE }], now);
  }
  await store.wakeups.set({ kind, subject, dueAt: nextDigest(channel.digest, zone, now), body: since });
}

/** When the last digest fell due that was said, at or after `since`: what was given up is told by the next one. */
async function lastTold(store: Store, channel: string, since: Instant): Promise<Instant> {
  const digests = (await store.alerts.proof(since, channel)).filter(({ type, state }) => type === 'digest' && TOLD.includes(state));
  return digests.at(-1)?.dueAt ?? since;
}

/** One in doubt may have arrived, and is not repeated. */
const TOLD: readonly Alert['state'][] = ['sending', 'sent', 'in-doubt'];

function isMuted({ mute }: Channel, now: Instant): boolean {
  return mute !== null && mute.until > now;
}

interface Silent {
  readonly wakeup: Wakeup;
  /** When the channel began to follow something. */
  readonly since: Instant;
  readonly now: Instant;
}

async function silence(store: Store, channel: Channel, { wakeup, since, now }: Silent): Promise<void> {
  // Who asks for silence hears that somebody watches when it is over.
  if (isMuted(channel, now)) return store.wakeups.set({ ...wakeup, dueAt: channel.mute?.until ?? now + HOUR });
  const last = Math.max((await store.alerts.lastSaid(channel.id)) ?? 0, since);
  const silent = now - last >= SILENT_DAYS * DAY;
  if (silent) {
    const onceKey = `silence|${dayOf(wakeup.dueAt, channel.profile.zone)}`;
    await store.alerts.add([{ ...undated(channel, now), type: 'silence', onceKey, body: null, dueAt: wakeup.dueAt, grace: Number.MAX_SAFE_INTEGER }], now);
  }
  await store.wakeups.set({ ...wakeup, dueAt: Math.max(now + HOUR, monthAfter(silent ? now : last, channel.profile)) });
}

/** At the channel's alert hour. */
function monthAfter(at: Instant, { zone, hour }: Timing): Instant {
  return atWallClock(addDays(dayOf(at, zone), SILENT_DAYS + 1), hour, zone);
}

function undated({ id, lane, quiet, profile }: Channel, now: Instant): Omit<NewAlert, 'type' | 'onceKey' | 'body' | 'dueAt' | 'grace'> {
  const nothingDated = { deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null };
  return { ...nothingDated, channel: id, lane, notBefore: notBefore(now, quiet, profile.zone) };
}

/** A bot that was down on the day looks first whether it was invited again meanwhile: what is erased does not come back. */
async function erase({ store, log }: WakeupDeps, { subject, dueAt, kind, body }: Wakeup, now: Instant): Promise<boolean> {
  if (now - dueAt > ERASE_LATE && body !== OVERDUE) {
    await store.wakeups.set({ kind, subject, dueAt: now + ERASE_LATE, body: OVERDUE });
    return false;
  }
  const [platform = '', id = ''] = subject.split('/');
  const counts = await store.installations.erase({ platform, id });
  // The token went when the platform told of the removal; where it told nobody, it goes now.
  await store.secrets.remove({ platform, id });
  await store.wakeups.remove('erase', subject);
  log.info({ platform, ...counts }, 'What a server left behind was erased');
  return true;
}

const ERASE_LATE = HOUR;
const OVERDUE = '{"overdue":true}';

/** Begins the clock that erases what is stored of a place; a clock that runs goes on. */
export function eraseLater(store: Store, { platform, id }: Place, now: Instant): Promise<void> {
  return store.wakeups.put({ kind: 'erase', subject: `${platform}/${id}`, dueAt: now + KEPT_DAYS * DAY, body: '{}' });
}

export function eraseNever(store: Store, { platform, id }: Place): Promise<void> {
  return store.wakeups.remove('erase', `${platform}/${id}`);
}

/**
 * Lets a channel have its digest and its line after a silent month. What was arranged before goes on, unless the channel
 * has another digest time or zone than `before`.
 */
export async function keepWatch(store: Store, channel: NewChannel, before: Channel | null, now: Instant): Promise<void> {
  const { id: subject, digest: time, timing } = channel;
  await store.wakeups.put({ kind: 'silence', subject, dueAt: monthAfter(now, timing), body: '{}' });
  if (time === null) return store.wakeups.remove('digest', subject);
  const arranged = await store.wakeups.find('digest', subject);
  const same = before !== null && before.profile.zone === timing.zone && JSON.stringify(before.digest) === JSON.stringify(time);
  if (arranged !== null && same) return;
  const body = arranged?.body ?? writeSince(now);
  await store.wakeups.set({ kind: 'digest', subject, dueAt: nextDigest(time, timing.zone, now), body });
}

/** The same for every channel of a place that the bot is in again: from now on, whatever lay between. */
export async function watchAnew(store: Store, place: Place, now: Instant): Promise<void> {
  for (const { id: subject, digest: time, profile } of await store.subscriptions.channelsOf(place)) {
    await store.wakeups.set({ kind: 'silence', subject, dueAt: monthAfter(now, profile), body: '{}' });
    if (time !== null) await store.wakeups.set({ kind: 'digest', subject, dueAt: nextDigest(time, profile.zone, now), body: writeSince(now) });
  }
}

/**
 * After a restore: what fell due meanwhile may have been said, so that the next time is the next to come. A digest tells
 * since the one before. What is to be erased is erased.
 */
export async function watchOn(store: Store, now: Instant): Promise<void> {
  for (const kind of ['digest', 'silence'] as const) {
    const due = (await store.wakeups.of(kind)).filter(({ dueAt }) => dueAt <= now);
    const channels = new Map((await store.subscriptions.channelsBy(due.map(({ subject }) => subject))).map((channel) => [channel.id, channel]));
    for (const wakeup of due) {
      const channel = channels.get(wakeup.subject);
      const next = channel === undefined ? null : kind === 'silence' ? monthAfter(now, channel.profile) : nextDigestOf(channel, now);
      await (next === null ? store.wakeups.remove(kind, wakeup.subject) : store.wakeups.set({ ...wakeup, dueAt: next }));
    }
  }
  for (const { subject } of await store.wakeups.of('check')) await store.wakeups.remove('check', subject);
  for (const { kind, subject } of await store.wakeups.of('look-ups')) await store.wakeups.remove(kind, subject);
}

function nextDigestOf({ digest: time, profile }: Channel, now: Instant): Instant | null {
  return time === null ? null : nextDigest(time, profile.zone, now);
}

function writeSince(since: Instant): string {
  return JSON.stringify({ since });
}

/** Since when a digest that is due at `dueAt` tells; a week where that was not written down. */
export function readSince(body: string | null, dueAt: Instant): Instant {
  const { since } = JSON.parse(body ?? '{}') as { since?: unknown };
  return typeof since === 'number' ? since : dueAt - 7 * DAY;
}
