/** What a lane reads of the store before it speaks: what of each channel is ready, and all that it depends on. */
import { wishesOf } from '../../domain/alerts/wish.ts';
import type { Deadline } from '../../domain/calendar/deadline.ts';
import type { Change } from '../../domain/calendar/diff.ts';
import { HOUR, type Instant } from '../../domain/time.ts';
import type { Alert, Channel, Store } from '../../store/store.ts';
import { readAmendment } from '../amend.ts';
import type { Memory } from '../memory.ts';
import { readMoved } from '../team/bodies.ts';
import { asSeenBy, placeOf } from '../views.ts';
import { readSince } from '../wakeups.ts';
import { type Composition, compose } from './compose.ts';
import type { Posted } from './compose-amendment.ts';
import type { Week } from './compose-week.ts';
import type { CommitDeps } from './record.ts';
import { handsWantedIn, plansOf } from './team-look.ts';

export interface Look {
  readonly channel: Channel;
  readonly composition: Composition;
}

/** A digest leaves out what was said so lately. */
const LATELY = 12 * HOUR;

/** What each channel has to say now, still true and wanted. */
export async function lastLooks(
  { store, ladders, states, templates = new Map() }: CommitDeps,
  picks: readonly string[],
  memory: Memory,
  now: Instant,
): Promise<readonly Look[]> {
  const ready = await store.alerts.ready(picks, now);
  const ids = [...new Set(ready.map(({ channel }) => channel))];
  const channels = new Map((await store.subscriptions.channelsBy(ids)).map((channel) => [channel.id, channel]));
  const subscriptions = await store.subscriptions.ofChannels(ids);
  const changes = await changesOf(store, ready);
  const amended = await amendedOf(store, ready, memory);
  const looks: Look[] = [];
  for (const id of picks) {
    const channel = channels.get(id);
    if (channel === undefined) continue;
    const active = subscriptions.filter((subscription) => subscription.channel === id && subscription.status === 'active');
    const wishes = wishesOf(
      active.map(({ selector }) => selector),
      states,
    );
    const own = ready.filter((alert) => alert.channel === id);
    const week = await weekOf(store, own, channel, now);
    const plans = await plansOf(store, own, { channel, templates });
    const ladder = ladders.get(channel.profile.ladder) ?? {};
    const { profile: timing, mute, quiet } = channel;
    const composition = compose({
      ready: own,
      changes,
      amended,
      plans,
      week,
      wishes,
      ladder,
      timing,
      mute,
      quiet,
      memory: asSeenBy(memory, placeOf(channel)),
      now,
    });
    looks.push({ channel, composition });
  }
  return looks;
}

async function changesOf(store: Store, ready: readonly Alert[]): Promise<ReadonlyMap<string, Change>> {
  const changes = new Map<string, Change>();
  for (const alert of ready) {
    const { revision, seq } = alert.type === 'plan-moved' ? readMoved(alert) : alert;
    if (revision === null || seq === null || changes.has(`${revision}|${seq}`)) continue;
    const stored = await store.calendar.change(revision, seq);
    if (stored !== null) changes.set(`${revision}|${seq}`, stored.change);
  }
  return changes;
}

/** What the messages told that are to be amended, by delivery. */
async function amendedOf(store: Store, ready: readonly Alert[], { versions }: Memory): Promise<ReadonlyMap<number, Posted>> {
  const deliveries = new Set(ready.filter(({ type }) => type === 'amendment').map(({ body }) => readAmendment(body ?? '').delivery));
  const posted = new Map<number, Posted>();
  for (const delivery of deliveries) {
    const told = await store.alerts.ofDelivery(delivery);
    const gone = new Map<string, Deadline>();
    for (const id of told.flatMap(({ deadline }) => (deadline === null || versions.has(deadline) ? [] : deadline))) {
      const [last] = await store.calendar.historyOf(id, 1);
      const deadline = last?.change.about === 'date' ? (last.change.after ?? last.change.before) : null;
      if (deadline !== null) gone.set(id, deadline);
    }
    posted.set(delivery, { told, gone });
  }
  return posted;
}

async function weekOf(store: Store, own: readonly Alert[], channel: Channel, now: Instant): Promise<Week | null> {
  const digest = own.find(({ type }) => type === 'digest');
  if (digest === undefined) return null;
  const since = readSince(digest.body, digest.dueAt);
  const stored = await store.calendar.changesBetween(since, now, placeOf(channel));
  const told = await store.alerts.saidSince(digest.channel, now - LATELY);
  return {
    since,
    told,
    hands: await handsWantedIn(store, channel, now),
    changes: new Map(stored.map(({ revision, seq, change }) => [`${revision}|${seq}`, change])),
  };
}
