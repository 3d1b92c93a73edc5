/** Socket Mode: tickets, connections, envelopes to any of them, and what makes a client connect anew. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { type Answer, ok } from './answers.ts';
import type { Parcel } from './deliveries.ts';
import type { Methods } from './methods.ts';
import { appIdOf } from './plan.ts';
import type { World } from './store.ts';

const Said = z.strictObject({ envelope_id: z.string(), payload: z.record(z.string(), z.unknown()).optional() });

/** Who hears of what the client says. */
export interface Ears {
  ack(id: string, said: unknown): void;
  lose(id: string): void;
  resume(): void;
}

export function createSocketMode(world: World, url: () => string, ears: Ears) {
  const { plan } = world;
  const tickets = new Set<string>();
  /** The envelopes that went out by each connection, without an acknowledgement. */
  const open = new Map<WebSocket, Set<string>>();
  const counts = { opened: 0, refused: 0 };
  let [isRefusing, next] = [false, 0];

  const send = (socket: WebSocket, said: object) => socket.send(JSON.stringify(said));
  const debug = { host: 'applink-upr-watch', started: 'now', build_number: 1, approximate_connection_time: 3_600 };

  function connectionsOpen(): Answer {
    const ticket = randomUUID();
    tickets.add(ticket);
    return ok({ url: `${url()}/link/?ticket=${ticket}&app_id=${appIdOf(plan)}` });
  }

  function hear(socket: WebSocket, text: string) {
    const said = parse(text);
    if (said === null) return world.violate('Socket Mode', `Slack cannot read ${text}`);
    for (const envelopes of open.values()) envelopes.delete(said.envelope_id);
    if (!open.has(socket)) return;
    ears.ack(said.envelope_id, said.payload);
  }

  /** A client takes a connection that stops pinging for a dead one. */
  function keepAlive(socket: WebSocket): void {
    const timer = setInterval(() => socket.ping(), plan.pingMs ?? 5_000);
    socket.on('close', () => clearInterval(timer));
    socket.ping();
  }

  function accept(socket: WebSocket, ticket: string) {
    if (!tickets.delete(ticket)) return socket.close(1_008, 'no such ticket');
    counts.opened += 1;
    open.set(socket, new Set());
    socket.on('message', (data) => hear(socket, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const unanswered = open.get(socket) ?? [];
      open.delete(socket);
      for (const id of unanswered) ears.lose(id);
    });
    keepAlive(socket);
    send(socket, { type: 'hello', connection_info: { app_id: appIdOf(plan) }, num_connections: open.size, debug_info: debug });
    ears.resume();
  }

  const methods: Methods = { 'apps.connections.open': { as: 'app', tier: 30, args: [], handle: connectionsOpen } };

  return {
    methods,
    /** Whether a connection may be made at all. */
    isRefusing: (): boolean => {
      if (isRefusing) counts.refused += 1;
      return isRefusing;
    },
    accept,
    /** By one of the connections, in turn. */
    transport: ({ id, type, payload, accepts, attempt, reason }: Parcel): boolean => {
      const ready = [...open.keys()].filter((socket) => socket.readyState === socket.OPEN);
      const socket = ready[next++ % Math.max(1, ready.length)];
      if (socket === undefined) return false;
      open.get(socket)?.add(id);
      const retry = type === 'events_api' ? { retry_attempt: attempt, retry_reason: attempt === 0 ? '' : reason } : {};
      send(socket, { envelope_id: id, type, accepts_response_payload: accepts, payload, ...retry });
      return true;
    },
    end: (): void => {
      for (const socket of open.keys()) socket.terminate();
    },
    /** What a test asks and orders. */
    control: {
      connections: (): number => open.size,
      /** How many connections were made in all, and how many were refused. */
      socketMode: (): Readonly<typeof counts> => ({ ...counts }),
      /** Asks every client to connect anew. */
      disconnect: (reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested'): void => {
        for (const socket of open.keys()) send(socket, { type: 'disconnect', reason, debug_info: { host: debug.host } });
      },
      /** Breaks every connection. */
      cut: (): void => {
        for (const socket of open.keys()) socket.terminate();
      },
      /** Every connection stays open, and is dead. */
      freeze: (): void => {
        for (const socket of open.keys()) socket.pause();
      },
      refuseConnections: (refuse = true): void => {
        isRefusing = refuse;
      },
    },
  };
}

function parse(text: string): z.infer<typeof Said> | null {
  try {
    return Said.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
