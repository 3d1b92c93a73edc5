/** What Slack sends to the bot, and how long it waits for an acknowledgement. What is not acknowledged can be sent again. */
import { randomUUID } from 'node:crypto';
import type { World } from './store.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** One attempt to deliver something. */
export interface Parcel {
  readonly id: string;
  readonly type: Kind;
  readonly payload: object;
  /** The acknowledgement may say something. */
  readonly accepts: boolean;
  /** From 0. */
  readonly attempt: number;
  /** Why the attempt before came to nothing. */
  readonly reason: 'timeout' | 'error';
}

export interface Delivery extends Pick<Parcel, 'type' | 'payload' | 'accepts'> {
  /** How it is called in what went wrong. */
  readonly what: string;
  attempts: number;
  /** By the machine's clock; null until it was acknowledged in time. */
  ackMs: number | null;
  /** What the acknowledgement said; null when nothing. */
  body: unknown;
  /** Over HTTP. */
  status: number | null;
  /** What Slack tells the person when it came to nothing. */
  error: 'operation_timeout' | 'dispatch_failed' | null;
}

interface Underway {
  readonly delivery: Delivery;
  readonly sentAt: { readonly real: number; readonly virtual: number };
  readonly timer: NodeJS.Timeout;
  isLost: boolean;
}

/** False when there is nobody to send it to. */
export type Transport = (parcel: Parcel) => boolean;

export type Deliveries = ReturnType<typeof createDeliveries>;

export function createDeliveries(world: World, transport: () => Transport) {
  const { now, ackWithinMs = 3_000 } = world.plan;
  const parcels = new Map<string, Underway>();
  const all: Delivery[] = [];
  const waiting = new Map<Delivery, () => void>();
  const tooLate = `not acknowledged in ${ackWithinMs / 1_000} s`;

  function settle(delivery: Delivery, error: Delivery['error']): void {
    delivery.error = error;
    waiting.get(delivery)?.();
    waiting.delete(delivery);
  }

  function expire(id: string): void {
    const underway = parcels.get(id);
    if (underway === undefined || underway.delivery.ackMs !== null) return;
    if (!underway.isLost) world.violate(underway.delivery.what, tooLate);
    settle(underway.delivery, 'operation_timeout');
  }

  function attempt(delivery: Delivery): void {
    const id = randomUUID();
    const { type, payload, accepts, attempts, status } = delivery;
    Object.assign(delivery, { attempts: attempts + 1, error: null });
    const timer = setTimeout(() => expire(id), ackWithinMs);
    const underway = { delivery, sentAt: { real: performance.now(), virtual: now() }, timer, isLost: false };
    parcels.set(id, underway);
    if (transport()({ id, type, payload, accepts, attempt: attempts, reason: status === null ? 'timeout' : 'error' })) return;
    clearTimeout(timer);
    underway.isLost = true;
    settle(delivery, 'dispatch_failed');
  }

  function hear({ delivery, sentAt, timer }: Underway, body: unknown): void {
    clearTimeout(timer);
    if (delivery.ackMs !== null && delivery.attempts === 1) world.violate(delivery.what, 'acknowledged twice');
    if (delivery.ackMs !== null || delivery.error === 'operation_timeout') return;
    if (body !== null && !delivery.accepts) world.violate(delivery.what, 'nobody reads what its acknowledgement says');
    const ackMs = performance.now() - sentAt.real;
    const isLate = now() - sentAt.virtual > ackWithinMs || ackMs > ackWithinMs;
    if (isLate) world.violate(delivery.what, tooLate);
    else Object.assign(delivery, { ackMs, body });
    settle(delivery, isLate ? 'operation_timeout' : null);
  }

  const finish = async (delivery: Delivery): Promise<Delivery> => {
    await new Promise<void>((resolve) => waiting.set(delivery, resolve));
    return delivery;
  };

  function again(delivery: Delivery): Promise<Delivery> {
    const isPending = waiting.has(delivery);
    for (const { delivery: one, timer } of parcels.values()) if (one === delivery) clearTimeout(timer);
    const done = isPending ? Promise.resolve(delivery) : finish(delivery);
    attempt(delivery);
    return done;
  }

  const lostOnes = () => [...parcels.values()].filter(({ isLost, delivery }) => isLost && delivery.ackMs === null).map(({ delivery }) => delivery);

  return {
    /** Resolves when it was acknowledged, or when nobody waits for that any longer. */
    deliver: (parcel: Pick<Delivery, 'type' | 'payload' | 'accepts' | 'what'> & Partial<Pick<Delivery, 'attempts'>>): Promise<Delivery> => {
      const delivery: Delivery = { attempts: 0, ...parcel, ackMs: null, body: null, status: null, error: null };
      all.push(delivery);
      const done = finish(delivery);
      attempt(delivery);
      return done;
    },
    ack: (id: string, said: unknown): void => {
      const underway = parcels.get(id);
      if (underway === undefined) world.violate(`acknowledgement of ${id}`, 'Slack never sent that');
      else hear(underway, isEmpty(said) ? null : said);
    },
    /** The bot answered with an error, over HTTP. */
    refuse: (id: string, status: number): void => {
      const underway = parcels.get(id);
      if (underway === undefined) return;
      clearTimeout(underway.timer);
      underway.delivery.status = status;
      settle(underway.delivery, 'dispatch_failed');
    },
    /** Its connection broke: an event will be sent again, a person learns that it came to nothing. */
    lose: (id: string): void => {
      const underway = parcels.get(id);
      if (underway === undefined || underway.delivery.ackMs !== null) return;
      underway.isLost = true;
      if (underway.delivery.type !== 'events_api') settle(underway.delivery, 'dispatch_failed');
    },
    /** Sends lost events again, as on a new connection. */
    resume: (): void => {
      for (const delivery of new Set(lostOnes())) if (delivery.type === 'events_api') void again(delivery);
    },
    end: (): void => {
      for (const { timer } of parcels.values()) clearTimeout(timer);
    },
    control: {
      /** Sends again what was not acknowledged: events, as Slack does; on request everything. */
      redeliver: async ({ everything = false } = {}): Promise<readonly Delivery[]> => {
        const open = all.filter(({ ackMs, type }) => ackMs === null && (everything || type === 'events_api'));
        return await Promise.all(open.map(again));
      },
      /** How long each acknowledgement took, in milliseconds of the machine; null where there was none in time. */
      acks: (): readonly { readonly what: string; readonly ackMs: number | null; readonly attempts: number }[] =>
        all.map(({ what, ackMs, attempts }) => ({ what, ackMs, attempts })),
    },
  };
}

function isEmpty(said: unknown): boolean {
  return said === undefined || said === null || said === '' || (typeof said === 'object' && Object.keys(said).length === 0);
}
