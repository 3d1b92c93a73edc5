/** Servers and workspaces that invite the bot, and those that remove it. */
import type { Presence } from '../adapters/adapter.ts';
import type { Instant } from '../domain/time.ts';
import type { Logger } from '../lib/log.ts';
import type { Place, Store } from '../store/store.ts';

export interface PresenceDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => Instant;
  /** The clock that erases what is stored of a place, begun and stopped. */
  readonly eraseLater: (store: Store, place: Place, now: Instant) => Promise<void>;
  readonly eraseNever: (store: Store, place: Place) => Promise<void>;
  /** Digests and the lines of silent months begin anew there. */
  readonly watchAnew: (store: Store, place: Place, now: Instant) => Promise<void>;
}

/** Why a subscription rests; the lanes give the same reason when they find out first. */
const GONE = 'installation-gone';

/**
 * Keeps what is stored in step with where the bot is. What a place follows rests while the bot is not there and goes on
 * when it is invited again; after 30 days it is erased. Nothing is ever posted for it.
 */
export function createPresenceRecord(deps: PresenceDeps): (news: Presence) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  // One after another, as it happened: who leaves and comes back is there.
  return (news) => {
    const recorded = last.then(() => record(news));
    last = recorded.catch(() => undefined);
    return recorded;
  };

  async function record(news: Presence): Promise<void> {
    const { platform } = news;
    const now = deps.now();
    if (news.what === 'joined') await entered(deps, { platform, id: news.installation }, now);
    if (news.what === 'left') await left(deps, { platform, id: news.installation }, now);
    if (news.what !== 'all') return;
    const here = new Set(news.installations);
    for (const { id, goneAt } of await deps.store.installations.of(platform)) {
      if (here.has(id) && goneAt !== null) await entered(deps, { platform, id }, now);
      if (!here.has(id) && goneAt === null) await left(deps, { platform, id }, now);
    }
  }
}

async function left({ store, log, eraseLater }: PresenceDeps, place: Place, now: Instant): Promise<void> {
  const { platform } = place;
  await store.transaction(async (trx) => {
    const channels = (await trx.subscriptions.channelsOf(place)).map(({ id }) => id);
    if (channels.length === 0) return;
    await trx.installations.leave(place, now);
    for (const { id, status } of await trx.subscriptions.ofChannels(channels)) if (status === 'active') await trx.subscriptions.pause(id, GONE);
    await eraseLater(trx, place, now);
    log.info({ platform, channels: channels.length }, 'The bot was removed; what it was asked for there rests, and is erased in 30 days');
  }, 'planning');
}

async function entered({ store, log, eraseNever, watchAnew }: PresenceDeps, place: Place, now: Instant): Promise<void> {
  const { platform } = place;
  await store.transaction(async (trx) => {
    const channels = await trx.subscriptions.channelsOf(place);
    await trx.installations.enter(place);
    await eraseNever(trx, place);
    if (channels.length === 0) return;
    await trx.subscriptions.resume(place, GONE, now);
    await watchAnew(trx, place, now);
    log.info({ platform, channels: channels.length }, 'The bot was invited again; what it was asked for there goes on');
  }, 'planning');
}
