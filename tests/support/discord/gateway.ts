/** The gateway: sessions, their dispatches in order, and what makes a client connect anew. */
import { randomUUID } from 'node:crypto';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { applicationPayload, botUser, guildPayload, KNOWN_INTENTS } from './payloads.ts';
import type { World } from './store.ts';

const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const HEARTBEAT_MS = 41_250;

const Said = z.discriminatedUnion('op', [
  z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.number().nullable() }),
  z.object({
    op: z.literal(GatewayOpcodes.Identify),
    d: z.object({
      token: z.string(),
      intents: z.number().int(),
      properties: z.object({}),
      shard: z.tuple([z.number().int().min(0), z.number().int().min(1)]).default([0, 1]),
    }),
  }),
  z.object({ op: z.literal(GatewayOpcodes.Resume), d: z.object({ token: z.string(), session_id: z.string(), seq: z.number() }) }),
  z.object({ op: z.literal(GatewayOpcodes.PresenceUpdate), d: z.object({ status: z.string() }) }),
]);
type Identify = Extract<z.infer<typeof Said>, { op: GatewayOpcodes.Identify }>['d'];
type Resume = Extract<z.infer<typeof Said>, { op: GatewayOpcodes.Resume }>['d'];

interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  readonly dispatches: { readonly op: number; readonly t: string; readonly s: number; readonly d: object }[];
  socket: WebSocket | null;
}

export function createGateway(world: World, urlOf: () => string) {
  const sessions = new Map<string, Session>();
  const sockets = new Map<WebSocket, Session | null>();
  const counts = { identifies: 0, resumes: 0, heartbeats: 0 };

  const send = (socket: WebSocket | null, payload: object) => void socket?.send(JSON.stringify(payload));

  function dispatchTo(session: Session, t: string, d: object): void {
    const payload = { op: GatewayOpcodes.Dispatch, t, s: session.dispatches.length + 1, d };
    session.dispatches.push(payload);
    send(session.socket, payload);
  }

  const serves = ({ shard: [id, count] }: Session, guild: string | undefined) =>
    guild === undefined ? id === 0 : Number((BigInt(guild) >> 22n) % BigInt(count)) === id;

  function identify(socket: WebSocket, { token, intents, shard }: Identify) {
    if (token !== world.plan.token) return socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    if (shard[0] >= shard[1]) return socket.close(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
    if ((intents & ~KNOWN_INTENTS) !== 0) return socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    if ((intents & PRIVILEGED) !== 0) return socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    counts.identifies += 1;
    const session: Session = { id: randomUUID(), shard, intents, dispatches: [], socket };
    sessions.set(session.id, session);
    sockets.set(socket, session);
    const mine = [...world.guilds.values()].filter(({ id }) => serves(session, id));
    dispatchTo(session, 'READY', {
      ...{ v: 10, user: botUser(world), session_id: session.id, resume_gateway_url: urlOf(), shard },
      application: applicationPayload(world),
      guilds: mine.map(({ id }) => ({ id, unavailable: true })),
    });
    if ((intents & GatewayIntentBits.Guilds) === 0) return;
    for (const guild of mine) dispatchTo(session, 'GUILD_CREATE', guildPayload(world, guild));
  }

  function resume(socket: WebSocket, { token, session_id, seq }: Resume) {
    if (token !== world.plan.token) return socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    const session = sessions.get(session_id);
    if (session === undefined) return send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
    if (seq > session.dispatches.length) return socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.');
    counts.resumes += 1;
    if (session.socket !== socket) session.socket?.terminate();
    session.socket = socket;
    sockets.set(socket, session);
    for (const missed of session.dispatches.slice(seq)) send(socket, missed);
    dispatchTo(session, 'RESUMED', {});
  }

  function hear(socket: WebSocket, text: string) {
    const said = parse(text);
    if (said === null) return socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
    const session = sockets.get(socket) ?? null;
    if (said.op === GatewayOpcodes.Heartbeat) {
      counts.heartbeats += 1;
      return send(socket, { op: GatewayOpcodes.HeartbeatAck });
    }
    if (said.op === GatewayOpcodes.PresenceUpdate) {
      if (session === null) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
      return;
    }
    if (session !== null) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
    if (said.op === GatewayOpcodes.Identify) identify(socket, said.d);
    else resume(socket, said.d);
  }

  return {
    accept: (socket: WebSocket): void => {
      sockets.set(socket, null);
      socket.on('message', (data) => hear(socket, String(data)));
      socket.on('error', () => socket.terminate());
      socket.on('close', (code) => {
        const session = sockets.get(socket);
        sockets.delete(socket);
        if (session?.socket !== socket) return;
        session.socket = null;
        // A client that says goodbye ends its session.
        if (code === 1_000 || code === 1_001) sessions.delete(session.id);
      });
      send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: HEARTBEAT_MS } });
    },
    /** To the shard of the guild, connected or not: what is missed is replayed on RESUME. False when nobody has a session. */
    dispatch: (t: string, d: object, guild?: string): boolean => {
      const hearing = [...sessions.values()].filter((session) => serves(session, guild));
      for (const session of hearing) dispatchTo(session, t, d);
      return hearing.length > 0;
    },
    end: () => {
      for (const socket of sockets.keys()) socket.terminate();
    },
    /** What a test asks and orders. */
    control: {
      /** How many IDENTIFYs, RESUMEs and heartbeats were taken. */
      gateway: (): Readonly<typeof counts> => ({ ...counts }),
      /** Breaks every gateway connection; sessions can be resumed. */
      cut: () => {
        for (const socket of sockets.keys()) socket.terminate();
      },
      /** Closes every connection with this code. */
      shutOut: (code: number) => {
        for (const socket of sockets.keys()) socket.close(code);
      },
      /** Op 7: asks every client to connect again and resume. */
      reconnect: () => {
        for (const socket of sockets.keys()) send(socket, { op: GatewayOpcodes.Reconnect, d: null });
      },
      /** Op 9: ends every session, so that clients have to identify anew; a resumable one may be resumed. */
      invalidate: ({ resumable = false } = {}) => {
        if (!resumable) sessions.clear();
        for (const socket of sockets.keys()) {
          sockets.set(socket, null);
          send(socket, { op: GatewayOpcodes.InvalidSession, d: resumable });
        }
      },
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function parse(text: string): z.infer<typeof Said> | null {
  try {
    return Said.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
