/** Brings the store in line with channels and subscriptions that somebody owns as a whole, such as `upr-watch.yaml`. */

import { stageAllows } from '../domain/alerts/check.ts';
import type { Ladder } from '../domain/alerts/ladder.ts';
import { momentsOf, type Timing } from '../domain/alerts/moment.ts';
import { notBefore } from '../domain/alerts/quiet-hours.ts';
import { type Selector, selectedStates } from '../domain/alerts/subscription.ts';
import { isWished, wishesOf } from '../domain/alerts/wish.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { passesAt, whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { Channel, NewAlert, NewChannel, Store, VersionedDeadline } from '../store/store.ts';
import { type Memory, reviewFor } from './memory.ts';
import { RESTORED_AT } from './restored.ts';
import { asSeenBy, placeOf } from './views.ts';
import { keepWatch } from './wakeups.ts';
import { leadKey } from './work.ts';

export interface OwnedSubscription {
  readonly id: string;
  readonly channel: string;
  readonly selector: Selector;
}

export interface Owned {
  readonly owner: string;
  readonly channels: readonly NewChannel[];
  readonly subscriptions: readonly OwnedSubscription[];
}

export interface FollowDeps {
  readonly store: Store;
  readonly facts: CalendarFacts;
  readonly ladders: ReadonlyMap<string, Ladder>;
  /** The calendar as it is now; read after the calendar was loaded. */
  readonly memory: Memory;
}

/**
 * Makes the store hold exactly what is owned: new subscriptions hear from now on, changed ones keep hearing, removed
 * ones are paused with the reason. A channel whose zone, hour or ladder changed is told at once what its new timing
 * puts behind it.
 */
export async function syncOwned(deps: FollowDeps, owned: Owned, now: Instant): Promise<void> {
  const before = new Map((await deps.store.subscriptions.channels()).map((channel) => [channel.id, channel]));
  for (const channel of owned.channels) {
    const old = before.get(channel.id) ?? null;
    await deps.store.transaction((store) => settle({ ...deps, store, memory: async () => deps.memory }, { channel, old, now }), 'planning');
  }
  await deps.store.transaction((store) => syncSubscriptions({ ...deps, store }, owned, now), 'planning');
}

export interface Settling {
  readonly channel: NewChannel;
  /** As it was; null for a new one. */
  readonly old: Channel | null;
  readonly now: Instant;
}

export interface SettleDeps extends Omit<FollowDeps, 'memory'> {
  /** Asked for only when times change; inside a transaction it reads through that alone. */
  readonly memory: () => Promise<Memory>;
}

/** Stores how a channel hears, and what follows from it at once. To be called inside a transaction of its own. */
export async function settle(deps: SettleDeps, { channel, old, now }: Settling): Promise<void> {
  const { store } = deps;
  await store.subscriptions.putChannel(channel);
  await keepWatch(store, channel, old, now);
  if (old === null || sameTiming(old.profile, channel.timing)) return;
  const seen = asSeenBy(await deps.memory(), placeOf(channel));
  const missed = await leadsPutBehind({ ...deps, memory: seen }, { channel, old: old.profile, now });
  for (const alert of missed) await store.alerts.add([alert], now);
}

async function syncSubscriptions({ store, facts }: FollowDeps, { owner, subscriptions }: Owned, now: Instant): Promise<void> {
  const before = new Map((await store.subscriptions.list(owner)).map((subscription) => [subscription.id, subscription]));
  for (const { id, channel, selector } of subscriptions) {
    const old = before.get(id);
    before.delete(id);
    const goesOn = old?.status === 'active' && old.channel === channel;
    if (goesOn && JSON.stringify(old.selector) === JSON.stringify(selector)) continue;
    const activeFrom = goesOn ? old.activeFrom : now;
    await store.subscriptions.put({ id, channel, owner, selector, activeFrom, status: 'active', reason: null }, selectedStates(selector, facts.states));
  }
  for (const gone of before.values()) if (gone.status === 'active') await store.subscriptions.pause(gone.id, 'removed from upr-watch.yaml');
}

type FullTiming = Timing & { readonly ladder: string };

function sameTiming(a: FullTiming, b: FullTiming): boolean {
  return a.zone === b.zone && a.hour === b.hour && a.ladder === b.ladder;
}

interface TimingChange {
  readonly channel: NewChannel;
  readonly old: FullTiming;
  readonly now: Instant;
}

/** Leads whose old moment was ahead and whose new one is behind are due at once, while their deadline is ahead. */
async function leadsPutBehind({ store, facts, ladders, memory }: FollowDeps, { channel, old, now }: TimingChange): Promise<readonly NewAlert[]> {
  const active = (await store.subscriptions.ofChannels([channel.id])).filter((subscription) => subscription.status === 'active');
  const wishes = wishesOf(
    active.map(({ selector }) => selector),
    facts.states,
  );
  const followed = [...memory.versions.values()].filter(({ deadline }) => isWished(wishes, deadline));
  const momentsBy = (entry: VersionedDeadline, timing: FullTiming) => {
    const leads = ladders.get(timing.ladder)?.[entry.deadline.kind] ?? [];
    return momentsOf(entry.deadline, leads, timing, facts.holidays).filter(({ lead }) => lead.mode === 'alert');
  };
  // What came due while nobody ticked was not said under the old timing either.
  const said = Math.min(now, (await store.mark('watermark')) ?? now);
  // Whatever timing the channel had before a restore, what lay before it may have been said.
  const restored = (await store.mark(RESTORED_AT)) ?? 0;
  return followed.flatMap((entry) => {
    const { deadline, version } = entry;
    if ((passesAt(deadline.when) ?? 0) <= now || !stageAllows(deadline, reviewFor(memory.picture, deadline))) return [];
    const ahead = new Set(
      momentsBy(entry, old)
        .filter(({ at }) => at > said)
        .map(({ lead }) => lead.key),
    );
    const behind = momentsBy(entry, channel.timing).filter(({ lead, at }) => at <= now && at > restored && ahead.has(lead.key));
    return behind.map(({ lead, grace }) => ({
      channel: channel.id,
      lane: channel.lane,
      onceKey: leadKey({ deadline: deadline.id, version, lead: lead.key }),
      type: 'lead' as const,
      deadline: deadline.id,
      version,
      whenKey: whenKey(deadline.when),
      lead: lead.key,
      revision: null,
      seq: null,
      body: null,
      dueAt: now,
      grace,
      notBefore: notBefore(now, channel.quiet, channel.timing.zone, [deadline.when]),
    }));
  });
}
