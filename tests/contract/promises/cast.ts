/** Who and what the promises are told about: channels of a coalition, what they follow, and what they are to be told. */
import { EVERYTHING, type Selector } from '../../../src/domain/alerts/subscription.ts';
import type { Alert, Delivery, DeliveryResult, NewAlert, NewChannel, NewDelivery, Store, Subscription } from '../../../src/store/store.ts';

export const NOON = Date.parse('2026-07-10T12:00:00Z');

export const LANE = 'discord';

export function aChannel(id: string, more: Partial<NewChannel> = {}): NewChannel {
  return {
    id,
    installation: 'coalition',
    platform: 'discord',
    lane: LANE,
    target: { installation: 'coalition', channel: id },
    timing: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'default' },
    quiet: null,
    locale: 'en',
    discreet: false,
    mentionRole: null,
    digest: null,
    mute: null,
    managers: [],
    teamRole: null,
    keepDays: 180,
    ...more,
  };
}

export function aSubscription(id: string, channel: string, more: Partial<Subscription> = {}): Subscription {
  return { id, channel, owner: 'file', selector: EVERYTHING, activeFrom: NOON, status: 'active', reason: null, ...more };
}

/** A channel that follows States; null = all. */
export async function follow(store: Store, channel: string, states: readonly string[] | null, more: Partial<Subscription> = {}): Promise<void> {
  if ((await store.subscriptions.channelsBy([channel])).length === 0) await store.subscriptions.putChannel(aChannel(channel));
  const selector: Selector = { ...EVERYTHING, states };
  await store.subscriptions.put(aSubscription(more.id ?? `${channel}-wish`, channel, { selector, ...more }), states);
}

/** The week's lead of Kenya's stakeholder submission. */
export function aLead(channel: string, more: Partial<NewAlert> = {}): NewAlert {
  return {
    channel,
    lane: LANE,
    onceKey: 'lead|54-KEN-stakeholder_submission|v1|7d',
    type: 'lead',
    deadline: '54-KEN-stakeholder_submission',
    version: 1,
    whenKey: '2026-07-17@Europe/Zurich',
    lead: '7d',
    revision: null,
    seq: null,
    body: null,
    dueAt: NOON,
    grace: 21_600_000,
    notBefore: NOON,
    ...more,
  };
}

/** What a revision says of that deadline. */
export function aChange(channel: string, revision: number, more: Partial<NewAlert> = {}): NewAlert {
  return aLead(channel, { onceKey: `change|${revision}|0`, type: 'change', version: 0, whenKey: '', lead: '', revision, seq: 0, grace: 0, ...more });
}

/** Adds alerts of one channel and gives all that is ready there. */
export async function ready(store: Store, channel: string, alerts: readonly NewAlert[], now = NOON): Promise<readonly Alert[]> {
  await store.alerts.add(alerts, now);
  return store.alerts.ready([channel], now);
}

export function aDelivery(channel: string, alerts: readonly Pick<Alert, 'id'>[], folded: readonly Pick<Alert, 'id'>[] = []): NewDelivery {
  const ids = (list: readonly Pick<Alert, 'id'>[]) => list.map((alert) => alert.id);
  return { channel, lane: LANE, onceKey: 'delivery', type: 'leads', title: 'Kenya', message: null, alerts: ids(alerts), folded: ids(folded) };
}

export async function begin(store: Store, channel: string, alerts: readonly Alert[], folded: readonly Alert[] = []): Promise<Delivery> {
  const [begun] = await store.alerts.begin([aDelivery(channel, alerts, folded)], 'a worker', NOON);
  if (begun === undefined) throw new Error('nothing was begun');
  return begun;
}

type Outcome = DeliveryResult extends infer Each ? (Each extends DeliveryResult ? Omit<Each, keyof Delivery> : never) : never;

/** What can become of a delivery; to be spread over the delivery that it became of. */
export const SENT = { outcome: 'sent', ref: { id: 'message' } } as const satisfies Outcome;
export const FAILED = { outcome: 'failed', reason: 'channel-gone' } as const satisfies Outcome;
export const UNSENT = { outcome: 'unsent' } as const satisfies Outcome;
export const IN_DOUBT = { outcome: 'in-doubt', again: [] as readonly number[], retryAt: NOON } as const satisfies Outcome;
export const postponed = (retryAt: number) => ({ outcome: 'postponed', reason: 'unavailable', retryAt }) as const satisfies Outcome;

/** Adds one alert to each channel and begins a delivery of it there, in one call. */
export async function beginIn(store: Store, channels: readonly string[], more: Partial<NewDelivery> = {}): Promise<readonly Delivery[]> {
  const lane = more.lane ?? LANE;
  await store.alerts.add(
    channels.map((channel) => aLead(channel, { lane })),
    NOON,
  );
  const alerts = await store.alerts.ready(channels, NOON);
  const own = (channel: string) => alerts.filter((alert) => alert.channel === channel);
  return store.alerts.begin(
    channels.map((channel) => ({ ...aDelivery(channel, own(channel)), ...more })),
    'a worker',
    NOON,
  );
}

export async function beginOne(store: Store, more: Partial<NewDelivery> = {}): Promise<Delivery> {
  const [begun] = await beginIn(store, ['coalition'], more);
  if (begun === undefined) throw new Error('nothing was begun');
  return begun;
}

/** The state of every alert, by once-key or, of one alert a channel, by channel. */
export async function statesBy(store: Store, name: 'channel' | 'onceKey'): Promise<Record<string, string>> {
  return Object.fromEntries((await store.alerts.proof(0)).map((row) => [row[name], row.state]));
}

/** How many alerts stand in each state, the empty states left out. */
export async function counted(store: Store): Promise<Record<string, number>> {
  return Object.fromEntries(Object.entries(await store.alerts.counts()).filter(([, count]) => count > 0));
}
