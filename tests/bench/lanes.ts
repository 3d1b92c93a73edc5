/** The lanes as the bot runs them, over a store that a bench fills with notices: a message each, whatever the calendar says. */
import type { Adapter } from '../../src/adapters/adapter.ts';
import { createLanes, type Lanes } from '../../src/alerts/delivery/lanes.ts';
import { LANE_TIMES } from '../../src/alerts/delivery/letter.ts';
import { createRecall } from '../../src/alerts/memory.ts';
import { writeNotice } from '../../src/alerts/notice-body.ts';
import { EVERYTHING } from '../../src/domain/alerts/subscription.ts';
import type { CalendarFacts } from '../../src/domain/calendar/facts.ts';
import { GENEVA, type Instant } from '../../src/domain/time.ts';
import { CLAIM_TIMES } from '../../src/lib/claim.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { isGone, ownName } from '../../src/lib/identity.ts';
import { createLog } from '../../src/lib/log.ts';
import { formatAlert } from '../../src/message/format-alert.ts';
import type { NewAlert, Store } from '../../src/store/store.ts';
import { aVoice } from '../support/a-voice.ts';
import { LADDERS } from './big-store.ts';

export interface BenchLanes {
  readonly store: Store;
  readonly adapter: Adapter;
  readonly facts: CalendarFacts;
  /** The machine's when left out. */
  readonly clock?: Clock;
  /** The highest lateness that was recorded and its like: called for each alert that was said. */
  readonly late?: (ms: number) => void;
}

export function benchLanes({ store, adapter, facts, clock = systemClock, late = () => {} }: BenchLanes): Lanes {
  const recall = createRecall({ store, ladders: LADDERS, calendar: { facts: () => facts, refresh: async () => {} } });
  const voice = aVoice({ facts });
  return createLanes({
    ...{ store, clock, ladders: LADDERS, states: facts.states, recall: recall.recall, worker: ownName(), isGone, operator: null },
    log: createLog('error'),
    adapters: new Map([[adapter.platform, adapter]]),
    format: (content, marks, channel, now) => formatAlert(content, marks, { ...voice, reader: { ...voice.reader, now, zone: channel.profile.zone } }),
    time: () => clock.now(),
    tally: { settled: () => {}, delivered: () => {}, late },
    times: LANE_TIMES,
    claimTimes: CLAIM_TIMES,
    random: Math.random,
  });
}

/** A platform that takes everything, at once or after `latencyMs`. */
export function instantAdapter(latencyMs = 0): Adapter {
  return {
    platform: 'bench',
    pace: { tokenMs: 0, channelMs: 0 },
    routes: [],
    start: async () => {},
    stop: async () => {},
    verify: async () => ({ identity: 'bench', serverTime: null }),
    check: async () => ({ missing: [], everyoneReads: null }),
    repeatSafeMs: () => 0,
    post: async (target, _message, { key }) => {
      if (latencyMs > 0) await systemClock.sleep(latencyMs);
      return { ref: { target, id: key }, room: null };
    },
    edit: async () => {},
    threadOf: async ({ target }) => target,
  };
}

/** What every message of a bench says. */
export const BODY = writeNotice({ about: 'paused', platform: 'bench', channel: 'somewhere-else', reason: 'forbidden', missing: ['Send Messages'], unsaid: 3 });

/** So many channels in one lane, each with one subscription. */
export async function putChannels(store: Store, lane: string, ids: readonly string[]): Promise<void> {
  const [platform = lane, installation = 'bench'] = lane.split(':');
  const timing = { zone: GENEVA, hour: '09:00', ladder: 'default' };
  await store.transaction(async (trx) => {
    for (const id of ids) {
      const target = { installation, channel: id };
      await trx.subscriptions.putChannel({
        id,
        installation,
        platform,
        lane,
        target,
        timing,
        quiet: null,
        locale: 'en',
        discreet: false,
        mentionRole: null,
        digest: null,
        mute: null,
        managers: [],
        teamRole: null,
        keepDays: 180,
      });
      await trx.subscriptions.put({ id, channel: id, owner: 'bench', selector: EVERYTHING, activeFrom: 0, status: 'active', reason: null }, null);
    }
  });
}

/** One more thing to say in each channel at `dueAt`. Each `name` is said once. */
export async function addNotices(store: Store, { lane, channels, name, dueAt }: { lane: string; channels: readonly string[]; name: string; dueAt: Instant }) {
  const nothing = { type: 'notice', deadline: null, version: 0, whenKey: '', lead: '', revision: null, seq: null, grace: Number.MAX_SAFE_INTEGER } as const;
  const alerts = channels.map((channel): NewAlert => ({ ...nothing, channel, lane, onceKey: `notice|${name}`, body: BODY, dueAt, notBefore: dueAt }));
  for (let from = 0; from < alerts.length; from += 500) await store.alerts.add(alerts.slice(from, from + 500), dueAt);
}

export function channelNames(count: number, prefix = 'channel'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(5, '0')}`);
}
