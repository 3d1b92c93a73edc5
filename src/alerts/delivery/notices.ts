/** What owners and the operator are told when alerts cannot be, or the calendar needs a hand, each thing once. */
import { createHash } from 'node:crypto';
import { ChatError } from '../../adapters/adapter.ts';
import type { Instant } from '../../domain/time.ts';
import type { Logger } from '../../lib/log.ts';
import type { ContestedNotice, Notice } from '../../message/content.ts';
import type { FeedNotice } from '../../message/operator-notices.ts';
import type { Channel, Store } from '../../store/store.ts';
import { writeNotice } from '../notice-body.ts';
import type { Finished } from './letter.ts';

/** Where notices go when no channel of the owner is left, and who says so when there is none at all. */
export interface NoticeDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly operator: string | null;
  readonly now: Instant;
}

type Lasting = 'forbidden' | 'channel-gone' | 'installation-gone';

function isLasting(reason: string): reason is Lasting {
  return reason === 'forbidden' || reason === 'channel-gone' || reason === 'installation-gone';
}

/**
 * The world changed: nobody can be told there any more. Pauses what the channel follows and tells its owner in another
 * channel of the same installation, else the operator.
 */
export async function afterFailure(deps: NoticeDeps, { letter, answer, missing }: Finished): Promise<void> {
  const { channel, delivery, alerts, edits, below } = letter;
  // What was posted stays as it was; whether the channel can be told anything shows with the next message.
  if (edits !== null || below !== undefined) return deps.log.debug({ channel: channel.id }, 'A message could not be amended, or added to');
  const reason = answer instanceof ChatError ? answer.reason : 'rejected';
  if (!isLasting(reason)) {
    // A notice of a notice would be refused as well.
    if (alerts.some(({ type }) => type === 'notice')) return deps.log.error({ channel: channel.id }, 'A notice was not taken; nobody else can be told');
    return unsayable(deps, channel, { key: `${delivery.id}`, why: 'rejected', unsaid: alerts.length });
  }
  for (const subscription of await deps.store.subscriptions.ofChannels([channel.id])) {
    if (subscription.status === 'active') await deps.store.subscriptions.pause(subscription.id, reason);
  }
  const notice: Notice = { about: 'paused', platform: channel.platform, channel: channel.target.channel, reason, missing, unsaid: alerts.length };
  await tell(deps, { notice, key: `paused|${delivery.id}`, about: channel });
}

/** A message that nobody can be told, for a fault of the bot. */
export function unsayable(deps: NoticeDeps, channel: Channel, fault: { key: string; why: 'rejected' | 'format'; unsaid: number }): Promise<void> {
  const notice: Notice = { about: 'unsayable', platform: channel.platform, channel: channel.target.channel, why: fault.why, unsaid: fault.unsaid };
  return tell(deps, { notice, key: `unsayable|${fault.key}`, about: null });
}

/** The token of a lane is refused; what is due there waits. */
export function tokenRefused(deps: NoticeDeps, channel: Channel, key: string): Promise<void> {
  const notice: Notice = { about: 'token', platform: channel.platform, lane: channel.lane };
  return tell({ ...deps }, { notice, key: `token|${channel.lane}|${key}`, about: null, notIn: channel.lane });
}

/** A calendar feed is not taken, or is again; nothing where only the log is told, which the follower of the feed does. */
export async function feedToldOf(deps: NoticeDeps, news: Omit<FeedNotice, 'about'>): Promise<void> {
  const what = createHash('sha256')
    .update(news.reason ?? '')
    .digest('base64url')
    .slice(0, 12);
  await tellOperator(deps, { notice: { about: 'feed', ...news }, key: `feed|${news.host}|${news.since}|${what}` });
}

/** Tells the operator once a key; false where nobody is to be told in a chat. */
export async function tellOperator(deps: NoticeDeps, { notice, key }: { readonly notice: Notice; readonly key: string }): Promise<boolean> {
  const to = await operatorOf(deps, null, undefined);
  if (to !== null) await addNotice(deps, to, { notice, key });
  return to !== null;
}

/** Two layers of the calendar differ on a date; the operator settles it. */
export function contestOpened(deps: NoticeDeps, notice: ContestedNotice, key: string): Promise<void> {
  return tell(deps, { notice, key: `contested|${key}`, about: null });
}

interface Telling {
  readonly notice: Notice;
  /** Once a key. */
  readonly key: string;
  /** The channel it is about, whose owner is told; null when only the operator can do something. */
  readonly about: Channel | null;
  /** A lane that cannot tell it. */
  readonly notIn?: string;
}

async function tell(deps: NoticeDeps, { notice, key, about, notIn }: Telling): Promise<void> {
  const { store, log } = deps;
  const to = (about === null ? null : await another(store, about, notice)) ?? (await operatorOf(deps, about, notIn));
  if (to === null) {
    log.error({ notice }, 'An owner could not be told; set OPERATOR_CHANNEL to hear of it in a chat');
    return;
  }
  await addNotice(deps, to, { notice, key });
}

async function addNotice({ store, now }: NoticeDeps, to: Channel, { notice, key }: { readonly notice: Notice; readonly key: string }): Promise<void> {
  await store.alerts.add(
    [{ ...NOTHING_DATED, channel: to.id, lane: to.lane, onceKey: `notice|${key}`, body: writeNotice(notice), dueAt: now, notBefore: now }],
    now,
  );
}

const NOTHING_DATED = { type: 'notice', deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, grace: Number.MAX_SAFE_INTEGER } as const;

/** Another channel of the same installation that still hears, of the same platform where there is one. */
async function another(store: Store, channel: Channel, notice: Notice): Promise<Channel | null> {
  const goneWith = notice.about === 'paused' && notice.reason === 'installation-gone' ? channel.platform : null;
  const others = (await store.subscriptions.channels()).filter(
    ({ id, installation, platform }) => installation === channel.installation && id !== channel.id && platform !== goneWith,
  );
  const followed = await store.subscriptions.ofChannels(others.map(({ id }) => id));
  const hearing = others.filter(({ id }) => followed.some((subscription) => subscription.channel === id && subscription.status === 'active'));
  return hearing.find(({ platform }) => platform === channel.platform) ?? hearing[0] ?? null;
}

async function operatorOf({ store, operator }: NoticeDeps, about: Channel | null, notIn: string | undefined): Promise<Channel | null> {
  if (operator === null || operator === about?.id) return null;
  const [channel] = await store.subscriptions.channelsBy([operator]);
  return channel === undefined || channel.lane === notIn ? null : channel;
}
