/** What a running process tells machines of itself: whether it is ready, and its gauges. */
import { type Adapter, ChatError } from './adapters/adapter.ts';
import type { Clock } from './lib/clock.ts';
import type { Metrics } from './lib/metrics.ts';
import type { Store } from './store/store.ts';
import type { Check } from './web/machines.ts';

/** Told of ticks and answers as they happen. */
export interface Pulse {
  ticked(): void;
  /** Milliseconds since the last tick ended well; since the start before the first. */
  age(): number;
}

export function createPulse(clock: Pick<Clock, 'monotonic'>): Pulse {
  let last = clock.monotonic();
  return {
    ticked: () => {
      last = clock.monotonic();
    },
    age: () => clock.monotonic() - last,
  };
}

/** A tick comes each second; two minutes are a database that is away, or a process that hangs. */
const STALE_TICK = 120_000;
/** A platform is asked who we are at most so often, however often somebody looks. */
const ASK_AGAIN = 60_000;

export interface ReadyDeps {
  readonly store: Store;
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly pulse: Pulse;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** The store, the ticks, and each platform: one that is away is waited for, only a token that it refuses is a fault of ours. */
export function readyChecks({ store, adapters, pulse, clock }: ReadyDeps): readonly Check[] {
  const platforms = [...adapters.values()].map((adapter): Check => ({ what: adapter.platform, look: tokenLook(adapter, clock) }));
  return [
    { what: 'store', look: () => store.mark('watermark').then(() => null) },
    { what: 'tick', look: () => (pulse.age() < STALE_TICK ? null : `none for ${Math.round(pulse.age() / 1000)} seconds`) },
    ...platforms,
  ];
}

function tokenLook(adapter: Adapter, clock: Pick<Clock, 'monotonic'>): () => string | null {
  let asked = Number.NEGATIVE_INFINITY;
  let fault: string | null = null;
  const ask = async () => {
    try {
      await adapter.verify();
      fault = null;
    } catch (cause) {
      fault = cause instanceof ChatError && cause.reason === 'fatal' ? 'refuses its token' : null;
    }
  };
  // The last answer is told while the next is asked for.
  return () => {
    if (clock.monotonic() - asked >= ASK_AGAIN) {
      asked = clock.monotonic();
      void ask();
    }
    return fault;
  };
}

export interface GaugeDeps {
  readonly metrics: Metrics;
  readonly store: Store;
  readonly pulse: Pulse;
  readonly now: () => number;
}

/** Read when somebody asks for the numbers. No lane, channel or State is named. */
export function addGauges({ metrics, store, pulse, now }: GaugeDeps): void {
  metrics.gauge('tick_age_seconds', 'Since the last tick ended well.', () => pulse.age() / 1000);
  metrics.gauge('calendar_revision', 'The number of the latest revision of the calendar.', async () => (await store.calendar.latest())?.id ?? 0);
  metrics.gauge('calendar_age_seconds', 'Since the calendar last changed.', async () => (now() - ((await store.calendar.latestOfAll())?.at ?? now())) / 1000);
  metrics.gauge('lanes_waiting', 'Lanes (bot tokens) with something to say.', async () => (await store.alerts.loads()).length);
  metrics.gauge('alerts_waiting', 'Alerts that wait in them.', async () => (await store.alerts.loads()).reduce((sum, { waiting }) => sum + waiting, 0));
}
