/**
 * What follows from a restore: between the backup and now things were said that this database does not know of. So nothing
 * of that time is said as an alert, and each channel hears once, in a catch-up, which of its dates with a lead of that time
 * are still ahead.
 */
import type { Ladder } from '../domain/alerts/ladder.ts';
import { isWished, wishesOf } from '../domain/alerts/wish.ts';
import { alerts as isAlerted } from '../domain/calendar/deadline.ts';
import type { CalendarFacts } from '../domain/calendar/facts.ts';
import { passesAt, whenKey } from '../domain/calendar/when.ts';
import type { Instant } from '../domain/time.ts';
import type { AbandonedLead, Channel, NewAlert, Store, Subscription, VersionedDeadline } from '../store/store.ts';
import { type Memory, remember } from './memory.ts';
import { placeOf, samePlace } from './views.ts';
import { watchOn } from './wakeups.ts';

/** The mark of the instant of the last restore. */
export const RESTORED_AT = 'restored-at';

const REASON = 'it was under way when the backup was made that was restored';

export interface Restored {
  /** Names the backup. */
  readonly id: string;
  /** The calendar as it is now in the store. */
  readonly facts: CalendarFacts;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly now: Instant;
}

/** To be called once, before anybody plans or posts from the store. Answers how many channels catch up. */
export async function settleRestored(store: Store, { id, facts, ladders, now }: Restored): Promise<number> {
  const since = (await store.mark('watermark')) ?? now;
  const memory = await remember(store, facts, ladders, now);
  const channels = await store.subscriptions.channels();
  const fallen = [...(await store.alerts.abandon(REASON, now)), ...fellMeanwhile(memory, channels, { since, now })];
  const told = caughtUp({ memory, facts, channels, subscriptions: await store.subscriptions.list(), now }, fallen, id);
  for (const alert of told) await store.alerts.add([alert], now);
  await watchOn(store, now);
  await store.setMark('watermark', now);
  await store.setMark('event-cursor', memory.revision);
  await store.setMark(RESTORED_AT, now);
  return new Set(told.map(({ channel }) => channel)).size;
}

/** Leads of moments that no planner has looked at, for every channel with that timing that sees the date so. */
function fellMeanwhile(memory: Memory, channels: readonly Channel[], { since, now }: { readonly since: Instant; readonly now: Instant }): AbandonedLead[] {
  const byTiming = Map.groupBy(channels, ({ profile }) => profile.id);
  const sees = (channel: Channel, { deadline, team }: VersionedDeadline) =>
    team === undefined ? !memory.views.isOwn(placeOf(channel), deadline.id) : samePlace(placeOf(channel), team);
  return memory.horizon
    .between(since, now)
    .filter(({ lead }) => lead.mode === 'alert')
    .flatMap(({ at, lead, deadlines, profile }) =>
      deadlines
        .filter((entry) => at > entry.since)
        .flatMap((entry) => {
          const hearing = (byTiming.get(profile) ?? []).filter((channel) => sees(channel, entry));
          return hearing.map(({ id: channel }) => ({ channel, deadline: entry.deadline.id, lead: lead.key, dueAt: at }));
        }),
    );
}

interface Hearing {
  readonly memory: Memory;
  readonly facts: CalendarFacts;
  readonly channels: readonly Channel[];
  readonly subscriptions: readonly Subscription[];
  readonly now: Instant;
}

/** Of each date that is ahead, stands and was followed when its lead fell due, the latest such lead: once a channel and backup. */
function caughtUp({ memory, facts, channels, subscriptions, now }: Hearing, fallen: readonly AbandonedLead[], id: string): readonly NewAlert[] {
  const known = new Map(channels.map((channel) => [channel.id, channel]));
  const follows = Map.groupBy(
    subscriptions.filter(({ status }) => status === 'active'),
    ({ channel }) => channel,
  );
  const latest = new Map(fallen.toSorted((a, b) => a.dueAt - b.dueAt).map((lead) => [`${lead.channel}|${lead.deadline}`, lead]));
  return [...latest.values()].flatMap((lead) => {
    const channel = known.get(lead.channel);
    const entry = channel === undefined ? undefined : memory.views.of(placeOf(channel)).versions.get(lead.deadline);
    if (channel === undefined || entry === undefined || !isAlerted(entry.deadline) || (passesAt(entry.deadline.when) ?? 0) <= now) return [];
    const wishes = (follows.get(channel.id) ?? []).filter(({ activeFrom }) => activeFrom <= lead.dueAt).map(({ selector }) => selector);
    return isWished(wishesOf(wishes, facts.states), entry.deadline) ? [lateFromTheStart(channel, entry, { ...lead, id })] : [];
  });
}

/** So that all of a channel come as one catch-up. */
function lateFromTheStart({ lane }: Channel, { deadline, version }: VersionedDeadline, of: AbandonedLead & { readonly id: string }): NewAlert {
  const { channel, lead, dueAt, id } = of;
  return {
    ...{ channel, lane, onceKey: `restored|${id}|${deadline.id}`, type: 'lead', deadline: deadline.id, version, whenKey: whenKey(deadline.when), lead },
    ...{ revision: null, seq: null, body: null, dueAt, grace: -1, notBefore: dueAt },
  };
}
