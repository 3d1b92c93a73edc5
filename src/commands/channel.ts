import type { Mute } from '../domain/alerts/mute.ts';
import type { Instant } from '../domain/time.ts';
import { type Channel, type NewChannel, NOTHING_SET, type Store } from '../store/store.ts';
import type { Ask } from './asked.ts';

/** The channel of the question as nobody changed it yet. */
export function newChannel({ deps, channelId, platform, target }: Ask): NewChannel {
  const { timing, quiet, digest, locale } = deps.defaults;
  const lane = deps.laneOf(platform, target.installation);
  return { ...NOTHING_SET, id: channelId, installation: target.installation, platform, lane, target, timing, quiet, digest, locale };
}

/** A channel as it is, to be put again. */
export function asStored({ profile, ...rest }: Channel): NewChannel {
  const { zone, hour, ladder } = profile;
  return { ...rest, timing: { zone, hour, ladder } };
}

/** When in the day the channel hears, and how long before. */
export function timingOf({ channel, deps }: Pick<Ask, 'channel' | 'deps'>): NewChannel['timing'] {
  return channel?.profile ?? deps.defaults.timing;
}

/** The mute of a channel; null where there is none or it is over. */
export function muteNow(channel: Pick<Channel, 'mute'> | null, now: Instant): Mute | null {
  const mute = channel?.mute ?? null;
  return mute !== null && mute.until > now ? mute : null;
}

export interface ChannelChange {
  readonly before: NewChannel;
  readonly after: NewChannel;
}

/**
 * Changes how the channel hears, whether or not it was known before, with all that follows from it; or nothing, when
 * `change` throws.
 */
export async function changeChannel(ask: Ask, change: (channel: NewChannel) => NewChannel): Promise<ChannelChange> {
  const { deps, channelId, now } = ask;
  const changed = await deps.store.transaction(async (store) => {
    const [old = null] = await store.subscriptions.channelsBy([channelId]);
    const before = old === null ? newChannel(ask) : asStored(old);
    const done = { before, after: change(before) };
    if (isSame(done)) return done;
    await deps.settle(store, { channel: done.after, old, now });
    await settleSilence(store, ask, done);
    return done;
  }, 'planning');
  if (!isSame(changed)) {
    await deps.recall(now); // what is being read just now may not know the new times yet
    deps.channelsChanged();
  }
  return changed;
}

function isSame({ before, after }: ChannelChange): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** What was held back and need not be any longer is looked at again; what was posted says that the channel is silent now. */
async function settleSilence(store: Store, { deps, channelId, now }: Ask, { before, after }: ChannelChange): Promise<void> {
  const [was, until] = [before, after].map((channel) => muteNow(channel, now)?.until ?? 0) as [Instant, Instant];
  const quietMoves = JSON.stringify(before.quiet) !== JSON.stringify(after.quiet);
  if (until < was || quietMoves) await store.alerts.release(channelId, now);
  if (until !== was) await deps.silenced(store, channelId, { until: until > 0 ? until : null, now });
}
