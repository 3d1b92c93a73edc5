/** Who and what the promises are told about: channels of a coalition, what they follow, and what they are to be told. */
import { EVERYTHING, type Selector } from '../../../src/domain/alerts/subscription.ts';
import type { Alert, NewAlert, NewChannel, Store, Subscription } from '../../../src/store/store.ts';

export const NOON = Date.parse('2026-07-10T12:00:00Z');

export function aChannel(id: string, more: Partial<NewChannel> = {}): NewChannel {
  return {
    id,
    installation: 'coalition',
    platform: 'discord',
    target: { installation: 'coalition', channel: id },
    timing: { zone: 'Europe/Zurich', hour: '09:00', ladder: 'default' },
    quiet: null,
    locale: 'en',
    discreet: false,
    mentionRole: null,
    ...more,
  };
}

export function aSubscription(id: string, channel: string, more: Partial<Subscription> = {}): Subscription {
  return { id, channel, owner: 'file', selector: EVERYTHING, activeFrom: NOON, status: 'active', reason: null, ...more };
}

/** A channel that follows States; null = all. */
export async function follow(store: Store, channel: string, states: readonly string[] | null, more: Partial<Subscription> = {}): Promise<void> {
  if ((await store.subscriptions.channel(channel)) === null) await store.subscriptions.putChannel(aChannel(channel));
  const selector: Selector = { ...EVERYTHING, states };
  await store.subscriptions.put(aSubscription(more.id ?? `${channel}-wish`, channel, { selector, ...more }), states);
}

/** The week's lead of Kenya's stakeholder submission. */
export function aLead(channel: string, more: Partial<NewAlert> = {}): NewAlert {
  return {
    channel,
    onceKey: 'lead|54-KEN-stakeholder_submission|v1|7d',
    type: 'lead',
    deadline: '54-KEN-stakeholder_submission',
    version: 1,
    whenKey: '2026-07-17@Europe/Zurich',
    lead: '7d',
    revision: null,
    seq: null,
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
  return store.alerts.ready(channel, now);
}

export async function begin(store: Store, channel: string, alerts: readonly Alert[], folded: readonly Alert[] = []) {
  const ids = (list: readonly Alert[]) => list.map((alert) => alert.id);
  const begun = await store.alerts.begin({ channel, onceKey: 'delivery', type: 'leads', title: 'Kenya', alerts: ids(alerts), folded: ids(folded), now: NOON });
  if (begun === null) throw new Error('another was first');
  return begun;
}

/** How many alerts stand in each state, the empty states left out. */
export async function counted(store: Store): Promise<Record<string, number>> {
  return Object.fromEntries(Object.entries(await store.alerts.counts()).filter(([, count]) => count > 0));
}
